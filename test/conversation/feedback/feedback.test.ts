/** What people thought of their videos is counted once for each person and video, by however many processes. */
import { expect, onTestFinished, test } from 'vitest';
import {
  type Feedback,
  monthlyVotes,
  monthOf,
  openFeedback,
} from '../../../src/conversation/feedback/feedback.ts';
import { toRenderId } from '../../../src/runtime/ids.ts';
import { openSqliteState } from '../../../src/state/sqlite/open-state.ts';
import type { State } from '../../../src/state/state.ts';

const place = { platform: 'slack', workspace: 'T1' };
const NOVEMBER = new Date(2026, 10, 30, 12).getTime();
const { signal } = new AbortController();

function open(): { state: State; feedback: Feedback } {
  const state = openSqliteState({ path: ':memory:' });
  onTestFinished(() => state.close());
  return { state, feedback: openFeedback(state) };
}

const of = (person: string, good: boolean, video = 'r1', createdAt = NOVEMBER) => ({
  place,
  video: { id: toRenderId(video), createdAt },
  person,
  good,
});

test('the last vote of a person on a video counts, and none twice', async () => {
  const { feedback } = open();
  expect(await feedback.vote(of('alice', true), signal)).toBe('new');
  expect(await feedback.vote(of('alice', true), signal)).toBe('same');
  expect(await feedback.vote(of('bob', true), signal)).toBe('new');
  expect(await feedback.vote(of('alice', false), signal)).toBe('changed');
  expect(await feedback.vote(of('alice', false, 'r2'), signal)).toBe('new');
  expect(await feedback.of(place, '2026-11')).toEqual({ good: 1, bad: 2 });
});

test('votes that come at the same time all count', async () => {
  const { state, feedback } = open();
  const other = openFeedback(state);
  const people = Array.from({ length: 60 }, (_, n) => `person ${n}`);
  await Promise.all(
    people.flatMap((person, n) => [
      feedback.vote(of(person, n % 3 === 0), signal),
      other.vote(of(person, n % 3 === 0), signal),
    ]),
  );
  expect(await feedback.of(place, '2026-11')).toEqual({ good: 20, bad: 40 });
});

test('a month and a workspace each have their own sums; a vote belongs to the month of its video', async () => {
  const { feedback } = open();
  const december = new Date(2026, 11, 1).getTime();
  await feedback.vote(of('alice', true), signal);
  await feedback.vote(of('alice', false, 'r2', december), signal);
  expect(monthOf(december - 1)).toBe('2026-11');
  expect(await feedback.of(place, '2026-12')).toEqual({ good: 0, bad: 1 });
  expect(await feedback.of({ ...place, workspace: 'T2' }, '2026-11')).toEqual({
    good: 0,
    bad: 0,
  });
});

test('what is stored has neither names nor an end of its growth, and no vote is lost by that', async () => {
  const { state, feedback } = open();
  // All of one video's votes would be spread over the parts: of these each is in the first.
  const map = state.map('feedback', monthlyVotes);
  const key = 'slack/T1/2026-11/0';
  const votes = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`v${n}`, n < 700]));
  await map.set(key, { good: 5, bad: 1, votes });
  let n = 0;
  const held = async () => Object.keys((await map.get(key))?.votes ?? {}).length;
  while ((await held()) === 1_000 && n < 200) {
    await feedback.vote(of(`person ${n}`, true), signal);
    n += 1;
  }
  expect(await held()).toBeLessThan(600);
  expect(await feedback.of(place, '2026-11')).toEqual({ good: 705 + n, bad: 301 });
  expect(JSON.stringify(await map.get(key))).not.toContain('person');
});
