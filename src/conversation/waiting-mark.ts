/** 🕓 on a message that waits for the turn before it: set by the process that heard it, taken away by the one that works. */
import type { ChatThread, IncomingMessage } from '../platforms/chat.ts';
import { threadKey } from '../platforms/chat.ts';
import type { MessageId, ThreadKey } from '../runtime/ids.ts';
import { readJob } from './job.ts';
import { type Deps, platformOf } from './turn-context.ts';

type Marking = Pick<Deps, 'bestEffort' | 'ledger' | 'platforms'>;

export function markWaiting(deps: Deps, { messageId, thread: ref }: IncomingMessage): void {
  if (!messageId) return;
  const thread = platformOf(deps, ref).thread(ref);
  const key = threadKey(ref);
  deps.bestEffort.run(key, `queued ${messageId}`, async () => {
    await thread.react(messageId, 'queued');
    // Another process may have been faster: what it took away was not there yet. Who looks after the mark is there,
    // and whoever ends the turn before looks after that is on record, so that one of the two sees the other.
    if (!(await waits(deps, key, messageId))) await thread.unreact(messageId, 'queued');
  });
}

/** Of the next message of the thread, which has waited long enough. */
export async function unmarkNext(deps: Marking, key: ThreadKey, thread: ChatThread): Promise<void> {
  if (!thread.capabilities.react) return;
  const [next] = await deps.ledger.unfinished(key);
  const messageId = next && readJob(next.payload).message.messageId;
  if (!messageId) return;
  deps.bestEffort.run(key, `queued ${messageId}`, () => thread.unreact(messageId, 'queued'));
}

async function waits(deps: Marking, key: ThreadKey, messageId: MessageId): Promise<boolean> {
  const [, ...behind] = await deps.ledger.unfinished(key);
  return behind.some(({ payload }) => readJob(payload).message.messageId === messageId);
}
