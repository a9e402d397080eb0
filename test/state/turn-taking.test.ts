/** Two processes' worth of objects over one store: work that one of them does for both. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import type { State } from '../../src/state/state.ts';
import { openTurns, type TakeTurns } from '../../src/state/turn-taking.ts';
import { type ManualTimers, manualTimers } from '../doubles/manual-timers.ts';

let folder: string;
let time: ManualTimers;
const open: State[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemo-bot-turns-'));
  time = manualTimers(0, Date.now());
});
afterEach(async () => {
  for (const state of open.splice(0)) await state.close();
  await rm(folder, { recursive: true });
});

function another(): TakeTurns {
  const state = openSqliteState({ path: join(folder, 'bot.db') });
  open.push(state);
  return openTurns(state, time);
}

/** Work that ends when it is told to, and notes who does it. */
function work() {
  const done: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const as = (who: string) => async () => {
    done.push(who);
    await promise;
  };
  return { done, as, end: resolve };
}

describe('work that one process does for all', () => {
  test('is waited for by the others, and not done again', async () => {
    const [one, two] = [another(), another()];
    const { done, as, end } = work();
    const unlessSince = time.now() - 1_000;
    const first = one('prune', as('one'), { unlessSince });
    await time.rest();
    const second = two('prune', as('two'), { unlessSince });
    await time.advance(20_000);
    end();
    await time.rest();
    await time.advance(1_000);
    expect(await Promise.all([first, second])).toEqual([true, false]);
    expect(done).toEqual(['one']);
  });

  test('goes on under its mark for as long as it takes', async () => {
    const [one, two] = [another(), another()];
    const { done, as, end } = work();
    const first = one('prune', as('one'));
    await time.rest();
    const second = two('prune', as('two'));
    for (let minute = 0; minute < 5; minute += 1) await time.advance(60_000);
    expect(done).toEqual(['one']);
    end();
    await time.rest();
    await time.advance(1_000);
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(done).toEqual(['one', 'two']);
  });

  test('is taken over where a process ends without a word', async () => {
    const [, two] = [another(), another()];
    const [state] = open;
    const other = manualTimers(0, time.now());
    void openTurns(state ?? raise(), other)('prune', () => new Promise(() => {}));
    await time.rest();
    const { done, as, end } = work();
    const second = two('prune', as('two'), { unlessSince: time.now() - 1_000 });
    await time.advance(20_000);
    expect(done).toEqual([]);
    await time.advance(20_000);
    end();
    expect(await second).toBe(true);
  });

  test('that failed is begun by the next one at once', async () => {
    const [one, two] = [another(), another()];
    const unlessSince = time.now() - 1_000;
    const failing = () => Promise.reject(new Error('no'));
    await expect(one('prune', failing, { unlessSince })).rejects.toThrow('no');
    expect(await two('prune', async () => {}, { unlessSince })).toBe(true);
  });

  test('is due again in time, also where the clock was a day ahead before', async () => {
    const [one, two] = [another(), another()];
    time.stall(86_400_000);
    expect(await one('prune', async () => {})).toBe(true);
    time.stall(-86_400_000);
    const hour = () => ({ unlessSince: time.now() - 3_600_000 });
    expect(await two('prune', async () => {}, hour())).toBe(true);
    expect(await one('prune', async () => {}, hour())).toBe(false);
    time.stall(3_700_000);
    expect(await one('prune', async () => {}, hour())).toBe(true);
  });

  test('one who no longer wants to wait leaves, and the work goes on', async () => {
    const [one, two] = [another(), another()];
    const { as, end } = work();
    const first = one('prune', as('one'));
    await time.rest();
    const stop = new AbortController();
    const second = two('prune', as('two'), { signal: stop.signal });
    await time.rest();
    stop.abort(new Error('stopping'));
    await expect(second).rejects.toThrow('stopping');
    end();
    expect(await first).toBe(true);
  });
});

function raise(): never {
  throw new Error('there is none');
}
