/** RTF: paragraphs, the marks of lists as they were written, and tables by rows. */
import { DocumentUnreadable } from '../document.ts';
import { type Block, textOfBlocks } from '../markup/outline.ts';
import { createRtfText, type RtfText } from './rtf-text.ts';
import { DESTINATIONS, SIGNS } from './rtf-words.ts';

/** What braces keep apart. */
interface Group {
  /** Nothing inside is part of the text. */
  readonly unread: boolean;
  readonly hidden: boolean;
  /** Characters behind `\u` that stand for it in readers of one byte. */
  readonly skipped: number;
  readonly font: string;
  /** The group is the table of fonts or of styles, or the mark in front of an item. */
  readonly is: 'fonts' | 'styles' | 'mark' | undefined;
}

/** Word nests some ten groups deep. */
const MOST_DEPTH = 1000;

const TOKEN =
  /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\/gi;

/** Throws `DocumentUnreadable`. */
export function readRtf(bytes: Uint8Array): string {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const reader = createReader();
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(source);
    if (!token || reader.isOver()) break;
    const skip = reader.take(token);
    // Bytes of a picture may hold braces.
    if (skip > 0) TOKEN.lastIndex = Math.min(source.length, TOKEN.lastIndex + skip);
    if (TOKEN.lastIndex <= at) break;
  }
  if (!reader.isOver()) throw new DocumentUnreadable('damaged', 'the end of the RTF is missing');
  return textOfBlocks(reader.blocks());
}

interface Reader {
  /** How many bytes behind the token are none of the text's. */
  take(token: RegExpExecArray): number;
  isOver(): boolean;
  blocks(): readonly Block[];
}

function createReader(): Reader {
  const text = createRtfText();
  const groups: Group[] = [];
  let now: Group = { unread: false, hidden: false, skipped: 1, font: '', is: undefined };
  /** A group has just begun: its first word says what it is. */
  let fresh = false;
  let optional = false;
  /** Still to be passed over behind `\u`. */
  let owed = 0;
  let over = false;
  let definedFont = '';
  let definedStyle = 0;

  const seen = () => !now.unread && !now.hidden;
  const change = (group: Partial<Group>) => {
    now = { ...now, ...group };
  };

  function brace(which: string): void {
    owed = 0;
    if (which === '{') {
      if (groups.length === MOST_DEPTH) {
        throw new DocumentUnreadable('damaged', 'groups of the RTF lie too deep');
      }
      groups.push(now);
      // A mark ends with its own group, not with one in it.
      change({ is: now.is === 'mark' ? undefined : now.is });
      fresh = true;
      optional = false;
      return;
    }
    const { is } = now;
    if (is === 'mark') text.endMark();
    now = groups.pop() ?? now;
    text.font(now.font);
    over = groups.length === 0;
  }

  function word(name: string, value: number | undefined): number {
    owed = 0;
    if (fresh && (optional || DESTINATIONS.has(name))) {
      const use = DESTINATIONS.get(name) ?? 'unread';
      if (use === 'fonts' || use === 'styles') change({ is: use, unread: true });
      else if (use === 'mark') {
        change({ is: 'mark' });
        if (seen()) text.beginMark();
      } else if (use === 'unread') change({ unread: true });
    }
    fresh = false;
    optional = false;
    if (name === 'bin') return Math.max(0, value ?? 0);
    if (name === 'uc') change({ skipped: Math.min(8, Math.max(0, value ?? 1)) });
    else if (name === 'v') change({ hidden: value !== 0 });
    else if (name === 'deleted') change({ hidden: value !== 0 });
    else if (name === 'plain') change({ hidden: false });
    else if (name === 'ansicpg') text.codePage(value ?? 1252);
    else if (name === 'f' && now.is === 'fonts') definedFont = `${value ?? 0}`;
    else if (name === 'fcharset' && now.is === 'fonts') text.defineFont(definedFont, value ?? 0);
    else if (name === 's' && now.is === 'styles') definedStyle = value ?? 0;
    else if (name === 'f') {
      change({ font: `${value ?? 0}` });
      text.font(now.font);
    } else if (name === 'u') {
      const code = value ?? 63;
      if (seen()) text.character(String.fromCharCode(code < 0 ? code + 65_536 : code));
      owed = now.skipped;
    } else if (seen()) layOut(name, value, text);
    return 0;
  }

  /** Of letters that are bytes. */
  function letters(bytes: string): void {
    fresh = false;
    const from = Math.min(owed, bytes.length);
    owed -= from;
    if (seen()) text.bytes(bytes.slice(from));
    const level = now.is === 'styles' ? /^ *heading ([1-6]);/i.exec(bytes)?.[1] : undefined;
    if (level !== undefined) text.defineHeading(definedStyle, Number(level));
  }

  return {
    take([, name, value, hex, sign, curly, plain]) {
      if (curly !== undefined) brace(curly);
      else if (name !== undefined)
        return word(name, value === undefined ? undefined : Number(value));
      else if (hex !== undefined) letters(String.fromCharCode(Number.parseInt(hex, 16)));
      else if (plain !== undefined) letters(plain);
      else if (sign === '*') optional = fresh;
      else if (sign !== undefined && seen()) symbol(sign, text);
      return 0;
    },
    isOver: () => over,
    blocks: () => text.blocks(),
  };
}

function layOut(name: string, value: number | undefined, text: RtfText): void {
  const sign = SIGNS.get(name);
  if (sign !== undefined) text.character(sign);
  else if (name === 'par' || name === 'sect' || name === 'page') text.endParagraph();
  else if (name === 'cell') text.endCell();
  else if (name === 'row') text.endRow();
  else if (name === 'pard') text.newProperties();
  else if (name === 'intbl') text.inTable();
  else if (name === 's') text.style(value ?? 0);
  else if (name === 'outlinelevel') text.heading((value ?? 0) + 1);
}

function symbol(sign: string, text: RtfText): void {
  if (sign === '~') text.character('\u00a0');
  else if (sign === '_') text.character('\u2011');
  else if (sign === '\r' || sign === '\n') text.endParagraph();
  else if (sign === '\\' || sign === '{' || sign === '}') text.bytes(sign);
}
