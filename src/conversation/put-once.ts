/**
 * A press that is done once, however often and by whomever it is pressed: its key is made of what it is about. One that
 * found no room on record left its key there with nothing done; whoever presses again gets the next key, and of two that
 * do so at once it is the same one.
 */
import type { Turn } from '../ledger/ledger.ts';
import type { IncomingMessage } from '../platforms/chat.ts';
import type { Put } from './interaction.ts';
import { NOTHING_NOTED } from './notes.ts';
import type { Asked } from './task-from-message.ts';
import type { Deps } from './turn-context.ts';

/** So often it may have found no room. */
const MOST_KEYS = 50;

export async function putOnce(
  { ledger }: Pick<Deps, 'ledger'>,
  put: Put,
  message: IncomingMessage,
  asked: Asked,
): ReturnType<Put> {
  for (let nth = 1; nth <= MOST_KEYS; nth += 1) {
    const key = nth === 1 ? message.key : `${message.key}:${nth}`;
    const outcome = await put({ ...message, key }, asked);
    if (outcome !== 'known') return outcome;
    const known = await ledger.turnOf(key);
    if (known && !isUntouched(known.turn)) return 'known';
  }
  return 'known';
}

/** Ended before anything was noted of it: it was never begun. */
const isUntouched = ({ phase, notes }: Turn): boolean =>
  phase === 'failed' && notes === NOTHING_NOTED;
