/** Tables are brought up to date once, however many processes start, and never backwards. */
import type pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatabaseUnusable } from '../../../src/runtime/database-unusable.ts';
import { openPool, query } from '../../../src/runtime/postgres/database.ts';
import { type MigrationStep, migrate, SCHEMA } from '../../../src/runtime/postgres/migrate.ts';
import { openDatabase } from '../../../src/runtime/postgres/open-database.ts';
import { describePostgres, usePostgres } from '../../doubles/use-postgres.ts';

const server = usePostgres();
let url: string;
let pool: pg.Pool;

const CREATE = `CREATE TABLE ${SCHEMA}.numbers (n integer)`;
const INSERT = `INSERT INTO ${SCHEMA}.numbers VALUES (1)`;
const numbers = async () => (await query(pool, `SELECT n FROM ${SCHEMA}.numbers`)).rows;
const open = (steps: readonly MigrationStep[], at = url) =>
  openDatabase({ url: at, part: 'numbers', steps, max: 2, onLost: () => {} });

describePostgres('with PostgreSQL', () => {
  beforeEach(async () => {
    url = await server.freshDatabase();
    pool = openPool({ url, onLost: () => {} });
  });
  afterEach(() => pool.end());

  test('twenty processes that start at once make them once', async () => {
    const opened = await Promise.all(Array.from({ length: 20 }, () => open([CREATE, INSERT])));
    for (const each of opened) await each.end();
    expect(await numbers()).toEqual([{ n: 1 }]);
  });

  test('only the steps that are missing are done, those of each part apart', async () => {
    await migrate(pool, 'numbers', [CREATE]);
    await migrate(pool, 'numbers', [CREATE, async (client) => void (await query(client, INSERT))]);
    await migrate(pool, 'words', [`CREATE TABLE ${SCHEMA}.words (w text)`]);
    await migrate(pool, 'numbers', [CREATE, INSERT]);
    expect(await numbers()).toEqual([{ n: 1 }]);
  });

  test('a step that fails leaves nothing of those before it', async () => {
    await expect(open([CREATE, 'SELECT nothing'])).rejects.toThrow(DatabaseUnusable);
    await expect(numbers()).rejects.toThrow(/does not exist/);
    await (await open([CREATE, INSERT])).end();
    expect(await numbers()).toEqual([{ n: 1 }]);
  });

  test('tables of a newer version are refused in words, and not changed', async () => {
    await migrate(pool, 'numbers', [CREATE, INSERT]);
    await expect(open([CREATE])).rejects.toThrow(
      /newer version of nemo-bot.*numbers has version 2, this one knows 1.*DATABASE_URL/,
    );
    await (await open([CREATE, INSERT])).end();
  });

  test('a start that has nothing to do needs no right to create anything', async () => {
    await migrate(pool, 'numbers', [CREATE]);
    await query(pool, "CREATE ROLE guest LOGIN PASSWORD 'guest'");
    await query(pool, `GRANT USAGE ON SCHEMA ${SCHEMA} TO guest`);
    await query(pool, `GRANT SELECT ON ALL TABLES IN SCHEMA ${SCHEMA} TO guest`);
    const guest = url.replace(/\/\/[^@]*@/, '//guest:guest@');
    await (await open([CREATE], guest)).end();
    await expect(open([CREATE, INSERT], guest)).rejects.toThrow(
      /cannot be used: permission denied/,
    );
  });
});
