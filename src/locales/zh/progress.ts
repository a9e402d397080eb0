import { nameInText } from '../../conversation/language/shown-name.ts';
import type { Ending, Stage } from '../../conversation/status-stage.ts';
import type { ProgressWords } from '../en/progress.ts';
import { creditsIn, duration, minutes, seconds } from './numbers.ts';

export const progress: ProgressWords = {
  activity: '正在制作你的视频……',
  button: {
    export: '导出 MP4',
    timeline: '时间线',
    change: '修改',
    editor: '在编辑器中打开',
    stop: '停止',
    retry: '重试',
    credits: '积分',
    register: '注册',
    topUp: '充值',
    firstPart: '用前面部分',
    gist: '帮我缩短',
    wordsAlone: '不用文件，继续',
  },
  stage: (stage: Stage, elapsedMs: number): string => {
    switch (stage.type) {
      case 'connecting':
        return stage.word;
      case 'starting':
        return '马上开始。';
      case 'reading':
        return `正在读取文件（${stage.done}/${stage.of}）……`;
      case 'working':
        return `${WORKING[stage.what ?? 'plain']} · ${duration(elapsedMs)}`;
      case 'rate-limited':
        return `处理中：NemoVideo 正忙，${stage.seconds} 秒后重试……`;
      case 'recovering':
        return `处理中：连接中断，正在查看进展 · ${duration(elapsedMs)}`;
      case 'checking':
        return `处理中：正在核对结果 · ${duration(elapsedMs)}`;
      case 'rendering':
        return stage.percent === undefined
          ? '⏳ 正在渲染，约 30 秒'
          : `⏳ 正在渲染：${stage.percent}%`;
    }
  },
  ending: (ending: Ending, elapsedMs: number, credits?: number): string => {
    switch (ending) {
      case 'done':
        return `✅ 完成，用时 ${duration(elapsedMs)}${credits ? ` · ${creditsIn(credits)}` : ''}`;
      case 'needs-you':
        return '✋ 需要你来处理';
      case 'failed':
        return '⚠️ 失败';
      case 'stopped':
        return '⏹️ 已停止';
      case 'interrupted':
        return '⏸️ 已中断：我重启了，马上继续';
    }
  },
  stillWorking: (elapsedMs) => `⏳ 仍在处理……（${minutes(elapsedMs)}）`,
  noSignOfLife: (elapsedMs, silenceMs) =>
    `⏳ 仍在处理……（${minutes(elapsedMs)}）。NemoVideo 已有 ${minutes(silenceMs)}没有动静，可以继续等，也可以点“停止”。`,
  rawClipReady: (length) =>
    length
      ? `🎬 原始视频已生成（${seconds(length)} 秒），接下来添加音乐、标题和效果。`
      : '🎬 原始视频已生成，接下来添加音乐、标题和效果。',
  waiting: (n) => `还有 ${n} 条消息在排队，接下来依次处理。`,
  status: {
    idle: '现在没有任务在进行。',
    working: (elapsedMs) => `正在处理 · ${duration(elapsedMs)}。`,
    rendering: '正在渲染视频。',
    queued: (n) => `还有 ${n} 条消息在排队。`,
    none: '这个会话里还没有项目，发来脚本就可以开始。',
  },
  stopped: '已停止。已经完成的编辑会保留，已经扣除的积分不会退回。',
  batchStopped: (done, of) => `${of} 个视频完成了 ${done} 个，点击“重试”继续完成剩下的。`,
  stopNothing: '现在没有任务在进行，不需要停止。',
  stopOver: '这个任务已经结束。要停止正在进行的任务，请发送“停止”。',
  stopNotYours: (name) => `只有 ${nameInText(name)} 或管理员可以停止。`,
  /** In front of what is told directly, where its thread is gone. */
  aboutProject: (name: string) => `关于“${nameInText(name)}”：`,
  /** Asked of somebody who reacted with 🎬. */
  reaction: {
    ask: '🎬 要用这条消息做一个视频吗？费用和其他请求一样；在你点按之前，什么都不会开始。',
    make: '开始制作',
    gone: '那条消息已经不在了。',
    notYours: '只有点了 🎬 的那个人才能按这个按钮。',
  },
  whose: {
    ask: (start: string) =>
      `“${start}”：这是对我说的，还是你们在互相聊？在你告诉我之前，我不会处理它。`,
    us: '对你说的',
    them: '我们在互相聊',
    left: '好的。以后在这个讨论串里，这样的消息我就不管了；需要我时请提及我。',
    settled: '这已经处理过了。',
    gone: '那条消息我已经没有了。请再写一次，并提及我。',
    notYours: (name: string) => `只有${nameInText(name)}或管理员可以说明那是对谁说的。`,
  },
  secondThoughts: {
    edited:
      '你修改消息时，我已经在处理了。我会按原来的内容继续；如果想用新的内容，请点击“停止”，然后再写一次。',
    deleted: '你的消息被删除时，我已经在处理了。我会继续完成；如果不再需要，请点击“停止”。',
  },
  stopping: '正在停止……',
  theRequester: '提出请求的人',
};

const WORKING = {
  plain: '处理中',
  video: '处理中：正在生成视频（一般 2 到 5 分钟）',
  audio: '处理中：正在制作声音（一般 1 到 2 分钟）',
  edit: '处理中：正在编辑时间线',
  analysis: '处理中：正在分析素材',
};
