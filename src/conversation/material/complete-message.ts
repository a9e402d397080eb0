/** A message as it was written: with the files and the quoted message that its event left out. */
import { type IncomingMessage, type Material, withForwarded } from '../../platforms/chat.ts';
import type { TurnContext } from '../turn-context.ts';
import { materialLinks } from './links/material-links.ts';

/** Reads what the event left out: files that came late, names, and the message this one was written under. */
export async function completed(
  turn: TurnContext,
  message: IncomingMessage,
): Promise<IncomingMessage> {
  const { platform, signal } = turn;
  const again =
    message.incomplete && message.messageId
      ? await platform.readMessage(message.thread, message.messageId, signal)
      : undefined;
  const text = message.unnamed || message.text === '' ? again?.text : undefined;
  const whole = {
    ...message,
    text: text ?? message.text,
    attachments: again?.attachments ?? message.attachments,
    unread: again?.unread ?? message.unread,
    quoted: again?.quoted ?? message.quoted,
  };
  if (message.wordsAlone) return alone(whole);
  if (!message.under || whole.quoted || bringsMaterial(whole)) return whole;
  const above = await platform.readMessage(message.thread, message.under, signal);
  return { ...whole, quoted: above && withForwarded(above) };
}

function alone({ unread: _, ...message }: IncomingMessage): IncomingMessage {
  const { quoted } = message;
  return {
    ...message,
    attachments: [],
    quoted: quoted && { text: quoted.text, attachments: [] },
  };
}

/** "Make this a short" brings nothing of its own; a file, a link or a script does. */
const bringsMaterial = ({ text, attachments }: Material): boolean =>
  attachments.length > 0 || text.length > INSTRUCTION_LENGTH || materialLinks(text) !== undefined;

/** In characters; instructions are short, scripts are not. */
const INSTRUCTION_LENGTH = 240;
