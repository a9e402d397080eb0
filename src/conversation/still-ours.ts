/**
 * The record refuses a worker that has lost its claim, the backend cannot: asked between the mark that a request
 * which costs is about to leave, and the request. Whoever stood still in between may have a successor, which has
 * found that nothing was ordered and orders by itself.
 */
import type { ClaimedTurn } from '../ledger/dispatch.ts';
import { StoreUnavailable } from '../runtime/store-outage.ts';

/** Rejects with `ClaimLost`, or with `StoreUnavailable` where nobody can tell: then nothing may be ordered either. */
export async function stillOurs({
  worker,
}: {
  readonly worker: Pick<ClaimedTurn, 'confirm'>;
}): Promise<void> {
  if (!(await worker.confirm()))
    throw new StoreUnavailable('nobody can tell whose turn it is by now');
}
