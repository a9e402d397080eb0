/**
 * The durable record of turns and renders. The port says nothing about one process: a turn belongs
 * to the worker that holds its claim, and every write under a claim is fenced by it.
 */

/** The life of a turn. The last three are ends. */
export type Phase =
  | 'accepted'
  | 'preparing'
  | 'sending'
  | 'streaming'
  | 'recovering'
  | 'answered'
  | 'exporting'
  | 'delivered'
  | 'failed'
  | 'stopped';

export const ENDS = ['delivered', 'failed', 'stopped'] as const satisfies readonly Phase[];
export type End = (typeof ENDS)[number];

/**
 * `ordered` turns of a thread run one after the other, in the order they were appended.
 * `immediate` turns (status, credits, help, stop, watching a render) run beside them.
 */
export type Lane = 'ordered' | 'immediate';

export interface NewTurn {
  /** Unique per cause (platform message, button press): a second append with it changes nothing. */
  readonly key: string;
  /** `threadKey` of the thread. */
  readonly thread: string;
  readonly lane: Lane;
  /** Who asked; for quotas and for who may stop it. */
  readonly requester: string;
  /** The conversation's own JSON; the ledger never looks inside. */
  readonly payload: string;
}

/** As it comes in. */
export interface Arrival extends NewTurn {
  /** The thread is known from now on, as it is from any ordered turn on. */
  readonly opens?: boolean | undefined;
  /** What it counts for in quotas; 1 unless said. */
  readonly weight?: number | undefined;
  /**
   * How many turns may wait in the thread: ordered ones that nobody works on, or immediate ones of this
   * requester. One too many is refused; its key counts as known from then on.
   */
  readonly maxWaiting?: number | undefined;
}

export interface Turn extends NewTurn {
  readonly id: string;
  readonly phase: Phase;
  /** What the conversation noted while working (JSON), so that a successor can go on. */
  readonly notes: string;
  /** Epoch milliseconds. */
  readonly acceptedAt: number;
  readonly stopRequested: boolean;
}

/** The right to work on a turn. Lost when the lease ran out and another worker took over. */
export interface Claim {
  readonly turn: Turn;
  readonly owner: string;
  /** Grows with every claim of the turn; a write with an older fence is refused. */
  readonly fence: number;
}

export interface Appended {
  readonly turn: Turn;
  /** False: the key was known already and nothing was written. */
  readonly isNew: boolean;
  /** Too many wait in the thread: nothing will be done about it. */
  readonly refused: boolean;
  /** Unfinished ordered turns of the thread in front of this one; none counts for an immediate turn. */
  readonly ahead: number;
  /** The right to work on it at once, where it was asked for and the turn may run now. */
  readonly claim?: Claim | undefined;
}

export type RenderPhase =
  | 'submitting'
  | 'rendering'
  | 'ready'
  | 'delivered'
  | 'failed'
  | 'abandoned';

/** One export job. Written before it is submitted, so that its id is never lost. */
export interface Render {
  /** The id sent to the backend. */
  readonly id: string;
  readonly thread: string;
  readonly turn: string;
  readonly session: string;
  readonly phase: RenderPhase;
  readonly url?: string | undefined;
  /** Looks taken so far. */
  readonly polls: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface Ledger {
  /** True for the first who asks with this key; what is begun under it is begun once. */
  begin(key: string): Promise<boolean>;
  /** With `owner`, a new turn that may run now is claimed in the same stroke. */
  append(turn: Arrival, owner?: string): Promise<Appended>;
  /**
   * The next turn of the lane that may run: never one behind an unfinished ordered turn of its thread, never one
   * under a live lease. The requester with the fewest turns at work in the lane (in all processes) comes
   * first, then the oldest turn. The fence is raised and the lease starts.
   */
  claim(owner: string, lane: Lane): Promise<Claim | undefined>;
  /** Extends the lease. Rejects with `ClaimLost`. */
  renew(claim: Claim): Promise<{ readonly stopRequested: boolean }>;
  /** Writes phase and notes before the deed they announce. Rejects with `ClaimLost`. */
  advance(
    claim: Claim,
    change: { readonly phase?: Phase; readonly notes?: string; readonly weight?: number },
  ): Promise<void>;
  /** Ends the turn and gives the claim up. Rejects with `ClaimLost`. */
  finish(claim: Claim, end: End, notes?: string): Promise<void>;
  /** Gives the claim up unfinished (shutdown): the next claimer goes on in the phase it finds. */
  park(claim: Claim): Promise<void>;

  /** Marks the running ordered turn of the thread; its owner sees it at the next renewal. */
  requestStop(thread: string): Promise<Turn | undefined>;
  /** Unfinished ordered turns, oldest first. */
  unfinished(thread: string): Promise<readonly Turn[]>;
  turn(id: string): Promise<Turn | undefined>;
  /** Has the thread ever had an ordered turn? */
  knows(thread: string): Promise<boolean>;
  /** What the ordered turns of this person weigh since then, for quotas. */
  weightSince(requester: string, since: number): Promise<number>;
  countUnfinished(): Promise<number>;

  saveRender(claim: Claim, render: Render): Promise<void>;
  render(id: string): Promise<Render | undefined>;
  /** Newest first. */
  renders(thread: string): Promise<readonly Render[]>;

  /** Calls back (in this process) when a turn may have become runnable. */
  onWork(listener: () => void): () => void;
  /** Forgets finished turns and renders older than this; returns how many. */
  prune(before: number): Promise<number>;
  close(): Promise<void>;
}

/** Another worker has taken the turn over: stop at once and touch nothing more of it. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
  constructor(turnId: string) {
    super(`turn ${turnId} now belongs to another worker`);
  }
}
