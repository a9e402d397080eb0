/**
 * A message with a point for every file: numbered, or begun with the file's name. What stands around the
 * points goes with each of them, so that nothing that was said is lost. Pure.
 */
import { LOCALES } from '../../locales/locales.ts';
import { wantsOne } from './batch-wishes.ts';

export interface Point {
  readonly instruction: string;
  /** What was said around the points; empty where that was nothing but courtesy. */
  readonly forAll: string;
}

export interface Listed {
  readonly points: readonly Point[];
  /** What stands before the first point, and behind the last one after an empty line. */
  readonly around: string;
}

/** A numbered list with as many points as there are files: point n is for file n. Also all in one line. */
export function pointsByNumber(text: string, count: number): Listed | undefined {
  for (const lines of [text.split('\n'), text.split(/\s(?=\d{1,2}[.)、]\s*\S)/)]) {
    const list = listOf(lines, count, (line, taken) => {
      const { order, rest } = numbered(line) ?? {};
      return rest && order === taken + 1 ? { head: String(taken), rest } : undefined;
    });
    if (list.points.length === count) return listed(list.points, list.around);
  }
  return undefined;
}

/** `a.png: slow and calm` in a line of its own, for every file; several files may have one name. */
export function pointsByName(text: string, names: readonly string[]): Listed | undefined {
  const spoken = names.map((name) => spellings(name, names));
  const heads = [...new Set(spoken.flat())];
  const list = listOf(text.split('\n'), names.length, (line) => {
    const clean = line.replace(BULLET, '');
    const head = heads.find(
      (it) => clean.toLowerCase().startsWith(it) && SEPARATOR.test(clean.slice(it.length)),
    );
    return head && { head, rest: clean.slice(head.length).replace(SEPARATOR, '') };
  });
  const left = [...list.points];
  const found = spoken.flatMap((own) => {
    const at = left.findIndex(({ head }) => own.includes(head));
    return at < 0 ? [] : left.splice(at, 1);
  });
  const complete = found.length === names.length && found.every(({ lines }) => wordsOf(lines));
  return complete ? listed(found, list.around) : undefined;
}

/** The longest first, so that "a.png" is not taken for a file called "a". */
function spellings(name: string, names: readonly string[]): readonly string[] {
  const whole = name.toLowerCase();
  const stem = whole.replace(/\.[^.]+$/, '');
  const stems = names.filter((other) => other.toLowerCase().replace(/\.[^.]+$/, '') === stem);
  return stem.length > 1 && stems.length === 1 ? [whole, stem] : [whole];
}

/** "1.", "2)", "3、", "Image 2:", "图2：", "第二张：" */
function numbered(line: string): { order: number; rest: string } | undefined {
  for (const { batch } of LOCALES) {
    const { number, rest } = batch.numbered.exec(line)?.groups ?? {};
    if (number === undefined || rest === undefined) continue;
    const order = /\d/.test(number) ? Number(number) : batch.ordinal?.(number);
    if (order) return { order, rest };
  }
  return undefined;
}

const BULLET = /^\s*(?:[-*•]|\d{1,2}\s*[.)、．])?\s*/;
const SEPARATOR = /^\s*(?::|：|->|→|=|–|—)\s*/;

interface ListedPoint {
  readonly head: string;
  readonly lines: readonly string[];
}

function listOf(
  lines: readonly string[],
  count: number,
  headOf: (line: string, taken: number) => { head: string; rest: string } | undefined | '',
): { readonly points: readonly ListedPoint[]; readonly around: readonly string[] } {
  const points: { head: string; lines: string[] }[] = [];
  const around: string[] = [];
  let apart = false;
  for (const line of lines) {
    const found = headOf(line, points.length);
    const last = points.at(-1);
    if (found) {
      points.push({ head: found.head, lines: [found.rest] });
      apart = false;
    } else if (line.trim() === '') {
      apart = points.length >= count;
    } else if (!last || apart || (points.length >= count && wantsOne(line))) {
      around.push(line.trim());
    } else {
      last.lines.push(line);
    }
  }
  return { points, around };
}

function listed(points: readonly ListedPoint[], around: readonly string[]): Listed {
  const forAll = around.filter((line) => !COURTESY.test(line)).join('\n');
  return {
    points: points.map(({ lines }) => ({ instruction: wordsOf(lines), forAll })),
    around: around.join('\n'),
  };
}

const wordsOf = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

const COURTESY = new RegExp(
  `^[\\s\\p{P}]*(?:${LOCALES.map(({ batch }) => batch.courtesy).join('|')})?[\\s\\p{P}]*$`,
  'iu',
);
