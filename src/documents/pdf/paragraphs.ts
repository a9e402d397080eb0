/** From lines on pages to paragraphs: broken lines and broken words are put together again. */
import type { Line } from './lines.ts';

interface Block {
  readonly lines: Line[];
  /** How far its text reaches to the right. */
  right: number;
}

export function paragraphsOf(pages: readonly (readonly Line[])[]): string {
  const hyphenated = hyphenatedWords(pages);
  const parts: string[] = [];
  let before: { line: Line; block: Block } | undefined;
  for (const block of pages.flatMap(blocksOf)) {
    for (const line of block.lines) {
      const last = parts.at(-1);
      const whole =
        before && last !== undefined ? wholeWord(last, before.line, line, hyphenated) : undefined;
      if (whole !== undefined) parts[parts.length - 1] = whole;
      else if (before) parts.push(separator(before.line, line, before.block, block));
      parts.push(line.text);
      before = { line, block };
    }
  }
  return parts.join('');
}

/** Lines that follow each other at the page's usual distance, in one size of type. */
function blocksOf(page: readonly Line[]): Block[] {
  const usual = usualDistance(page);
  const blocks: Block[] = [];
  for (const [at, line] of page.entries()) {
    const above = page[at - 1];
    const block = blocks.at(-1);
    if (above && block && belongsTo(above, line, usual)) {
      block.lines.push(line);
      block.right = Math.max(block.right, line.right);
    } else {
      blocks.push({ lines: [line], right: line.right });
    }
  }
  return blocks;
}

function belongsTo(above: Line, line: Line, usual: number): boolean {
  const distance = line.y - above.y;
  const sameType = Math.abs(line.size - above.size) < 0.12 * above.size;
  const sideBySide = line.x > above.right || line.right < above.x;
  return distance > 0 && distance < usual * 1.25 && sameType && !sideBySide;
}

/** The median; a paragraph has more lines inside than between. */
function usualDistance(page: readonly Line[]): number {
  const distances = page
    .slice(1)
    .map((line, at) => line.y - (page[at]?.y ?? line.y))
    .filter((distance, at) => distance > 0 && distance < 3 * (page[at]?.size ?? 0))
    .sort((one, other) => one - other);
  const size = page[0]?.size ?? 12;
  return distances[Math.floor(distances.length / 2)] ?? size * 1.2;
}

function separator(last: Line, next: Line, from: Block, to: Block): string {
  if (from === to) return isBreak(last, next, from) ? '\n' : glue(last, next);
  if (last.cells > 1 && next.cells > 1 && next.y > last.y) return '\n';
  return goesOn(last, next, from) ? glue(last, next) : '\n\n';
}

/** The next word would still have fitted, so the writer ended the line; or a new item begins. */
function isBreak(last: Line, next: Line, block: Block): boolean {
  if (last.cells > 1 || next.cells > 1 || ITEM.test(next.text)) return true;
  if (next.x > last.x + 0.8 * next.size && !ITEM.test(last.text)) return true;
  return block.right - last.right > firstWordWidth(next) + 0.5 * next.size;
}

const ITEM = /^(?:[•◦▪‣·●○■□*–-]|\(?\d{1,3}[.)、]|[a-z][.)])\s*\S/;

/** A sentence that runs on in the next column or on the next page. */
function goesOn(last: Line, next: Line, from: Block): boolean {
  const elsewhere = next.y <= last.y || next.x > last.right;
  const full = from.right - last.right < 2 * last.size;
  const sameType = Math.abs(next.size - last.size) < 0.12 * last.size;
  const open = !/[.!?:;。！？：；…]["'”’」』）)\]]*$/.test(last.text);
  return (
    elsewhere && full && sameType && open && (/^\p{Ll}/u.test(next.text) || bothCjk(last, next))
  );
}

function firstWordWidth(line: Line): number {
  // A line of Chinese may end a character early, so that no punctuation begins the next one.
  if (CJK_START.test(line.text)) return 2 * line.size;
  const word = /^\S+/.exec(line.text)?.[0] ?? '';
  return ((line.right - line.x) * word.length) / Math.max(1, line.text.length);
}

const CJK = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]`;
const CJK_START = new RegExp(`^${CJK}`, 'u');
const CJK_END = new RegExp(`${CJK}$`, 'u');

const bothCjk = (last: Line, next: Line): boolean =>
  CJK_END.test(last.text) && CJK_START.test(next.text);

const glue = (last: Line, next: Line): string => (bothCjk(last, next) ? '' : ' ');

/** What was written so far with its broken last word ready for the rest, or undefined: no word is broken. */
function wholeWord(
  written: string,
  last: Line,
  next: Line,
  hyphenated: ReadonlySet<string>,
): string | undefined {
  if (last.cells > 1 || next.cells > 1) return undefined;
  const left = /(?<!\p{L})(\p{L}+)[-\u2010\u00ad]$/u.exec(last.text)?.[1];
  const right = /^\p{Ll}+/u.exec(next.text)?.[0];
  if (left === undefined || right === undefined) return undefined;
  const keeps = hyphenated.has(`${left}-${right}`.toLowerCase());
  return keeps ? written : written.slice(0, -1);
}

/** Words that the document itself writes with a hyphen in the middle of a line: those keep theirs. */
function hyphenatedWords(pages: readonly (readonly Line[])[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const page of pages) {
    for (const line of page) {
      for (const [word] of line.text.matchAll(/(?<!\p{L})\p{L}+[-\u2010]\p{L}+/gu)) {
        found.add(word.replace('\u2010', '-').toLowerCase());
      }
    }
  }
  return found;
}
