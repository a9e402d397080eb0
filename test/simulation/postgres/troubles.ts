/**
 * What a window of trouble with the store means over PostgreSQL. `busy`: transactions that stand in each other's way, and slow
 * answers. `full`: nothing can be written. `ioerr`: the server cannot be reached, by all workers or by one of them.
 */
import pg from 'pg';
import type { Trouble } from '../census.ts';
import { isIn, type StoreTrouble, type Window } from '../faults.ts';
import { createRandom, type Random } from '../random.ts';
import type { Worker, World } from '../world.ts';

/** Undefined: it goes well. A number: so long the answer takes. */
export type Strike =
  | undefined
  | number
  | 'lost'
  | 'lost though it was done'
  | { readonly error: Error };

export interface Struck {
  readonly worker: Worker;
  readonly pace: Random;
}

const WRITES = /\b(?:INSERT|UPDATE|DELETE)\b|^COMMIT/i;
const ENDS = /^ROLLBACK|^SELECT pg_advisory_unlock|^$/;

function windowOf(worker: Worker): (Window & { readonly trouble: StoreTrouble }) | undefined {
  const { world } = worker;
  const now = world.time.monotonic();
  return world.faults.store.find((it) => isIn([it], now) && meets(it, worker));
}

/** Half of the cuts meet one of the places alone. */
function meets({ from, trouble }: Window & { trouble: StoreTrouble }, { name }: Worker): boolean {
  if (trouble !== 'ioerr') return true;
  const chance = createRandom(Math.floor(from));
  return chance.chance(0.5) || name.startsWith(chance.pick(['A', 'B']));
}

export function strikes({ worker, pace }: Struck, text: string): Strike {
  const trouble = windowOf(worker)?.trouble;
  const { world } = worker;
  if (trouble === undefined || ENDS.test(text)) return undefined;
  if (trouble === 'full') return WRITES.test(text) ? struck(world, 'database full') : undefined;
  if (trouble === 'ioerr')
    return counted(world, pace.chance(0.5) ? 'lost' : 'lost though it was done');
  if (pace.chance(0.1)) return struck(world, 'serialization failure');
  if (pace.chance(0.1)) {
    world.count('slow answer');
    return pace.between(500, 12_000);
  }
  return undefined;
}

/** Of a connection that is to be made. */
export function refusal({ worker }: Struck): Error | undefined {
  if (windowOf(worker)?.trouble !== 'ioerr') return undefined;
  worker.world.count('connection refused');
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
}

function counted(world: World, strike: 'lost' | 'lost though it was done'): Strike {
  world.count(strike === 'lost' ? 'connection lost' : 'connection lost though it was done');
  return strike;
}

const CODES = {
  'database full': ['53100', 'could not extend file: No space left on device'],
  'serialization failure': ['40001', 'could not serialize access'],
} as const;

function struck(world: World, kind: Trouble & keyof typeof CODES): Strike {
  world.count(kind);
  const [code, message] = CODES[kind];
  const error = new pg.DatabaseError(message, message.length, 'error');
  error.code = code;
  return { error };
}
