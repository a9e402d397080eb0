/** What became of one attached file. */
import type { Notes } from '../job.ts';

/** A file that the session holds. */
export type Uploaded = NonNullable<Notes['uploaded']>[number];

export interface Taken {
  readonly uploaded?: Uploaded;
  readonly script?: { readonly name: string; readonly text: string; readonly words: number };
  /** One line for the person: what became of the file. */
  readonly fate: string;
}
