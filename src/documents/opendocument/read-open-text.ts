/** OpenDocument texts (ODT): headings, lists and tables in reading order; footnotes, comments and deletions left out. */
import { DocumentUnreadable } from '../document.ts';
import { createOutline } from '../markup/outline.ts';
import { type Attributes, walkXml } from '../markup/xml.ts';
import { type OpenStyles, openStyles } from './open-styles.ts';

type Parts = ReadonlyMap<string, Uint8Array>;

/** What is written but is no part of the text, or not of what is seen of it. */
const UNREAD: ReadonlySet<string> = new Set([
  ...['text:tracked-changes', 'text:note', 'office:annotation', 'text:ruby-text', 'office:forms'],
  ...['text:placeholder', 'svg:title', 'svg:desc', 'text:hidden-text', 'text:hidden-paragraph'],
  ...[
    'office:automatic-styles',
    'office:font-face-decls',
    'office:scripts',
    'text:bibliography-mark',
  ],
  ...['draw:object', 'text:sequence-decls', 'text:index-title-template', 'draw:plugin'],
]);

const TAGS: Readonly<Record<string, string>> = {
  'text:p': 'p',
  'text:list-item': 'li',
  'table:table': 'table',
  'table:table-row': 'tr',
  'table:table-cell': 'td',
};

/** Throws `DocumentUnreadable`. */
export function readOpenText({ parts }: { readonly parts: Parts }): string {
  const content = contentOf(parts);
  const styles = openStyles([parts.get('styles.xml'), content]);
  const outline = createOutline();
  const lists = createLists(styles);
  const open: { readonly name: string; readonly tag: string | undefined }[] = [];
  let unread = 0;

  walkXml(content, {
    open(name, attributes) {
      if (unread > 0 || UNREAD.has(name) || styles.isHidden(attributes['text:style-name'] ?? '')) {
        unread += 1;
        return;
      }
      const tag = tagOf(name, attributes, lists);
      open.push({ name, tag });
      if (tag !== undefined) outline.open(tag, (it) => attributeOf(it, attributes));
      if (name === 'text:list-item') lists.item(outline.continueNumbering);
      else if (name === 'text:s') outline.words(' ');
      else if (name === 'text:tab') outline.words(' ');
      else if (name === 'text:line-break') outline.words('\n');
    },
    close() {
      if (unread > 0) {
        unread -= 1;
        return;
      }
      const ended = open.pop();
      if (ended?.name === 'text:list') lists.end();
      if (ended?.tag !== undefined) outline.close(ended.tag);
    },
    words(text) {
      if (unread === 0) outline.words(text.replace(/\s+/g, ' '));
    },
  });
  return outline.text();
}

/** Throws `DocumentUnreadable`. */
export function contentOf(parts: Parts): Uint8Array {
  const manifest = parts.get('META-INF/manifest.xml');
  if (manifest && Buffer.from(manifest).includes('encryption-data')) {
    throw new DocumentUnreadable('encrypted', 'the document has a password');
  }
  const content = parts.get('content.xml');
  if (!content) throw new DocumentUnreadable('damaged', 'the document has no content');
  return content;
}

function tagOf(name: string, attributes: Attributes, lists: Lists): string | undefined {
  if (name === 'text:h') {
    const level = Number(attributes['text:outline-level'] ?? 1);
    return `h${level >= 1 && level <= 6 ? level : 6}`;
  }
  return name === 'text:list' ? lists.begin(attributes) : TAGS[name];
}

function attributeOf(name: string, attributes: Attributes): string | undefined {
  return name === 'rowspan' ? attributes['table:number-rows-spanned'] : undefined;
}

interface Lists {
  /** The tag of a list that begins. */
  begin(attributes: Attributes): 'ol' | 'ul';
  item(goOn: (name: string) => void): void;
  end(): void;
}

/** A list says whether it goes on with another one; its style, which the outer lists may have given, what its marks are. */
function createLists(styles: OpenStyles): Lists {
  const open: { readonly style: string; readonly name: string }[] = [];
  const named = new Map<string, string>();
  let count = 0;
  return {
    begin(attributes) {
      const style = attributes['text:style-name'] ?? open.at(-1)?.style ?? '';
      const before =
        attributes['text:continue-list'] ??
        (attributes['text:continue-numbering'] === 'true' ? style : undefined);
      count += 1;
      const name = (before !== undefined && named.get(before)) || `${count}`;
      named.set(style, name);
      const id = attributes['xml:id'];
      if (id !== undefined) named.set(id, name);
      open.push({ style, name });
      return styles.isOrdered(style, open.length) ? 'ol' : 'ul';
    },
    item(goOn) {
      const list = open.at(-1);
      if (list) goOn(list.name);
    },
    end: () => void open.pop(),
  };
}
