import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { isStoreOutage } from '../../../src/runtime/store-outage.ts';
import { openPostgresState } from '../../../src/state/postgres/open-state.ts';
import { type State, StateUnavailable } from '../../../src/state/state.ts';
import { describePostgres, usePostgres } from '../../doubles/use-postgres.ts';
import { describeState } from '../conformance.ts';
import { postgresStored } from '../stores.ts';

const server = usePostgres();

describePostgres('a state in PostgreSQL', () => describeState(() => postgresStored(server)));

describePostgres('a state in PostgreSQL, beside what every store does', () => {
  let state: State;
  let url: string;
  const lost: Error[] = [];
  beforeEach(async () => {
    url = await server.freshDatabase();
    state = await openPostgresState({ url, onLost: (error) => lost.push(error) });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await state.close();
  });

  test('goes by the time of the database, whatever the clock of this machine says', async () => {
    const seen = state.map('seen', z.number(), { ttlMs: 60_000 });
    await seen.set('event', 1);
    for (const days of [1, -1]) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 86_400_000 });
      expect(await seen.get('event')).toBe(1);
      expect(await seen.swap('event', 1, 1)).toBe(true);
      vi.useRealTimers();
      expect(await seen.get('event')).toBe(1);
    }
  });

  test('tells an outage from everything else, and goes on after it', async () => {
    const numbers = state.map('numbers', z.number());
    await numbers.set('n', 1);
    for (const down of [server.stop, server.crash]) {
      await down();
      for (const call of [
        () => numbers.get('n'),
        () => numbers.set('n', 2),
        () => numbers.delete('n'),
        () => numbers.swap('n', 1, 2),
      ]) {
        const error = await call().catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(StateUnavailable);
        expect(isStoreOutage(error)).toBe(true);
      }
      await server.start();
      expect(await numbers.get('n')).toBe(1);
    }
    // What is told of a connection that waited ends nothing.
    expect(lost.length).toBeGreaterThan(0);
    const error = await numbers
      .set('n', Number.NaN)
      .then(() => numbers.get('n'))
      .catch((e) => e);
    expect(error).toBeInstanceOf(StateUnavailable);
    expect(isStoreOutage(error)).toBe(false);
  });

  test('of two processes with different keys that meet in an empty database one is refused', async () => {
    const open = () =>
      openPostgresState({
        url,
        onLost: () => {},
        encryptionKey: randomBytes(32).toString('base64'),
      });
    // All three have looked, or wait for their turn to, before the first may write.
    const held = new pg.Client(url);
    await held.connect();
    await held.query('BEGIN');
    await held.query('LOCK TABLE nemo_bot.state IN SHARE MODE');
    const opening = Promise.allSettled([open(), open(), open()]);
    const waiting = `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await held.query(waiting)).rowCount !== 3)
      await held.query('SELECT pg_stat_clear_snapshot()');
    await held.query('COMMIT');
    await held.end();
    const opened = await opening;
    const there = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(there).toHaveLength(1);
    for (const each of there) await each.close();
    for (const each of opened.filter(({ status }) => status === 'rejected'))
      expect(each).toMatchObject({ reason: { message: expect.stringMatching(/ENCRYPTION_KEY/) } });
  });
});
