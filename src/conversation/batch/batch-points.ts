/**
 * A message with a point for every file: numbered, or begun with the file's name. What stands around the
 * points goes with each of them, so that nothing that was said is lost. Pure.
 */

export interface Point {
  readonly instruction: string;
  /** What was said around the points; empty where that was nothing but courtesy. */
  readonly forAll: string;
}

interface Listed {
  readonly points: readonly { readonly head: string; readonly lines: readonly string[] }[];
  /** What stands before the first point, and behind the last one after an empty line. */
  readonly around: readonly string[];
}

/** A numbered list with as many points as there are files: point n is for file n. */
export function pointsByNumber(text: string, count: number): readonly Point[] | undefined {
  const listed = listOf(text, count, (line, taken) => {
    const [, number, rest] = NUMBERED.exec(line) ?? [];
    return rest && Number(number) === taken + 1 ? { head: String(taken), rest } : undefined;
  });
  if (listed.points.length !== count) return undefined;
  return listed.points.map(({ lines }) => pointOf(lines, listed.around));
}

/** `a.png: slow and calm` in a line of its own, for every file; several files may have one name. */
export function pointsByName(text: string, names: readonly string[]): readonly Point[] | undefined {
  const spoken = names.map((name) => spellings(name, names));
  const listed = listOf(text, names.length, (line) => {
    const clean = line.replace(BULLET, '');
    for (const spelling of new Set(spoken.flat())) {
      const rest = clean.slice(spelling.length);
      if (clean.toLowerCase().startsWith(spelling) && SEPARATOR.test(rest)) {
        return { head: spelling, rest: rest.replace(SEPARATOR, '') };
      }
    }
    return undefined;
  });
  const left = [...listed.points];
  const found = spoken.map((own) => {
    const at = left.findIndex(({ head }) => own.includes(head));
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
  const points = found.flatMap((point) => (point ? [pointOf(point.lines, listed.around)] : []));
  const complete = points.length === names.length && points.every((it) => it.instruction !== '');
  return complete ? points : undefined;
}

/** The longest first, so that "a.png" is not taken for a file called "a". */
function spellings(name: string, names: readonly string[]): readonly string[] {
  const whole = name.toLowerCase();
  const stem = whole.replace(/\.[^.]+$/, '');
  const stems = names.filter((other) => other.toLowerCase().replace(/\.[^.]+$/, '') === stem);
  return stem.length > 1 && stems.length === 1 ? [whole, stem] : [whole];
}

const NUMBERED = /^\s*(\d{1,2})\s*[.)、．:：]\s*(\S.*)$/;
const BULLET = /^\s*(?:[-*•]|\d{1,2}\s*[.)、．])?\s*/;
const SEPARATOR = /^\s*(?::|：|->|→|=|–|—)\s*/;

function listOf(
  text: string,
  count: number,
  headOf: (line: string, taken: number) => { head: string; rest: string } | undefined,
): Listed {
  const points: { head: string; lines: string[] }[] = [];
  const around: string[] = [];
  let apart = false;
  for (const line of text.split('\n')) {
    const found = headOf(line, points.length);
    const last = points.at(-1);
    if (found) {
      points.push({ head: found.head, lines: [found.rest] });
      apart = false;
    } else if (line.trim() === '') {
      apart = points.length >= count;
    } else if (!last || apart) {
      around.push(line.trim());
    } else {
      last.lines.push(line);
    }
  }
  return { points, around };
}

function pointOf(lines: readonly string[], around: readonly string[]): Point {
  const instruction = lines.map((line) => line.trim()).filter((line) => line !== '');
  const forAll = around.filter((line) => !COURTESY.test(line));
  return { instruction: instruction.join('\n'), forAll: forAll.join('\n') };
}

const COURTESY =
  /^[\s\p{P}]*(?:please|hi|hello|hey|ok|okay|thanks|thank you|cheers|请|麻烦|谢谢|你好)?[\s\p{P}]*$/iu;
