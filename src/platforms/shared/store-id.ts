/** Tells the processes on one store from those on another. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { State } from '../../state/state.ts';

export const STORE_ID = /^[\w-]{8}$/;

const IN_USE = 'in use';

/** Eight characters of base64url; the same for all that share the store, whoever was there first, and after every restart. */
export async function openStoreId(state: State): Promise<string> {
  const ids = state.map('store-id', z.string().regex(STORE_ID));
  for (;;) {
    const id = await ids.get(IN_USE);
    if (id !== undefined) return id;
    await ids.swap(IN_USE, undefined, randomBytes(6).toString('base64url'));
  }
}
