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
  const id = await openStoreId(stateOf('a.db'));
  expect(id).toMatch(STORE_ID);
  expect(await openStoreId(stateOf('a.db'))).toBe(id);
  expect(await openStoreId(stateOf('b.db'))).not.toBe(id);
});

test('processes that are the first on a store together have the same one', async () => {
  const states = Array.from({ length: 8 }, () => stateOf('new.db'));
  const ids = await Promise.all(states.map(openStoreId));
  expect(new Set(ids).size).toBe(1);
});
