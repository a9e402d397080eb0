/** What was learnt of the costs of an account, kept for all processes; and what it says of work to come. */
import type { State } from '../../state/state.ts';
import { averages, type Kind, learnt, type Sample } from './averages.ts';

export interface Estimate {
  readonly credits: number;
  readonly minutes: number;
}

/** Undefined: nothing was learnt. */
export type EstimateWork = (work: {
  readonly kind: Kind;
  readonly seconds: number | undefined;
  readonly videos: number;
}) => Promise<Estimate | undefined>;

export interface Costs {
  /** Counts one more. Rejects as the store does. */
  learn(account: string, sample: Sample): Promise<void>;
  estimate(account: string): EstimateWork;
}

/** Several processes that learn at once take turns; one that never gets its turn is not missed. */
const TRIES = 5;
/** Real milliseconds: what has not been done for so long costs something else by now. */
const KEPT_MS = 180 * 86_400_000;

export function openCosts(state: State): Costs {
  const map = state.map('cost-averages', averages, { ttlMs: KEPT_MS });
  const keyOf = (account: string, kind: Kind): string => `${account}/${kind}`;
  return {
    async learn(account, sample) {
      const key = keyOf(account, sample.kind);
      for (let n = 0; n < TRIES; n += 1) {
        const before = await map.get(key);
        if (await map.swap(key, before, learnt(before, sample))) return;
      }
    },
    estimate:
      (account) =>
      async ({ kind, seconds, videos }): Promise<Estimate | undefined> => {
        const known = await map.get(keyOf(account, kind));
        if (!known) return undefined;
        const perTen = kind === 'video' ? known.perTen?.value : undefined;
        const each =
          perTen === undefined || seconds === undefined
            ? known.credits.value
            : (perTen * seconds) / 10;
        return {
          credits: Math.round(each * videos),
          minutes: Math.max(1, Math.round(known.minutes.value * videos)),
        };
      },
  };
}
