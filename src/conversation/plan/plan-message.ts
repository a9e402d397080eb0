/** The message that shows a plan, once the plan is over: it says so, and its buttons are gone. */
import { ChatError } from '../../platforms/chat.ts';
import type { TurnId } from '../../runtime/ids.ts';
import { readNotes } from '../notes.ts';
import type { TurnContext } from '../turn-context.ts';
import type { EndOfPlan, Plan } from './plan.ts';
import { closedCard } from './plan-card.ts';

export interface ShownPlan {
  readonly plan: Plan;
  readonly notes: ReturnType<typeof readNotes>;
}

/** Undefined: the turn is none of the thread's, or has shown none. */
export async function shownPlan(
  { deps, turn }: Pick<TurnContext, 'deps' | 'turn'>,
  id: TurnId,
): Promise<ShownPlan | undefined> {
  const found = await deps.ledger.turn(id);
  if (found?.thread !== turn.thread) return undefined;
  const notes = readNotes(found.notes, found.phase);
  return notes.plan && { plan: notes.plan, notes };
}

/** False: the message is as it was, because the place takes no edit of it. Edited once more it reads the same. */
export async function closeCard(turn: TurnContext, id: TurnId, how: EndOfPlan): Promise<boolean> {
  const { thread, words } = turn;
  const shown = await shownPlan(turn, id);
  const { cardId, reply } = shown ? textOf(shown) : {};
  if (!cardId || !reply || !thread.capabilities.edit) return false;
  const text = closedCard(reply.text, words.plan.ended[how]);
  try {
    await thread.edit(cardId, { text, buttons: [], mention: reply.mention });
    return true;
  } catch (error) {
    // Refused for good; what is out of reach is tried again with the turn.
    if (!(error instanceof ChatError) || error.reason === 'unreachable') throw error;
    return false;
  }
}

const textOf = ({ notes }: ShownPlan) => ({
  cardId: notes.cardId,
  reply: 'reply' in notes ? notes.reply?.message : undefined,
});
