/** What the doctor says of the database, of either kind. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkLedger } from '../../src/ledger/check-ledger.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import { checkDatabase } from '../../src/state/check-database.ts';
import { describePostgres, usePostgres } from '../doubles/use-postgres.ts';
import { postgresStored, type StoredState, sqliteStored } from './stores.ts';

const server = usePostgres();
const KEY = randomBytes(32).toString('base64');
afterEach(() => vi.useRealTimers());

const check = ({ place: database }: Pick<StoredState, 'place'>, encryptionKey = KEY) =>
  checkDatabase({ database, encryptionKey });
const said = async (...of: Parameters<typeof check>) =>
  (await check(...of)).map(({ ok, what }) => `${ok ? 'yes' : 'no'}: ${what}`);

describe('a file', () => {
  test('can be written; another key is told, and one that cannot be opened', async () => {
    const stored = await sqliteStored();
    expect(await said(stored)).toEqual([
      expect.stringMatching(/^yes: The database .* can be written/),
    ]);
    await (await stored.open({ encryptionKey: KEY })).close();
    const other = randomBytes(32).toString('base64');
    expect(await said(stored, other)).toEqual([
      expect.stringMatching(/^no: ENCRYPTION_KEY is not/),
    ]);
    const nowhere = { place: { kind: 'sqlite', path: '/dev/null/bot.db' } } as const;
    expect(await said(nowhere)).toEqual([expect.stringMatching(/^no: .*cannot be opened/)]);
    await stored.remove();
  });
});

describePostgres('a PostgreSQL', () => {
  test('that is empty is well, and is left empty', async () => {
    const stored = await postgresStored(server);
    const all = await said(stored);
    expect(all).toEqual([
      expect.stringMatching(/^yes: The database t\w+ at 127\.0\.0\.1:\d+ is PostgreSQL \d+\.\d+/),
      expect.stringMatching(/^yes: Tables can be created/),
      expect.stringMatching(/^yes: The clocks .* agree within \d/),
    ]);
    await expect(stored.rows()).rejects.toThrow(/does not exist/);
  });

  test('has its tables looked at: ours, none yet, or of a newer version', async () => {
    const stored = await postgresStored(server);
    const { place } = stored;
    if (place.kind !== 'postgres') throw new Error('no PostgreSQL');
    const tables = async () => (await checkLedger(place)).map(({ ok, what }) => `${ok}: ${what}`);
    expect(await tables()).toEqual([
      'true: Its tables are made at the first start',
      expect.stringMatching(/^true: No page of it was found damaged\. It takes \d+ MB/),
      'true: Nobody waits there for a lock',
    ]);
    const log = { debug() {}, info() {}, warn() {}, error() {}, always() {} };
    await (await openPostgresLedger({ url: place.url, leaseMs: 30_000, log })).close();
    await (await stored.open({ encryptionKey: KEY })).close();
    expect((await tables())[0]).toMatch(/^true: Its tables are of version \d+, which is ours$/);
    const client = new pg.Client(place.url);
    await client.connect();
    for (const part of ['ledger', 'state']) {
      await client.query('UPDATE nemo_bot.migrations SET version = 99 WHERE part = $1', [part]);
      const all = part === 'ledger' ? await tables() : await said(stored);
      expect(all).toEqual([expect.stringMatching(/newer version .*99.*Start that version again/)]);
    }
    await client.end();
  });

  test('of another key, or that cannot be reached, is told, without the password', async () => {
    const stored = await postgresStored(server);
    await (await stored.open({ encryptionKey: KEY })).close();
    expect(await said(stored, randomBytes(32).toString('base64'))).toEqual([
      expect.stringMatching(/^no: ENCRYPTION_KEY is not/),
    ]);
    await server.stop();
    const [down = ''] = await said(stored);
    await server.start();
    expect(down).toMatch(/^no: The database .* cannot be used: .*Check DATABASE_URL/);
    expect(down).not.toContain('a-password');
  });

  test('in which nothing may be created is told, and one that takes no writes', async () => {
    const { place } = await postgresStored(server);
    if (place.kind !== 'postgres') throw new Error('no PostgreSQL');
    const owner = new pg.Client(place.url);
    await owner.connect();
    await owner.query("CREATE ROLE visitor LOGIN PASSWORD 'visitor'");
    const url = place.url.replace(/\/\/[^@]*@/, '//visitor:visitor@');
    expect(await said({ place: { kind: 'postgres', url } })).toContainEqual(
      expect.stringMatching(/^no: Tables cannot be created there: permission denied/),
    );
    await owner.end();
    const readOnly = `${place.url}?options=-c%20default_transaction_read_only%3Don`;
    expect(await said({ place: { kind: 'postgres', url: readOnly } })).toContainEqual(
      expect.stringMatching(/^no: Tables cannot be created there: .*read-only/),
    );
  });

  test('whose clock is not that of this machine is told, and in which direction', async () => {
    const stored = await postgresStored(server);
    for (const [minutes, direction] of [
      [10, 'behind'],
      [-10, 'ahead of'],
    ] as const) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
      expect(await said(stored)).toContainEqual(
        expect.stringMatching(
          new RegExp(`^no: The clock of the database is (?:599|600)\\.\\d s ${direction} `),
        ),
      );
      vi.useRealTimers();
    }
  });
});
