/** Lives one world from its seed to its rest, and has it audited. */
import { auditEnd, openAudit } from './audit.ts';
import { createBackend } from './backend.ts';
import { createChat } from './chat.ts';
import { installVirtualGlobals } from './globals.ts';
import { invitePeople } from './people.ts';
import type { Planted } from './planted.ts';
import { sqliteStore } from './sqlite-store.ts';
import type { Opened, Store } from './store.ts';
import { actingAs } from './virtual-time.ts';
import { announce, type Hired, type House, hire } from './worker.ts';
import { createWorld, type Violation } from './world.ts';

export interface Verdict {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly story: readonly string[];
  readonly events: number;
  readonly runs: number;
  /** How often which trouble has happened. */
  readonly census: Readonly<Record<string, number>>;
}

export interface SeedOptions {
  readonly seed: number;
  readonly planted?: Planted | undefined;
  readonly calm?: boolean | undefined;
  readonly store?: Store | undefined;
}

/** Everything must have come to an end so long after the last trouble. */
const PATIENCE_MS = 10 * 3_600_000;
const MOST_EVENTS = 150_000;
/** How long it is looked on after the last turn has ended. */
const AFTERWARDS_MS = 90_000;
const LOOK_EVERY_MS = 10_000;

export async function runSeed(options: SeedOptions): Promise<Verdict> {
  const { seed, planted, calm, store = sqliteStore } = options;
  installVirtualGlobals();
  const { place, serve } = await store.newDatabase();
  const world = createWorld({ seed, database: place, planted, calm });
  const database = serve(world);
  const { books, rest } = database;
  const chat = createChat(world);
  const backend = createBackend(world);
  const random = world.random.fork('house');
  const house: House = {
    world,
    chat,
    backend,
    database,
    rules: {
      autoExport: random.pick(['first', 'first', 'always', 'never']),
      dailyTurns: planted?.dailyTurns ?? (random.chance(0.25) ? 1 + random.below(3) : 0),
      dailyExports: 0,
      maxQueued: random.chance(0.2) ? 1 + random.below(2) : 20,
    },
    maxRunningTurns: random.chance(0.25) ? 1 + random.below(2) : 20,
  };
  const staff = employ(house, random.weighted({ 1: 45, 2: 45, 3: 10 }));
  const people = invitePeople({ world, chat, books, open: staff.open });
  const audit = openAudit({ house, books, people });
  for (const { at, by } of world.faults.jumps) {
    world.time.after(at, undefined, () => {
      world.count(by > 0 ? 'clock set forward' : 'clock set back');
      world.tell('clock', `jumps by ${by / 1_000} s`);
      world.time.jump(by);
      world.stir();
    });
  }
  world.tell(
    'world',
    `seed ${seed}: ${world.faults.kind}; ${JSON.stringify(house.rules)}, at most ${house.maxRunningTurns} at a time`,
  );

  let events = 0;
  let lookAt = 0;
  let restAt: number | undefined;
  let counted = -1;
  let unfinished = 0;
  const { time } = world;
  if (rest) await rest();
  while (await time.step()) {
    if (rest) await rest();
    events += 1;
    for (const worker of staff.all) audit.look(worker);
    // Time may stand still in a world that goes round in circles.
    const tooMany = events > (planted?.mostEvents ?? MOST_EVENTS);
    if (time.monotonic() < lookAt && !tooMany) continue;
    lookAt = time.monotonic() + LOOK_EVERY_MS;
    if (counted !== world.stirs()) {
      counted = world.stirs();
      unfinished = books.unfinished();
    }
    const resting = people.haveSpoken() && unfinished === 0;
    restAt = resting ? (restAt ?? time.monotonic()) : undefined;
    if (restAt !== undefined && time.monotonic() - restAt > AFTERWARDS_MS) break;
    const late = time.monotonic() > world.faults.until + PATIENCE_MS;
    if (late || tooMany) {
      world.blame(
        'every accepted turn ends',
        late ? 'one has not' : 'the world does not come to rest',
      );
      break;
    }
  }
  auditEnd({ house, books, people });
  // Also of one that is starting still.
  for (const worker of world.workers) {
    worker.alive = false;
    for (const connection of worker.connections) if (connection.isOpen) connection.close();
  }
  books.close();
  await database.remove();
  const { violations, story, census } = world;
  return {
    seed,
    violations,
    story,
    events,
    runs: backend.runs.length,
    census: Object.fromEntries(census),
  };
}

/** So many workers at a time; one that has died or was shut down is followed by another. */
function employ(house: House, places: string) {
  const { world } = house;
  const random = world.random.fork('staff');
  const all: Hired[] = [];
  const names = ['A', 'B', 'C'].slice(0, Number(places));
  const generation = new Map<string, number>();

  function fill(place: string): void {
    const number = (generation.get(place) ?? 0) + 1;
    generation.set(place, number);
    const worker = announce(world, `${place}${number}`);
    const begin = (opened: Opened) => {
      if (worker.alive) all.push(hire(house, worker, opened));
    };
    // Whoever looks after the process starts it again.
    const fail = (error: unknown) => {
      if (!world.isStoreInTrouble())
        world.blame('a process starts', error instanceof Error ? error.message : String(error));
      world.kill(worker, 'could not start');
    };
    try {
      const opened = actingAs(worker, () => house.database.open(worker));
      if (opened instanceof Promise) opened.then(begin).catch(fail);
      else begin(opened);
    } catch (error) {
      fail(error);
    }
  }
  const refill = (place: string, ms: number) => world.time.after(ms, undefined, () => fill(place));

  for (const place of names) fill(place);
  world.onDeath((worker) => refill(worker.name.slice(0, 1), random.pick([300, 2_000, 40_000])));
  for (const at of world.faults.shutdowns) {
    world.time.after(at, undefined, () => {
      const [worker] = all.filter((it) => it.listening);
      if (!worker) return;
      world.count('shutdown');
      worker.shutDown().then(
        () => refill(worker.name.slice(0, 1), random.between(200, 5_000)),
        (error: unknown) => {
          world.blame('a shutdown succeeds', String(error));
          refill(worker.name.slice(0, 1), 1_000);
        },
      );
    });
  }
  const awake = (it: Hired) => it.listening && it.stalledUntil <= world.time.monotonic();
  return { all, open: () => all.filter(awake) };
}
