/** The text of an RTF while it is read: bytes by the font's encoding, paragraphs, cells, the marks of items. */
import type { Block } from '../markup/outline.ts';
import { ENCODINGS, encodingOfPage } from './rtf-words.ts';

export interface RtfText {
  codePage(page: number): void;
  defineFont(font: string, charset: number): void;
  font(font: string): void;
  bytes(bytes: string): void;
  character(text: string): void;
  beginMark(): void;
  endMark(): void;
  /** The properties of the paragraph are the usual ones again. */
  newProperties(): void;
  inTable(): void;
  heading(level: number): void;
  /** Paragraphs of this style are headings. */
  defineHeading(style: number, level: number): void;
  style(style: number): void;
  endParagraph(): void;
  endCell(): void;
  endRow(): void;
  blocks(): readonly Block[];
}

export function createRtfText(): RtfText {
  const blocks: Block[] = [];
  const fonts = new Map<string, string>();
  const headings = new Map<number, number>();
  const decoders = new Map<string, TextDecoder>();
  let page = 'windows-1252';
  let encoding = page;
  /** Not yet decoded: a character may take two. */
  let raw: string[] = [];
  let parts: string[] = [];
  let mark = '';
  let before: string[] | undefined;
  let cells: string[] = [];
  let level = 0;
  let table = false;

  const decode = () => {
    if (raw.length === 0) return;
    const known = decoders.get(encoding) ?? new TextDecoder(encoding);
    decoders.set(encoding, known);
    parts.push(known.decode(Buffer.from(raw.join(''), 'latin1')));
    raw = [];
  };
  const taken = () => {
    decode();
    const text = parts
      .join('')
      .replace(/[^\S\n]+/g, ' ')
      .trim();
    parts = [];
    return text;
  };
  const paragraph = () => {
    decode();
    const [, written] = /^\s*(\S{1,7})\t/.exec(parts.join('').slice(0, 100)) ?? [];
    if (mark === '' && written !== undefined && MARK.test(written)) {
      mark = markOf(written);
      parts = [parts.join('').trimStart().slice(written.length)];
    }
    const text = taken();
    const item = mark;
    mark = '';
    if (text === '') return;
    if (level > 0) blocks.push({ text: `${'#'.repeat(level)} ${text}`, kind: 'paragraph' });
    else blocks.push({ text: item + text, kind: item === '' ? 'paragraph' : 'item' });
  };

  return {
    codePage(number) {
      page = encodingOfPage(number);
      encoding = page;
    },
    defineFont(font, charset) {
      const known = ENCODINGS.get(charset);
      if (known !== undefined) fonts.set(font, known);
    },
    font(font) {
      const next = fonts.get(font) ?? page;
      if (next !== encoding) decode();
      encoding = next;
    },
    bytes: (bytes) => void raw.push(bytes),
    character(text) {
      decode();
      parts.push(text);
    },
    beginMark() {
      decode();
      before = parts;
      parts = [];
    },
    endMark() {
      if (!before) return;
      mark = markOf(taken());
      parts = before;
      before = undefined;
    },
    newProperties() {
      level = 0;
      table = false;
    },
    inTable() {
      table = true;
    },
    heading(number) {
      level = number >= 1 && number <= 6 ? number : 0;
    },
    defineHeading: (style, number) => void headings.set(style, number),
    style(style) {
      level = headings.get(style) ?? level;
    },
    endParagraph() {
      decode();
      if (table) parts.push('\n');
      else paragraph();
    },
    endCell: () => void cells.push(taken().replace(/\s+/g, ' ')),
    endRow() {
      const filled = cells.some((cell) => cell !== '');
      if (filled) blocks.push({ text: cells.join(' | '), kind: 'row' });
      cells = [];
      mark = '';
    },
    blocks() {
      paragraph();
      return blocks;
    },
  };
}

/** A bullet or a number that stands in the text itself, before a tab. */
const MARK = /^(?:[•·◦▪‣–*-]|\(?[\p{L}\p{N}]{1,4}[.)])$/u;

/** Bullets are drawn in fonts of signs, where they have any letter. */
const markOf = (written: string): string =>
  /^[\p{L}\p{N}(]{1,6}[.)]$/u.test(written) ? `${written} ` : '- ';
