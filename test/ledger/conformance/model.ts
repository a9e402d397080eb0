/** The ledger against a model of it so simple that it can be seen to be right. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Claim, ClaimLost, ENDS, type End, type Phase } from '../../../src/ledger/ledger.ts';
import { toThreadKey, toTurnId } from '../../../src/runtime/ids.ts';
import { LEASE_MS, type LedgerStore, newTurn, SERVED, type TestLedger } from '../support.ts';

const THREADS = ['a', 'b'] as const;
const PEOPLE = ['ada', 'grace'] as const;
const LANES = ['ordered', 'immediate'] as const;
const WORKERS = 3;
/** Each command is some questions to the store, and a machine may be busy. */
const PATIENCE_PER_RUN_MS = 30_000;

interface ModelTurn {
  readonly key: string;
  readonly thread: string;
  readonly lane: 'ordered' | 'immediate';
  readonly requester: string;
  phase: Phase;
  ended: boolean;
  stop: boolean;
  crashes: number;
  notBefore: number;
  /** Position in the list of claims of the one that holds now. */
  holder: number | undefined;
  leaseUntil: number;
}

const thread = fc.constantFrom(...THREADS);
const worker = fc.nat(WORKERS - 1);
/** Which of the claims made so far, stale ones included. */
const claim = fc.nat();

const command = fc.oneof(
  fc.record({
    do: fc.constant('append' as const),
    key: fc.nat(12),
    thread,
    lane: fc.constantFrom('ordered' as const, 'ordered' as const, 'immediate' as const),
    requester: fc.constantFrom(...PEOPLE),
  }),
  fc.record({ do: fc.constant('claim' as const), worker, lane: fc.constantFrom(...LANES) }),
  fc.record({ do: fc.constant('renew' as const), worker, claim }),
  fc.record({
    do: fc.constant('advance' as const),
    worker,
    claim,
    phase: fc.constantFrom<Exclude<Phase, End>>('preparing', 'sending', 'answered'),
  }),
  fc.record({ do: fc.constant('finish' as const), worker, claim, end: fc.constantFrom(...ENDS) }),
  fc.record({
    do: fc.constant('park' as const),
    worker,
    claim,
    wait: fc.constantFrom(0, 0, LEASE_MS / 2, 2 * LEASE_MS),
  }),
  fc.record({ do: fc.constant('stop' as const), key: fc.nat(12) }),
  // Never exactly to the end of a lease by pieces: whether it is over then is each store's own affair.
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(LEASE_MS / 2 - 1, undefined) }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

export function describeModel(open: () => Promise<LedgerStore>, numRuns: number): void {
  describe('beside a model', () => {
    const timeout = numRuns * PATIENCE_PER_RUN_MS;
    test('any commands of several workers have the outcome the model says', {
      timeout,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(command, { maxLength: 60, size: 'max' }), async (commands) => {
          const store = await open();
          try {
            const ledgers: TestLedger[] = [];
            for (let n = 0; n < WORKERS; n++) ledgers.push(await store.connect());
            const run = new ModelRun(store, ledgers);
            for (const each of commands) await run.step(each);
            await run.compare();
          } finally {
            await store.destroy();
          }
        }),
        { numRuns },
      );
    });
  });
}

/** Whether it came about; that a claim is lost is the one reason why it may not. */
const holds = (renewal: Promise<unknown>): Promise<boolean> =>
  renewal.then(
    () => true,
    (error: unknown) => {
      if (error instanceof ClaimLost) return false;
      throw error;
    },
  );

class ModelRun {
  readonly #store: LedgerStore;
  readonly #ledgers: readonly TestLedger[];
  readonly #turns: ModelTurn[] = [];
  readonly #ids = new Map<string, string>();
  readonly #claims: { readonly claim: Claim; readonly turn: ModelTurn }[] = [];

  constructor(store: LedgerStore, ledgers: readonly TestLedger[]) {
    this.#store = store;
    this.#ledgers = ledgers;
  }

  async step(command: Command): Promise<void> {
    switch (command.do) {
      case 'append':
        return this.#append({ ...command, key: `key-${command.key}` });
      case 'claim': {
        const { lane } = command;
        const runnable = this.#turns.filter((turn) => turn.lane === lane && this.#runnable(turn));
        const claim = await this.#ledger(command.worker).claim('w', { ...SERVED, lane });
        // Sorting is stable: of equal shares the oldest turn.
        const [fairest] = runnable.toSorted((a, b) => this.#share(a) - this.#share(b));
        const expected = this.#store.sharesByPerson
          ? fairest
          : (runnable.find(({ key }) => key === claim?.turn.key) ?? fairest);
        return this.#claimed(claim, expected);
      }
      case 'renew':
        return this.#under(command, async (ledger, claim, turn) => {
          const renewal = ledger.renew(claim);
          // Whether its lease was found to be over before anybody took it is the store's own affair.
          if (this.#mayHaveLapsed(turn) && !(await holds(renewal))) return;
          const { stopRequested } = await renewal;
          expect(stopRequested).toBe(turn.stop);
          turn.leaseUntil = this.#store.now() + LEASE_MS;
        });
      case 'advance':
        return this.#under(command, async (ledger, claim, turn) => {
          await ledger.advance(claim, { phase: command.phase });
          turn.phase = command.phase;
        });
      case 'finish':
        return this.#under(command, async (ledger, claim, turn) => {
          await ledger.finish(claim, command.end);
          Object.assign(turn, { phase: command.end, ended: true, holder: undefined });
        });
      case 'park':
        return this.#under(command, async (ledger, claim, turn) => {
          const notBefore = this.#store.now() + command.wait;
          await ledger.park(claim, { notBefore });
          Object.assign(turn, { notBefore, holder: undefined });
        });
      case 'stop': {
        const key = `key-${command.key}`;
        const expected = this.#turns.find((turn) => turn.key === key && !turn.ended);
        if (expected) expected.stop = true;
        const marked = await this.#ledger(0).requestStop(toTurnId(this.#ids.get(key) ?? ''), 'ada');
        expect(marked?.key).toBe(expected?.key);
        return;
      }
      case 'wait':
        if (command.ms === undefined) await this.#store.passLease();
        else await this.#store.advanceTime(command.ms);
    }
  }

  /** Everything the ledger tells about itself equals the model. */
  async compare(): Promise<void> {
    const ledger = this.#ledger(0);
    for (const turn of this.#turns) {
      const { key, thread, lane, phase, stop: stopRequested } = turn;
      const found = await ledger.turn(toTurnId(this.#ids.get(key) ?? ''));
      expect(found).toMatchObject({ key, thread, lane, phase, stopRequested });
    }
    expect(await ledger.countUnfinished()).toBe(this.#turns.filter((turn) => !turn.ended).length);
    for (const thread of THREADS) {
      const keys = (await ledger.unfinished(toThreadKey(thread))).map((turn) => turn.key);
      expect(keys).toEqual(this.#waiting(thread).map((turn) => turn.key));
    }
  }

  #ledger(worker: number): TestLedger {
    const ledger = this.#ledgers[worker];
    if (!ledger) throw new Error(`no worker ${worker}`);
    return ledger;
  }

  #waiting(thread: string): ModelTurn[] {
    return this.#turns.filter((t) => t.thread === thread && t.lane === 'ordered' && !t.ended);
  }

  #leased(turn: ModelTurn): boolean {
    return !turn.ended && turn.holder !== undefined && turn.leaseUntil > this.#store.now();
  }

  #mayHaveLapsed(turn: ModelTurn): boolean {
    const isHeld = turn.holder !== undefined;
    return this.#store.unheard === 'lost' && isHeld && !this.#leased(turn);
  }

  /** How many turns of the same person are at work in the lane. */
  #share({ lane, requester }: ModelTurn): number {
    const same = (turn: ModelTurn) => turn.lane === lane && turn.requester === requester;
    return this.#turns.filter((turn) => same(turn) && this.#leased(turn)).length;
  }

  #runnable(turn: ModelTurn): boolean {
    const first = turn.lane === 'immediate' || this.#waiting(turn.thread)[0] === turn;
    return !turn.ended && !this.#leased(turn) && first && turn.notBefore <= this.#store.now();
  }

  async #append({
    key,
    thread,
    lane,
    requester,
  }: Pick<ModelTurn, 'key' | 'thread' | 'lane' | 'requester'>): Promise<void> {
    const known = this.#turns.find((turn) => turn.key === key);
    const appended = await this.#ledger(0).append(newTurn({ key, thread, lane, requester }));
    expect(appended.outcome).toBe(known ? 'known' : 'new');
    if (appended.outcome !== 'new') return;
    expect(appended.ahead).toBe(lane === 'ordered' ? this.#waiting(thread).length : 0);
    this.#ids.set(key, appended.turn.id);
    const start = {
      phase: 'accepted',
      ended: false,
      stop: false,
      crashes: 0,
      notBefore: 0,
      leaseUntil: 0,
    } as const;
    this.#turns.push({ key, thread, lane, requester, ...start, holder: undefined });
  }

  #claimed(claim: Claim | undefined, expected: ModelTurn | undefined): void {
    expect(claim?.turn.key).toBe(expected?.key);
    if (!claim || !expected) return;
    expect(claim.turn.phase).toBe(expected.phase);
    // Whoever held it did not give it up.
    if (expected.holder !== undefined) expected.crashes += 1;
    expect(claim.crashes).toBe(expected.crashes);
    for (const earlier of this.#claims) {
      if (earlier.turn === expected) expect(claim.fence).toBeGreaterThan(earlier.claim.fence);
    }
    expected.holder = this.#claims.push({ claim, turn: expected }) - 1;
    expected.leaseUntil = this.#store.now() + LEASE_MS;
  }

  /** Does `work` under one of the claims ever made; a stale one must be refused. */
  async #under(
    { worker, claim: nth }: { worker: number; claim: number },
    work: (ledger: TestLedger, claim: Claim, turn: ModelTurn) => Promise<void>,
  ): Promise<void> {
    const at = nth % this.#claims.length;
    const held = this.#claims[at];
    if (!held) return;
    const done = work(this.#ledger(worker), held.claim, held.turn);
    if (held.turn.holder === at) await done;
    else await expect(done).rejects.toThrow(ClaimLost);
  }
}
