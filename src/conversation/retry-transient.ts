/** A look at the backend that failed in a way that passes says nothing, least of all "not there": it is taken again. */
import { OutputUnavailable, RateLimited, Unreachable } from '../nemo/errors.ts';
import { retry } from '../runtime/retry.ts';
import type { Waits } from '../settings/settings.ts';
import type { Deps } from './turn-context.ts';

export interface Patience {
  /** Looks in all. */
  readonly looks: number;
  /** Between two of them, in product milliseconds. */
  readonly pause: number;
}

export const ONE_LOOK: Patience = { looks: 1, pause: 0 };

export interface Looking {
  readonly signal: AbortSignal;
  readonly deps: Pick<Deps, 'clock'> & {
    readonly rules: { readonly waits: Pick<Waits, 'recoveryTries' | 'recoveryEvery'> };
  };
}

/** The backend was busy or out of reach, and may not be the next time. Any other error is an answer. */
export const isTransient = (error: unknown): boolean =>
  error instanceof Unreachable ||
  error instanceof RateLimited ||
  (error instanceof OutputUnavailable && error.why === 'unreachable');

/**
 * Rejects with an answer, or with the failure of the last look. The client below repeats a call within
 * seconds, for a connection that stumbled; this is the wait for a backend that comes back after minutes.
 */
export const retryTransient = <T>(
  { deps, signal }: Looking,
  look: () => Promise<T>,
  { looks, pause }: Patience = patience(deps.rules),
): Promise<T> =>
  retry({ tries: looks, pauses: [pause], clock: deps.clock, signal, again: isTransient }, look);

const patience = ({ waits }: Looking['deps']['rules']): Patience => ({
  looks: waits.recoveryTries,
  pause: waits.recoveryEvery,
});
