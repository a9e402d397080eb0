/** Names told apart: one more of a name gets a number in front of its ending. Pure. */
import { posix } from 'node:path';

export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  const { name: stem, ext } = posix.parse(name);
  let free = name;
  for (let n = 2; taken.has(free); n += 1) free = `${stem}-${n}${ext}`;
  return free;
}
