/** What a conversation is called in the list of the playground. Pure. */
import { shownName } from '../../conversation/language/shown-name.ts';
import type { WireFile } from './wire.ts';

const LONGEST_TITLE = 60;

/** The first words, or the first file. */
export function titleOf(text: string, files: readonly WireFile[]): string {
  const line = shownName(text, 2 * LONGEST_TITLE);
  if (line === '') return files[0]?.name ?? '';
  const characters = [...line];
  if (characters.length <= LONGEST_TITLE) return line;
  const cut = characters.slice(0, LONGEST_TITLE).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > LONGEST_TITLE / 2 ? cut.slice(0, space) : cut}…`;
}
