/** Web pages: the words that are seen, in their order; without what belongs to the page and not to the text. */
import { createOutline, type Outline } from '../markup/outline.ts';
import { decodeText } from '../text/decode-text.ts';
import { walkHtml } from './walk-html.ts';

export function readHtml(bytes: Uint8Array, encoding?: string): string {
  const outline = createOutline();
  writePage(textOfPage(bytes, encoding), outline);
  return outline.text();
}

/** Nothing of these is read: programs, styles, ways to other pages, fields to fill in. */
const UNREAD: ReadonlySet<string> = new Set([
  ...['head', 'script', 'style', 'template', 'noscript', 'nav', 'svg', 'iframe', 'object'],
  ...['select', 'textarea', 'button', 'audio', 'video', 'canvas', 'rt', 'rp', 'title'],
]);

/** These stand on lines of their own. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...['address', 'article', 'aside', 'blockquote', 'body', 'caption', 'center', 'dd', 'details'],
  ...['dialog', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'header'],
  ...['legend', 'main', 'p', 'pre', 'section', 'summary'],
]);

/** Deeper than any page is laid out; what lies further in is read as if it lay here. */
const MOST_DEPTH = 300;

/** Appends the page to what was written before it. */
export function writePage(html: string, outline: Outline): void {
  let depth = 0;
  /** The depth at which something unread began. */
  let unread: number | undefined;
  let preformatted = 0;
  walkHtml(html, {
    open(tag, attributes) {
      depth += 1;
      if (unread !== undefined) return;
      if (UNREAD.has(tag) || isHidden(attributes) || isNote(attributes)) unread = depth;
      else if (depth <= MOST_DEPTH) {
        if (tag === 'pre') preformatted += 1;
        if (BLOCKS.has(tag)) outline.open('p');
        else outline.open(tag, (name) => attributes[name]);
      }
    },
    close(tag) {
      if (unread === undefined && depth <= MOST_DEPTH) {
        if (tag === 'pre') preformatted -= 1;
        outline.close(BLOCKS.has(tag) ? 'p' : tag);
      }
      if (unread === depth) unread = undefined;
      depth -= 1;
    },
    words(text) {
      if (unread === undefined) outline.words(preformatted > 0 ? text : text.replace(/\s+/g, ' '));
    },
  });
  outline.close('p');
}

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  'hidden' in attributes ||
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i.test(
    (attributes['style'] ?? '').slice(0, 2000),
  );

/** Footnotes and what points at them, as EPUB and word processors mark them. */
const isNote = (attributes: Readonly<Record<string, string>>): boolean =>
  /\b(?:doc-(?:noteref|endnotes?|footnote)|noteref|footnotes?|rearnotes?)\b/.test(
    `${attributes['role'] ?? ''} ${attributes['epub:type'] ?? ''}`.slice(0, 200),
  ) || /^sd(?:foot|end)note/.test(attributes['class'] ?? attributes['id'] ?? '');

/** By its mark, by what the transport says, by what the page itself says, or by its bytes. */
export function textOfPage(bytes: Uint8Array, transport: string | undefined): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2048));
  const marked = /^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)/.test(head.toString('latin1', 0, 3));
  const own = /(?:charset|encoding)\s*=\s*["']?([\w:-]+)/i.exec(head.toString('latin1'))?.[1];
  // A page that can be read as ASCII so far is not written in two bytes a letter, whatever it says.
  const names = marked ? [] : [transport, /^utf-?16/i.test(own ?? '') ? 'utf-8' : own];
  const [decoder] = names.flatMap((name) => (name === undefined ? [] : (decoderFor(name) ?? [])));
  return decoder?.decode(bytes) ?? decodeText(bytes) ?? '';
}

function decoderFor(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(encoding);
  } catch {
    // No encoding of that name: the bytes themselves are asked.
    return undefined;
  }
}
