/** What a turn says while it runs, and of what it runs. */
import { nameInText } from '../../conversation/language/shown-name.ts';
import type { Ending, Stage } from '../../conversation/status-stage.ts';
import { creditsIn, duration, minutes, seconds } from './numbers.ts';

export const progress = {
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
    wordsAlone: 'Go on without files',
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
  ending: (ending: Ending, elapsedMs: number, credits?: number): string => {
    switch (ending) {
      case 'done':
        return `✅ Done in ${duration(elapsedMs)}${credits ? ` · ${creditsIn(credits)}` : ''}`;
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
  waiting: (n: number) =>
    n === 1
      ? '1 more message is waiting; it comes next.'
      : `${n} more messages are waiting; they come next, in order.`,
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
  /** In front of what is told directly, where its thread is gone. */
  aboutProject: (name: string) => `About “${nameInText(name)}”:`,
  /** Asked of somebody who reacted with 🎬. */
  reaction: {
    ask: '🎬 Shall I make a video of this message? It costs like any other request; nothing happens before you press.',
    make: 'Make it',
    gone: 'There is no such message any more.',
    notYours: 'Only the person who reacted with 🎬 can press this.',
  },
  whose: {
    ask: (start: string) =>
      `“${start}”: is that for me, or are you talking to each other? I do nothing about it until you say so.`,
    us: 'For me',
    them: 'Talking to each other',
    left: 'All right. From now on I leave such messages alone in this thread; mention me when you want me.',
    settled: 'That is settled already.',
    gone: 'I no longer have that message. Please write it once more, and mention me.',
    notYours: (name: string) => `Only ${nameInText(name)} or an admin can say whom that was for.`,
  },
  secondThoughts: {
    edited:
      'You changed your message while I was already working on it. I go on with what it said before; if you would rather have the new words, press *Stop* and write it once more.',
    deleted:
      'Your message was deleted while I was already working on it. I go on with it; press *Stop* if you no longer want it.',
  },
  stopping: 'Stopping…',
  theRequester: 'the person who asked',
};

export type ProgressWords = typeof progress;

const WORKING = {
  plain: 'Working',
  video: 'Working: making the video (usually 2 to 5 minutes)',
  audio: 'Working: making the sound (usually 1 to 2 minutes)',
  edit: 'Working: editing the timeline',
  analysis: 'Working: looking at the material',
};
