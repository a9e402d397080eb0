/**
 * A drawing as a tree. Whatever is put into it stays text: as markup it is escaped, and on the page it is made into
 * elements one by one, of these tags and no other.
 */
export type Tag = 'svg' | 'g' | 'rect' | 'line' | 'path' | 'text' | 'title';

export interface Shape {
  readonly tag: Tag;
  readonly attrs: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
}

export const shape = (
  tag: Tag,
  attrs: Shape['attrs'] = {},
  ...children: readonly (Shape | string | undefined)[]
): Shape => ({ tag, attrs, children: children.filter((it) => it !== undefined) });

export const SVG = 'http://www.w3.org/2000/svg';

/** As a file of its own. */
export function markup(root: Shape): string {
  return write({ ...root, attrs: { xmlns: SVG, ...root.attrs } });
}

function write({ tag, attrs, children }: Shape): string {
  const written = Object.entries(attrs).map(([name, value]) => ` ${name}="${escaped(`${value}`)}"`);
  const inside = children.map((it) => (typeof it === 'string' ? escaped(it) : write(it)));
  return `<${tag}${written.join('')}>${inside.join('')}</${tag}>`;
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML does not allow at all is left out: one such sign and nothing would be drawn. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
