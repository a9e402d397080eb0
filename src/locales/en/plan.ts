/** What is said about a plan: what will be made, before anything is. */
import { nameInText } from '../../conversation/language/shown-name.ts';
import type { EndOfPlan, FileUseShown } from '../../conversation/plan/plan.ts';
import { duration, number } from './numbers.ts';

const SHAPES: Readonly<Record<string, string>> = {
  portrait: 'portrait, 9:16',
  landscape: 'landscape, 16:9',
  square: 'square, 1:1',
};

const USES: Readonly<Record<FileUseShown, string>> = {
  script: 'the script',
  image: 'shown as a picture',
  video: 'used as a clip',
  audio: 'used as sound',
  file: 'for NemoVideo to look at',
  'spoken-script': 'its words are the script',
  'spoken-message': 'its words are your wishes',
  music: 'the music',
  unused: 'cannot be used',
};

export const plan = {
  heading: (kind: 'video' | 'edit', videos: number): string =>
    kind === 'edit'
      ? '📋 **The plan for this change.**'
      : videos > 1
        ? `📋 **The plan: ${videos} videos.**`
        : '📋 **The plan.**',
  notYet: 'Nothing is made yet.',
  why: {
    always: 'I show one before every new video here.',
    credits: 'It may need more credits than there are, so I ask first.',
    many: 'These are several videos, so I ask first.',
  },
  scenes: (n: number): string => (n === 1 ? '**Scene**' : `**Scenes** (${n})`),
  videos: (n: number): string => `**Videos** (${n})`,
  more: (n: number): string => `and ${n} more`,
  length: (s: number): string => `**Length:** about ${duration(s * 1000)}`,
  shape: (shape: string): string => `**Shape:** ${SHAPES[shape] ?? shape}`,
  music: (words: string | false): string =>
    `**Music:** ${words === false ? 'none' : nameInText(words)}`,
  title: (words: string | false): string =>
    `**Title:** ${words === false ? 'none' : `“${nameInText(words)}”`}`,
  brand: (name: string): string => `**Brand:** ${nameInText(name)}`,
  file: (name: string, use: FileUseShown): string => `**${nameInText(name)}:** ${USES[use]}`,
  moreFiles: (n: number): string => (n === 1 ? 'and one more file' : `and ${n} more files`),
  added: (words: readonly string[]): string =>
    `**Also:** ${words.map((it) => `“${it}”`).join(', ')}`,
  open: (what: readonly ('seconds' | 'shape' | 'music' | 'title')[]): string => {
    const names = { seconds: 'length', shape: 'shape', music: 'music', title: 'title' };
    return `Not said, so NemoVideo decides: ${what.map((it) => names[it]).join(', ')}.`;
  },
  cost: (credits: number, minutes: number): string =>
    `Takes about ${number(credits)} credits and ${minutes} min.`,
  balance: (available: number): string => `Available now: ${number(available)} credits.`,
  approve: 'An admin has to agree: it may take many credits, and only an admin’s “Make it” counts.',
  adminsOnly: (named: number): string =>
    named === 0
      ? 'Only an admin can have this made, because it may take many credits. Please ask one to press “Make it”.'
      : 'Only an admin can have this made, because it may take many credits. Please ask one of those named above to press “Make it”.',
  ask: 'Shall I make it? You can also write here what should be different.',
  make: 'Make it',
  change: 'Change the plan',
  cancel: 'Cancel',
  changeHint:
    'Just write here what should be different, for example “30 seconds”, “portrait”, “drop scene 2” or “no music”.',
  /** Below a plan that is over. */
  ended: {
    made: '✅ Being made.',
    changed: '↪️ Changed: the newest plan is further down.',
    cancelled: '✖️ Cancelled. Nothing was made, and nothing was spent.',
    over: '✖️ Over: a fresh project was begun.',
  } satisfies Record<EndOfPlan, string>,
  /** To who presses a button of a plan that is over. */
  late: {
    made: 'This plan is being made, or has been made already.',
    changed: 'This plan was changed. Please use the newest one, further down.',
    cancelled: 'This plan was cancelled. Send the script once more to begin anew.',
    over: 'This plan is over. Send the script once more to begin anew.',
  } satisfies Record<EndOfPlan, string>,
  gone: 'I no longer have that plan. Send the script once more to begin anew.',
  /** A plan was asked for, and there is nothing to plan. */
  nothing: 'There is nothing to plan yet. Send a script or files, and begin with “plan first”.',
};

export type PlanTexts = typeof plan;
