/**
 * Gives turns to work to this process: claims what the ledger has ready, keeps the claims alive,
 * and ends them early when a person says stop, the claim is lost, or the process goes down.
 */
import {
  type Appended,
  type Arrival,
  type Claim,
  ClaimLost,
  type Lane,
  type Ledger,
} from '../ledger/ledger.ts';
import type { Log } from '../log.ts';

/** Why a turn was interrupted; the reason of its signal. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly why: 'stop' | 'shutdown' | 'claim-lost';
  constructor(why: Interrupted['why']) {
    super(`interrupted: ${why}`);
    this.why = why;
  }
}

/** What a running turn may ask of its worker. */
export interface Shift {
  readonly claim: Claim;
  readonly signal: AbortSignal;
  /** A shutdown waits for this, within its grace: an open stream that is cut is work lost. */
  unhurried<T>(work: () => Promise<T>): Promise<T>;
}

/** `left` puts the turn down without an end: its lease runs out and it is tried again later. */
export type Outcome = 'finished' | 'parked' | 'left';

export interface Dispatcher {
  start(): void;
  /** Puts a turn on record, and to work at once where there is room for it and nobody waits before it. */
  append(arrival: Arrival): Promise<Appended>;
  /** Interrupts the turn if it runs here; true when it did. */
  stop(turnId: string): boolean;
  running(): number;
  /** Takes nothing more, lets turns put themselves down, and resolves when all have. */
  drain(graceMs: number): Promise<void>;
}

interface Running {
  readonly claim: Claim;
  readonly abort: AbortController;
  readonly done: Promise<void>;
  /** How many `unhurried` pieces of work are open. */
  patience: number;
}

export interface DispatcherOptions {
  readonly ledger: Ledger;
  readonly owner: string;
  readonly leaseMs: number;
  /** Ordered turns at work at the same time. */
  readonly limit: number;
  readonly log: Log;
  readonly work: (shift: Shift) => Promise<Outcome>;
}

/**
 * Immediate turns at work at the same time. They are short, but for the watch over a late render; the bound is
 * there for floods, and is fair among people as the other one is.
 */
const MOST_IMMEDIATE = 500;

/** Immediate ones first: a word like "stop" is what frees the other places. */
const LANES: readonly Lane[] = ['immediate', 'ordered'];

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { ledger, owner, log } = options;
  const running = new Map<string, Running>();
  const places: Record<Lane, { readonly most: number; taken: number; wanted: boolean }> = {
    immediate: { most: MOST_IMMEDIATE, taken: 0, wanted: false },
    ordered: { most: options.limit, taken: 0, wanted: false },
  };
  let accepting = false;
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let timers: NodeJS.Timeout[] = [];
  let unsubscribe = () => {};
  let hurry = false;

  function wake(): void {
    if (looking !== undefined) {
      lookAgain = true;
      return;
    }
    looking = look().finally(() => {
      looking = undefined;
      if (lookAgain) {
        lookAgain = false;
        wake();
      }
    });
  }

  async function look(): Promise<void> {
    try {
      for (const lane of LANES) {
        while (accepting && reserve(lane)) {
          const claim = await ledger.claim(owner, lane).catch((error: unknown) => {
            release(lane);
            throw error;
          });
          if (claim) begin(claim);
          else {
            places[lane].wanted = false;
            release(lane);
            break;
          }
        }
      }
    } catch (error) {
      // The next append or the next round of the timer looks again; nothing has been taken.
      log.error('cannot look for work in the ledger', { error });
    }
  }

  /** A place is taken before the claim is, so that claims on their way count, too. */
  function reserve(lane: Lane): boolean {
    const place = places[lane];
    place.wanted ||= place.taken >= place.most;
    if (place.taken >= place.most) return false;
    place.taken += 1;
    return true;
  }

  function release(lane: Lane): void {
    places[lane].taken -= 1;
    if (places[lane].wanted) wake();
  }

  /** The place of its lane is reserved. */
  function begin(claim: Claim): void {
    const abort = new AbortController();
    // Appended while the process was already going down: the turn parks itself at once.
    if (!accepting) abort.abort(new Interrupted('shutdown'));
    const entry: Running = { claim, abort, patience: 0, done: Promise.resolve() };
    // Said while nobody was working on it.
    if (claim.turn.stopRequested) abort.abort(new Interrupted('stop'));
    const shift: Shift = {
      claim,
      signal: abort.signal,
      unhurried: async (work) => {
        entry.patience += 1;
        try {
          return await work();
        } finally {
          entry.patience -= 1;
          if (!accepting && (entry.patience === 0 || hurry))
            abort.abort(new Interrupted('shutdown'));
        }
      },
    };
    const done = options
      .work(shift)
      .then((outcome) => (outcome === 'parked' ? ledger.park(claim) : undefined))
      .catch((error) => {
        if (!(error instanceof ClaimLost))
          log.error('a turn was put down', { turn: claim.turn.id, error });
      })
      .finally(() => {
        running.delete(claim.turn.id);
        release(claim.turn.lane);
      });
    running.set(claim.turn.id, Object.assign(entry, { done }));
  }

  async function renewAll(): Promise<void> {
    await Promise.all(
      [...running.values()].map(async ({ claim, abort }) => {
        try {
          const { stopRequested } = await ledger.renew(claim);
          if (stopRequested) abort.abort(new Interrupted('stop'));
        } catch (error) {
          if (error instanceof ClaimLost) abort.abort(new Interrupted('claim-lost'));
          else log.error('cannot renew a lease', { turn: claim.turn.id, error });
        }
      }),
    );
  }

  return {
    start() {
      accepting = true;
      unsubscribe = ledger.onWork(wake);
      // Leases of dead workers run out without an event, so the table is looked at now and then.
      timers = [
        setInterval(wake, options.leaseMs / 2),
        setInterval(() => void renewAll(), options.leaseMs / 3),
      ];
      wake();
    },
    async append(arrival) {
      const { lane } = arrival;
      // Who waits for a place in the ledger is not overtaken here.
      if (!accepting || places[lane].wanted || !reserve(lane)) return ledger.append(arrival);
      try {
        const appended = await ledger.append(arrival, owner);
        if (appended.claim) begin(appended.claim);
        else release(lane);
        return appended;
      } catch (error) {
        release(lane);
        throw error;
      }
    },
    stop(turnId) {
      const entry = running.get(turnId);
      entry?.abort.abort(new Interrupted('stop'));
      return entry !== undefined;
    },
    running: () => running.size,
    async drain(graceMs) {
      accepting = false;
      unsubscribe();
      await looking;
      for (const entry of running.values()) {
        if (entry.patience === 0) entry.abort.abort(new Interrupted('shutdown'));
      }
      const grace = setTimeout(() => {
        hurry = true;
        for (const entry of running.values()) entry.abort.abort(new Interrupted('shutdown'));
      }, graceMs);
      while (running.size > 0) await Promise.all([...running.values()].map((entry) => entry.done));
      clearTimeout(grace);
      for (const timer of timers) clearInterval(timer);
    },
  };
}
