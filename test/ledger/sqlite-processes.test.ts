import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { ClaimedTurn } from '../../src/ledger/dispatch.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { machineTimers } from '../../src/runtime/clock.ts';
import { manualTimers } from '../doubles/manual-timers.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { mustClaim, newTurn, SERVED } from './support.ts';

const WORKER = fileURLToPath(new URL('./fixtures/worker.ts', import.meta.url));
const MINUTE = 60_000;

describe('several processes on one SQLite file', () => {
  let store: Awaited<ReturnType<typeof openSqliteStore>>;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    store = await openSqliteStore();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await store.destroy();
  });

  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [WORKER, store.path, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  };

  test('what a killed worker held is taken over when its lease has run out', async () => {
    let later = 0;
    const timers = { ...machineTimers, now: () => Date.now() + later };
    const ledger = openSqliteLedger({ path: store.path, leaseMs: MINUTE, timers });
    await ledger.append(newTurn({ key: 'held' }));
    await ledger.append(newTurn({ key: 'behind' }));

    const child = start('hold');
    const [line] = await once(createInterface(child.stdout), 'line');
    const held = z.object({ fence: z.number() }).parse(JSON.parse(line));
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);

    expect(await ledger.claim('parent', SERVED)).toBeUndefined();
    later = MINUTE;
    const claim = await mustClaim(ledger, 'parent');
    expect(claim.turn).toMatchObject({ key: 'held', phase: 'sending', notes: '{"sent":true}' });
    expect(claim.fence).toBeGreaterThan(held.fence);
    await ledger.finish(claim, 'delivered');
    expect((await mustClaim(ledger, 'parent')).turn.key).toBe('behind');
    await ledger.close();
  });

  test('what a killed worker held goes on within two seconds; a live worker keeps what is its', async () => {
    const ledger = openSqliteLedger({ path: store.path, leaseMs: MINUTE });
    onTestFinished(() => ledger.close());
    for (const thread of ['of the dead', 'of the living']) {
      await ledger.append(newTurn({ thread, key: thread }));
      const child = start('work');
      await once(createInterface(child.stdout), 'line');
    }
    const [dead, living] = children;
    const begun = Promise.withResolvers<ClaimedTurn>();
    const keys: string[] = [];
    const dispatcher = ledger.dispatch({
      platforms: SERVED.platforms,
      limit: 10,
      log: { debug() {}, info() {}, warn() {}, error() {}, always() {} },
      run: async (shift) => {
        keys.push(shift.claim.turn.key);
        begun.resolve(shift);
        await ledger.finish(shift.claim, 'delivered');
        return { how: 'finished' };
      },
    });
    dispatcher.start();
    expect(dead && living && keys).toEqual([]);
    const killedAt = Date.now();
    dead?.kill('SIGKILL');
    const { claim } = await begun.promise;
    // The lease is a minute long: it is the lock that told.
    expect(Date.now() - killedAt).toBeLessThan(MINUTE / 10);
    expect(claim).toMatchObject({ crashes: 1, resumed: true, turn: { key: 'of the dead' } });
    expect(keys).toEqual(['of the dead']);
    await dispatcher.drain(0);
    // The dead one's lock file is gone with its claims; the living one's and our own are there.
    const files = await readdir(dirname(store.path));
    expect(files.filter((name) => name.includes('.worker-'))).toHaveLength(2);
    await ledger.close();
    const left = await readdir(dirname(store.path));
    expect(left.filter((name) => name.includes('.worker-'))).toHaveLength(1);
  });

  test('what a killed worker has just sent has half a second to arrive before anybody goes on', async () => {
    const timers = manualTimers(10, Date.now());
    const ledger = openSqliteLedger({ path: store.path, leaseMs: MINUTE, timers });
    onTestFinished(() => ledger.close());
    await ledger.append(newTurn({ key: 'of the dead' }));
    const child = start('work');
    await once(createInterface(child.stdout), 'line');
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;

    const lookedAt = timers.now();
    const begunAt: number[] = [];
    const dispatcher = ledger.dispatch({
      platforms: SERVED.platforms,
      limit: 1,
      log: { debug() {}, info() {}, warn() {}, error() {}, always() {} },
      run: async ({ claim }) => {
        begunAt.push(timers.now() - lookedAt);
        await ledger.finish(claim, 'delivered');
        return { how: 'finished' };
      },
    });
    dispatcher.start();
    while (begunAt.length === 0) await timers.advance(50);
    expect(begunAt).toEqual([500]);
    await dispatcher.drain(0);
  });

  test('that meet in a new file all get it open', async () => {
    const meeting = [start('meet'), start('meet'), start('meet')];
    const reports = meeting.map((child) => createInterface(child.stdout)[Symbol.asyncIterator]());
    const everyone = async () => {
      const lines = await Promise.all(reports.map((lines) => lines.next()));
      // A worker that failed says no more.
      expect(lines.map(({ done }) => done)).toEqual(meeting.map(() => false));
    };
    await everyone();
    for (let n = 0; n < 30; n++) {
      for (const child of meeting) child.stdin.write(`${n}\n`);
      await everyone();
    }
  });

  test('two that start together, append and claim never work on a turn twice', async () => {
    const claimed = z.object({
      key: z.string(),
      thread: z.string(),
      fence: z.number(),
      at: z.number(),
    });
    const run = async (name: string) => {
      const child = start('drain', name);
      const exited = once(child, 'exit');
      const claims: z.infer<typeof claimed>[] = [];
      for await (const line of createInterface(child.stdout)) {
        claims.push(claimed.parse(JSON.parse(line)));
      }
      expect(await exited).toEqual([0, null]);
      return claims;
    };
    const claims = (await Promise.all([run('a'), run('b')])).flat();

    expect(new Set(claims.map(({ key }) => key)).size).toBe(210);
    expect(claims).toHaveLength(210);
    expect(claims.filter(({ fence }) => fence !== 1)).toEqual([]);

    // The clock is the machine's own, so claims of both processes can be put in one order.
    const inTime = claims.toSorted((a, b) => a.at - b.at);
    const byAppender = Map.groupBy(inTime, ({ key, thread }) => `${thread} ${key.split('-')[0]}`);
    for (const [from, those] of byAppender) {
      if (from.endsWith('both')) continue;
      const numbers = those.map(({ key }) => Number(key.split('-')[1]));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  });
});
