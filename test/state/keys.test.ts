/** The key of a file: noticed when it is another one, and changed without losing anything. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DatabaseUnusable } from '../../src/runtime/database-unusable.ts';
import { openState } from '../../src/state/open-state.ts';
import { firstForm } from './fixtures/first-form.ts';

const [FIRST = '', SECOND = '', THIRD = ''] = [1, 2, 3].map(() =>
  randomBytes(32).toString('base64'),
);
const secret = { secret: true } as const;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemo-bot-keys-'));
  path = join(folder, 'state.db');
});
afterEach(() => rm(folder, { recursive: true }));

function open(encryptionKey: string, ...encryptionKeysOld: string[]) {
  const state = openState({ path, encryptionKey, encryptionKeysOld });
  return { tokens: state.map('tokens', z.string(), secret), close: state.close };
}

async function write(key: string, values: Record<string, string>, ...old: string[]): Promise<void> {
  const { tokens, close } = open(key, ...old);
  for (const [name, value] of Object.entries(values)) await tokens.set(name, value);
  await close();
}

/** Opens, closes, and hands on what was thrown. */
const start = (...keys: [string, ...string[]]) => open(...keys).close();

/** What is stored, past all keys. */
function raw(): Record<string, string> {
  using db = new DatabaseSync(path);
  const rows = z
    .array(z.object({ key: z.string(), value: z.string() }))
    .parse(db.prepare('SELECT key, value FROM state').all());
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

function put(key: string, value: string): void {
  using db = new DatabaseSync(path);
  const sql = `INSERT INTO state (namespace, key, value) VALUES ('tokens', ?, ?)
    ON CONFLICT DO UPDATE SET value = excluded.value`;
  db.prepare(sql).run(key, value);
}

const stored = (text: string): string => JSON.stringify({ value: text });

describe('a changed ENCRYPTION_KEY', () => {
  test('stops the start with a sentence, also while no token is stored, and changes nothing', async () => {
    await write(FIRST, {});
    const before = await readFile(path);
    expect(() => start(SECOND)).toThrow(DatabaseUnusable);
    expect(() => start(SECOND)).toThrow(/ENCRYPTION_KEY is not the key .* ENCRYPTION_KEYS_OLD/);
    expect(await readFile(path)).toEqual(before);
    await start(FIRST);
  });

  test('stops it in a file of the first version, which has no probe', async () => {
    await write(FIRST, {});
    {
      using db = new DatabaseSync(path);
      db.exec('DELETE FROM state');
    }
    put('T1', firstForm(Buffer.from(FIRST, 'base64'), stored('a'), 'tokens'));
    const before = raw();
    expect(() => start(SECOND)).toThrow(/"tokens" cannot be decrypted/);
    expect(raw()).toEqual(before);
    const { tokens, close } = open(FIRST);
    expect(await tokens.get('T1')).toBe('a');
    await close();
    expect(raw()['T1']).toMatch(/^v2:/);
  });
});

describe('a key that is changed by ENCRYPTION_KEYS_OLD', () => {
  test('encrypts everything anew, so that the earlier ones can be forgotten', async () => {
    await write(FIRST, { T1: 'a' });
    await write(SECOND, { T2: 'b' }, FIRST);
    const { tokens, close } = open(THIRD, FIRST, SECOND);
    expect([await tokens.get('T1'), await tokens.get('T2')]).toEqual(['a', 'b']);
    await close();
    const later = open(THIRD);
    expect([await later.tokens.get('T1'), await later.tokens.get('T2')]).toEqual(['a', 'b']);
    await later.close();
    for (const key of [FIRST, SECOND]) expect(() => start(key)).toThrow(DatabaseUnusable);
  });

  test('forgotten too early stops the start: some values would be lost one by one', async () => {
    await write(FIRST, { T1: 'a' });
    const { T1 = '' } = raw();
    await write(SECOND, {}, FIRST);
    // A process that still has the earlier key writes once more.
    put('T1', T1);
    expect(() => start(SECOND)).toThrow(DatabaseUnusable);
    await start(SECOND, FIRST);
    await start(SECOND);
  });

  test('encrypts anew what it reads, unless somebody has written meanwhile', async () => {
    await write(FIRST, { T1: 'a' });
    const { T1: old = '' } = raw();
    const { tokens, close } = open(SECOND, FIRST);
    put('T1', old);
    expect(await tokens.get('T1')).toBe('a');
    const { T1: anew = '' } = raw();
    expect(anew.slice(0, 20)).not.toBe(old.slice(0, 20));
    expect(await tokens.get('T1')).toBe('a');
    expect(raw()['T1']).toBe(anew);
    await close();
    await start(SECOND);
  });
});
