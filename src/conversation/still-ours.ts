/**
 * The record refuses a worker that has lost its claim, the backend cannot: asked between the mark that a request
 * which costs is about to leave, and the request. Whoever stood still in between may have a successor, which has
 * found that nothing was ordered and orders by itself.
 */
import type { Shift } from '../ledger/dispatch.ts';
import { StoreUnavailable } from '../runtime/store-outage.ts';

/** Rejects with `ClaimLost`, or with `StoreUnavailable` where nobody can tell: then nothing may be ordered either. */
export async function stillOurs({
  shift,
}: {
  readonly shift: Pick<Shift, 'confirm'>;
}): Promise<void> {
  if (!(await shift.confirm()))
    throw new StoreUnavailable('nobody can tell whose turn it is by now');
}
