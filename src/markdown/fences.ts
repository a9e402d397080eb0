/** Where the code blocks of a Markdown text begin and end. Inside of them nothing else is Markdown. Pure. */

/** Of a code block: its first line ("```ts") and what closes it ("```"). */
export interface Fence {
  readonly opening: string;
  readonly closing: string;
}

/** A line that opens or closes a code block, and the block that the text is in behind it. */
export interface FenceLine {
  readonly from: number;
  readonly to: number;
  readonly fence: Fence | undefined;
}

const FENCE_LINE = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/gm;
/** An info string beyond this is not repeated. */
const LONGEST_INFO = 40;

/** `before`: the code block in which the text begins. */
export function fenceLines(text: string, before?: Fence): FenceLine[] {
  const found: FenceLine[] = [];
  let fence = before;
  for (const { index: from, 0: line, 1: mark = '', 2: info = '' } of text.matchAll(FENCE_LINE)) {
    if (!fence) {
      // "```a```" is code within a line.
      if (mark.startsWith('`') && info.includes('`')) continue;
      fence = { opening: info.length > LONGEST_INFO ? mark : mark + info.trimEnd(), closing: mark };
    } else if (info.trim() === '' && mark.startsWith(fence.closing)) {
      fence = undefined;
    } else continue;
    found.push({ from, to: from + line.length, fence });
  }
  return found;
}

/** The code block that the text ends in. */
export function codeBlockAfter(text: string, before?: Fence): Fence | undefined {
  const last = fenceLines(text, before).at(-1);
  return last ? last.fence : before;
}
