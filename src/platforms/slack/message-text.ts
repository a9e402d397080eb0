/** Slack's message text as people typed it. Pure. */
import { shownName } from '../../conversation/language/shown-name.ts';

export interface Names {
  /** The bot's own user: mentions of it are addressing, not text. */
  readonly bot: string;
  /** Names of other people, by id; whoever is not in it becomes "@someone". */
  readonly people?: ReadonlyMap<string, string> | undefined;
}

const TOKEN = /<([^<>]*)>|&(lt|gt|amp);/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

export function unescapeText(text: string, names: Names): string {
  const plain = text.replace(
    TOKEN,
    (_whole, inner: string | undefined, entity: string | undefined) =>
      inner === undefined ? (ENTITIES[entity ?? ''] ?? '') : tokenText(inner, names),
  );
  // A mention in the middle leaves two spaces; one at an end leaves one.
  return plain.split(MARK).map(withoutBlanksAround).join(' ').trim();
}

/** At the borders that a mention has left, not at those of the text; by hand, since a pattern that ends in blanks looks at each of a row of them again and again. */
function withoutBlanksAround(piece: string, index: number, pieces: readonly string[]): string {
  let [from, to] = [0, piece.length];
  if (index > 0) while (from < to && isBlank(piece.charAt(from))) from += 1;
  if (index < pieces.length - 1) while (to > from && isBlank(piece.charAt(to - 1))) to -= 1;
  return piece.slice(from, to);
}

const isBlank = (sign: string): boolean => sign !== '\n' && sign.trim() === '';

/** Stands for a mention of the bot until the spaces around it are closed; occurs in no chat text. */
const MARK = '\u{f0000}';

function tokenText(inner: string, names: Names): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : entities(inner.slice(bar + 1));
  switch (target[0]) {
    case '@':
      if (target.slice(1) === names.bot) return MARK;
      return `@${shownName(label || names.people?.get(target.slice(1)) || '') || 'someone'}`;
    case '#':
      return `#${shownName(label) || 'channel'}`;
    case '!':
      return special(target.slice(1), label);
    default:
      return link(entities(target), label);
  }
}

function special(name: string, label: string): string {
  if (label) return label;
  return `@${name.split('^')[0] ?? name}`;
}

function link(target: string, label: string): string {
  const address = target.replace(/^(mailto|tel):/, '');
  if (!label || label === address || target.replace(/^https?:\/\//, '') === label) {
    return address;
  }
  return `${label} (${address})`;
}

const entities = (text: string): string =>
  text.replace(/&(lt|gt|amp);/g, (_whole, entity: string) => ENTITIES[entity] ?? '');

/** Ids of the people mentioned without a label, the bot aside. */
export function mentionedPeople(text: string, bot: string): string[] {
  const ids = Array.from(text.matchAll(/<@([A-Z0-9]+)>/g), ([, id = '']) => id);
  return [...new Set(ids)].filter((id) => id !== bot);
}

export const mentions = (text: string, user: string): boolean =>
  text.includes(`<@${user}>`) || text.includes(`<@${user}|`);
