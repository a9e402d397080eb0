/** A server that is not there yet is waited for; one that says no is not. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DatabaseUnusable } from '../../../src/runtime/database-unusable.ts';
import { openDatabase } from '../../../src/runtime/postgres/open-database.ts';
import { describePostgres, usePostgres } from '../../doubles/use-postgres.ts';

const server = usePostgres();
let url: string;
const open = (at = url) =>
  openDatabase({ url: at, part: 'numbers', steps: [], max: 2, onLost: () => {} });

describePostgres('with PostgreSQL', () => {
  beforeEach(async () => {
    url = await server.freshDatabase();
  });

  afterEach(() => vi.useRealTimers());

  test('a server that is still starting is waited for', async () => {
    await server.stop();
    const opening = open();
    await server.start();
    await (await opening).end();
  });

  test.each([
    ['a wrong password', () => url.replace(/:[^:@]*@/, ':hunter2@')],
    ['a database that is not there', () => `${url}-not-there`],
  ])('%s is told at once, in words, without any password', async (_, wrong) => {
    // Nothing is waited for: a pause would not end.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const error = await open(wrong()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseUnusable);
    expect(String(error)).toMatch(
      /The database t[\w-]+ at 127\.0\.0\.1:\d+ cannot be used: .*Check DATABASE_URL/,
    );
    expect(String(error)).not.toMatch(/hunter2|a-password/);
  });
});
