/**
 * The playground's page. This file is sent to the browser as it is, without its types: nothing but types is imported
 * here. The page that asks for the password is drawn on the server.
 */
import type { ProblemCode } from '../../platforms/web/wire.ts';

export const page = {
  /** For HTML and Intl. */
  lang: 'en',
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
  placeholderPlan:
    'What should be different? For example “30 seconds”, “portrait” or “drop scene 2”',
  planFirst: 'Plan first',
  planFirstWords: 'Plan first.',
  message: 'Message',
  conversation: 'Conversation',
  wish: 'Shape, length and more',
  wishes: {
    any: 'Any',
    labels: {
      ratio: 'Shape',
      length: 'Length',
      language: 'Language',
      voice: 'Voice',
      music: 'Music',
      style: 'Style',
    },
    ratios: { '9:16': 'Portrait 9:16', '16:9': 'Landscape 16:9', '1:1': 'Square 1:1' },
    lengths: { '15': 'About 15 seconds', '30': 'About 30 seconds', '60': 'About a minute' },
    hints: {
      language: 'as your words',
      voice: 'a calm woman',
      music: 'soft piano',
      style: 'watercolour',
    },
    /** How each is said to the agent. */
    said: {
      ratio: (it: string) => `Aspect ratio: ${it}.`,
      length: (it: string) => `Length: about ${it} seconds.`,
      language: (it: string) => `Language: ${it}.`,
      voice: (it: string) => `Voice: ${it}.`,
      music: (it: string) => `Music: ${it}.`,
      style: (it: string) => `Style: ${it}.`,
    },
  },
  attach: 'Add files',
  send: 'Send',
  dropHere: 'Drop files to add them',
  hint: 'Enter sends · Shift + Enter for a new line · / for commands',
  commands: 'Commands',
  command: {
    video: 'Make a video from the text that follows',
    export: 'Export the project as an MP4',
    versions: 'The finished videos, and what changed between them',
    status: 'What is going on, and what is on the timeline',
    credits: 'Show your credits, only to you',
    stop: 'Stop what is running',
    new: 'Begin a fresh project here',
    help: 'What you can say and send',
    profile: 'Show or choose the skill profile',
    forget: 'Delete what is stored: this project, or “all”',
    'export-data': 'A file with what is stored of you',
    admin: 'What runs, who has spent what, and pausing; for admins',
  },
  versions: 'Versions',
  sideBySide: 'Play side by side',
  playBoth: 'Play both',
  pauseBoth: 'Pause both',
  position: 'Position in both videos',
  sound: 'Sound of',
  noSound: 'None',
  close: 'Close',
  bot: 'nemo-bot',
  you: 'You',
  onlyYou: 'Only visible to you',
  download: 'Download',
  captions: 'Captions',
  downloadFile: (name: string) => `Download ${name}`,
  openImage: (name: string) => `Open ${name}`,
  seen: 'Seen by nemo-bot',
  queued: 'Waiting for its turn',
  thanks: 'nemo-bot says: with pleasure',
  noted: 'Noted by nemo-bot',
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
    'not-written':
      'The bot can’t write anything down at the moment. Please send this again in a few minutes.',
    unavailable: 'The bot is just being stopped or started. Please try again in a moment.',
    unexpected: 'Something went wrong. Please try again.',
  } as Partial<Record<ProblemCode, string>>,
  unreachable: 'The bot cannot be reached. Is it still running?',
};

export type PageWords = typeof page;

export const signIn = {
  title: 'Sign in',
  lead: 'This playground is protected by a password.',
  password: 'Password',
  signIn: 'Sign in',
  wrong: 'That is not the password. Please try again.',
  wait: (minutes: number) =>
    `There were too many wrong passwords. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
};

export type SignInWords = typeof signIn;
