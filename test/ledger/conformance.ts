/** What every store behind the ledger port must do. A store's test file hands in how to open it. */
import { describe } from 'vitest';
import { describeBudgets } from './conformance/budgets.ts';
import { describeClaims } from './conformance/claims.ts';
import { describeDispatch } from './conformance/dispatch.ts';
import { describeForgetting } from './conformance/forgetting.ts';
import { describeKeeping } from './conformance/keeping.ts';
import { describeLooking } from './conformance/looking.ts';
import { describeModel } from './conformance/model.ts';
import { describeOrder } from './conformance/order.ts';
import { describeOverview } from './conformance/overview.ts';
import { describeQuotas } from './conformance/quotas.ts';
import { describeRecord } from './conformance/record.ts';
import { describeRenders } from './conformance/renders.ts';
import { describeSecondThoughts } from './conformance/second-thoughts.ts';
import { describeSharing } from './conformance/sharing.ts';
import { describeSpendings } from './conformance/spendings.ts';
import { describeVersions } from './conformance/versions.ts';
import type { LedgerStore } from './support.ts';

/** `open` gives an empty store each time. */
export function describeLedger(
  name: string,
  open: () => Promise<LedgerStore>,
  modelRuns: number,
): void {
  const parts: Readonly<Record<string, (open: () => Promise<LedgerStore>) => void>> = {
    order: describeOrder,
    claims: describeClaims,
    sharing: describeSharing,
    looking: describeLooking,
    keeping: describeKeeping,
    forgetting: describeForgetting,
    'second thoughts': describeSecondThoughts,
    record: describeRecord,
    renders: describeRenders,
    versions: describeVersions,
    quotas: describeQuotas,
    spendings: describeSpendings,
    overview: describeOverview,
    budgets: describeBudgets,
    dispatch: describeDispatch,
    model: (own) => describeModel(own, modelRuns),
  };
  describe(`${name} as a ledger`, () => {
    // Each in a block of its own, because each opens a store before every test of the block.
    for (const [part, tests] of Object.entries(parts)) describe(part, () => tests(open));
  });
}
