/** What Slack itself shows of the bot: forms, home page, notes. Everything about videos is said by the conversation. */
import type { CommandNames } from '../../platforms/slack/command-names.ts';
import { install } from './slack-install.ts';

/** What was chosen, or written, in the form besides the script. */
type FormWishes = Readonly<
  Partial<Record<'ratio' | 'length' | 'language' | 'voice' | 'music' | 'style', string | undefined>>
>;

export const slack = {
  newVideo: 'New video',
  newVideoTitle: 'New video',
  create: 'Create',
  cancel: 'Cancel',
  script: 'Script or description',
  scriptHint: 'A script, a story, or a few words. Longer scripts can be attached as a text file.',
  files: 'Images, clips, music, documents',
  several: 'With several files',
  each: 'Make one video for each file',
  before: 'Before it is made',
  planFirst: 'Show me a plan first',
  ratio: 'Format',
  ratios: {
    '9:16': 'Portrait 9:16',
    '16:9': 'Landscape 16:9',
    '1:1': 'Square 1:1',
    '4:3': 'Classic 4:3',
  },
  length: 'Length',
  lengths: { '15': 'About 15 seconds', '30': 'About 30 seconds', '60': 'About a minute' },
  language: 'Language of the video',
  voice: 'Voice',
  voiceHint: 'Who speaks, and how: “a calm woman”, “no voice”.',
  music: 'Music',
  musicHint: 'For example “soft piano”, or “none”.',
  style: 'Style',
  styleHint: 'How it looks: “watercolour”, “like a documentary”.',
  where: 'Post it in',
  nothingGiven: 'Write something, or attach a file.',
  wish: ({ ratio, length, language, voice, music, style }: FormWishes) =>
    [
      ratio ? `Aspect ratio: ${ratio}.` : '',
      length ? `Length: about ${length} seconds.` : '',
      language ? `Language: ${language}.` : '',
      voice ? `Voice: ${voice}.` : '',
      music ? `Music: ${music}.` : '',
      style ? `Style: ${style}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  started: (person: string) => `🎬 A new video for <@${person}>`,
  startedFrom: '🎬 A video from this message, coming up.',
  nothingInIt:
    'There is nothing in this message that I could make a video of: no words, and no files that I can open.',
  begun: (link: string | undefined) =>
    link ? `🎬 It begins here: ${link}` : '🎬 It begins: look for my new thread.',
  notHere: 'I am not in this channel yet. Invite me first: type `/invite` and pick me.',
  noSuchWord: (word: string, { any }: CommandNames) =>
    `I do not know “${word}”. After \`${any}\` I take \`credits\`, \`video\`, \`status\`, \`export\`, \`versions\`, \`help\`, \`new\`, \`stop\`, \`profile\`, \`account\`, \`admin\`, \`forget\` or \`export-data\`.`,
  commands: ({ any, video, credits }: CommandNames) =>
    `**Commands**: \`${video}\` and a script, \`${credits}\`, and \`${any}\` with any word: \`${any} status\`, \`${any} export\`.`,
  notOpen:
    'This bot is not open to your workspace, so it has not been installed.\nWhoever runs it can add the workspace to ALLOWED_WORKSPACES.',
  failed: 'Slack did not let me do that right now. Please try again.',
  account: {
    title: 'NemoVideo account',
    submit: 'Do it',
    what: 'What to do',
    deeds: {
      'connect-person': 'Connect an account for me',
      'connect-workspace': 'Connect one for this workspace (admins)',
      'disconnect-person': 'Disconnect mine',
      'disconnect-workspace': 'Disconnect the workspace’s (admins)',
    },
    token: 'API token',
    tokenHint: 'Tested at once, kept encrypted, shown to nobody. Leave it empty to disconnect.',
    tokenMissing: 'Paste the API token of your NemoVideo account.',
  },
  install,
  /** The form of whoever did not like a video. */
  change: {
    title: 'Change something',
    send: 'Send',
    label: 'What should be different?',
  },
  home: {
    howTo: 'How to',
    credits: 'Credits',
    noCredits: 'The balance is not known right now.',
    recent: 'Recent projects',
    none: 'No projects yet. Mention me in a channel with a script, or press *New video*.',
    open: 'Open',
  },
  promptsTitle: 'What shall we make?',
};

export type SlackWords = typeof slack;
