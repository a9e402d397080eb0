/** A fault that a test plants to see whether the audit finds it. Nothing of it is in `src/`. */
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Nemo } from '../../src/nemo/nemo.ts';
import type { Faults } from './faults.ts';
import type { Worker } from './world.ts';

export interface Planted {
  readonly name: string;
  /** The rule that the audit must find broken. */
  readonly breaks: string;
  /** Where it was found first; looked for from here on. */
  readonly from: number;
  /** Trouble under which it shows; the rest is the seed's own. */
  readonly faults?: Partial<Faults>;
  readonly dailyTurns?: number;
  /** A world that does not come to rest is left then. */
  readonly mostEvents?: number;
  /** Every message of a person asks for several videos. */
  readonly batches?: boolean;
  /** All write in one thread, and say stop when an answer comes. */
  readonly stops?: boolean;
  /** Another statement in place of one of the store's. */
  readonly sql?: (sql: string, worker: Worker) => string;
  /** And other values of it. PostgreSQL alone. */
  readonly values?: (sql: string, values: readonly unknown[]) => readonly unknown[];
  /** True: that statement does not join the transaction it belongs to. PostgreSQL alone. */
  readonly outside?: (sql: string) => boolean;
  /** False: a callback that code of ours leaves for later is forgotten. */
  readonly microtasks?: (run: () => void) => boolean;
  readonly ledger?: (ledger: Ledger, worker: Worker) => Ledger;
  readonly nemo?: (nemo: Nemo) => Nemo;
  /** False after a world has been lived: nothing was changed in it, so that nothing is proved. */
  readonly inPlace: () => boolean;
}
