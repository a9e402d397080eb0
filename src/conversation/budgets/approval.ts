/**
 * Does an admin have to agree? Where the operator says so of what takes many credits, and where it was learnt what it
 * takes. It stands in the plan, so that its card and whoever has it made go by the same; a changed plan is looked at anew.
 */

import type { Words } from '../../locales/locale.ts';
import type { OutgoingMessage, Person, PlatformName } from '../../platforms/chat.ts';
import { isAdmin } from '../access.ts';
import { paysPrivately } from '../accounts/payer.ts';
import type { Estimate } from '../cost/estimate.ts';
import type { Plan } from '../plan/plan.ts';
import type { Deps } from '../turn-context.ts';
import { adminsOn } from './used-up.ts';

/** What a person pays of their own is theirs to decide. */
export const needsApproval = (
  { rules, payer }: Pick<Deps, 'rules' | 'payer'>,
  estimate: Estimate | undefined,
): boolean =>
  rules.approveOver !== undefined &&
  estimate !== undefined &&
  estimate.credits > rules.approveOver &&
  !paysPrivately(payer);

/** Asked of who presses, or says it, at that moment; undefined: they may have it made. */
export function approvalMissing(
  deps: Pick<Deps, 'rules' | 'platforms'>,
  words: Words,
  { approve }: Plan,
  person: Person,
  platform: PlatformName,
): OutgoingMessage | undefined {
  if (!approve || isAdmin(deps, person)) return undefined;
  const mention = adminsOn(deps, platform);
  return {
    text: words.plan.adminsOnly(mention.length),
    ...(mention.length > 0 ? { mention } : {}),
  };
}
