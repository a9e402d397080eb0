/**
 * What people thought of their videos: one vote for each person and video, the last one counts. A vote and its sum are
 * one record, so that no crash and no second process can count one twice. It holds no names: whose vote it is, and on
 * what, is a digest.
 */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Render } from '../../ledger/ledger.ts';
import type { Place } from '../../platforms/chat.ts';
import type { State, StateMap } from '../../state/state.ts';

export interface Tally {
  readonly good: number;
  readonly bad: number;
}

export interface Feedback {
  /** `changed`: there was the other vote of theirs; `same`: there was this one. Rejects as the store does. */
  vote(of: Vote, signal: AbortSignal): Promise<'new' | 'changed' | 'same'>;
  /** What a workspace thought of the videos that were ordered in a month (`2026-11`). */
  of(workspace: Workspace, month: string): Promise<Tally>;
  /** All that the workspace has said. */
  forget(workspace: Workspace): Promise<void>;
}

export interface Vote {
  readonly place: Pick<Place, 'platform' | 'workspace'>;
  readonly video: Pick<Render, 'id' | 'createdAt'>;
  readonly person: string;
  readonly good: boolean;
}

export const monthlyVotes = z.object({
  /** Of votes that are no longer held one by one. */
  good: z.number(),
  bad: z.number(),
  votes: z.record(z.string(), z.boolean()),
});
type Stored = z.infer<typeof monthlyVotes>;

const NONE: Stored = { good: 0, bad: 0, votes: {} };
/** A month of a workspace is in so many records, which keeps each small and lets many vote at once. */
const PARTS = [...'0123456789abcdef'];
/** Of the oldest of more than these only the sum is kept. */
const MOST_VOTES = 1_000;
/** Real milliseconds: a month, and the same one of the year before. */
const KEPT_MS = 400 * 86_400_000;

type Workspace = Vote['place'];

const keyOf = ({ platform, workspace }: Workspace, month: string, part: string): string =>
  `${platform}/${workspace}/${month}/${part}`;

export function openFeedback(state: State): Feedback {
  const map = state.map('feedback', monthlyVotes, { ttlMs: KEPT_MS });
  return {
    async vote({ place, video, person, good }, signal) {
      const digest = hash('sha256', `${video.id}\n${person}`, 'hex');
      // Of the video and not of the vote, so that one that is changed in the next month is the same vote.
      const key = keyOf(place, monthOf(video.createdAt), digest.slice(0, 1));
      const mine = `v${digest.slice(1, 17)}`;
      for (;;) {
        signal.throwIfAborted();
        const before = await map.get(key);
        const { votes, ...sums } = before ?? NONE;
        const earlier = votes[mine];
        if (earlier === good) return 'same';
        const next = bounded({ ...sums, votes: { ...votes, [mine]: good } });
        if (await map.swap(key, before, next)) return earlier === undefined ? 'new' : 'changed';
      }
    },
    of: (workspace, month) => sumOf(map, workspace, month),
    async forget({ platform, workspace }) {
      for (const key of await map.keys(`${platform}/${workspace}/`)) await map.delete(key);
    },
  };
}

async function sumOf(map: StateMap<Stored>, workspace: Workspace, month: string): Promise<Tally> {
  const parts = await Promise.all(PARTS.map((part) => map.get(keyOf(workspace, month, part))));
  const tallies = parts.map((part) => tallyOf(part ?? NONE));
  return tallies.reduce((sum, { good, bad }) => ({ good: sum.good + good, bad: sum.bad + bad }));
}

/** The calendar month of the time zone that the operator's `TZ` names. */
export function monthOf(at: number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}`;
}

function tallyOf({ good, bad, votes }: Stored): Tally {
  const given = Object.values(votes);
  const goods = given.filter(Boolean).length;
  return { good: good + goods, bad: bad + given.length - goods };
}

function bounded(stored: Stored): Stored {
  const all = Object.entries(stored.votes);
  if (all.length <= MOST_VOTES) return stored;
  const half = all.length >> 1;
  const folded = tallyOf({ ...stored, votes: Object.fromEntries(all.slice(0, half)) });
  return { ...folded, votes: Object.fromEntries(all.slice(half)) };
}
