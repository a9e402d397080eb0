/** Questions to a person at a terminal. A test answers them itself. */

/** Undefined: it is good. Else what is wrong with it, and it is asked again. */
export type CheckAnswer = (value: string) => Promise<string | undefined>;

export interface Option {
  readonly value: string;
  readonly name: string;
}

/** Every question rejects with `Cancelled` when the person wants to leave. */
export interface Prompts {
  say(line: string): void;
  /** Never shown as it is typed, and not afterwards. Empty: none was given. */
  secret(question: string, check?: CheckAnswer): Promise<string>;
  /** Gives one of the values. */
  choose(question: string, options: readonly Option[]): Promise<string>;
  confirm(question: string): Promise<boolean>;
}

/** The person has left (Ctrl+C). */
export class Cancelled extends Error {
  override name = 'Cancelled';
}
