// Over 250 lines: the whole of the port, to be read in one go.
/**
 * The durable record of threads, turns and renders. The port says nothing about one process: a turn
 * belongs to the worker that holds its claim, and every write under a claim is fenced by it. Each call
 * is one transaction: all of it happens, or nothing.
 */
import type { MessageId, RenderId, SessionId, ThreadKey, TurnId } from '../runtime/ids.ts';
import type { Dispatcher, DispatchOptions } from './dispatch.ts';
import type { Forgetting } from './forgetting.ts';

/** The life of a turn. The last three are ends. */
export const PHASES = [
  'accepted',
  'preparing',
  'sending',
  'streaming',
  'recovering',
  'answered',
  'exporting',
  'delivered',
  'failed',
  'stopped',
] as const;
export type Phase = (typeof PHASES)[number];

export const ENDS = ['delivered', 'failed', 'stopped'] as const satisfies readonly Phase[];
export type End = (typeof ENDS)[number];
export const isEnd = (phase: Phase): phase is End => ENDS.some((end) => end === phase);

/**
 * `ordered` turns of a thread run one after the other, in the order they were appended.
 * `immediate` turns (status, credits, help, stop, watching a render) run beside them.
 */
export type Lane = 'ordered' | 'immediate';

/** Which of a person's quotas a turn counts in. */
export type Counts = 'requests' | 'exports';

/** Where a thread is, as far as threads are asked for by it. */
export interface ThreadPlace {
  /** What turns and renders refer to. */
  readonly key: ThreadKey;
  readonly platform: string;
  readonly workspace: string;
  readonly channel: string;
  /** The platform's own id of the thread within its channel. */
  readonly ref: string;
}

export interface KnownThread extends ThreadPlace {
  /** First words of its first ordered turn; undefined before it, and where that had none. */
  readonly name: string | undefined;
  /** When somebody last asked for something in it. */
  readonly touchedAt: number;
  /** The conversation's own JSON, shared by the thread's turns; the ledger never looks inside. */
  readonly project: string | undefined;
}

/** As it comes in. */
export interface Arrival {
  /** Unique per cause (platform message, button press): a second append with it changes nothing. */
  readonly key: string;
  readonly thread: ThreadPlace;
  readonly lane: Lane;
  /** Who asked; for quotas and for who may stop it. */
  readonly requester: string;
  /** The conversation's own JSON; the ledger never looks inside. */
  readonly payload: string;
  /** The thread is known from now on, as it is from any ordered turn on. */
  readonly opens?: boolean | undefined;
  /** Absent: the turn is free. */
  readonly counts?: Counts | undefined;
  /** How many it counts for; 1 unless said. */
  readonly weight?: number | undefined;
  /** What the thread is called when this is its first ordered turn. */
  readonly name?: string | undefined;
}

/** No more than `limit` of a kind per person since a moment, that moment included. */
export interface Cap {
  readonly counts: Counts;
  readonly since: number;
  readonly limit: number;
}

/** Whose credits are counted together: all that was asked for there, or by that person. */
export type BudgetPlace =
  | { readonly of: 'workspace'; readonly platform: string; readonly workspace: string }
  | {
      readonly of: 'channel';
      readonly platform: string;
      readonly workspace: string;
      readonly channel: string;
    }
  | { readonly of: 'person'; readonly platform: string; readonly person: string };

/** Nothing more that costs once so many credits are on record since a moment, that moment included. */
export type Budget = BudgetPlace & { readonly since: number; readonly limit: number };

/** What an arrival has to keep to. */
export interface AppendRules {
  /** Asked of every arrival that they are given with. */
  readonly budgets?: readonly Budget[] | undefined;
  /** Those of another kind than the arrival's are not asked. */
  readonly caps?: readonly Cap[] | undefined;
  /** How many turns may wait in the thread: ordered ones that nobody works on, or immediate ones of this requester. */
  readonly maxWaiting?: number | undefined;
}

export type Appended =
  | {
      readonly outcome: 'new';
      readonly turn: Turn;
      /** Unfinished ordered turns of the thread in front of this one; none counts for an immediate turn. */
      readonly ahead: number;
    }
  /** The key is on record already; nothing was written, and no rule was asked. */
  | { readonly outcome: 'known'; readonly turn: Turn }
  /** Nothing was written; the key is as free as before. */
  | { readonly outcome: 'over-quota'; readonly used: number; readonly left: number }
  /** The same. The first of the budgets that is used up. */
  | { readonly outcome: 'over-budget'; readonly budget: Budget; readonly used: BudgetUse }
  /** Nothing will be done about it; its key counts as known from now on. */
  | { readonly outcome: 'queue-full'; readonly waiting: number };

export interface Turn {
  readonly id: TurnId;
  readonly key: string;
  readonly thread: ThreadKey;
  readonly platform: string;
  readonly lane: Lane;
  readonly requester: string;
  readonly payload: string;
  /** What it counts for in its quota. */
  readonly weight: number;
  readonly phase: Phase;
  /** What the conversation noted while working (JSON), so that a successor can go on. */
  readonly notes: string;
  /** Grows with every append: tells which of two turns came first, also within one millisecond. */
  readonly order: number;
  /** Epoch milliseconds. */
  readonly acceptedAt: number;
  readonly stopRequested: boolean;
  /** Who asked for the stop. */
  readonly stopBy: string | undefined;
  /** Its cause was taken back before anything had come of it: the turn goes no further than `preparing`. */
  readonly withdrawn: boolean;
}

/** What a turn that waits is about from now on. */
export type Revision = Pick<Arrival, 'payload' | 'lane' | 'counts' | 'weight'>;

/** `unknown`: there is no such key; `over`: its turn has ended; `begun`: it is, or was, at work. */
export type Revised =
  | { readonly outcome: 'unknown' | 'over' }
  | { readonly outcome: 'revised' | 'begun'; readonly turn: Turn }
  /** It would count for more than is left, and has ended instead. */
  | { readonly outcome: 'over-quota'; readonly used: number; readonly left: number };

/**
 * `withdrawn`: it waited, and has ended, counting for nothing. `called-off`: it is at work, nothing has come of it
 * yet, and nothing will. `running`: too late.
 */
export type Withdrawal =
  | { readonly outcome: 'unknown' | 'over' }
  | { readonly outcome: 'withdrawn' | 'called-off' | 'running'; readonly turn: Turn };

/** The right to work on a turn. Lost when the lease ran out and another worker took over. */
export interface Claim {
  readonly turn: Turn;
  readonly owner: string;
  /** Grows with every claim of the turn; a write with an older fence is refused. */
  readonly fence: number;
  /** How often a claim of the turn ended without being given up: its worker crashed or stalled. */
  readonly crashes: number;
  /** The turn has been claimed before. */
  readonly resumed: boolean;
}

export const RENDER_PHASES = [
  'submitting',
  'rendering',
  'ready',
  'delivered',
  'failed',
  'abandoned',
] as const;
export type RenderPhase = (typeof RENDER_PHASES)[number];

/** One export job. Written before it is submitted, so that its id is never lost. */
export interface Render {
  /** The id sent to the backend. */
  readonly id: RenderId;
  readonly thread: ThreadKey;
  readonly turn: TurnId;
  readonly session: SessionId;
  /** What it was ordered of: a hash of the draft, and the resolution where one was asked for. */
  readonly draft?: string | undefined;
  readonly resolution?: string | undefined;
  /** The render that this one is a smaller copy of. */
  readonly copyOf?: RenderId | undefined;
  readonly phase: RenderPhase;
  readonly url?: string | undefined;
  /**
   * Which finished video of its thread it shows, from 1. The store alone gives it, in the transaction that marks the
   * render ready: a number is never given twice and never changed. Renders of one cut show one video.
   */
  readonly version?: number | undefined;
  /** Where its person has it, and since when (epoch milliseconds). */
  readonly message?: MessageId | undefined;
  readonly deliveredAt?: number | undefined;
  /** Looks taken so far. */
  readonly polls: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** What is written together. What is not given stays as it is. */
export interface TurnChange {
  readonly phase?: Exclude<Phase, End> | undefined;
  readonly notes?: string | undefined;
  /** What the turn counts for from now on; more than the caps leave is refused with `OverQuota`. */
  readonly weight?: { readonly of: number; readonly caps: readonly Cap[] } | undefined;
  /** The thread's project. */
  readonly project?: string | undefined;
  /**
   * One on record is written by the turn it belongs to alone, or as `taking` says; else all of it is
   * refused with `RenderTaken`.
   */
  readonly render?: Render | undefined;
  /** What `render` is ordered of, in the conversation's own JSON; kept with its first row. */
  readonly cut?: string | undefined;
  /** Whose the render is, and how far it is, when this turn takes it over. */
  readonly taking?: Pick<Render, 'turn' | 'phase'> | undefined;
  /** An order of this turn that `render` goes on under another id. */
  readonly abandons?: RenderId | undefined;
  /** Another turn that comes of this one; nothing happens when its key is on record already. */
  readonly follow?: Arrival | undefined;
}

/** A turn that may spend something of an account from now on. */
export interface Spending {
  readonly turn: TurnId;
  readonly thread: ThreadKey;
  /** Opaque; equal for equal accounts. */
  readonly account: string;
  /** The account is its person's own: what it pays is in no budget. */
  readonly own?: boolean | undefined;
  /** About what such a turn takes, where that was learnt: what budgets count until it is known, or where it never is. */
  readonly expected?: number | undefined;
}

/** The account's balance right before and right after; `nothing`: it is certain that nothing was spent. */
export type Measured = { readonly was: number; readonly is: number } | 'nothing';

export interface Spent {
  readonly credits: number;
  /** False: of some turns it is not known what they spent. */
  readonly complete: boolean;
}

/** Of a budget. */
export interface BudgetUse extends Spent {
  /** So many of the credits were not measured: what such turns take is what they are counted for. */
  readonly expected: number;
}

/** Also where the last of it took more than was left: that nobody knows before. */
export const isUsedUp = ({ limit }: Budget, { credits }: BudgetUse): boolean => credits >= limit;

/** Of threads that somebody has asked something in. */
export interface RecentQuery {
  readonly person: string;
  readonly workspace: string;
  /** None of other platforms; absent: of all. */
  readonly platforms?: readonly string[] | undefined;
  readonly channel?: string | undefined;
  readonly limit: number;
}

/** One workspace, or all that the store knows of. */
export type Scope = { readonly platform: string; readonly workspace: string } | 'everywhere';

/** A turn that has not ended; `atWork`: somebody holds its claim. */
export interface OpenTurn {
  readonly turn: Turn;
  readonly atWork: boolean;
}

/** What somebody, or a channel, has spent for certain; `turn` is the last one that did. */
export interface Share {
  readonly of: string;
  readonly turn: TurnId;
  readonly credits: number;
}

export interface Health {
  /** Undefined: the store can be written. */
  readonly trouble: string | undefined;
}

export interface Ledger extends Forgetting {
  /** True for the first who asks with this key; what is begun under it is begun once. */
  begin(key: string): Promise<boolean>;
  append(arrival: Arrival, rules?: AppendRules): Promise<Appended>;
  /** Writes the change before the deed it announces. Rejects with `ClaimLost`, `RenderTaken`, `OverQuota` or `Withdrawn`. */
  advance(claim: Claim, change: TurnChange): Promise<void>;
  /** Ends the turn and gives the claim up. Rejects as `advance` does. */
  finish(claim: Claim, end: End, change?: Omit<TurnChange, 'phase'>): Promise<void>;
  /**
   * Gives the claim up unfinished: the next claimer goes on in the phase it finds, not before the
   * moment given. Rejects with `ClaimLost`.
   */
  park(
    claim: Claim,
    how?: { readonly notBefore?: number | undefined; readonly change?: TurnChange | undefined },
  ): Promise<void>;

  /** Marks that turn, unless it has ended; its owner sees it at the next renewal. */
  requestStop(turnId: TurnId, by: string): Promise<Turn | undefined>;
  turn(id: TurnId): Promise<Turn | undefined>;
  /** The turn that was appended with the key, and whether it waits still, with nothing noted of it. */
  turnOf(key: string): Promise<{ readonly turn: Turn; readonly waits: boolean } | undefined>;
  /** Changes what a waiting turn is about; one that has been begun stays as it is. */
  revise(key: string, revision: Revision, caps?: readonly Cap[]): Promise<Revised>;
  /** Takes a turn back whose cause is gone, unless it is at more than its preparations. */
  withdraw(key: string): Promise<Withdrawal>;
  /** Ordered turns of the thread, oldest first. */
  unfinished(thread: ThreadKey): Promise<readonly Turn[]>;
  countUnfinished(): Promise<number>;
  /** What the person's turns of this kind weigh since then. */
  used(count: Omit<Cap, 'limit'> & { readonly requester: string }): Promise<number>;

  /** Has the thread ever had an ordered turn, or one that opens it? */
  knows(thread: ThreadKey): Promise<boolean>;
  thread(key: ThreadKey): Promise<KnownThread | undefined>;
  /** Threads that the person has asked something in, the one asked in last first. */
  recent(query: RecentQuery): Promise<readonly KnownThread[]>;
  /** Has the person ever asked something in the thread? */
  tookPart(thread: ThreadKey, person: string): Promise<boolean>;
  /** Has anybody else ever asked something in the thread? */
  othersTookPart(thread: ThreadKey, person: string): Promise<boolean>;

  render(id: RenderId): Promise<Render | undefined>;
  /** Newest first. */
  renders(thread: ThreadKey): Promise<readonly Render[]>;
  /** What it was ordered of, as it was given then; undefined of renders of earlier versions. */
  cut(id: RenderId): Promise<string | undefined>;

  /**
   * The turn may spend from now on, until it says that this is over, at most for `lastsMs`. Whoever else spends of the
   * account in that time shares it, whichever process it is in. A turn that has begun already has had another worker.
   */
  beginSpending(spending: Spending, lastsMs: number): Promise<void>;
  /**
   * It is over. Gives what the turn spent, where that is certain: measured, shared with nobody, within its time, and
   * nothing was spent unseen since the turn before it. Undefined also where it was over already.
   */
  endSpending(spending: Spending, measured: Measured | undefined): Promise<number | undefined>;
  /** Of a thread, or of an account since a moment. */
  spent(
    of: { readonly thread: ThreadKey } | { readonly account: string; readonly since: number },
  ): Promise<Spent>;
  /** What counts in a budget since a moment. Of a turn that is neither measured nor expected to take anything nothing counts. */
  budgetUse(of: BudgetPlace, since: number): Promise<BudgetUse>;

  /** Turns of threads on record that have not ended: the newest first, and how many there are. */
  open(
    scope: Scope,
    limit: number,
  ): Promise<{ readonly newest: readonly OpenTurn[]; readonly count: number }>;
  /**
   * Who has spent most since then, and where, as far as it is certain: per person or channel the credits of the turns
   * that are on record.
   */
  shares(
    scope: Scope,
    by: 'person' | 'channel',
    since: number,
    limit: number,
  ): Promise<readonly Share[]>;

  /** Gives turns to work, in the store's own way. */
  dispatch(options: DispatchOptions): Dispatcher;
  /** Can the store be written right now? Never rejects. */
  health(): Promise<Health>;
  /** Forgets finished turns, renders, begun keys and spendings older than this; returns how many. */
  prune(before: number): Promise<number>;
  close(): Promise<void>;
}

/** Another worker has taken the turn over: stop at once and touch nothing more of it. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
  constructor(turnId: TurnId) {
    super(`turn ${turnId} now belongs to another worker`);
  }
}

/** The turn was taken back before it came to anything; nothing was written, and all that is left is its end. */
export class Withdrawn extends Error {
  override name = 'Withdrawn';
  constructor(turnId: TurnId) {
    super(`turn ${turnId} was withdrawn`);
  }
}

/** The render belongs to another turn, or is further than was thought; nothing was written. */
export class RenderTaken extends Error {
  override name = 'RenderTaken';
  constructor(renderId: RenderId) {
    super(`render ${renderId} is no longer what it was taken for`);
  }
}

/** The turn would count for more than is left; nothing was written. */
export class OverQuota extends Error {
  override name = 'OverQuota';
  readonly left: number;
  constructor(left: number) {
    super(`only ${left} are left of the quota`);
    this.left = left;
  }
}
