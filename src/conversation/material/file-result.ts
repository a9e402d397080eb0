/** What became of one attached file. */
import type { Uploaded } from '../notes.ts';

export interface FileResult {
  readonly uploaded?: Uploaded;
  readonly script?: {
    readonly name: string;
    readonly text: string;
    readonly words: number;
    /** Its lines have times: it is a file of subtitles. */
    readonly timed?: boolean;
    /** The address that it was read from. */
    readonly source?: string;
  };
  /** Words of a voice message that the platform wrote down: as if they had been typed. */
  readonly said?: string;
  /** One line for the person: what became of the file. */
  readonly line: string;
  /** It was cut off, though it is used. */
  readonly isCut?: boolean;
  /** Its words are those of another one, which is used. */
  readonly isTwin?: boolean;
}

export const isUsed = (file: FileResult | undefined): boolean =>
  Boolean(file?.uploaded || file?.script || file?.said !== undefined);
