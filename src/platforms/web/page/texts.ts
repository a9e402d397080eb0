/** The page's own words, in the browser's language. */
import type { ProblemCode } from '../wire.ts';

const en = {
  newVideo: 'New video',
  yourVideos: 'Your videos',
  noVideos: 'Your videos will be listed here.',
  openList: 'Show the list of videos',
  closeList: 'Close the list',
  welcome: 'What shall we make?',
  tryThis: 'Try one of these',
  tip: 'Tip',
  moreToTry: 'More to try here',
  placeholder: 'Paste a script or describe a video',
  placeholderChange: 'What should be different? For example “make the title bigger”',
  message: 'Message',
  conversation: 'Conversation',
  attach: 'Add files',
  send: 'Send',
  dropHere: 'Drop files to add them',
  hint: 'Enter sends · Shift + Enter for a new line · / for commands',
  commands: 'Commands',
  command: {
    video: 'Make a video from the text that follows',
    export: 'Export the project as an MP4',
    status: 'What is going on, and what is on the timeline',
    credits: 'Show your credits, only to you',
    stop: 'Stop what is running',
    new: 'Begin a fresh project here',
    help: 'What you can say and send',
    profile: 'Show or choose the skill profile',
  },
  bot: 'nemo-bot',
  you: 'You',
  onlyYou: 'Only visible to you',
  download: 'Download',
  downloadFile: (name: string) => `Download ${name}`,
  openImage: (name: string) => `Open ${name}`,
  seen: 'Seen by nemo-bot',
  queued: 'Waiting for its turn',
  sending: 'Sending…',
  notSent: 'Not sent.',
  tryAgain: 'Try again',
  remove: (name: string) => `Remove ${name}`,
  uploading: (name: string) => `Uploading ${name}`,
  stillUploading: 'One moment, files are still being uploaded.',
  removeBroken: 'Remove the file that could not be added, or try it again.',
  tooManyFiles: (n: number) => `A message carries at most ${n} files.`,
  fileTooLarge: (name: string, limit: string) =>
    `${name} is larger than ${limit}. Please compress or trim it.`,
  connectionLost: 'The connection was lost. Trying again…',
  newest: 'Newest messages',
  earlier: 'Show earlier messages',
  isTyping: 'is working…',
  loadFailed: 'The conversation could not be loaded.',
  signOut: 'Sign out',
  signIn: 'Sign in',
  signedOut: 'You are signed out.',
  problem: {
    'signed-out': 'You are signed out. Please sign in again.',
    'too-large': 'That is too large to be sent.',
    'cut-off': 'The transfer broke off.',
    'storage-full': 'The disk of this machine is full.',
    unavailable: 'The bot is just being stopped or started. Please try again in a moment.',
    unexpected: 'Something went wrong. Please try again.',
  } as Partial<Record<ProblemCode, string>>,
  unreachable: 'The bot cannot be reached. Is it still running?',
};

export type Texts = typeof en;

const zh: Texts = {
  newVideo: '新视频',
  yourVideos: '我的视频',
  noVideos: '你的视频会列在这里。',
  openList: '显示视频列表',
  closeList: '关闭列表',
  welcome: '想做什么视频？',
  tryThis: '可以试试',
  tip: '提示',
  moreToTry: '还可以试试',
  placeholder: '粘贴脚本，或描述想要的视频',
  placeholderChange: '想改哪里？例如“标题大一点”',
  message: '消息',
  conversation: '对话',
  attach: '添加文件',
  send: '发送',
  dropHere: '松开即可添加文件',
  hint: 'Enter 发送 · Shift + Enter 换行 · / 查看命令',
  commands: '命令',
  command: {
    video: '用后面的文字制作视频',
    export: '把项目导出为 MP4',
    status: '当前进度和时间线',
    credits: '查看积分，仅自己可见',
    stop: '停止正在进行的任务',
    new: '在这里开始新项目',
    help: '可以说什么、发什么',
    profile: '查看或选择技能配置',
  },
  bot: 'nemo-bot',
  you: '你',
  onlyYou: '仅自己可见',
  download: '下载',
  downloadFile: (name) => `下载 ${name}`,
  openImage: (name) => `打开 ${name}`,
  seen: 'nemo-bot 已看到',
  queued: '排队中',
  sending: '正在发送…',
  notSent: '未发送。',
  tryAgain: '重试',
  remove: (name) => `移除 ${name}`,
  uploading: (name) => `正在上传 ${name}`,
  stillUploading: '请稍等，文件仍在上传。',
  removeBroken: '请移除未能添加的文件，或重试。',
  tooManyFiles: (n) => `一条消息最多带 ${n} 个文件。`,
  fileTooLarge: (name, limit) => `${name} 超过了 ${limit}，请压缩或剪短后再发。`,
  connectionLost: '连接已断开，正在重新连接…',
  newest: '最新消息',
  earlier: '显示更早的消息',
  isTyping: '正在处理…',
  loadFailed: '无法载入这段对话。',
  signOut: '退出登录',
  signIn: '登录',
  signedOut: '你已退出登录。',
  problem: {
    'signed-out': '你已退出登录，请重新登录。',
    'too-large': '内容太大，无法发送。',
    'cut-off': '传输中断了。',
    'storage-full': '这台机器的磁盘已满。',
    unavailable: '机器人正在停止或启动，请稍后再试。',
    unexpected: '出了点问题，请重试。',
  },
  unreachable: '无法连接到机器人，它还在运行吗？',
};

const isChinese = (locale: string | undefined): boolean =>
  locale?.toLowerCase().startsWith('zh') ?? false;

export const textsFor = (locale: string | undefined): Texts => (isChinese(locale) ? zh : en);

export const language: 'en' | 'zh' = isChinese(navigator.language) ? 'zh' : 'en';
export const texts: Texts = textsFor(navigator.language);

const clockTime = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

export const timeOfDay = (at: number): string => clockTime.format(at);

/** The time for today, the date for earlier days. */
export const shortDate = (at: number): string =>
  new Date(at).toDateString() === new Date().toDateString() ? clockTime.format(at) : day.format(at);

export function fileSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 })} ${units[unit]}`;
}
