import type { SKRSContext2D } from '@napi-rs/canvas';

export interface Block {
  readonly lines: readonly string[];
  /** Pixels. */
  readonly size: number;
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。！？；：、”）》]/u;
const CLOSING = /^[,.!?;:，。！？；：、”’）》」』…]/u;

/** The largest size, from `size` down, at which the text fits; what still does not fit is cut. */
export function typeset(
  context: SKRSContext2D,
  text: string,
  box: { readonly width: number; readonly lines: number; readonly size: number },
  font: (size: number) => string,
): Block {
  const smallest = box.size * 0.55;
  let size = box.size;
  for (;;) {
    context.font = font(size);
    const lines = wrap(context, text, box.width);
    if (lines.length <= box.lines) return { lines, size };
    if (size * 0.9 < smallest) return { lines: cut(lines, box.lines), size };
    size *= 0.9;
  }
}

function wrap(context: SKRSContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words(text)) {
    const longer = line + word;
    if (line !== '' && context.measureText(longer.trimEnd()).width > width) {
      lines.push(line.trim());
      line = word.trimStart();
    } else line = longer;
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}

/** Chinese breaks between any two characters, though never before a closing mark. */
function words(text: string): string[] {
  const list: string[] = [];
  for (const piece of text.split(/(?<=\s)/u)) {
    if (!CJK.test(piece) && piece.length < 28) list.push(piece);
    else for (const character of piece) glue(list, character);
  }
  return list;
}

function glue(list: string[], character: string): void {
  const last = list.at(-1);
  if (last !== undefined && CLOSING.test(character)) list[list.length - 1] = last + character;
  else list.push(character);
}

function cut(lines: readonly string[], count: number): string[] {
  const kept = lines.slice(0, count);
  return [...kept.slice(0, -1), `${(kept.at(-1) ?? '').replace(/.{1,2}$/u, '')}…`];
}
