/** Tells the processes on one store from those on another. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { State } from '../../state/state.ts';

export interface StoreId {
  /** Eight characters of base64url; the same after every restart. */
  readonly id: string;
  /** Asks the store. */
  isOurs(id: string): Promise<boolean>;
}

export const STORE_ID = /^[\w-]{8}$/;

const IN_USE = 'in use';

/**
 * Two processes that are the first on a new store may each make an id, and the first to write goes on with its own until it is
 * restarted: every id that was made is on record before it is used.
 */
export async function openStoreId(state: State): Promise<StoreId> {
  const ids = state.map('store-id', z.string().regex(STORE_ID));
  let id = await ids.get(IN_USE);
  if (id === undefined) {
    const made = randomBytes(6).toString('base64url');
    await ids.set(made, made);
    await ids.set(IN_USE, made);
    id = (await ids.get(IN_USE)) ?? made;
  }
  return { id, isOurs: async (other) => (await ids.get(other)) !== undefined };
}
