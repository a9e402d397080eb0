/** A fault that a test plants to see whether the audit finds it. Nothing of it is in `src/`. */
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Nemo } from '../../src/nemo/nemo.ts';
import type { Worker } from './world.ts';

export interface Planted {
  readonly name: string;
  /** Another statement in place of one of the store's. */
  readonly sql?: (sql: string) => string;
  readonly ledger?: (ledger: Ledger, worker: Worker) => Ledger;
  readonly nemo?: (nemo: Nemo, worker: Worker) => Nemo;
  /** False after a world has been run: the fault was never in place, so that nothing was proved. */
  readonly inPlace: () => boolean;
}
