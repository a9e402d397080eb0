/** What only Discord's users see, in both languages: everything else is the conversation's to say. */
export interface Texts {
  readonly threadName: string;
  readonly hintNoContent: (botId: string) => string;
  readonly missing: (channel: string, permissions: readonly string[]) => string;
  readonly directClosed: (person: string) => string;
  readonly startedBy: (person: string, words: string) => string;
  readonly changeAsked: (person: string, words: string) => string;
  readonly goesOnIn: (thread: string) => string;
  readonly goesOnDirectly: string;
  readonly nothingToUse: string;
  readonly directFailed: string;
  readonly ratio: (ratio: string) => string;
  readonly length: (seconds: number) => string;
  readonly modal: {
    readonly changeTitle: string;
    readonly changeLabel: string;
    readonly changeHolder: string;
    readonly scriptTitle: string;
    readonly scriptLabel: string;
    readonly scriptHolder: string;
    readonly files: string;
  };
}

const en: Texts = {
  threadName: 'New video',
  hintNoContent: (botId) =>
    `I cannot read messages here unless you mention me (<@${botId}>) or use Reply on one of mine. An admin can change that in the developer portal ("Message Content Intent").`,
  missing: (channel, permissions) =>
    `I cannot answer in <#${channel}>: I lack ${permissions.map((p) => `*${p}*`).join(', ')} there. Someone who manages the server can allow it.`,
  directClosed: (person) =>
    `<@${person}> I have something for you alone, but your direct messages are closed to me. Use the slash command, or open them for this server.`,
  startedBy: (person, words) => `🎬 <@${person}>: ${words}`,
  changeAsked: (person, words) => `✏️ <@${person}>: ${words}`,
  goesOnIn: (thread) => `On it: <#${thread}>`,
  goesOnDirectly: 'On it: the video comes in our direct messages.',
  nothingToUse: 'There is no text and no file in it that I could use.',
  directFailed:
    'I cannot work in this place, and your direct messages are closed to me. Open them, or use me where I am a member.',
  ratio: (ratio) => `Aspect ratio: ${ratio}.`,
  length: (seconds) => `Length: about ${seconds} seconds.`,
  modal: {
    changeTitle: 'Change something',
    changeLabel: 'What should be different?',
    changeHolder: 'Make the title bigger, and slower music',
    scriptTitle: 'Make a video',
    scriptLabel: 'Script or description',
    scriptHolder: 'A 30 second film about tea in the mountains…',
    files: 'Images, clips, audio or documents',
  },
};

const zh: Texts = {
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

/** By the locale of the person's client; English for all but Chinese. */
export const textsFor = (locale: string | undefined): Texts =>
  locale?.toLowerCase().startsWith('zh') ? zh : en;

/** In the language of a text that they go with. */
export const textsLike = (text: string): Texts => (/\p{Script=Han}/u.test(text) ? zh : en);
