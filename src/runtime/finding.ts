/** One thing the doctor looked at. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  /** What to do about it, or what is worth knowing. */
  readonly hint?: string | undefined;
  /** With `ok`: it works, but not all of it or not for long. */
  readonly weak?: boolean;
  /** Puts it right by an interface, where a person would have to go to a page; resolves with what was done. */
  readonly fix?: (signal: AbortSignal) => Promise<string>;
}

type Rest = Pick<Finding, 'fix'>;

export const well = (what: string, hint?: string): Finding => ({ ok: true, what, hint });
export const weak = (what: string, hint: string, rest: Rest = {}): Finding => ({
  ok: true,
  weak: true,
  what,
  hint,
  ...rest,
});
export const wrong = (what: string, hint: string, rest: Rest = {}): Finding => ({
  ok: false,
  what,
  hint,
  ...rest,
});
