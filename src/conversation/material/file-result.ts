/** What became of one attached file. */
import type { Uploaded } from '../notes.ts';

export interface FileResult {
  readonly uploaded?: Uploaded;
  readonly script?: { readonly name: string; readonly text: string; readonly words: number };
  /** One line for the person: what became of the file. */
  readonly line: string;
}
