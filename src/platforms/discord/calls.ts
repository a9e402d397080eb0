/** Whom a message says it speaks to, by Discord's own signs. Pure. */
import { MessageReferenceType } from 'discord.js';
import { isGreeting } from '../../conversation/language/courtesy.ts';
import type { IncomingMessage } from '../chat.ts';
import type { Message } from './payloads.ts';

/** A person, a role, or everybody in the place. */
const ADDRESS = /<@[!&]?\d{1,20}>|@everyone|@here/;

export function callsOf(message: Message, callsUs: boolean): IncomingMessage['calls'] {
  if (callsUs) return 'us';
  if (answersAnother(message)) return 'others';
  const first = ADDRESS.exec(message.content);
  return first && isGreeting(message.content.slice(0, first.index)) ? 'others' : undefined;
}

/** People add to their own messages by a reply, too; and a bot's message is material, not talk. */
function answersAnother({ author, message_reference: reference, ...message }: Message): boolean {
  const answered = message.referenced_message?.author;
  if (!answered || reference?.type === MessageReferenceType.Forward) return false;
  return answered.id !== author.id && !answered.bot;
}
