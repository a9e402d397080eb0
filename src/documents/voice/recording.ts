/** What becomes of a recorded voice message. */
export interface Recording {
  /** A WAV file: mono, 16 bits. */
  readonly wave: Uint8Array<ArrayBuffer>;
  readonly seconds: number;
}

/** A script that is spoken for longer makes no video; as WAV these are 19 MB. */
export const MOST_SECONDS = 600;
