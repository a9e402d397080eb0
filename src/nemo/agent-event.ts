/** What the agent says while it works, whatever dialect the stream speaks. */
export type AgentEvent =
  | TextEvent
  /** A heartbeat in any form: alive, nothing more. */
  | { readonly type: 'heartbeat' }
  /** Work that is never shown (a thought, a frame of unknown shape): alive, and more than a heartbeat. */
  | { readonly type: 'activity' }
  /** The agent began to use a tool. Names are for stage detection only and never shown. */
  | {
      readonly type: 'tool-call';
      readonly id: string;
      readonly name: string;
      readonly question?: Question | undefined;
    }
  | {
      readonly type: 'tool-result';
      readonly id: string;
      readonly name: string;
      readonly ok: boolean;
    }
  /** Something in the session changed (a cheap hint from `stateDelta`). */
  | { readonly type: 'changed' }
  /** The model or the server gave up; `code` like SAFETY or MAX_TOKENS, or a numeric business code. */
  | { readonly type: 'problem'; readonly code: string | undefined; readonly message: string }
  /** Closes an event group of a complete, non-partial frame without text. */
  | { readonly type: 'flush'; readonly source: string };

export interface TextEvent {
  readonly type: 'text';
  /** Author and branch: pending text is kept per source. */
  readonly source: string;
  readonly text: string;
  /** True: a piece that a later complete text replaces. */
  readonly partial: boolean;
  /** Stock definition of a final event: complete, and no tool call in it. */
  readonly final: boolean;
}

/** `ask_question`: the agent waits for an answer. */
export interface Question {
  readonly title?: string | undefined;
  readonly questions: readonly { readonly prompt: string; readonly options: readonly string[] }[];
}
