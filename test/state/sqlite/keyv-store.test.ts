import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { Keyv } from 'keyv';
import { expect, test } from 'vitest';
import { createGroupCommit } from '../../../src/runtime/sqlite/group-commit.ts';
import { aesCipher, type Cipher } from '../../../src/state/encryption.ts';
import { createStateTable, sqliteMapStore } from '../../../src/state/sqlite/keyv-store.ts';

function storeOn(db: DatabaseSync, cipher?: Cipher, ttlMs?: number) {
  createStateTable(db);
  return sqliteMapStore(db, createGroupCommit(db, { patienceMs: 100 }), { cipher, ttlMs });
}

function keyvs() {
  const db = new DatabaseSync(':memory:');
  const open = (namespace: string) => new Keyv({ store: storeOn(db), namespace });
  return { db, a: open('a'), b: open('b') };
}

test('Keyv uses the store as it is, not through its bridge or a map in memory', async () => {
  const { db, a } = keyvs();
  await a.set('key', 'value');
  expect(db.prepare('SELECT namespace, key FROM state').all()).toEqual([
    { namespace: 'a', key: 'key' },
  ]);
});

test('has, delete and clear mind the namespace', async () => {
  const { a, b } = keyvs();
  for (const keyv of [a, b]) for (const key of ['1', '2']) await keyv.set(key, 'value');
  expect(await a.delete('1')).toBe(true);
  expect(await a.delete('1')).toBe(false);
  expect([await a.has('1'), await a.has('2'), await b.has('1')]).toEqual([false, true, true]);
  await a.clear();
  expect([await a.has('2'), await b.has('2')]).toEqual([false, true]);
});

test('an expired row is neither read nor found', async () => {
  const store = storeOn(new DatabaseSync(':memory:'), undefined, 0);
  await store.set('key', 'value');
  expect(await store.get('key')).toBeUndefined();
  expect(await store.has('key')).toBe(false);
});

test('what is encrypted anew as it is read does not overwrite what was written meanwhile', async () => {
  const db = new DatabaseSync(':memory:');
  const [old, next] = [randomBytes(32), randomBytes(32)];
  const cipher = aesCipher(next, [old]);
  const open = (own: Cipher) => Object.assign(storeOn(db, own), { namespace: 'tokens' });
  await open(aesCipher(old)).set('T1', 'earlier');
  // Another process writes in the moment between the look and the write.
  const overtaken: Cipher = {
    ...cipher,
    decrypt(stored, place) {
      const newer = cipher.encrypt('newer', place);
      db.prepare('UPDATE state SET value = ?').run(newer);
      return cipher.decrypt(stored, place);
    },
  };
  expect(await open(overtaken).get('T1')).toBe('earlier');
  expect(await open(cipher).get('T1')).toBe('newer');
});
