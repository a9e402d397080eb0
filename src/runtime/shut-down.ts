/** The way down: nothing more is taken in while turns put themselves down; then everything is closed. */
import { type ClosingStep, runAll, runTogether } from './run-all.ts';

export interface ShutDown {
  readonly platforms: readonly { readonly name: string; stopListening(): Promise<void> }[];
  /** Bounded by itself, a little over the grace. */
  readonly drain: (graceMs: number) => Promise<void>;
  readonly graceMs: number;
  readonly closing: readonly ClosingStep[];
}

/**
 * A platform that does not come to an end keeps neither the turns from being put down nor the rest from
 * being closed: what it has not taken comes again at the next start. Rejects with all that failed.
 */
export const shutDown = ({ platforms, drain, graceMs, closing }: ShutDown): Promise<void> =>
  runAll([
    {
      what: 'the end of the work',
      run: () =>
        // What is still put on record meanwhile waits for the next start.
        runTogether([
          ...platforms.map((platform) => ({
            what: `the end of listening to ${platform.name}`,
            run: () => platform.stopListening(),
            mostMs: graceMs,
          })),
          { what: 'the drain', run: () => drain(graceMs) },
        ]),
    },
    ...closing,
  ]);
