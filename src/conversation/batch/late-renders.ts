/** Videos of a batch whose render it did not wait for, by number. */
import type { Ledger } from '../../ledger/ledger.ts';
import type { Batch } from '../notes.ts';

export interface LateRenders {
  readonly rendering: readonly number[];
  readonly lost: readonly number[];
}

/** A render that is on record no longer was delivered long ago. */
export async function lateRenders(
  ledger: Pick<Ledger, 'render'>,
  batch: Batch | undefined,
): Promise<LateRenders> {
  const rendering: number[] = [];
  const lost: number[] = [];
  for (const { number, render } of batch?.late ?? []) {
    const phase = (await ledger.render(render))?.phase;
    if (phase === 'failed' || phase === 'abandoned') lost.push(number);
    else if (phase !== undefined && phase !== 'delivered') rendering.push(number);
  }
  return { rendering, lost };
}
