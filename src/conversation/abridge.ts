/** How much of the agent's words is said, how much goes along as a file, and how much is kept at all. Pure. */
import { splitText } from '../platforms/shared/split-text.ts';

/** In messages; more is a flood in a chat, and nobody reads it there. */
const MOST_MESSAGES = 4;
/** Of those messages, for what the bot itself says beside the agent's words, in characters. */
const OWN_WORDS = 1_000;
const BEGINNING_SHARE = 0.7;

/** Of what is too long for the chat its beginning, up to the end of a line or a word. */
export function abridged(
  prose: readonly string[],
  textChars: number,
): { shown: readonly string[]; whole: string | undefined } {
  const length = prose.reduce((sum, text) => sum + text.length, 0);
  if (length <= MOST_MESSAGES * textChars - OWN_WORDS) return { shown: prose, whole: undefined };
  const whole = prose.join('\n\n');
  const room = Math.floor(BEGINNING_SHARE * textChars);
  const [beginning = ''] = splitText(whole, room);
  return { shown: [`${beginning.trimEnd()} …`], whole };
}

/** In characters; also of what goes along as a file. */
const LONGEST_PROSE = 200_000;

/** Cut before it is looked through: of two million characters nobody reads more than these. */
export function readable(spoken: readonly string[]): { texts: string[]; cut: boolean } {
  let room = LONGEST_PROSE;
  const texts: string[] = [];
  for (const text of spoken.filter((it) => it.trim() !== '')) {
    if (room > 0) texts.push(text.slice(0, room).toWellFormed());
    room -= text.length;
  }
  return { texts, cut: room < 0 };
}
