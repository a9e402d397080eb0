/** What Discord itself shows of the bot: commands, forms, notes. Everything about videos is said by the conversation. */

interface Named {
  readonly name: string;
  readonly description: string;
}

/** Commands and their options. */
type CommandKey =
  | ('video' | 'script' | 'image' | 'ratio' | 'length' | 'each' | 'plan' | 'private')
  | ('language' | 'voice' | 'music' | 'style')
  | ('credits' | 'status' | 'export' | 'resolution' | 'help' | 'new' | 'stop' | 'project')
  | ('settings' | 'profile')
  | 'versions'
  | ('admin' | 'order' | 'channel' | 'person')
  | ('brand' | 'brandName' | 'colours' | 'intro' | 'outro' | 'logo' | 'remove')
  | ('forget' | 'what' | 'export-data')
  | ('account' | 'do');

export interface DiscordWords {
  /** Discord's own names of the languages that get these commands; English is what all others get. */
  readonly clients: readonly string[];
  /** Names are of small letters, without spaces. */
  readonly commands: Readonly<Record<CommandKey, Named>>;
  readonly subjects: Readonly<Record<'thread' | 'mine' | 'workspace', string>>;
  /** A message's context menu. */
  readonly fromMessage: string;
  readonly threadName: string;
  readonly hintNoContent: (botId: string) => string;
  readonly missing: (channel: string, permissions: readonly string[]) => string;
  readonly directClosed: (person: string) => string;
  readonly startedBy: (person: string, words: string) => string;
  readonly changeAsked: (person: string, words: string) => string;
  readonly goesOnIn: (thread: string) => string;
  readonly goesOnDirectly: string;
  /** To a server that has just taken the bot in. */
  readonly joined: (botId: string) => string;
  readonly nothingToUse: string;
  readonly directFailed: string;
  readonly ratio: (ratio: string) => string;
  readonly length: (seconds: number) => string;
  readonly language: (language: string) => string;
  readonly voice: (voice: string) => string;
  readonly music: (music: string) => string;
  readonly style: (style: string) => string;
  readonly account: {
    readonly title: string;
    readonly token: string;
    readonly tokenHint: string;
    readonly deeds: Readonly<
      Record<
        'connect-person' | 'connect-workspace' | 'disconnect-person' | 'disconnect-workspace',
        string
      >
    >;
  };
  readonly modal: {
    readonly planFirst: string;
    readonly changeTitle: string;
    readonly changeLabel: string;
    readonly changeHolder: string;
    readonly scriptTitle: string;
    readonly scriptLabel: string;
    readonly scriptHolder: string;
    readonly files: string;
  };
}

export const discord: DiscordWords = {
  clients: [],
  commands: {
    account: { name: 'account', description: 'Whose NemoVideo account pays, and connect your own' },
    do: { name: 'do', description: 'What to do; leave it out to see what is connected' },
    project: {
      name: 'project',
      description: 'Which project (the latest here if you leave it out)',
    },
    image: { name: 'image', description: 'An image, clip, audio file or document' },
    video: { name: 'video', description: 'Turn a script, images or clips into a finished video' },
    script: { name: 'script', description: 'The script, or what the video should be about' },
    ratio: { name: 'ratio', description: 'Shape of the picture' },
    length: { name: 'length', description: 'Length in seconds' },
    language: { name: 'language', description: 'Language of the video' },
    voice: { name: 'voice', description: 'Who speaks, and how: “a calm woman”, “no voice”' },
    music: { name: 'music', description: 'What music: “soft piano”, “none”' },
    style: { name: 'style', description: 'How it looks: “watercolour”, “like a documentary”' },
    each: { name: 'each', description: 'One video for each file' },
    plan: { name: 'plan', description: 'Show me a plan before anything is made' },
    private: { name: 'private', description: 'Only between us, by direct message' },
    resolution: { name: 'resolution', description: 'Like 1080p' },
    credits: { name: 'credits', description: 'How many credits are left' },
    status: { name: 'status', description: 'What is going on in a project' },
    export: { name: 'export', description: 'Render the project as an MP4' },
    versions: { name: 'versions', description: 'The finished videos of a project' },
    help: { name: 'help', description: 'What I can do, with examples' },
    new: { name: 'new', description: 'Begin a fresh project in this thread' },
    stop: { name: 'stop', description: 'Stop what is running' },
    settings: {
      name: 'video-settings',
      description: 'How videos are made in this channel; admins may change it',
    },
    profile: { name: 'profile', description: 'The skill profile to use from now on' },
    brand: { name: 'brand', description: 'The brand of this channel: shown, or changed' },
    brandName: { name: 'name', description: 'What it is called; “-” takes it away' },
    colours: { name: 'colours', description: 'For example #2f6f4f #f4e9d8' },
    intro: { name: 'intro', description: 'The first sentence of a video' },
    outro: { name: 'outro', description: 'The last sentence of a video' },
    logo: { name: 'logo', description: 'A PNG, JPEG, WebP or GIF' },
    remove: { name: 'remove', description: 'Take the logo away, or all of it' },
    admin: {
      name: 'admin',
      description: 'What runs, who has spent what, pausing, allowing and denying',
    },
    order: { name: 'order', description: 'What to do; the desk is shown if you leave it out' },
    channel: { name: 'channel', description: 'The channel to allow or deny' },
    person: { name: 'person', description: 'The person to allow or deny' },
    forget: { name: 'forget', description: 'Delete what I store: a project, or all of yours' },
    what: { name: 'what', description: 'What to delete; a project if you leave it out' },
    'export-data': { name: 'export-data', description: 'A file with what I store of you' },
  },
  subjects: {
    thread: 'This project',
    mine: 'All of mine',
    workspace: 'All of this server (admins)',
  },
  fromMessage: 'Make a video from this',
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
  joined: (botId) =>
    `👋 Thanks for having me. Mention me with a script, a story or a few pictures (<@${botId}> a film about tea in the mountains), or use \`/video\`, and a finished video comes back in a thread. \`/help\` tells the rest. Videos and answers are made by AI and may be wrong.`,
  nothingToUse: 'There is no text and no file in it that I could use.',
  directFailed:
    'I cannot work in this place, and your direct messages are closed to me. Open them, or use me where I am a member.',
  ratio: (ratio) => `Aspect ratio: ${ratio}.`,
  length: (seconds) => `Length: about ${seconds} seconds.`,
  language: (language) => `Language: ${language}.`,
  voice: (voice) => `Voice: ${voice}.`,
  music: (music) => `Music: ${music}.`,
  style: (style) => `Style: ${style}.`,
  account: {
    title: 'NemoVideo account',
    token: 'API token',
    tokenHint: 'Tested at once, kept encrypted, shown to nobody.',
    deeds: {
      'connect-person': 'Connect an account for me',
      'connect-workspace': 'Connect one for this server (admins)',
      'disconnect-person': 'Disconnect mine',
      'disconnect-workspace': 'Disconnect the server’s (admins)',
    },
  },
  modal: {
    planFirst: 'Show me a plan first',
    changeTitle: 'Change something',
    changeLabel: 'What should be different?',
    changeHolder: 'Make the title bigger, and slower music',
    scriptTitle: 'Make a video',
    scriptLabel: 'Script or description',
    scriptHolder: 'A 30 second film about tea in the mountains…',
    files: 'Images, clips, audio or documents',
  },
};
