/** Asks the author of a message whom it is for, where it bothers the others least. */

import { escapeMarkup } from '../markdown/escape.ts';
import type { OutgoingMessage } from '../platforms/chat.ts';
import { shownName } from './language/shown-name.ts';
import type { TurnContext } from './turn-context.ts';

/** In characters: so much of the message as its author needs to know it again. */
const LONGEST_START = 80;

export async function askWhose(turn: TurnContext): Promise<void> {
  const { job, words, thread } = turn;
  const { author, text } = job.message;
  const about = (action: 'for-us' | 'for-them') => ({ action, value: turn.turn.id });
  const question: OutgoingMessage = {
    text: words.whose.ask(escapeMarkup(shownName(text, LONGEST_START) || '…')),
    buttons: [
      { label: words.whose.us, style: 'primary', does: about('for-us') },
      { label: words.whose.them, does: about('for-them') },
    ],
  };
  if (thread.capabilities.privateReply) return thread.postPrivately(author.id, question);
  const posted = await turn.say({ ...question, mention: [author.id] }, 'whose');
  if (posted) await turn.note({ questionId: posted.id });
}
