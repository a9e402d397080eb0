/** Thanks and the like: a sign on the message. With a file they were no mere thanks. */
import { type IncomingMessage, type Reaction, threadKey } from '../platforms/chat.ts';
import { capsOf, overQuota } from './access.ts';
import { arrivalOf } from './arrival.ts';
import { completed } from './material/complete-message.ts';
import { taskFromMessage } from './task-from-message.ts';
import type { TurnContext } from './turn-context.ts';

export async function returnCourtesy(turn: TurnContext, reaction: Reaction): Promise<void> {
  const { deps, job, thread } = turn;
  const { message } = job;
  const { messageId } = message;
  if (message.incomplete) {
    const whole = await completed(turn, { ...message, under: undefined });
    if (whole.attachments.length > 0) return takeWithFiles(turn, whole);
  }
  if (!messageId || !thread.capabilities.react) return;
  deps.bestEffort.run(threadKey(thread.ref), `${reaction} ${messageId}`, () =>
    thread.react(messageId, reaction),
  );
}

/** Its event had left the files out. The key is another one: that of the message is this turn's. */
async function takeWithFiles({ deps }: TurnContext, whole: IncomingMessage): Promise<void> {
  const message = { ...whole, key: `${whole.key}:files`, incomplete: undefined };
  const asked = await taskFromMessage(deps, message);
  if (!asked) return;
  const rules = { caps: capsOf(deps, message.author), maxWaiting: deps.rules.maxQueued };
  const appended = await deps.append(arrivalOf(message, asked), rules);
  if (appended.outcome !== 'over-quota') return;
  const task = overQuota(asked, appended.left);
  await deps.append(arrivalOf(message, { task, weight: 0 }));
}
