/** What must be true when a story that was cut off once has come to its end. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { NemoDouble } from '../../doubles/nemo/world.ts';
import type { Place, Posted } from './places.ts';
import {
  EDIT,
  FILM,
  isAnswer,
  isDone,
  isOffer,
  isVideo,
  quieterDraft,
  type Told,
  wishIn,
} from './story.ts';

export interface Ended {
  readonly told: Told;
  readonly place: Place;
  readonly nemo: NemoDouble;
  /** What the backend has taken credits for, by the message's words. */
  readonly charged: readonly string[];
  /** Turns on record that have no end. */
  readonly unfinished: number;
  readonly output: readonly string[];
  /** A process was killed. */
  readonly wasKilled: boolean;
}

/** Told on the way, where the state was looked at late enough to hold it. */
const RAW_CLIP = /raw video is ready/;
/** Whoever is heard has this on each message, for good: it says "seen". Anything else says that something goes on. */
const SEEN = new Set(['eyes', '👀']);
export const signsOfWork = (place: Place, thread: string): string[] =>
  place.signs(thread).filter((sign) => !SEEN.has(sign));

const WORKING =
  /^(?:Working|Connecting|Setting up|Getting ready|On it|Reading|Uploading|Rendering)|⏸️/;

/** A turn of which a worker has died begins again. */
const TAKEN_UP = /"crashes":[1-9]/;

const order = z.object({ id: z.string(), draft: z.unknown() });

export function audit({
  told,
  place,
  nemo,
  charged,
  unfinished,
  output,
  wasKilled,
}: Ended): string[] {
  const faults: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown) => {
    const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (one !== other) faults.push(`${what}: ${one}, not ${other}`);
  };
  const posted = place.posted(told.thread);
  const kinds = posted.map(kindOf);

  const wishes = charged.map((text) => wishIn(text) ?? text);
  expect('runs that were paid for', wishes, [FILM, EDIT]);
  expect('what is in the thread', kinds.filter(isLasting).toSorted(), lasting(told));
  const results = kinds.filter((kind) => kind === 'answer' || kind === 'video');
  expect('in this order', results, ['answer', 'video', 'answer', 'video']);
  expect(
    'offers, each of them taken',
    posted.filter(isOffer).map(({ id }) => id),
    told.offers,
  );
  expect(
    'raw clips announced twice',
    posted.filter(({ text }) => RAW_CLIP.test(text)).length > 1,
    false,
  );
  expect('exports', nemo.renders.size, 2);
  expect('what was exported last', lastOrder(nemo), quieterDraft);
  const files = posted.flatMap((message) => message.files.map(({ bytes }) => sha256(bytes)));
  expect('files', files, [sha256(nemo.mp4), sha256(nemo.mp4)]);
  const media = [...nemo.sessions.values()].flatMap(({ videoInfos }) => videoInfos);
  expect('files that the agent has', media.length, 1);
  expect('sessions that were used', sessionsUsed(nemo), 1);
  expect('turns without an end', unfinished, 0);
  // Whoever died with its work done and a sign of it still to be taken away leaves nothing that anybody would take up.
  const isOver = wasKilled && !output.some((line) => TAKEN_UP.test(line));
  const fading = isOver ? place.fading(told.thread) : [];
  const signs = signsOfWork(place, told.thread).filter((sign) => !fading.includes(sign));
  expect('signs of work', signs, []);
  const working = posted.filter(({ text }) => WORKING.test(text)).map(({ text }) => text);
  expect('words of work', working, []);
  expect('complaints of the platform', place.complaints(), []);
  expect(
    'complaints of the backend',
    nemo.violations.filter((rule) => !/cut off|aborted/.test(rule)),
    [],
  );
  expect(
    'lines of trouble',
    output.filter((line) => /"level":(?:60|"fatal")|came twice/.test(line)),
    [],
  );
  return faults;
}

/** What stays in the thread of a story without a crash, and with each offer to try again that was taken. */
function lasting({ offers, exportedAgain }: Told): string[] {
  const whole = ['answer', 'answer', 'status', 'status', 'status', 'video', 'video'];
  const edit = exportedAgain ? ['here it is again', 'status'] : [];
  return [...whole, ...edit, ...offers.map(() => 'failed')].toSorted();
}

const OTHERS = [
  ['clip', RAW_CLIP],
  ['failed', /^⚠️ Failed/],
  ['here it is again', /here it is again/],
] as const;

function kindOf(message: Posted): string {
  if (isDone(message)) return 'status';
  if (isVideo(message)) return 'video';
  if (isOffer(message)) return 'offer';
  if (isAnswer(message)) return 'answer';
  return OTHERS.find(([, words]) => words.test(message.text))?.[0] ?? message.text;
}
const isLasting = (kind: string): boolean => kind !== 'offer' && kind !== 'clip';

function lastOrder(nemo: NemoDouble): unknown {
  const all = nemo.received('render').map(({ json }) => order.safeParse(json).data);
  return all.findLast((given) => given && nemo.renders.has(given.id))?.draft;
}

/** Of sessions that a killed process had made and did not know of, nothing is used. */
function sessionsUsed(nemo: NemoDouble): number {
  return [...nemo.sessions.values()].filter(({ draft }) => draft !== null).length;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
