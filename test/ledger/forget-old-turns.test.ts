/** How long finished turns are kept is the operator's to say, and one process of several forgets them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetOldTurns } from '../../src/ledger/forget-old-turns.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import type { State } from '../../src/state/state.ts';
import { openTurns } from '../../src/state/turn-taking.ts';

const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent, always: silent };

let folder: string;
const open: State[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-forget-'));
});
afterEach(async () => {
  for (const state of open.splice(0)) await state.close();
  await rm(folder, { recursive: true });
});

/** As another process would take its turn. */
function turns() {
  const state = openSqliteState({ path: path.join(folder, 'bot.db') });
  open.push(state);
  return openTurns(state);
}

test.each([1, 30])('what ended more than %i days ago is forgotten', async (days) => {
  const asked = Promise.withResolvers<number>();
  const prune = async (before: number) => {
    asked.resolve(before);
    return 0;
  };
  const before = Date.now();
  const stop = forgetOldTurns({ prune }, turns(), days, log);
  const at = await asked.promise;
  stop();
  expect(at).toBeGreaterThanOrEqual(before - days * 86_400_000);
  expect(at).toBeLessThanOrEqual(Date.now() - days * 86_400_000);
});

test('of several processes that start one forgets', async () => {
  let pruned = 0;
  const prune = async () => {
    pruned += 1;
    return 0;
  };
  const looked: Promise<boolean>[] = [];
  const all = [turns(), turns(), turns()];
  const stops = all.map((take) =>
    forgetOldTurns(
      { prune },
      (...turn) => {
        const taken = take(...turn);
        looked.push(taken);
        return taken;
      },
      30,
      log,
    ),
  );
  expect((await Promise.all(looked)).filter(Boolean)).toHaveLength(1);
  expect(pruned).toBe(1);
  for (const stop of stops) stop();
});
