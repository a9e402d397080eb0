/**
 * A mention without a word is a greeting, or a file whose event came without it. Which of them is seen
 * when the turn runs: it is on record as a request, in its place before whatever is said after it.
 */
import { OverQuota } from '../ledger/ledger.ts';
import type { IncomingMessage, ReadMessage } from '../platforms/chat.ts';
import { capsOf, overQuota } from './access.ts';
import { videosIn } from './batch/batch.ts';
import { helpAnswer } from './help-answer.ts';
import { quotaText } from './immediate-commands.ts';
import { completed } from './material/complete-message.ts';
import type { TurnContext } from './turn-context.ts';

export const isBare = (message: IncomingMessage): boolean =>
  message.incomplete === true && message.under === undefined && bringsNothing(message);

const bringsNothing = ({ text, attachments, unread, quoted }: ReadMessage): boolean =>
  text.trim() === '' && attachments.length === 0 && !unread?.length && quoted === undefined;

/** True: there was nothing to work with, or too little is left for it, and the person has been told. */
export async function answeredAtOnce(turn: TurnContext): Promise<boolean> {
  const { job, words, notes, deps, thread } = turn;
  const { task, message } = job;
  if (task.type !== 'request' || notes.phase !== 'accepted' || !isBare(message)) return false;
  const whole = await completed(turn, message);
  if (bringsNothing(whole)) {
    // At first contact whoever says nothing wants to know what this is.
    await turn.say(message.begins ? helpAnswer(deps, words) : { text: words.emptyMessage }, 'bare');
    return true;
  }
  if (notes.weight !== undefined) return false;
  const wanted = videosIn(whole);
  try {
    const weight = { of: wanted, caps: capsOf(deps, message.author) };
    await turn.enter({ phase: 'preparing', weight: wanted }, { weight });
    return false;
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const quota = overQuota({ weight: wanted }, error.left);
    await thread.postPrivately(message.author.id, { text: quotaText(deps, words, quota) });
    return true;
  }
}
