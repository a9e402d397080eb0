/** Whom a message says it speaks to, by Slack's own signs. Pure. */
import { isGreeting } from '../../conversation/language/courtesy.ts';
import type { IncomingMessage } from '../chat.ts';

/** A person, a group of people, or everybody in the place. */
const ADDRESS = /<(?:@[A-Z0-9]+|!subteam\^[A-Z0-9]+|!(?:here|channel|everyone))(?:\|[^<>]*)?>/;

/** `text` as Slack sends it. */
export function callsOf(text: string, callsUs: boolean): IncomingMessage['calls'] {
  if (callsUs) return 'us';
  const first = ADDRESS.exec(text);
  return first && isGreeting(text.slice(0, first.index)) ? 'others' : undefined;
}
