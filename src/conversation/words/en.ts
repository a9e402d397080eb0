import type { Entry } from '../job.ts';
import { nameInText } from '../language/shown-name.ts';
import type { Ending, Stage } from '../status-stage.ts';
import type { TimelineLabels } from '../timeline/format-timeline.ts';
import { changesInEnglish } from './changes-en.ts';
import { filesInEnglish } from './files-en.ts';
import { bytes, duration, joined, minutes, number, seconds } from './format-en.ts';

const timelineLabels: TimelineLabels = {
  timeline: (n: number) => `Timeline (${n} ${n === 1 ? 'track' : 'tracks'})`,
  video: 'Video',
  music: 'BGM',
  title: 'Title',
  track: 'Track',
  untitled: 'untitled',
  more: (n: number) => `+${n} more`,
  colon: ': ',
};

/**
 * English. The shape of this object is the catalogue: a language that lacks a text does not compile. It is one
 * object, and so longer than other files, because what is said should be read in one place.
 */
export const en = {
  language: 'en' as 'en' | 'zh',
  activity: 'is working on your video…',
  button: {
    export: 'Export MP4',
    timeline: 'Timeline',
    change: 'Change something',
    editor: 'Open in editor',
    stop: 'Stop',
    retry: 'Try again',
    credits: 'Credits',
    register: 'Register',
    topUp: 'Top up',
    firstPart: 'Use the first part',
    gist: 'Shorten it',
  },

  stage: (stage: Stage, elapsedMs: number): string => {
    switch (stage.type) {
      case 'connecting':
        return stage.word;
      case 'starting':
        return 'On it.';
      case 'reading':
        return `Reading files (${stage.done} of ${stage.of})…`;
      case 'working':
        return `${WORKING[stage.what ?? 'plain']} · ${duration(elapsedMs)}`;
      case 'rate-limited':
        return `Working: NemoVideo is busy, trying again in ${stage.seconds} s…`;
      case 'recovering':
        return `Working: the connection was lost, looking at what got done · ${duration(elapsedMs)}`;
      case 'checking':
        return `Working: checking the result · ${duration(elapsedMs)}`;
      case 'rendering':
        return stage.percent === undefined
          ? '⏳ Rendering ~30s'
          : `⏳ Rendering: ${stage.percent}%`;
    }
  },
  ending: (ending: Ending, elapsedMs: number): string => {
    switch (ending) {
      case 'done':
        return `✅ Done in ${duration(elapsedMs)}`;
      case 'needs-you':
        return '✋ Needs you';
      case 'failed':
        return '⚠️ Failed';
      case 'stopped':
        return '⏹️ Stopped';
      case 'interrupted':
        return '⏸️ Interrupted: I was restarted and will go on in a moment';
    }
  },
  stillWorking: (elapsedMs: number) => `⏳ Still working... (${minutes(elapsedMs)})`,
  noSignOfLife: (elapsedMs: number, silenceMs: number) =>
    `⏳ Still working... (${minutes(elapsedMs)}). No sign of life from NemoVideo for ${minutes(silenceMs)}; you can wait or press Stop.`,
  rawClipReady: (length: number | undefined) =>
    length
      ? `🎬 The raw video is ready (${seconds(length)} s). Music, titles and effects come next.`
      : '🎬 The raw video is ready. Music, titles and effects come next.',

  timelineLabels,
  noTimeline: 'No timeline yet.',
  timelineUnreadable:
    'The project has a timeline in a form that I cannot read. I can still try to export it.',
  changed: (lines: readonly string[]) => lines.join('\n'),
  changes: changesInEnglish,
  somethingChanged: '✅ The project was changed.',
  nothingChanged:
    'NemoVideo finished without saying anything, and I see no change on the timeline. Try saying it another way, or press *Try again*.',
  noAnswer:
    'NemoVideo gave no answer; it may still be starting up. Nothing was changed. Press *Try again*, or say it another way.',
  temporaryProblem:
    'NemoVideo had a temporary problem, and nothing was changed. Press *Try again* to repeat it.',
  answerCut: 'The answer was cut off because it was too long.',
  refusedByService: 'The request was refused by the video service. Please say it in another way.',
  serviceProblem: 'NemoVideo ran into a problem while working.',
  serviceProblemUnchanged:
    'NemoVideo ran into a problem while working, and nothing was changed. Press *Try again* to repeat it.',
  keepOrStrip: (music: boolean, title: boolean) => {
    const added = [music && 'music', title && 'titles'].filter(Boolean).join(' and ') || 'effects';
    return `Added on the way: ${added}. Keep them, or tell me what to remove.`;
  },
  nextSteps: (ready: boolean): string =>
    ready
      ? 'Next: add subtitles | adjust timing | export'
      : 'Next: tell me more about the video you want',
  nextStepsEdit: 'Next: change the music | adjust timing | export',
  tip: {
    'shorter-script': (advice: string) => `💡 ${advice}`,
    'be-specific': (_advice: string) =>
      '💡 Concrete wishes work best: instead of “make it better”, try “slower cuts, warmer colours, a bigger title”.',
  },
  waiting: (n: number) =>
    n === 1
      ? '1 more message is waiting; it comes next.'
      : `${n} more messages are waiting; they come next, in order.`,
  question: (
    title: string | undefined,
    questions: readonly { prompt: string; options: readonly string[] }[],
  ) =>
    [
      title ? `**${title}**` : undefined,
      ...questions.map((q, i) =>
        [
          `${questions.length > 1 ? `${i + 1}. ` : ''}${q.prompt}`,
          ...q.options.map((o) => `   - ${o}`),
        ].join('\n'),
      ),
      '_Just answer here._',
    ]
      .filter(Boolean)
      .join('\n'),
  newProject:
    'That project is no longer available, so I started a new one. Earlier edits and uploads are gone.',
  recoveredChanged: 'The connection was lost for a while, but the work got done:',
  recoveredUnchanged:
    'The connection to NemoVideo was lost, and nothing has changed since. Press *Try again* to ask once more.',
  tookTooLong:
    'NemoVideo has worked on this for very long without finishing, and nothing has changed. Press *Try again* to ask once more.',
  restartedChanged: 'I was restarted while working on this, but the work got done:',
  restartedUnchanged:
    'I was restarted while working on this, and nothing has changed since. Press *Try again* to ask once more.',

  exportNothing: 'Nothing to export yet: generate something first.',
  lastWords: (text: string) => `NemoVideo said last: “${text}”`,
  videoReady: (url: string | undefined, details: string) =>
    `✅ Video ready!${details ? ` ${details}` : ''}${url ? `\n${url}` : ''}`,
  videoAgain: (url: string, details: string) =>
    `✅ Nothing has changed since this video was made, so here it is again.${details ? ` ${details}` : ''}\n${url}`,
  details: (width: number | undefined, height: number | undefined, length: number | undefined) =>
    joined([
      width && height ? `${width}×${height}` : undefined,
      length ? `${seconds(length)} s` : undefined,
    ]),
  fileTooLarge: (size: number | undefined, limit: number) =>
    size
      ? `The file (${bytes(size)}) is over the ${bytes(limit)} limit here, so here is the link instead.`
      : `The file is over the ${bytes(limit)} limit here, so here is the link instead.`,
  fileTooLargeHere: 'The file is larger than this place allows, so here is the link instead.',
  fileNotAllowed: 'Files cannot be posted here, so here is the link instead.',
  fileStorageFull: 'The file storage here is full, so here is the link instead.',
  fileNoRoom: 'There is no room here just now to pass the file on, so here is the link instead.',
  fileFailed: 'The file could not be posted here, so here is the link instead.',
  fileThreadGone: 'The thread is out of my reach, so here is the link instead.',
  outputBroken:
    'The video could not be fetched to post it here. The link may still work; sorry for the trouble.',
  outputGone:
    'The video is finished, but its file could not be fetched. Say `export` to render it again.',
  exportFailed: 'Export failed, please try again later.',
  exportFailedUnreadable:
    'Export failed. The project’s timeline is in a form that I cannot read, so I cannot tell whether there is a video in it yet. Ask for the video once more, or try the export again later.',
  exportSlow:
    'The export is taking longer than usual. I keep looking and post the video when it is ready; `export` looks at once.',
  exportLate: 'The export is taking longer than usual. I post this video when it is ready.',
  exportAbandoned: 'The export did not finish within half an hour. Say `export` to try again.',
  planBlocked:
    'Export is not included in the present plan. Register or upgrade your plan to unlock export.',
  planLink: (url: string) => `Register or upgrade your plan here: ${url}`,

  credits: (c: { available: number; frozen: number; total: number }) =>
    `Credits: ${number(c.available)} available, ${number(c.frozen)} frozen, ${number(c.total)} total.`,
  creditsFrozen: 'Frozen credits are set aside for work in progress.',
  creditsOutOperator: 'The credits are used up. Top up credits in your account.',
  creditsOutAnonymous: 'Your free credits are used up. Register to continue.',
  creditsLink: (url: string, keeps: boolean) =>
    keeps
      ? `Register to continue with this project: ${url}`
      : `Register to continue: ${url}\nYour current project cannot be carried over.`,
  registerAsk:
    'Only an admin of this bot can register its account, because everybody’s projects are in it: please ask one.',
  linkIsPrivate: 'The link is in a message that only you can see.',
  topUpLink: (url: string) => `Top up credits in your account: ${url}`,
  creditsWhenOut: 'When they run out, top up credits in your account.',

  accessExpired: "The bot's NemoVideo access has expired. An admin needs to renew it.",
  notAnswering: 'NemoVideo is not answering right now. Please try again in a few minutes.',
  backendAway:
    'NemoVideo is not answering right now. Your video is not lost: I go on with it by myself when NemoVideo is back.',
  rateLimited: 'NemoVideo is busy right now. Please try again in a minute.',
  requestRefused: 'That request was refused by NemoVideo.',
  unexpected: 'Something went wrong on my side. The message is safe; press *Try again*.',
  trialUnavailable: 'No trial access to NemoVideo could be had right now. Please try again later.',

  ...filesInEnglish,
  batchPlan: (entries: readonly Entry[]) =>
    `I'll make ${entries.length === 1 ? 'one video' : `${entries.length} videos, one after the other`}: ${entries.map((it) => `${it.number}. ${nameInText(it.name)}`).join(' · ')}`,
  batchEntry: (entry: Entry) =>
    `**${entry.number} of ${entry.of} — ${nameInText(entry.name)}.mp4**`,
  batchAbout: (entry: Entry) => `**${entry.number} of ${entry.of} — ${nameInText(entry.name)}**`,
  batchStage: (entry: Entry, stage: string) => `${entry.number} of ${entry.of} · ${stage}`,
  batchDone: (done: number) => `All ${done} videos are done.`,
  batchPartly: (done: number, of: number) =>
    `${done} of ${of} videos ${done === 1 ? 'is' : 'are'} done.`,
  batchLate: (names: readonly string[]) =>
    `Still being rendered: ${names.map(nameInText).join(', ')}. I post it when it is ready.`,
  batchLeft: (names: readonly string[]) =>
    `Not made: ${names.map(nameInText).join(', ')}. Press *Try again* to make what is left.`,
  batchGoesOn: (name: string) =>
    `What you write here now changes the last one, **${nameInText(name)}**.`,
  emptyMessage:
    'I found neither words nor files in that message. Tell me what to make or to change, or say `help`.',
  nothingLeft:
    'There is nothing left to work with. Send a script, or a file of a kind that I can use.',

  limit: {
    'stock-music-link':
      'Links to YouTube or Spotify cannot be used as material; the built-in library has similar styles.',
    'local-path': "I can't open a path on your computer; send the file here instead.",
    'photo-editing': 'Editing single photos is not what I do, but I can make a slideshow of them.',
    'long-video': 'Long videos work best in parts of under 60 seconds.',
  },

  status: {
    idle: 'Nothing is running.',
    working: (elapsedMs: number) => `Working on it · ${duration(elapsedMs)}.`,
    rendering: 'A video is being rendered.',
    queued: (n: number) => (n === 1 ? '1 message is waiting.' : `${n} messages are waiting.`),
    none: 'There is no project in this thread yet. Send me a script to begin.',
  },
  stopped: 'Stopped. What was already edited is kept, and what was already charged stays charged.',
  batchStopped: (done: number, of: number) =>
    `${done} of ${of} videos ${done === 1 ? 'is' : 'are'} done; press *Try again* to make the rest.`,
  stopNothing: 'Nothing is running, so there is nothing to stop.',
  stopOver: 'That one has ended already. To stop what is running now, write "stop".',
  stopNotYours: (name: string) => `Only ${nameInText(name)} or an admin can stop this.`,
  stopping: 'Stopping…',
  theRequester: 'the person who asked',
  tryExample: (n: number) => `Try example ${n}`,
  newStarted: 'A fresh project starts here. Send me a script, a description or files.',
  retryNothing: 'There is nothing to repeat.',
  changeHint:
    'Just write here what you want to change, for example “make the title bigger” or “slower music”.',
  editorLink: (url: string) =>
    `Open this project in the browser: ${url}\nThe link is for you alone: whoever opens it can take the project over.`,
  editorFailed: 'The editor link is not available right now. Please try again later.',
  noThread: 'I know of no project of yours here. Mention me with a script to begin.',
  inProject: (name: string, link: string | undefined) =>
    link ? `Project “${name}”: ${link}` : `Project “${name}”`,
  otherProjects: 'If you meant another project:',
  whichProject: 'Which project do you mean?',
  whichProjectElsewhere: 'None of them is in this channel. Which project do you mean?',
  cannotTell:
    'I cannot find out right now whether that project is open to you. Please try again in a moment.',
  commandDone: (what: 'export' | 'new' | 'stop') =>
    ({
      export: 'On it: the export runs in your project’s thread.',
      new: 'On it.',
      stop: 'Stopping…',
    })[what],

  notHerePlace: 'I am not switched on in this channel. An admin can allow it.',
  notForYou: 'You are not on the list of people who may use me here. An admin can add you.',
  quotaTooSmall: (wanted: number, left: number, zone: string) =>
    `That is ${wanted} videos, and you have ${left === 1 ? 'one request' : `${left} requests`} left for today. Please send fewer files at once, or come back tomorrow: the count begins anew at midnight (${zone}).`,
  quotaUsed: (n: number, zone: string) =>
    `You have used ${n === 1 ? 'your one request' : `all ${n} of your requests`} for today. Please come back tomorrow: the count begins anew at midnight (${zone}).`,
  exportsUsed: (n: number, zone: string) =>
    `You have used ${n === 1 ? 'your one export' : `all ${n} of your exports`} for today. Please come back tomorrow: the count begins anew at midnight (${zone}).`,
  cannotWrite:
    'I can’t write anything down at the moment, so your message has to wait. I will go on with it by myself as soon as that works again.',
  cannotWriteNow:
    'I can’t write anything down at the moment, so I have not done this. Please try again in a few minutes.',
  queueFull: (n: number) =>
    `${n === 1 ? 'One message is' : `${n} messages are`} waiting in this thread already, so I have not taken yours. Please send it again when some of them are done.`,

  adminsOnly: 'Only an admin can change this.',
  profileNow: (name: string, kinds: string, limit: number, all: string) =>
    `This channel uses the skill profile **${name}**: ${kinds} and more, up to ${bytes(limit)} each. There are: ${all}.`,
  profileChosen: (name: string) => `This channel now uses the skill profile **${name}**.`,
  profileUnknown: (given: string, all: string) =>
    `There is no skill profile “${nameInText(given)}”. There are: ${all}.`,

  help: ({ title, greeting, examples, tip, kinds, limit, notes }: Help) =>
    [
      greeting,
      '',
      '**Try saying**',
      ...examples.map((e) => `- ${e}`),
      '',
      '**In this thread**: just write what to change, or `export`, `status`, `credits`, `stop`, `new`, `help`. Start a message with `//` to talk past me.',
      `**Files**: ${kinds}, up to ${bytes(limit)} each.`,
      `**Several files**: number what you want for each, or begin with \`each:\`, and each becomes a video of its own.`,
      `**Tip**: ${tip}`,
      `**Profile**: ${title}`,
      ...notes,
    ].join('\n'),
};

export type Words = typeof en;

export interface Help {
  /** Of the skill profile, as the next three. */
  readonly title: string;
  readonly greeting: string;
  readonly examples: readonly string[];
  readonly tip: string;
  readonly kinds: string;
  /** In bytes. */
  readonly limit: number;
  readonly notes: readonly string[];
}

const WORKING = {
  plain: 'Working',
  video: 'Working: making the video (usually 2 to 5 minutes)',
  audio: 'Working: making the sound (usually 1 to 2 minutes)',
  edit: 'Working: editing the timeline',
  analysis: 'Working: looking at the material',
};
