/**
 * The warning that a budget is nearly used up: once in its month, whichever process and turn comes to it first. That it
 * is given is on record before it is, with the turn that gives it, which gives it again after a crash.
 */
import { z } from 'zod';
import type { Budget } from '../../ledger/ledger.ts';
import { ChatError } from '../../platforms/chat.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { State, StateMap } from '../../state/state.ts';
import { paysPrivately } from '../accounts/payer.ts';
import type { TurnContext } from '../turn-context.ts';
import { budgetsOf } from './budgets.ts';
import { adminsOn } from './used-up.ts';

/** Of the limit. */
const WARN_AT = 0.8;
/** Real milliseconds: longer than any month. */
const KEPT_MS = 40 * 86_400_000;

const given = z.object({ turn: z.string() });
export type BudgetWarnings = StateMap<z.infer<typeof given>>;

export const openBudgetWarnings = (state: State): BudgetWarnings =>
  state.map('budget-warnings', given, { ttlMs: KEPT_MS });

/** After a turn that may have spent. It fails no turn: who is not warned is told with the next one. */
export async function warnOfBudgets(turn: TurnContext): Promise<void> {
  const { deps, thread, job } = turn;
  if (paysPrivately(deps.payer)) return;
  try {
    for (const budget of budgetsOf(deps, thread.ref, job.message.author))
      await warnOf(turn, budget);
  } catch (error) {
    if (!isStoreOutage(error)) throw error;
    deps.log.warn('a warning about a budget could not be given', { turn: turn.turn.id, error });
  }
}

async function warnOf(turn: TurnContext, budget: Budget): Promise<void> {
  const { deps, words, thread, job } = turn;
  const { since, limit, ...place } = budget;
  const used = await deps.ledger.budgetUse(place, since);
  if (used.credits < WARN_AT * limit) return;
  const key = keyOf(budget);
  const mark = { turn: turn.turn.id };
  const isFirst = await deps.budgetWarnings.swap(key, undefined, mark);
  if (!isFirst && (await deps.budgetWarnings.get(key))?.turn !== mark.turn) return;
  const text = words.budgets.warning({ of: place.of, limit, ...used });
  const { author } = job.message;
  try {
    if (place.of === 'person') return await thread.postPrivately(author.id, { text });
    const admins = adminsOn(deps, thread.ref.platform);
    const mention = admins.length > 0 ? admins : [author.id];
    await turn.say({ text, mention }, `budget:${place.of}`);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    await deps.budgetWarnings.swap(key, mark, undefined);
    deps.log.warn('a warning about a budget was not taken', { turn: turn.turn.id, error });
  }
}

/** A limit that was raised is another budget. */
function keyOf({ since, limit, ...place }: Budget): string {
  const whose =
    place.of === 'person'
      ? place.person
      : [place.workspace, ...(place.of === 'channel' ? [place.channel] : [])].join(':');
  return `${place.of}:${place.platform}:${whose}:${since}:${limit}`;
}
