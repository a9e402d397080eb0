/** One thing the doctor looked at. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  /** What to do about it, or what is worth knowing. */
  readonly hint?: string | undefined;
}
