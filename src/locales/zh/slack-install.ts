import type { InstallWords } from '../en/slack-install.ts';

export const install: InstallWords = {
  add: '把 NemoVideo 添加到 Slack',
  addText:
    '在频道里提及 NemoVideo，附上脚本、故事或几张图片，完成的视频会出现在消息串里。视频和回答由人工智能生成，可能有错误。',
  addButton: '添加到 Slack',
  done: (team) => (team ? `NemoVideo 已安装到 ${team}` : 'NemoVideo 已安装'),
  stepsTitle: '三步做出第一个视频',
  steps: ({ credits }) => [
    '把我邀请到频道：在那里输入 `/invite @nemo`。',
    '提及我，附上脚本、故事或几张图片：`@nemo 一支关于高山茶的短片`。',
    `在消息串里写下要改的地方，写 \`导出\` 就能得到 MP4。\`${credits}\` 可以查看剩余积分。`,
  ],
  open: '在 Slack 中打开',
  denied: '没有安装任何内容',
  deniedText: '你没有允许 Slack 安装这个应用。没关系，什么都没有保存。',
  closed: '这个机器人未对你的工作区开放',
  failed: '安装没有成功',
  failedText: '页面可能打开得太久，或换了浏览器。什么都没有保存，请重新开始。',
  again: '重新开始',
  support: '支持',
  privacy: '隐私',
  terms: '条款',
  welcome: (steps) =>
    [
      '👋 谢谢安装。三步做出第一个视频：',
      ...steps.map((step, index) => `${index + 1}. ${step}`),
      '视频和回答由人工智能生成：转发之前请先看一遍。',
    ].join('\n'),
};
