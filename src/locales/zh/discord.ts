import type { DiscordWords } from '../en/discord.ts';

export const discord: DiscordWords = {
  clients: ['zh-CN'],
  commands: {
    project: { name: '项目', description: '哪个项目（不填则为这里最近的一个）' },
    image: { name: '素材', description: '图片、视频片段、音频或文档' },
    video: { name: '视频', description: '把脚本、图片或素材做成视频' },
    script: { name: '脚本', description: '脚本，或视频的内容描述' },
    ratio: { name: '比例', description: '画面比例' },
    length: { name: '时长', description: '时长（秒）' },
    each: { name: '分别', description: '每个文件单独做一个视频' },
    private: { name: '私密', description: '只在我们的私信里进行' },
    resolution: { name: '分辨率', description: '例如 1080p' },
    credits: { name: '积分', description: '还剩多少积分' },
    status: { name: '状态', description: '项目进行得怎么样' },
    export: { name: '导出', description: '把项目导出为 MP4' },
    help: { name: '帮助', description: '我能做什么，附示例' },
    new: { name: '新建', description: '在此子区开始新项目' },
    stop: { name: '停止', description: '停止正在进行的任务' },
    settings: { name: '视频设置', description: '本频道的视频制作方式，管理员可以更改' },
    profile: { name: '技能', description: '今后使用的技能配置' },
  },
  fromMessage: '用这条消息做视频',
  threadName: '新视频',
  hintNoContent: (botId) =>
    `在这里，只有提及我（<@${botId}>）或回复我的消息，我才能看到内容。管理员可以在开发者后台打开“Message Content Intent”。`,
  missing: (channel, permissions) =>
    `我无法在 <#${channel}> 里回复：缺少权限 ${permissions.map((p) => `*${p}*`).join('、')}。请服务器管理员开启。`,
  directClosed: (person) =>
    `<@${person}> 有一条只给你看的消息，但你关闭了私信。请使用斜杠命令，或为本服务器打开私信。`,
  startedBy: (person, words) => `🎬 <@${person}>：${words}`,
  changeAsked: (person, words) => `✏️ <@${person}>：${words}`,
  goesOnIn: (thread) => `收到：<#${thread}>`,
  goesOnDirectly: '收到：视频会发到我们的私信里。',
  nothingToUse: '里面没有我能用的文字或文件。',
  directFailed: '我无法在这里工作，而你的私信也对我关闭。请打开私信，或在我所在的服务器里使用。',
  ratio: (ratio) => `画面比例：${ratio}。`,
  length: (seconds) => `时长：约 ${seconds} 秒。`,
  modal: {
    changeTitle: '修改',
    changeLabel: '想改什么？',
    changeHolder: '标题大一点，音乐慢一点',
    scriptTitle: '制作视频',
    scriptLabel: '脚本或描述',
    scriptHolder: '一支 30 秒的高山茶短片……',
    files: '图片、视频片段、音频或文档',
  },
};
