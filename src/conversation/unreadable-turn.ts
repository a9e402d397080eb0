/** A turn that cannot even be opened, because what is stored of it or of its thread cannot be read. */
import type { Outcome, Shift } from '../ledger/dispatch.ts';
import { ClaimLost } from '../ledger/ledger.ts';
import { type Job, readJob } from './job.ts';
import { localeOfJob } from './language/reply-language.ts';
import { UnreadableNotes } from './notes.ts';
import { isAway } from './park-or-fail.ts';
import { tellPlainly } from './tell-error.ts';
import { type Deps, platformOf, sayIn } from './turn-context.ts';

/** A store may be busy for a moment: the turn is left, and tried again so often when its lease is over. */
const MOST_RETRIES = 2;

/** Product milliseconds until what is out of reach is met again: nothing can be noted to let it grow. */
const WAIT_MS = 30_000;

/** Rejects as long as it is worth another try. */
export async function endUnopened(deps: Deps, shift: Shift, error: unknown): Promise<Outcome> {
  try {
    return await ended(deps, shift, error);
  } catch (second) {
    if (!isAway(second)) throw second;
    return { how: 'parked', notBefore: deps.clock.in(WAIT_MS) };
  }
}

async function ended(deps: Deps, { claim }: Shift, error: unknown): Promise<Outcome> {
  // What no version here can read does not become readable by itself.
  const isFinal = error instanceof UnreadableNotes || claim.crashes >= MOST_RETRIES;
  if (error instanceof ClaimLost || isAway(error) || !isFinal) throw error;
  const { turn } = claim;
  deps.log.error('a turn cannot be opened', { turn: turn.id, thread: turn.thread, error });
  const job = jobOf(turn.payload);
  if (job) {
    const { thread, author } = job.message;
    const message = tellPlainly(localeOfJob(job, undefined).words, job, turn.id);
    const delivery = { key: `${turn.id}:failure`, again: true };
    await sayIn(deps, platformOf(deps, thread).thread(thread), author.id, message, delivery);
  }
  await deps.ledger.finish(claim, 'failed');
  return { how: 'finished' };
}

/** Undefined: not even for whom it is can be read. */
function jobOf(payload: string): Job | undefined {
  try {
    return readJob(payload);
  } catch {
    return undefined;
  }
}
