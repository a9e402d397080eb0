/** One simulated world: its time, its luck, its workers, and the story of what happened in it. */
import type { Trouble, WorkingPhase } from './census.ts';
import { type Faults, faultsOf, isIn, NO_FAULTS } from './faults.ts';
import type { Planted } from './planted.ts';
import { createRandom, type Random } from './random.ts';
import { createVirtualTime, type Owner, type VirtualTime } from './virtual-time.ts';

export interface Connection {
  readonly isOpen: boolean;
  close(): void;
}

/** A process of the bot, as far as the world knows of it. */
export interface Worker extends Owner {
  readonly name: string;
  readonly world: World;
  /** Its open files and sockets; the operating system closes them when it dies. */
  readonly connections: Set<Connection>;
  /** Of the turns that it works on, where they are. */
  phases: () => readonly WorkingPhase[];
  /** It works on a turn: what happens to one that waits tells little. */
  isBusy: () => boolean;
  /** No message is handed to it any more. */
  listening: boolean;
  /** Until then its reads and writes are taken: what comes later waits its turn. */
  readyAt: number;
  /** Virtual times between which it slept. */
  readonly naps: { from: number; to: number }[];
  endedAt: number | undefined;
  /** How often the world had been stirred when it last looked for work. */
  lookedAt: number;
}

export interface Violation {
  readonly rule: string;
  readonly text: string;
}

export interface World {
  readonly seed: number;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly faults: Faults;
  /** As the world began; kills and stalls are used up. */
  readonly faultsAtFirst: Readonly<Faults>;
  /** What strikes workers and their disk. */
  readonly luck: Random;
  readonly workers: Worker[];
  readonly story: string[];
  readonly violations: Violation[];
  /** Where the database is: a file, or an address. */
  readonly database: string;
  readonly planted: Planted | undefined;
  tell(who: string, text: string): void;
  /** One more of this kind of trouble has really happened. */
  count(trouble: Trouble): void;
  readonly census: ReadonlyMap<Trouble, number>;
  /** A rule that must hold did not. */
  blame(rule: string, text: string): void;
  kill(worker: Worker, why: string): void;
  onDeath(listener: (worker: Worker) => void): void;
  /** Something was written, or a worker has died, or the clock was set: a look may find something. */
  stir(): void;
  stirs(): number;
  /** Calls back once; the returned function calls it off. */
  onceStirred(listener: () => void): () => void;
  /** Chance is no longer against us. */
  isCalm(): boolean;
  isStoreInTrouble(): boolean;
}

export const LEASE_MS = 30_000;

/** Ten in the morning, far from any midnight. */
export const EPOCH = Date.UTC(2026, 2, 4, 10);

export interface WorldOptions {
  readonly seed: number;
  readonly database: string;
  readonly planted?: Planted | undefined;
  /** Nothing goes wrong. */
  readonly calm?: boolean | undefined;
}

export const isWorker = (owner: Owner): owner is Worker => 'connections' in owner;

export function createWorld({ seed, database, planted, calm }: WorldOptions): World {
  const random = createRandom(seed);
  const own = calm ? NO_FAULTS : faultsOf(random.fork('faults'));
  const faults = { ...own, ...planted?.faults };
  const luck = random.fork('luck');
  const mourners: ((worker: Worker) => void)[] = [];
  const said = new Set<string>();
  let stirs = 0;
  const census = new Map<Trouble, number>();
  const sleepers = new Set<() => void>();

  const time = createVirtualTime(EPOCH, (owner) => {
    const worker = world.workers.find((it) => it === owner);
    if (!worker || world.isCalm() || !worker.isBusy()) return true;
    if (faults.kills > 0 && luck.chance(faults.kill * haste(worker))) {
      faults.kills -= 1;
      for (const phase of worker.phases()) world.count(`kill in ${phase}`);
      world.kill(worker, 'is killed');
      return false;
    }
    if (faults.stalls > 0 && luck.chance(faults.stall)) {
      faults.stalls -= 1;
      const nap = luck.pick([2_000, 15_000, 45_000, 180_000]);
      world.count(nap > LEASE_MS ? 'stall past the lease' : 'stall within the lease');
      const now = time.monotonic();
      worker.stalledUntil = now + nap;
      worker.naps.push({ from: now, to: now + nap });
      world.tell(worker.name, `stands still for ${nap / 1_000} s`);
      return false;
    }
    return true;
  });

  const world: World = {
    seed,
    time,
    random,
    faults,
    faultsAtFirst: { ...faults },
    luck,
    workers: [],
    story: [],
    violations: [],
    database,
    planted,
    tell(who, text) {
      world.story.push(`${clockFace(time.monotonic())} ${who}: ${text}`);
    },
    count: (trouble) => void census.set(trouble, (census.get(trouble) ?? 0) + 1),
    census,
    blame(rule, text) {
      const violation = `${rule}: ${text}`;
      if (said.has(violation)) return;
      said.add(violation);
      world.violations.push({ rule, text });
      world.tell('✗', violation);
    },
    kill(worker, why) {
      if (!worker.alive) return;
      worker.alive = false;
      worker.listening = false;
      worker.endedAt = time.monotonic();
      world.tell(worker.name, why);
      for (const connection of worker.connections) if (connection.isOpen) connection.close();
      for (const mourner of mourners) mourner(worker);
      world.stir();
    },
    onDeath: (listener) => void mourners.push(listener),
    stir() {
      stirs += 1;
      const listeners = [...sleepers];
      sleepers.clear();
      for (const listener of listeners) listener();
    },
    stirs: () => stirs,
    onceStirred(listener) {
      sleepers.add(listener);
      return () => void sleepers.delete(listener);
    },
    isCalm: () => time.monotonic() >= faults.until,
    isStoreInTrouble: () => isIn(faults.store, time.monotonic()),
  };
  return world;
}

/** Some phases are over after two or three events, and as likely to be met by a kill as the long ones. */
const haste = (worker: Worker): number =>
  worker.phases().some((phase) => phase === 'sending' || phase === 'answered') ? 6 : 1;

/** Waits its turn in the worker: workers overtake one another, what one worker waits for does not. */
export function turnOf(worker: Worker, random: Random): Promise<void> {
  const { time } = worker;
  worker.readyAt = Math.max(worker.readyAt, time.monotonic()) + random.next() * 0.02;
  return new Promise((resolve) => time.after(worker.readyAt - time.monotonic(), worker, resolve));
}

export const isAway = (world: World, what: 'chatAway' | 'backendAway'): boolean =>
  isIn(world.faults[what], world.time.monotonic());

function clockFace(ms: number): string {
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1_000) % 60];
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(Math.floor(ms % 1_000)).padStart(3, '0')}`;
}
