/**
 * Takes markup apart, in one pass and without judging it: what is not closed ends where the text ends. It is neither
 * HTML, in which `<track>` has no content, nor XML, which has no `*if` and no `{a < b}`. Nothing in it is expanded but
 * the few characters that every such text escapes, so that no text grows by being read.
 */

export type MarkupPiece =
  | {
      readonly type: 'open';
      /** In small letters, as in closing tags. */
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      /** `<clip />`. */
      readonly isClosed: boolean;
    }
  | { readonly type: 'close'; readonly name: string }
  | { readonly type: 'text'; readonly text: string };

/** Their content is code or data, in which a `<` begins nothing. */
const RAW = new Map(
  ['script', 'style', 'styles', 'render', 'data'].map((name) => [
    name,
    new RegExp(`</${name}(?=[\\s/>])`, 'gi'),
  ]),
);

const NAME = /<(\/?)([a-z][\w:.-]*)/iy;
const ATTRIBUTE = /[\s/]*([^\s=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s<>"']*)))?/y;
/** What is in between where there is no attribute. */
const GAP = /[\s/]*/y;
/** Of one tag; what comes behind them is passed over. */
const MOST_ATTRIBUTES = 64;

export function* markupPieces(markup: string): Generator<MarkupPiece> {
  let at = 0;
  while (at < markup.length) {
    const tag = markup.indexOf('<', at);
    const text = markup.slice(at, tag < 0 ? undefined : tag);
    if (text !== '') yield { type: 'text', text: unescaped(text) };
    if (tag < 0) return;
    const passed = behindDeclaration(markup, tag);
    if (passed !== undefined) {
      at = passed;
      continue;
    }
    const found = readTag(markup, tag);
    if (!found) return;
    yield found.piece;
    at = found.end;
    if (found.piece.type !== 'open' || found.piece.isClosed) continue;
    const closing = RAW.get(found.piece.name);
    if (!closing) continue;
    closing.lastIndex = at;
    const end = closing.exec(markup);
    if (!end) return;
    at = end.index;
  }
}

/** Undefined: no comment or declaration begins here. Their content means nothing to us, entities declared in it included. */
function behindDeclaration(markup: string, at: number): number | undefined {
  const closing = markup.startsWith('<!--', at)
    ? '-->'
    : markup.startsWith('<![CDATA[', at)
      ? ']]>'
      : /[!?]/.test(markup[at + 1] ?? '')
        ? '>'
        : undefined;
  if (closing === undefined) return undefined;
  const end = markup.indexOf(closing, at + 2);
  return end < 0 ? markup.length : end + closing.length;
}

/** Undefined: the text ends in the tag. A `<` that begins none is text. */
function readTag(markup: string, at: number): { piece: MarkupPiece; end: number } | undefined {
  NAME.lastIndex = at;
  const [head, slash, given] = NAME.exec(markup) ?? [];
  if (head === undefined || given === undefined)
    return { piece: { type: 'text', text: '<' }, end: at + 1 };
  const name = given.toLowerCase();
  const attributes = new Map<string, string>();
  let end = at + head.length;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const found = ATTRIBUTE.exec(markup);
    if (found) {
      const [whole, key = '', double, single, plain] = found;
      const value = double ?? single ?? plain ?? '';
      if (attributes.size < MOST_ATTRIBUTES && !attributes.has(key))
        attributes.set(key, unescaped(value));
      end += whole.length;
      continue;
    }
    GAP.lastIndex = end;
    end += GAP.exec(markup)?.[0].length ?? 0;
    // A value without a name.
    if (markup[end] === '=') end += 1;
    else break;
  }
  if (end >= markup.length) return undefined;
  const isClosed = markup[end - 1] === '/';
  // A new tag begins before this one has ended: it ends there.
  if (markup[end] === '>') end += 1;
  const piece: MarkupPiece = slash
    ? { type: 'close', name }
    : { type: 'open', name, attributes, isClosed };
  return { piece, end };
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const ESCAPE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
