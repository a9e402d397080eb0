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
  describe(`${name} as a ledger`, () => {
    describeOrder(open);
    describeClaims(open);
    describeSharing(open);
    describeLooking(open);
    describeKeeping(open);
    describeForgetting(open);
    describeSecondThoughts(open);
    describeRecord(open);
    describeRenders(open);
    describeVersions(open);
    describeQuotas(open);
    describeSpendings(open);
    describeOverview(open);
    describeBudgets(open);
    describeDispatch(open);
    describeModel(open, modelRuns);
  });
}
