/**
 * Notices a process that posts with this bot's token and works on another store: both hear every message, and each answers
 * it. Discord lets any number of sessions stand side by side and tells none of the others; but each is shown what the bot's
 * account posts, with the nonce, and the nonce names the store.
 */
import type { Log } from '../../runtime/log.ts';
import { storeIn } from './custom-ids.ts';
import type { Message } from './payloads.ts';

export interface OtherCopy {
  look(message: Message): void;
  warning(): string | undefined;
}

export interface OtherCopyDeps {
  readonly botId: () => string;
  /** The id of ours; see store-id.ts. */
  readonly store: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/** A copy that is stopped posts no more, and nothing else says so. */
const WARNED_FOR_MS = 3_600_000;

const ANOTHER_COPY =
  'another process posts with this DISCORD_TOKEN and has a database of its own: it answers, and charges, on its own: stop one of them';

export function createOtherCopy({ botId, store, now, log }: OtherCopyDeps): OtherCopy {
  let seenAt = Number.NEGATIVE_INFINITY;
  const isWarned = () => now() - seenAt < WARNED_FOR_MS;

  return {
    look({ author, nonce }) {
      const of = author.id === botId() ? storeIn(String(nonce ?? '')) : undefined;
      if (of === undefined || of === store) return;
      if (!isWarned()) log.warn(ANOTHER_COPY);
      seenAt = now();
    },
    warning: () => (isWarned() ? ANOTHER_COPY : undefined),
  };
}
