import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStoreId, STORE_ID } from '../../../src/platforms/shared/store-id.ts';
import { openSqliteState } from '../../../src/state/sqlite/open-state.ts';
import type { State } from '../../../src/state/state.ts';

let folder: string;
const open: State[] = [];
const stateOf = (name: string): State => {
  const state = openSqliteState({ path: path.join(folder, name) });
  open.push(state);
  return state;
};
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-store-'));
});
afterEach(async () => {
  for (const state of open.splice(0)) await state.close();
  await rm(folder, { recursive: true });
});

test('is one for all processes on a store, also later, and another for another store', async () => {
  const { id } = await openStoreId(stateOf('a.db'));
  expect(id).toMatch(STORE_ID);
  expect((await openStoreId(stateOf('a.db'))).id).toBe(id);
  const other = await openStoreId(stateOf('b.db'));
  expect(other.id).not.toBe(id);
  expect(await other.isOurs(other.id)).toBe(true);
  expect(await other.isOurs(id)).toBe(false);
});

test('processes that are the first on a store together know each other', async () => {
  const states = Array.from({ length: 8 }, () => stateOf('new.db'));
  const ids = await Promise.all(states.map(openStoreId));
  for (const one of ids) for (const { id } of ids) expect(await one.isOurs(id)).toBe(true);
});
