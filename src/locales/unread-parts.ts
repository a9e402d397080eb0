/** Parts of a message that could not be read, as a language calls them. */
import { nameInText } from '../conversation/language/shown-name.ts';
import type { UnreadPart } from '../platforms/chat.ts';

export type UnreadNames = Readonly<Record<UnreadPart['kind'], string>>;

/** Longer lists of what is missing help nobody. */
const MOST_NAMED = 5;

/** Each once; with its own name where it has one. */
export function unreadParts(parts: readonly UnreadPart[], names: UnreadNames): string {
  const told = parts.map(({ kind, name }) =>
    name ? `${names[kind]} (**${nameInText(name)}**)` : names[kind],
  );
  const once = [...new Set(told)];
  return once.slice(0, MOST_NAMED).join(', ') + (once.length > MOST_NAMED ? ', …' : '');
}
