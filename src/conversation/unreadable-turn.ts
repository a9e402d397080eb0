/** A turn that cannot even be opened, because what is stored of it or of its thread cannot be read. */
import type { ClaimedTurn, RunOutcome } from '../ledger/dispatch.ts';
import { ClaimLost, type Turn } from '../ledger/ledger.ts';
import { localeFor } from '../locales/locales.ts';
import type { OutgoingMessage, ThreadRef } from '../platforms/chat.ts';
import { jobIn } from './job.ts';
import { languageOf } from './language/language.ts';
import { localeOfJob } from './language/reply-language.ts';
import { UnreadableNotes } from './notes.ts';
import { isAway } from './park-or-fail.ts';
import { refOf } from './recent-threads.ts';
import { sayIn } from './say.ts';
import { tellPlainly } from './tell-error.ts';
import { type Deps, platformOf } from './turn-context.ts';

/** A store may be busy for a moment: the turn is left, and tried again so often when its lease is over. */
const MOST_RETRIES = 2;

/** Product milliseconds until what is out of reach is met again: nothing can be noted to let it grow. */
const WAIT_MS = 30_000;

/** Rejects as long as it is worth another try. */
export async function endUnreadableTurn(
  deps: Deps,
  worker: ClaimedTurn,
  error: unknown,
): Promise<RunOutcome> {
  try {
    return await ended(deps, worker, error);
  } catch (second) {
    if (!isAway(second)) throw second;
    return { how: 'parked', notBefore: deps.clock.in(WAIT_MS) };
  }
}

async function ended(deps: Deps, { claim }: ClaimedTurn, error: unknown): Promise<RunOutcome> {
  // What no version here can read does not become readable by itself.
  const isFinal = error instanceof UnreadableNotes || claim.crashes >= MOST_RETRIES;
  if (error instanceof ClaimLost || isAway(error) || !isFinal) throw error;
  const { turn } = claim;
  deps.log.error('a turn cannot be opened', { turn: turn.id, thread: turn.thread, error });
  const told = await lastWords(deps, turn);
  if (told) {
    const { thread, message } = told;
    const delivery = { key: `${turn.id}:failure`, again: true };
    const spoken = platformOf(deps, thread).thread(thread);
    await sayIn(deps, spoken, turn.requester, message, delivery);
  }
  await deps.ledger.finish(claim, 'failed');
  return { how: 'finished' };
}

/** Undefined: not even where it was asked is on record. */
async function lastWords(
  deps: Deps,
  { id, payload, thread: key, requester }: Turn,
): Promise<{ readonly thread: ThreadRef; readonly message: OutgoingMessage } | undefined> {
  const job = jobIn(payload);
  if (job) {
    const { words } = localeOfJob(job, undefined);
    return { thread: job.message.thread, message: tellPlainly(words, job, id) };
  }
  const known = await deps.ledger.thread(key);
  if (!known) return undefined;
  // The first words of the project tell the language: reading the project itself could fail, too.
  const { unexpected } = localeFor(languageOf(known.name ?? '')).words;
  return { thread: refOf(known), message: { text: unexpected, mention: [requester] } };
}
