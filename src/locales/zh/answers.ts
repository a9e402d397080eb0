import type { AnswersWords } from '../en/answers.ts';
import { changesInChinese } from './changes.ts';

export const answers: AnswersWords = {
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
  answerInFile: '完整的回答在文件里。',
  answerCut: '回答太长，被截断了。',
  refusedByService: '视频服务拒绝了这个请求，请换一种说法。',
  serviceProblem: 'NemoVideo 在处理过程中出了问题。',
  serviceProblemUnchanged: 'NemoVideo 在处理过程中出了问题，什么都没有改动。点“重试”可以再来一次。',
  keepOrStrip: (music, title) => {
    const added = [music && '音乐', title && '标题'].filter(Boolean).join('和') || '效果';
    return `过程中自动添加了${added}：可以保留，也可以告诉我去掉哪些。`;
  },
  tellMore: '下一步：再多说说你想要的视频',
  prompts: { video: ['添加字幕', '调整节奏'], edit: ['更换音乐', '调整节奏'] },
  shape: { portrait: '竖屏', landscape: '横屏', square: '方形' },
  shapeWish: {
    portrait: '把视频改成竖屏（9:16）。',
    landscape: '把视频改成横屏（16:9）。',
    square: '把视频改成方形（1:1）。',
  },
  offerTaken: '已经提过这个要求了。如果还要再来一次，请直接在这里写。',
  offerGone: '我已经不知道这个按钮对应什么了，请直接在这里写你想要的。',
  tip: {
    'shorter-script': (advice) => `💡 ${advice}`,
    'be-specific': () =>
      '💡 说得越具体效果越好：与其说“弄得好看一点”，不如说“镜头慢一点、颜色暖一点、标题大一点”。',
  },
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
  emptyMessage: '这条消息里没有文字，也没有文件。说说要做什么、改什么，或者说“帮助”。',
  wordsPoint:
    '你的话指的是我用不了的内容，所以我还没有开始。请换一种形式发来，或说说要拍什么，也可以让我只按你的话来做。',
  nothingLeft: '没有可用的内容了。请发来脚本，或我能用的文件。',
  limit: {
    'stock-music-link': 'YouTube 或 Spotify 的链接不能当素材；内置素材库里有类似的风格。',
    'local-path': '我打不开你电脑上的路径，请把文件发到这里。',
    'photo-editing': '修图不是我的专长，但我可以把照片做成幻灯片。',
    'long-video': '较长的视频最好分成 60 秒以内的几段。',
  },
  retryNothing: '没有可以重试的内容。',
  changeHint: '直接在这里写你想改什么，比如“标题大一点”或“音乐慢一点”。',
};
