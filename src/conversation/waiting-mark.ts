/** 🕓 on a message that waits for the turn before it: set by the process that heard it, taken away by the one that works. */
import { LRUCache } from 'lru-cache';
import type { Turn } from '../ledger/ledger.ts';
import type { ChatThread, IncomingMessage } from '../platforms/chat.ts';
import { threadKey } from '../platforms/chat.ts';
import type { MessageId, ThreadKey } from '../runtime/ids.ts';
import { jobIn } from './job.ts';
import { type Deps, platformOf } from './turn-context.ts';

export interface WaitingMarks {
  /** Of a message that has just come: `waits`, where others of its thread are in front. */
  heard(message: IncomingMessage, how: { readonly waits: boolean }): void;
  /** From the next message of the thread, which has waited long enough. */
  takeFromNext(key: ThreadKey, thread: ChatThread): Promise<void>;
  /** From the message of a turn that begins, unless that was done as the turn before it ended: whoever ended it may have died. */
  takeFrom(turn: Turn, messageId: MessageId, thread: ChatThread): void;
}

/** Real milliseconds in which a turn begins that waits for none. */
const AT_ONCE_MS = 100;
const MOST_REMEMBERED = 1_000;

export function createWaitingMarks(
  deps: Pick<Deps, 'bestEffort' | 'ledger' | 'platforms' | 'timers'>,
): WaitingMarks {
  const { bestEffort, ledger, timers } = deps;
  /** Without a mark, as this process knows: they never had one, or it has taken it away. */
  const bare = new LRUCache<MessageId, true>({ max: MOST_REMEMBERED });
  /** Threads in which it is about to. */
  const taking = new Set<ThreadKey>();

  async function waits(key: ThreadKey, messageId: MessageId): Promise<boolean> {
    const [, ...behind] = await ledger.unfinished(key);
    return behind.some(({ payload }) => jobIn(payload)?.message.messageId === messageId);
  }

  function take(key: ThreadKey, messageId: MessageId, thread: ChatThread): void {
    bare.set(messageId, true);
    bestEffort.run(key, `queued ${messageId}`, () => thread.unreact(messageId, 'queued'));
  }

  return {
    heard({ messageId, thread: ref }, { waits: isWaiting }) {
      if (!messageId) return;
      if (!isWaiting) return void bare.set(messageId, true);
      bare.delete(messageId);
      const thread = platformOf(deps, ref).thread(ref);
      const key = threadKey(ref);
      bestEffort.run(key, `queued ${messageId}`, async () => {
        await thread.react(messageId, 'queued');
        // Another process may have been faster: what it took away was not there yet. Who looks after the mark is there,
        // and whoever ends the turn before looks after that is on record, so that one of the two sees the other.
        if (!(await waits(key, messageId))) await thread.unreact(messageId, 'queued');
      });
    },
    async takeFromNext(key, thread) {
      if (!thread.capabilities.react) return;
      taking.add(key);
      const [next] = await ledger.unfinished(key).finally(() => taking.delete(key));
      const messageId = next && jobIn(next.payload)?.message.messageId;
      if (!messageId) return;
      take(key, messageId, thread);
    },
    takeFrom({ acceptedAt, thread: key }, messageId, thread) {
      const isBare = bare.has(messageId) || taking.has(key);
      if (!isBare && timers.now() - acceptedAt >= AT_ONCE_MS) take(key, messageId, thread);
    },
  };
}
