/** What goes wrong in a world, decided from its seed before it begins. */
import type { Random } from './random.ts';

export interface Window {
  readonly from: number;
  readonly to: number;
}

export type StoreTrouble = 'busy' | 'full' | 'ioerr';

export interface Faults {
  /** In words, for the head of the story. */
  readonly kind: string;
  /** All that goes wrong by chance is over then; what was begun must come to an end. */
  readonly until: number;
  /** Per event of a worker. */
  readonly kill: number;
  readonly stall: number;
  /** How many workers may be killed, and put to sleep. */
  kills: number;
  stalls: number;
  /** Per call to a server. */
  readonly lost: number;
  readonly late: number;
  readonly busy: number;
  /** Per message or press: it is handed over twice. */
  readonly doubled: number;
  readonly chatAway: readonly Window[];
  readonly backendAway: readonly Window[];
  readonly store: readonly (Window & { readonly trouble: StoreTrouble })[];
  readonly jumps: readonly { readonly at: number; readonly by: number }[];
  /** Moments at which a worker is shut down and started again. */
  readonly shutdowns: readonly number[];
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** People have all said their part by then. */
export const PLAY_MS = 15 * MINUTE;

export const NO_FAULTS: Faults = {
  kind: 'nothing goes wrong',
  until: PLAY_MS,
  kill: 0,
  stall: 0,
  kills: 0,
  stalls: 0,
  lost: 0,
  late: 0,
  busy: 0,
  doubled: 0,
  chatAway: [],
  backendAway: [],
  store: [],
  jumps: [],
  shutdowns: [],
};

/** A few kinds of trouble at a time: a world in which everything fails shows little. */
export function faultsOf(random: Random): Faults {
  const until = PLAY_MS + random.between(0, 2 * HOUR);
  if (random.chance(0.1)) return NO_FAULTS;
  const has = (probability: number) => random.chance(probability);
  const [kills, stalls, net, chat, backend, store, jumps, shutdowns] = [
    has(0.5),
    has(0.2),
    has(0.5),
    has(0.25),
    has(0.15),
    has(0.2),
    has(0.15),
    has(0.25),
  ];
  const window = (most: number): Window => {
    const from = random.between(0, PLAY_MS * 1.2);
    return { from, to: Math.min(until, from + random.between(1_000, most)) };
  };
  const rate = random.pick([0.01, 0.03, 0.1]);
  const names = Object.entries({ kills, stalls, net, chat, backend, store, jumps, shutdowns })
    .filter(([, there]) => there)
    .map(([name]) => name);
  return {
    kind: names.join(', ') || 'redeliveries',
    until,
    kill: kills ? random.pick([1 / 30, 1 / 100, 1 / 300, 1 / 1_000]) : 0,
    kills: kills ? 1 + random.below(4) : 0,
    stall: stalls ? random.pick([1 / 60, 1 / 300]) : 0,
    stalls: stalls ? 1 + random.below(3) : 0,
    lost: net ? rate : 0,
    late: net ? rate : 0.01,
    busy: net ? rate / 2 : 0,
    doubled: random.pick([0, 0.1, 0.4]),
    chatAway: chat
      ? Array.from({ length: 1 + random.below(2) }, () =>
          window(random.pick([20_000, 5 * MINUTE, 90 * MINUTE])),
        )
      : [],
    backendAway: backend
      ? Array.from({ length: 1 + random.below(2) }, () =>
          window(random.pick([20_000, 3 * MINUTE, 15 * MINUTE])),
        )
      : [],
    store: store
      ? Array.from({ length: 1 + random.below(3) }, () => ({
          ...window(random.pick([200, 3_000, 20_000, 3 * MINUTE])),
          trouble: random.pick<StoreTrouble>(['busy', 'full', 'ioerr']),
        }))
      : [],
    jumps: jumps
      ? [
          {
            at: random.between(0, PLAY_MS),
            by: random.pick([-3_600_000, -20_000, 20_000, 120_000, 3_600_000]),
          },
        ]
      : [],
    shutdowns: shutdowns
      ? Array.from({ length: 1 + random.below(3) }, () => random.between(0, PLAY_MS))
      : [],
  };
}

export const isIn = (windows: readonly Window[], at: number): boolean =>
  windows.some(({ from, to }) => from <= at && at < to);
