/** Several processes note the threads of late in one list, and one of them looks through it for all. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ThreadRef } from '../../../src/platforms/chat.ts';
import type { WebCalls } from '../../../src/platforms/slack/api-calls.ts';
import { createMissed, type Missed } from '../../../src/platforms/slack/backfill.ts';
import { openSqliteState } from '../../../src/state/sqlite/open-state.ts';
import type { State } from '../../../src/state/state.ts';
import { openTurns } from '../../../src/state/turn-taking.ts';
import { recorder } from '../../doubles/house.ts';

let folder: string;
const open: State[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-missed-'));
});
afterEach(async () => {
  for (const state of open.splice(0)) await state.close();
  await rm(folder, { recursive: true });
});

/** Threads that were asked for, by every process. */
function slack() {
  const asked: string[] = [];
  const calls = (async (_workspace, deed) =>
    deed(
      {
        conversations: {
          replies: async ({ ts, oldest }: { ts: string; oldest: string }) => {
            asked.push(`${ts} after ${oldest}`);
            return { messages: [] };
          },
        },
      } as unknown as Parameters<typeof deed>[0],
      'token',
    )) as WebCalls;
  return { asked, calls };
}

function another(calls: WebCalls): Missed {
  const state = openSqliteState({ path: path.join(folder, 'bot.db') });
  open.push(state);
  return createMissed(calls, state, openTurns(state), recorder([]));
}

const ref = (thread: string): ThreadRef => ({
  platform: 'slack',
  workspace: 'T1',
  channel: 'C1',
  thread,
});
const { signal } = new AbortController();
const nothing = async () => {};

test('what one has heard is not written over by another', async () => {
  const { calls, asked } = slack();
  const [one, two] = [another(calls), another(calls)];
  one.seen(ref('1.0'), '1.5');
  two.seen(ref('2.0'), '2.5');
  two.seen(ref('1.0'), '1.2');
  await Promise.all([one.close(), two.close()]);
  await another(calls).lookThrough(nothing, signal);
  expect(asked.toSorted()).toEqual(['1.0 after 1.5', '2.0 after 2.5']);
});

test('what one could not put on record is looked for from there, whatever another heard later', async () => {
  const { calls, asked } = slack();
  const [one, two] = [another(calls), another(calls)];
  one.failed(ref('100.0'), '105.000000');
  await one.close();
  two.seen(ref('100.0'), '109.000000');
  await two.close();
  await another(calls).lookThrough(nothing, signal);
  expect(asked).toEqual(['100.0 after 104.999000']);
  await another(calls).lookThrough(nothing, signal);
  expect(asked.slice(1)).toEqual(['100.0 after 109.000000']);
});

test('many that are connected again at once look twice at most, not each', async () => {
  const { calls, asked } = slack();
  const first = another(calls);
  first.seen(ref('1.0'), '1.5');
  await first.close();
  const all = Array.from({ length: 6 }, () => another(calls));
  await Promise.all(all.map((one) => one.lookThrough(nothing, signal)));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThan(3);
});
