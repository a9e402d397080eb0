/** Slack's message text as people typed it. Pure. */

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
  return plain.replace(OWN_MENTION, ' ').trim();
}

/** Stands for a mention of the bot until the spaces around it are closed; occurs in no chat text. */
const MARK = '\u{f0000}';
const OWN_MENTION = new RegExp(`[^\\S\\n]*${MARK}[^\\S\\n]*`, 'gu');

function tokenText(inner: string, names: Names): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : entities(inner.slice(bar + 1));
  switch (target[0]) {
    case '@':
      if (target.slice(1) === names.bot) return MARK;
      return `@${label || names.people?.get(target.slice(1)) || 'someone'}`;
    case '#':
      return `#${label || 'channel'}`;
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
