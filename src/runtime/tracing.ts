/** Traces, as the rest of the bot sees them: what an implementation must give. Where there is none nothing is measured. */

export type SpanFields = Readonly<Record<string, string | number | boolean>>;

/** Fields and names are words and figures of the program: never what somebody wrote. */
export interface Span {
  readonly traceId: string;
  child(name: string, fields: SpanFields): Span;
  set(fields: SpanFields): void;
  /** With what it failed; the name of the error goes along, not its words. */
  end(error?: unknown): void;
}

export interface Tracer {
  begin(name: string, fields: SpanFields): Span;
  /** Sends what is left; bounded. */
  close(): Promise<void>;
}
