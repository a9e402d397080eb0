import type { SlackWords } from '../en/slack.ts';
import { install } from './slack-install.ts';

export const slack: SlackWords = {
  newVideo: '新建视频',
  newVideoTitle: '新建视频',
  create: '创建',
  cancel: '取消',
  script: '脚本或描述',
  scriptHint: '一段脚本、一个故事，或几句话。较长的脚本可以作为文本文件上传。',
  files: '图片、视频片段、音乐、文档',
  several: '有多个文件时',
  each: '每个文件单独做一个视频',
  before: '制作之前',
  planFirst: '先给我方案',
  ratio: '画面比例',
  ratios: { '9:16': '竖屏 9:16', '16:9': '横屏 16:9', '1:1': '方形 1:1', '4:3': '经典 4:3' },
  length: '时长',
  lengths: { '15': '约 15 秒', '30': '约 30 秒', '60': '约 1 分钟' },
  language: '视频语言',
  voice: '配音',
  voiceHint: '谁来说、怎么说：“平静的女声”“不要配音”。',
  music: '音乐',
  musicHint: '例如“轻柔的钢琴”或“不要音乐”。',
  style: '风格',
  styleHint: '看起来怎么样：“水彩”“像纪录片”。',
  where: '发布到',
  nothingGiven: '请写点内容，或上传一个文件。',
  wish: ({ ratio, length, language, voice, music, style }) =>
    [
      ratio ? `画面比例：${ratio}。` : '',
      length ? `时长：约 ${length} 秒。` : '',
      language ? `语言：${language}。` : '',
      voice ? `配音：${voice}。` : '',
      music ? `音乐：${music}。` : '',
      style ? `风格：${style}。` : '',
    ]
      .filter(Boolean)
      .join(''),
  started: (person) => `🎬 <@${person}> 的新视频`,
  startedFrom: '🎬 用这条消息做一个视频，马上开始。',
  nothingInIt: '这条消息里没有可以做成视频的内容：没有文字，也没有我能打开的文件。',
  begun: (link) => (link ? `🎬 从这里开始：${link}` : '🎬 已开始：请看我新发的消息串。'),
  notHere: '我还不在这个频道里。请先邀请我：输入 `/invite` 并选择我。',
  noSuchWord: (word, { any }) =>
    `我不认识“${word}”。在 \`${any}\` 后面可以写 \`credits\`、\`video\`、\`status\`、\`export\`、\`versions\`、\`help\`、\`new\`、\`stop\`、\`profile\`、\`admin\`、\`forget\` 或 \`export-data\`。`,
  commands: ({ any, video, credits }) =>
    `**命令**：\`${video}\` 加上脚本、\`${credits}\`，以及 \`${any}\` 加上任何关键词：\`${any} 状态\`、\`${any} 导出\`。`,
  notOpen: '这个机器人未对你的工作区开放，因此没有安装。请联系它的管理员。',
  failed: 'Slack 现在不允许这个操作，请稍后再试。',
  install,
  change: {
    title: '修改',
    send: '发送',
    label: '想改什么？',
  },
  home: {
    howTo: '使用方法',
    credits: '积分',
    noCredits: '暂时无法查询余额。',
    recent: '最近的项目',
    none: '还没有项目。在频道里 @我 并附上脚本，或点击“新建视频”。',
    open: '打开',
  },
  promptsTitle: '想做什么视频？',
};
