/** The desk of admins: what runs, who has spent what, pausing, allowing and denying. */
import type { PhaseShown, Ruled, Ruling } from '../../conversation/admin/rulings.ts';
import { creditsIn, duration, moment, number } from './numbers.ts';

export interface TurnShown {
  readonly number: number;
  readonly thread: string;
  readonly person: string;
  readonly phase: string;
  readonly ms: number;
}
export interface ShareShown {
  readonly name: string;
  readonly credits: number;
}
export interface PauseShown {
  readonly at: number;
  readonly everywhere: boolean;
}

const shares = (all: readonly ShareShown[]): string =>
  all.map(({ name, credits }) => `${name} ${creditsIn(credits)}`).join(', ');

const LISTS: Readonly<Record<Ruled, Readonly<Record<'allowed' | 'denied', string>>>> = {
  channel: { denied: 'Channels that are denied', allowed: 'Channels that are allowed besides' },
  person: { denied: 'People who are denied', allowed: 'People who are allowed besides' },
};
const RULED_AS: Readonly<Record<Ruling, (what: Ruled, id: string) => string>> = {
  allow: (what, id) =>
    what === 'channel' ? `I work in channel \`${id}\` now.` : `\`${id}\` may use me now.`,
  deny: (what, id) =>
    what === 'channel'
      ? `I take nothing new in channel \`${id}\` any more.`
      : `I take nothing new from \`${id}\` any more.`,
  reset: (what, id) =>
    `For ${what === 'channel' ? 'channel ' : ''}\`${id}\` the settings count again.`,
};

export const admin = {
  heading: (everywhere: boolean): string =>
    everywhere ? '🛠️ **Admin desk**, all workspaces' : '🛠️ **Admin desk**',
  standing: (paused: PauseShown | undefined): string =>
    paused
      ? `⏸️ Paused ${paused.everywhere ? 'everywhere' : 'here'} since ${moment(paused.at)}.`
      : '▶️ New requests are taken.',
  turns: (count: number): string =>
    count === 0
      ? '**Nothing is at work, and nothing waits.**'
      : `**At work and waiting** (${number(count)})`,
  turn: ({ number: n, thread, person, phase, ms }: TurnShown): string =>
    `**${n}** · ${thread} · ${person} · ${phase}, asked ${duration(ms)} ago`,
  moreTurns: (n: number): string => `… and ${number(n)} more, which were asked earlier`,
  phases: {
    accepted: 'begins',
    preparing: 'prepares',
    sending: 'goes to NemoVideo',
    streaming: 'is being made',
    recovering: 'looks for its result',
    answered: 'is answered',
    exporting: 'is being exported',
    delivered: 'is done',
    failed: 'has failed',
    stopped: 'is stopped',
  } as Readonly<Record<PhaseShown, string>>,
  waits: 'waits',
  waitsAgain: 'waits to go on',
  stopping: 'is being stopped',
  spent: '**Credits this month**, as far as they are known',
  people: (all: readonly ShareShown[]): string =>
    all.length === 0 ? 'None yet.' : `People: ${shares(all)}`,
  channels: (all: readonly ShareShown[]): string => `Channels: ${shares(all)}`,
  votes: (good: number, bad: number): string =>
    `**Videos of this month, as people found them**: ${number(good)} 👍 good, ${number(bad)} 👎 bad`,
  listed: (what: Ruled, list: 'allowed' | 'denied', ids: readonly string[], more: number): string =>
    `**${LISTS[what][list]}**: ${ids.join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}`,
  hint: 'Behind the command I take `pause`, `resume`, `deny here`, `allow here`, `reset here`, and `deny`, `allow` or `reset` with `channel` or `person` and an id. How videos are made in a channel: `profile`.',
  paused:
    'I am paused by an admin and take nothing new for now. What was asked before waits. `status`, `credits`, `stop` and `help` still work.',
  isPaused: '⏸️ Paused: nothing new is begun, and what is at work comes to its end.',
  isResumed: '▶️ Resumed: what has waited goes on.',
  stops: '⏹️ It is being stopped; whoever asked for it is told.',
  overAlready: 'It is over already.',
  noTurn: 'I know of no such request here.',
  unknown:
    'I do not understand that. I take `pause`, `resume`, `stop`, `allow`, `deny` and `reset`; without a word I show the desk.',
  operatorsOnly: 'Only whoever runs this bot can do that everywhere.',
  listFull: 'The list is full. Please take something off it first, with `reset`.',
  ruled: (ruling: Ruling, what: Ruled, id: string): string => RULED_AS[ruling](what, id),
  form: {
    title: 'Allow and deny',
    submit: 'Decide',
    cancel: 'Cancel',
    ruling: 'What to do',
    rulings: { allow: 'Allow', deny: 'Deny', reset: 'As the settings say' } as Record<
      Ruling,
      string
    >,
    channels: 'Channels',
    people: 'People',
    nothing: 'Choose a channel or a person.',
  },
  button: {
    rules: 'Allow and deny',
    pause: 'Pause here',
    resume: 'Resume here',
    pauseAll: 'Pause everywhere',
    resumeAll: 'Resume everywhere',
    everywhere: 'All workspaces',
    here: 'This workspace',
    refresh: 'Refresh',
    brand: 'Brand kit',
    stop: (n: number): string => `Stop ${n}`,
  },
};

export type AdminWords = typeof admin;
