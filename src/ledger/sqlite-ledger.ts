/**
 * The ledger in one SQLite file. Several processes may share it: every claim is a single statement,
 * and every write under a claim carries the claim's owner and fence in its condition.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTick } from 'node:timers/promises';
import { createGroupCommit } from '../group-commit.ts';
import { openSqlite } from '../sqlite.ts';
import { type Claim, ClaimLost, type Ledger, type Turn } from './ledger.ts';
import { begunTable } from './sqlite-begun.ts';
import { renderTable } from './sqlite-renders.ts';
import { migrate } from './sqlite-schema.ts';
import { turnTable } from './sqlite-turns.ts';

/** Rows forgotten per transaction, so that neither the event loop nor another process waits long. */
const PRUNE_BATCH = 500;

/** Unique everywhere, and growing with time: neighbours in the index, so that few pages are rewritten. */
const orderedId = (at: number): string =>
  `${at.toString(36).padStart(9, '0')}-${randomUUID().slice(-17)}`;

/** Of the first claim of a turn. */
const FIRST_FENCE = 1;

export interface SqliteLedgerOptions {
  /** A file, created with its folder when missing, or `:memory:`. */
  readonly path: string;
  /** Milliseconds after which a claim that was not renewed may be taken over. */
  readonly leaseMs: number;
  /** Epoch milliseconds; processes that share the file must agree about it. */
  readonly now?: () => number;
}

/**
 * Opens the ledger and brings its tables up to date. Throws `DatabaseUnusable`; after that every
 * failure is a rejection of the call it hit. `onWork` hears of this process's own writes only.
 */
export function openSqliteLedger({ path, leaseMs, now = Date.now }: SqliteLedgerOptions): Ledger {
  const db = openSqlite(path);
  try {
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const { write, flush } = createGroupCommit(db);
  const turns = turnTable(db);
  const renders = renderTable(db);
  const begun = begunTable(db);
  const listeners = new Set<() => void>();

  // Deferred: a listener that throws must not make a committed write look failed.
  const wake = () => {
    for (const listener of listeners) queueMicrotask(listener);
  };
  const proof = ({ turn, owner, fence }: Claim) => ({ id: turn.id, owner, fence });
  const lost = (claim: Claim) => new ClaimLost(claim.turn.id);

  function claimNow(
    turn: Turn,
    owner: string,
    born: string | undefined,
    ahead: number,
    at: number,
  ): Claim | undefined {
    if (born !== undefined) return { turn, owner: born, fence: FIRST_FENCE };
    return ahead === 0
      ? turns.claimOne({ owner, id: turn.id, now: at, until: at + leaseMs })
      : undefined;
  }

  return {
    begin: (key) => write(() => begun.add({ key, now: now() })),

    async append({ key, thread, lane, requester, payload, opens, weight = 1, maxWaiting }, owner) {
      const at = now();
      const appended = await write(() => {
        const full =
          maxWaiting !== undefined &&
          turns.waiting({ thread, lane, requester, now: at }) >= maxWaiting;
        if (full && !turns.byKey({ key })) {
          const turn = turns.refuse({
            id: orderedId(at),
            key,
            thread,
            requester,
            payload,
            now: at,
          });
          if (!turn) throw new Error(`turn with key ${key} was not written`);
          return { turn, isNew: true, refused: true, ahead: 0, claim: undefined };
        }
        // An immediate turn waits for nobody: it is born with its claim.
        const born = owner !== undefined && lane === 'immediate' ? owner : undefined;
        const lease = {
          owner: born ?? null,
          fence: born ? FIRST_FENCE : 0,
          until: born ? at + leaseMs : 0,
        };
        const values = {
          id: orderedId(at),
          key,
          thread,
          lane,
          requester,
          payload,
          weight,
          now: at,
          ...lease,
        };
        const added = turns.insert(values);
        if (added && (opens || lane === 'ordered')) turns.remember({ thread });
        const turn = added ?? turns.byKey({ key });
        if (!turn) throw new Error(`turn with key ${key} was neither written nor found`);
        const ahead = lane === 'ordered' ? turns.ahead({ thread: turn.thread, id: turn.id }) : 0;
        const claim =
          added && owner !== undefined ? claimNow(added, owner, born, ahead, at) : undefined;
        return { turn, isNew: added !== undefined, refused: false, ahead, claim };
      });
      if (appended.isNew && !appended.refused && !appended.claim) wake();
      return appended;
    },

    async claim(owner, lane) {
      const at = now();
      return turns.claimNext({ owner, lane, now: at, until: at + leaseMs });
    },

    async renew(claim) {
      const renewed = await write(() => turns.renew({ ...proof(claim), until: now() + leaseMs }));
      if (!renewed) throw lost(claim);
      return renewed;
    },

    async advance(claim, { phase, notes, weight }) {
      const change = { phase: phase ?? null, notes: notes ?? null, weight: weight ?? null };
      if (!(await write(() => turns.advance({ ...proof(claim), ...change })))) throw lost(claim);
    },

    async finish(claim, end, notes) {
      const change = { end, notes: notes ?? null, now: now() };
      if (!(await write(() => turns.finish({ ...proof(claim), ...change })))) throw lost(claim);
      // Nobody waits for the end of an immediate turn.
      if (claim.turn.lane === 'ordered') wake();
    },

    async park(claim) {
      if (!(await write(() => turns.park(proof(claim))))) throw lost(claim);
      wake();
    },

    requestStop: (thread) => write(() => turns.requestStop({ thread })),
    unfinished: async (thread) => turns.unfinished({ thread }),
    turn: async (id) => turns.byId({ id }),
    knows: async (thread) => turns.knows({ thread }) > 0,
    weightSince: async (requester, since) => turns.weightSince({ requester, since }),
    countUnfinished: async () => turns.countUnfinished({}),

    async saveRender(claim, render) {
      const held = await write(() => {
        if (!turns.held(proof(claim))) return false;
        renders.save(render);
        return true;
      });
      if (!held) throw lost(claim);
    },

    render: async (id) => renders.byId(id),
    renders: async (thread) => renders.byThread(thread),

    onWork(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    async prune(before) {
      let forgotten = 0;
      for (const table of [renders, turns, begun]) {
        let batch: number;
        do {
          batch = table.prune({ before, limit: PRUNE_BATCH });
          forgotten += batch;
          await nextTick();
        } while (batch === PRUNE_BATCH);
      }
      return forgotten;
    },

    async close() {
      listeners.clear();
      if (!db.isOpen) return;
      flush();
      db.close();
    },
  };
}
