/** The key of a database: noticed when it is another one, and changed without losing anything. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DatabaseUnusable } from '../../src/runtime/database-unusable.ts';
import { describePostgres, usePostgres } from '../doubles/use-postgres.ts';
import { firstForm } from './fixtures/first-form.ts';
import { postgresStored, type StoredState, sqliteStored } from './stores.ts';

const [FIRST = '', SECOND = '', THIRD = ''] = [1, 2, 3].map(() =>
  randomBytes(32).toString('base64'),
);
const secret = { secret: true } as const;

let database: StoredState;

async function open(encryptionKey: string, ...encryptionKeysOld: string[]) {
  const state = await database.open({ encryptionKey, encryptionKeysOld });
  return { tokens: state.map('tokens', z.string(), secret), close: state.close };
}

async function write(key: string, values: Record<string, string>, ...old: string[]): Promise<void> {
  const { tokens, close } = await open(key, ...old);
  for (const [name, value] of Object.entries(values)) await tokens.set(name, value);
  await close();
}

/** Opens, closes, and hands on what was thrown. */
const start = async (...keys: [string, ...string[]]) => (await open(...keys)).close();

/** What is stored, past all keys. */
const raw = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await database.rows()).map(({ key, value }) => [key, value]));

const put = (key: string, value: string) => database.put({ namespace: 'tokens', key, value });

const stored = (text: string): string => JSON.stringify({ value: text });

const server = usePostgres();
describe('in SQLite', () => describeKeys(sqliteStored));
describePostgres('in PostgreSQL', () => describeKeys(() => postgresStored(server)));

function describeKeys(create: () => Promise<StoredState>): void {
  beforeEach(async () => {
    database = await create();
  });
  afterEach(() => database.remove());

  describe('a changed ENCRYPTION_KEY', () => {
    test('stops the start with a sentence, also while no token is stored, and changes nothing', async () => {
      await write(FIRST, {});
      const before = await raw();
      await expect(start(SECOND)).rejects.toThrow(DatabaseUnusable);
      await expect(start(SECOND)).rejects.toThrow(
        /ENCRYPTION_KEY is not the key .* ENCRYPTION_KEYS_OLD/,
      );
      expect(await raw()).toEqual(before);
      await start(FIRST);
    });

    test('stops it in a database of the first version, which has no probe', async () => {
      await write(FIRST, {});
      await database.clear();
      await put('T1', firstForm(Buffer.from(FIRST, 'base64'), stored('a'), 'tokens'));
      const before = await raw();
      await expect(start(SECOND)).rejects.toThrow(/"tokens" cannot be decrypted/);
      expect(await raw()).toEqual(before);
      const { tokens, close } = await open(FIRST);
      expect(await tokens.get('T1')).toBe('a');
      await close();
      expect((await raw())['T1']).toMatch(/^v2:/);
    });
  });

  describe('a key that is changed by ENCRYPTION_KEYS_OLD', () => {
    test('encrypts everything anew, so that the earlier ones can be forgotten', async () => {
      await write(FIRST, { T1: 'a' });
      await write(SECOND, { T2: 'b' }, FIRST);
      const { tokens, close } = await open(THIRD, FIRST, SECOND);
      expect([await tokens.get('T1'), await tokens.get('T2')]).toEqual(['a', 'b']);
      await close();
      const later = await open(THIRD);
      expect([await later.tokens.get('T1'), await later.tokens.get('T2')]).toEqual(['a', 'b']);
      await later.close();
      for (const key of [FIRST, SECOND]) await expect(start(key)).rejects.toThrow(DatabaseUnusable);
    });

    test('forgotten too early stops the start: some values would be lost one by one', async () => {
      await write(FIRST, { T1: 'a' });
      const { T1 = '' } = await raw();
      await write(SECOND, {}, FIRST);
      // A process that still has the earlier key writes once more.
      await put('T1', T1);
      await expect(start(SECOND)).rejects.toThrow(DatabaseUnusable);
      await start(SECOND, FIRST);
      await start(SECOND);
    });

    test('encrypts anew what it reads, unless somebody has written meanwhile', async () => {
      await write(FIRST, { T1: 'a' });
      const { T1: old = '' } = await raw();
      const { tokens, close } = await open(SECOND, FIRST);
      await put('T1', old);
      expect(await tokens.get('T1')).toBe('a');
      const { T1: anew = '' } = await raw();
      expect(anew.slice(0, 20)).not.toBe(old.slice(0, 20));
      expect(await tokens.get('T1')).toBe('a');
      expect((await raw())['T1']).toBe(anew);
      await close();
      await start(SECOND);
    });
  });
}
