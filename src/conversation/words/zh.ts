import { nameInText } from '../language/shown-name.ts';
import type { Ending, Stage } from '../status-stage.ts';
import { changesInChinese } from './changes-zh.ts';
import type { Words } from './en.ts';
import { filesInChinese } from './files-zh.ts';
import { bytes, duration, joined, minutes, number, seconds } from './format-zh.ts';

/** Simplified Chinese; as long as its English original. */
export const zh: Words = {
  language: 'zh',
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
  ending: (ending: Ending, elapsedMs: number): string => {
    switch (ending) {
      case 'done':
        return `✅ 完成，用时 ${duration(elapsedMs)}`;
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

  timelineLabels: {
    timeline: (n) => `时间线（${n} 条轨道）`,
    video: '视频',
    music: '音乐',
    title: '标题',
    track: '轨道',
    untitled: '未命名',
    more: (n) => `另有 ${n} 条`,
    colon: '：',
    quoted: (title) => `“${title}”`,
    details: (start, end, volume) =>
      `（${[end && `${start}–${end} 秒`, volume && `音量 ${volume}`].filter(Boolean).join('，')}）`,
  },
  noTimeline: '还没有时间线。',
  timelineUnreadable: '项目里有时间线，但它的格式我读不了。我仍然可以试着导出。',
  changed: (lines) => (lines.length > 1 ? lines.map((l) => `• ${l}`).join('\n') : lines.join('\n')),
  changes: changesInChinese,
  somethingChanged: '✅ 项目已更改。',
  nothingChanged:
    'NemoVideo 处理完了，但没有说明，时间线上也没有看到变化。请换一种说法，或点“重试”。',
  noAnswer: 'NemoVideo 没有回应，可能还在启动中。什么都没有改动。请点“重试”，或换一种说法。',
  temporaryProblem: 'NemoVideo 暂时出了点问题，什么都没有改动。点“重试”可以再来一次。',
  answerCut: '回答太长，被截断了。',
  refusedByService: '视频服务拒绝了这个请求，请换一种说法。',
  serviceProblem: 'NemoVideo 在处理过程中出了问题。',
  serviceProblemUnchanged: 'NemoVideo 在处理过程中出了问题，什么都没有改动。点“重试”可以再来一次。',
  keepOrStrip: (music, title) => {
    const added = [music && '音乐', title && '标题'].filter(Boolean).join('和') || '效果';
    return `过程中自动添加了${added}：可以保留，也可以告诉我去掉哪些。`;
  },
  nextSteps: (ready) =>
    ready ? '下一步：添加字幕｜调整节奏｜导出' : '下一步：再多说说你想要的视频',
  nextStepsEdit: '下一步：更换音乐｜调整节奏｜导出',
  tip: {
    'shorter-script': (advice) => `💡 ${advice}`,
    'be-specific': () =>
      '💡 说得越具体效果越好：与其说“弄得好看一点”，不如说“镜头慢一点、颜色暖一点、标题大一点”。',
  },
  waiting: (n) => `还有 ${n} 条消息在排队，接下来依次处理。`,
  question: (title, questions) =>
    [
      title ? `**${title}**` : undefined,
      ...questions.map((q, i) =>
        [
          `${questions.length > 1 ? `${i + 1}. ` : ''}${q.prompt}`,
          ...q.options.map((o) => `   - ${o}`),
        ].join('\n'),
      ),
      '_直接在这里回答即可。_',
    ]
      .filter(Boolean)
      .join('\n'),
  newProject: '之前的项目已不可用，我新建了一个。之前的编辑和上传都没有了。',
  recoveredChanged: '连接中断了一会儿，但工作已经完成：',
  recoveredUnchanged: '与 NemoVideo 的连接中断了，之后没有看到任何变化。点“重试”可以再请求一次。',
  tookTooLong: 'NemoVideo 处理了很久仍未完成，也没有看到任何变化。点“重试”可以再请求一次。',
  restartedChanged: '我在处理过程中重启了，但工作已经完成：',
  restartedUnchanged: '我在处理过程中重启了，之后没有看到任何变化。点“重试”可以再请求一次。',

  exportNothing: '还没有可以导出的内容，请先生成视频。',
  lastWords: (text) => `NemoVideo 最后说：“${text}”`,
  videoReady: (url, details) => `✅ 视频已就绪！${details}${url ? `\n${url}` : ''}`,
  videoAgain: (url, details) => `✅ 这个视频做好之后没有改动，再给您链接。${details}\n${url}`,
  details: (width, height, length) =>
    joined([
      width && height ? `${width}×${height}` : undefined,
      length ? `${seconds(length)} 秒` : undefined,
    ]),
  fileTooLarge: (size, limit) =>
    `文件${size ? `（${bytes(size)}）` : ''}超过了这里 ${bytes(limit)} 的上限，所以给出链接。`,
  fileTooLargeHere: '文件超过了这里允许的大小，所以给出链接。',
  fileNotAllowed: '这里不能发文件，所以给出链接。',
  fileStorageFull: '这里的文件空间已满，所以给出链接。',
  fileNoRoom: '现在没有空间转存这个文件，所以给出链接。',
  fileFailed: '文件没能发到这里，所以给出链接。',
  fileThreadGone: '那个会话我已经够不到了，所以给出链接。',
  outputBroken: '没能取回视频发到这里，链接也许仍然可用。抱歉。',
  outputGone: '视频已完成，但取不到文件。请说“导出”重新渲染。',
  exportFailed: '导出失败，请稍后再试。',
  exportFailedUnreadable:
    '导出失败。项目的时间线格式我读不了，无法判断里面是否已经有视频。请再说一次要做的视频，或稍后再导出。',
  exportSlow: '导出比平时慢。我会继续查看，好了就发到这里；说“导出”可以马上查看。',
  exportLate: '导出比平时慢，这个视频好了我会发出来。',
  exportAbandoned: '半小时内没有完成导出。请说“导出”再试一次。',
  planBlocked: '当前套餐不包含导出。请注册或升级套餐以解锁导出。',
  planLink: (url) => `在这里注册或升级套餐：${url}`,

  credits: (c) =>
    `积分：可用 ${number(c.available)}，冻结 ${number(c.frozen)}，总计 ${number(c.total)}。`,
  creditsFrozen: '冻结的积分是为进行中的工作预留的。',
  creditsOutOperator: '积分已用完。请在账户中充值。',
  creditsOutAnonymous: '免费积分已用完。请注册后继续。',
  creditsLink: (url, keeps) =>
    keeps ? `注册后可以继续这个项目：${url}` : `注册后继续：${url}\n当前项目无法带过去。`,
  registerAsk: '大家的项目都在机器人的账户里，只有机器人的管理员可以注册，请联系管理员。',
  linkIsPrivate: '链接在只有你能看到的消息里。',
  topUpLink: (url) => `在账户中充值：${url}`,
  creditsWhenOut: '用完后，请在账户中充值。',

  accessExpired: '机器人的 NemoVideo 访问权限已过期，需要管理员更新。',
  notAnswering: 'NemoVideo 现在没有响应，请过几分钟再试。',
  backendAway: 'NemoVideo 现在没有响应。视频不会丢，等它恢复后我会自动继续。',
  rateLimited: 'NemoVideo 现在正忙，请稍后再试。',
  requestRefused: 'NemoVideo 拒绝了这个请求。',
  unexpected: '我这边出了点问题。消息没有丢，点“重试”即可。',
  trialUnavailable: '现在无法获得 NemoVideo 的试用权限，请稍后再试。',

  ...filesInChinese,
  batchPlan: (entries) =>
    `我会${entries.length === 1 ? '' : '依次'}制作 ${entries.length} 个视频：${entries.map((it) => `${it.number}. ${nameInText(it.name)}`).join(' · ')}`,
  batchEntry: ({ number, of, name }) => `**${number}/${of} — ${nameInText(name)}.mp4**`,
  batchAbout: ({ number, of, name }) => `**${number}/${of} — ${nameInText(name)}**`,
  batchStage: (entry, stage) => `${entry.number}/${entry.of} · ${stage}`,
  batchDone: (done) => `${done} 个视频都完成了。`,
  batchPartly: (done, of) => `${of} 个视频完成了 ${done} 个。`,
  batchLate: (names) => `还在渲染：${names.map(nameInText).join('、')}。完成后我会发出来。`,
  batchLeft: (names) => `没有完成：${names.map(nameInText).join('、')}。点击“重试”继续完成剩下的。`,
  batchGoesOn: (name) => `现在在这里写的修改，会用在最后一个视频 **${nameInText(name)}** 上。`,
  emptyMessage: '这条消息里没有文字，也没有文件。说说要做什么、改什么，或者说“帮助”。',
  nothingLeft: '没有可用的内容了。请发来脚本，或我能用的文件。',

  limit: {
    'stock-music-link': 'YouTube 或 Spotify 的链接不能当素材；内置素材库里有类似的风格。',
    'local-path': '我打不开你电脑上的路径，请把文件发到这里。',
    'photo-editing': '修图不是我的专长，但我可以把照片做成幻灯片。',
    'long-video': '较长的视频最好分成 60 秒以内的几段。',
  },

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
  stopping: '正在停止……',
  theRequester: '提出请求的人',
  tryExample: (n) => `试试例子 ${n}`,
  newStarted: '从这里开始一个新项目。发来脚本、描述或文件吧。',
  retryNothing: '没有可以重试的内容。',
  changeHint: '直接在这里写你想改什么，比如“标题大一点”或“音乐慢一点”。',
  editorLink: (url) =>
    `在浏览器中打开这个项目：${url}\n链接只给你一个人：谁打开，谁就可以接管这个项目。`,
  editorFailed: '现在拿不到编辑器链接，请稍后再试。',
  noThread: '这里还没有你的项目。@我 并附上脚本就可以开始。',
  inProject: (name, link) => (link ? `项目“${name}”：${link}` : `项目“${name}”`),
  otherProjects: '如果你指的是别的项目：',
  whichProject: '你指的是哪个项目？',
  whichProjectElsewhere: '这个频道里没有符合的项目。你指的是哪个项目？',
  cannotTell: '现在无法确认这个项目是否对你开放，请稍后再试。',
  commandDone: (what) =>
    ({ export: '好的：正在项目所在的会话里导出。', new: '好的。', stop: '正在停止……' })[what],

  notHerePlace: '这个频道没有启用我，管理员可以开启。',
  notForYou: '你不在可以使用我的人员名单里，管理员可以添加。',
  quotaTooSmall: (wanted, left, zone) =>
    `这是 ${wanted} 个视频，而你今天还剩 ${left} 次请求。请少发几个文件，或明天再来：次数在零点（${zone}）重新计算。`,
  quotaUsed: (n, zone) => `你今天的 ${n} 次请求已用完，请明天再来：次数在零点（${zone}）重新计算。`,
  exportsUsed: (n, zone) =>
    `你今天的 ${n} 次导出已用完，请明天再来：次数在零点（${zone}）重新计算。`,
  cannotWrite: '我现在暂时无法保存任何内容，所以你的消息要等一等。恢复后我会自动继续处理。',
  cannotWriteNow: '我现在暂时无法保存任何内容，所以这一步没有执行。请过几分钟再试。',
  queueFull: (n) =>
    `这个会话里已经有 ${n} 条消息在排队，所以没有收下你的这一条。请等其中一些完成后再发一次。`,

  adminsOnly: '只有管理员可以更改。',
  profileNow: (name, kinds, limit, all) =>
    `这个频道使用的技能配置是 **${name}**：${kinds} 等，每个文件不超过 ${bytes(limit)}。可选：${all}。`,
  profileChosen: (name) => `这个频道现在使用技能配置 **${name}**。`,
  profileUnknown: (given, all) => `没有名为“${nameInText(given)}”的技能配置。可选：${all}。`,

  help: ({ title, greeting, examples, tip, kinds, limit, notes }) =>
    [
      greeting,
      '',
      '**可以这样说**',
      ...examples.map((e) => `- ${e}`),
      '',
      '**在这个会话里**：直接写要改什么，或者 `导出`、`状态`、`积分`、`停止`、`新建`、`帮助`。以 `//` 开头的消息我不会理会。',
      `**文件**：${kinds}，每个不超过 ${bytes(limit)}。`,
      '**多个文件**：用编号写出每个文件的要求，或以“每个：”开头，每个文件就会单独做成一个视频。',
      `**提示**：${tip}`,
      `**技能配置**：${title}`,
      ...notes,
    ].join('\n'),
};

const WORKING = {
  plain: '处理中',
  video: '处理中：正在生成视频（一般 2 到 5 分钟）',
  audio: '处理中：正在制作声音（一般 1 到 2 分钟）',
  edit: '处理中：正在编辑时间线',
  analysis: '处理中：正在分析素材',
};
