/** Ids of turns. */
import { randomUUID } from 'node:crypto';
import { type TurnId, toTurnId } from '../runtime/ids.ts';

/** Unique everywhere, and growing with time: neighbours in the index, so that few pages are rewritten. */
export const orderedId = (at: number): TurnId =>
  toTurnId(`${at.toString(36).padStart(9, '0')}-${randomUUID().slice(-17)}`);
