/**
 * The ledger in one SQLite file. Several processes may share it: every call is one transaction, and
 * every write under a claim looks at the claim's owner and fence in it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { machineTimers, type Timers } from '../../runtime/clock.ts';
import { beginServing, openSqlite } from '../../runtime/sqlite/database.ts';
import { createGroupCommit, reading } from '../../runtime/sqlite/group-commit.ts';
import { refuseHeld } from '../../runtime/sqlite/hold.ts';
import { type Claim, ClaimLost, type Health } from '../ledger.ts';
import { KEPT_MS } from '../spending-rules.ts';
import { createChanging, type Written } from './advance.ts';
import { createAppending, type Moment } from './append.ts';
import type { ClaimingLedger } from './claiming-ledger.ts';
import { createDispatcher } from './dispatcher.ts';
import { createForgetting } from './forgetting.ts';
import { createLostClaims } from './lost-claims.ts';
import { overviewOf } from './overview.ts';
import { renderTable } from './renders.ts';
import { migrate, SCHEMA_VERSION } from './schema.ts';
import { createSecondThoughts } from './second-thoughts.ts';
import { spendingTable } from './spendings.ts';
import { begunTable } from './started-keys.ts';
import { threadTable } from './threads.ts';
import { turnTable } from './turns.ts';
import { createWorkerLocks } from './worker-lock.ts';

/** Rows forgotten per transaction, so that neither the event loop nor another process waits long. */
const PRUNE_BATCH = 500;

/** A write that waits for another process gives up well before a lease runs out. */
const PATIENCE_OF_LEASE = 4;

export interface SqliteLedgerOptions {
  /** A file, created with its folder when missing, or `:memory:`. */
  readonly path: string;
  /** Milliseconds after which a claim that was not renewed may be taken over. */
  readonly leaseMs: number;
  /** Processes that share the file must agree about the time. */
  readonly timers?: Timers;
  /** Opens the file; a test puts a failing disk in between. */
  readonly open?: (path: string) => DatabaseSync;
}

/**
 * Opens the ledger and brings its tables up to date. Throws `DatabaseUnusable`; after that every
 * failure is a rejection of the call it hit, with `StoreUnavailable` where the file cannot be written or read.
 * `onWork` hears of this process's own writes only.
 */
export function openSqliteLedger(options: SqliteLedgerOptions): ClaimingLedger {
  const { path, leaseMs, timers = machineTimers, open = openSqlite } = options;
  const db = open(path);
  try {
    migrate(db);
    refuseHeld(db);
    beginServing(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const { write, flush } = createGroupCommit(db, {
    patienceMs: leaseMs / PATIENCE_OF_LEASE,
    timers,
  });
  const turns = turnTable(db);
  const threads = threadTable(db);
  const renders = renderTable(db);
  const begun = begunTable(db);
  const spendings = spendingTable(db);
  const overview = overviewOf(db);
  const appending = createAppending(turns, threads, spendings);
  const changing = createChanging({ turns, threads, renders, appending });
  const secondThoughts = createSecondThoughts(turns, appending);
  const forgetting = createForgetting(db);
  const locks = createWorkerLocks(path);
  const lostClaims = createLostClaims({ turns, locks, write, timers });
  const listeners = new Set<() => void>();
  let probing: Promise<Health> | undefined;

  // Deferred: a listener that throws must not make a committed write look failed.
  const wake = () => {
    for (const listener of listeners) queueMicrotask(listener);
  };
  const moment = (): Moment => {
    const now = timers.now();
    return { now, until: now + leaseMs };
  };
  const proof = ({ turn, owner, fence }: Claim) => ({ id: turn.id, owner, fence });

  async function written(
    work: (at: Moment) => Written,
    how?: { readonly canWait: boolean },
  ): Promise<void> {
    const { refused, followed } = await write(() => work(moment()), how);
    if (refused) throw refused;
    if (followed) wake();
  }

  /** Writes a page, as it was: a lock alone would not show that the disk is full. */
  async function probe(): Promise<Health> {
    try {
      await write(() => db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`));
      return { trouble: undefined };
    } catch (error) {
      return { trouble: error instanceof Error ? error.message : String(error) };
    } finally {
      probing = undefined;
    }
  }

  const ledger: ClaimingLedger = {
    begin: (key) => write(() => begun.add({ key, now: timers.now() })),

    async append(arrival, rules = {}) {
      const appended = await write(() => appending.append(arrival, rules, moment()));
      if (appended.outcome === 'new' && !appended.claim) wake();
      return appended;
    },

    async claim(owner, { lane, platforms }) {
      const served = { lane, platforms: JSON.stringify(platforms) };
      // A look that finds nothing does not ask for the write lock.
      if (reading(() => turns.next({ now: timers.now(), ...served })) === 0) return undefined;
      return write(() => turns.claimNext({ owner, ...moment(), ...served }));
    },

    async renew(claim) {
      const renewed = await write(() =>
        turns.renew({ ...proof(claim), until: timers.now() + leaseMs }),
      );
      if (!renewed) throw new ClaimLost(claim.turn.id);
      return renewed;
    },

    advance: (claim, change) => written((at) => changing.advance(claim, change, at)),

    async finish(claim, end, change = {}) {
      // Nobody waits for the end of an immediate turn: a lone conversation needs one flush for each of its messages.
      const canWait = claim.turn.lane === 'immediate';
      await written((at) => changing.finish(claim, end, change, at), { canWait });
      if (!canWait) wake();
    },

    async park(claim, { notBefore = 0, change = {} } = {}) {
      await written((at) => changing.park(claim, Math.ceil(notBefore), change, at));
      wake();
    },

    requestStop: (turnId, by) => write(() => turns.requestStop({ id: turnId, by })),
    turnOf: async (key) => reading(() => secondThoughts.turnOf(key)),
    async revise(key, revision, caps = []) {
      const revised = await write(() => secondThoughts.revise(key, revision, caps, timers.now()));
      // One that has ended, or left the order, lets those behind it go.
      if (revised.outcome === 'revised' || revised.outcome === 'over-quota') wake();
      return revised;
    },
    async withdraw(key) {
      const withdrawal = await write(() => secondThoughts.withdraw(key, timers.now()));
      if (withdrawal.outcome === 'withdrawn') wake();
      return withdrawal;
    },
    turn: async (id) => reading(() => turns.byId({ id })),
    unfinished: async (thread) => reading(() => turns.unfinished({ thread })),
    countUnfinished: async () => reading(() => turns.countUnfinished({})),
    used: async ({ requester, counts, since }) =>
      reading(() => turns.used({ requester, counts, since })),

    knows: async (thread) => reading(() => threads.knows(thread)),
    thread: async (key) => reading(() => threads.byKey(key)),
    recent: async (query) => reading(() => threads.recent(query)),
    tookPart: async (thread, person) => reading(() => threads.tookPart(thread, person)),
    othersTookPart: async (thread, person) => reading(() => threads.othersTookPart(thread, person)),

    onRecord: async (scope) => reading(() => forgetting.onRecord(scope)),
    threadsOf: async (scope, after, limit) =>
      reading(() => forgetting.threadsOf(scope, after, limit)),
    turnsOf: async (scope, after, limit) => reading(() => forgetting.turnsOf(scope, after, limit)),
    openOf: async (scope) => reading(() => forgetting.openOf(scope)),
    async erase(thread, person) {
      while (!(await write(() => forgetting.erase(thread, person, timers.now()))));
      wake();
    },

    render: async (id) => reading(() => renders.byId(id)),
    renders: async (thread) => reading(() => renders.byThread(thread)),
    cut: async (id) => reading(() => renders.cut(id)),

    beginSpending: (spending, lastsMs) =>
      write(() => spendings.begin(spending, lastsMs, timers.now())),
    endSpending: (spending, measured) =>
      write(() => spendings.end(spending, measured, timers.now())),
    spent: async (of) =>
      reading(() =>
        'thread' in of ? spendings.ofThread(of.thread) : spendings.ofAccount(of.account, of.since),
      ),

    open: async (scope, limit) => reading(() => overview.open(scope, limit, timers.now())),
    shares: async (scope, by, since, limit) =>
      reading(() => overview.shares(scope, by, since, limit)),
    budgetUse: async (of, since) => reading(() => spendings.ofBudget(of, since)),

    dispatch: (given) =>
      createDispatcher({
        ...given,
        ledger,
        leaseMs,
        timers,
        worker: locks.worker(),
        ...lostClaims,
      }),

    onWork(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    health() {
      probing ??= probe();
      return probing;
    },

    async prune(before) {
      let forgotten = 0;
      await write(() => forgetting.forgetNames(timers.now()));
      const accounts = Math.min(before, timers.now() - KEPT_MS);
      for (const [table, until] of [
        [renders, before],
        [turns, before],
        [begun, before],
        [spendings, accounts],
      ] as const) {
        let batch: number;
        do {
          batch = await write(() => table.prune({ before: until, limit: PRUNE_BATCH }));
          forgotten += batch;
        } while (batch === PRUNE_BATCH);
      }
      return forgotten;
    },

    async close() {
      listeners.clear();
      if (db.isOpen) {
        flush();
        db.close();
      }
      locks.close();
    },
  };
  return ledger;
}
