/**
 * The buttons of a plan. What they stand for is put on record under a key made of the plan's turn: pressed twice, or by
 * two people, it is there once. Which plan is meant is the client's claim.
 */
import { type ButtonPress, type ThreadRef, threadKey } from '../../platforms/chat.ts';
import { type TurnId, toTurnId } from '../../runtime/ids.ts';
import { approvalMissing } from '../budgets/approval.ts';
import { asMessage, type InteractionContext, notTaken, type Put, saying } from '../interaction.ts';
import type { PlanTask } from '../job.ts';
import { readNotes } from '../notes.ts';
import { putOnce } from '../put-once.ts';
import type { Asked } from '../task-from-message.ts';
import type { Deps } from '../turn-context.ts';
import { openPlan, type Plan, videosOf } from './plan.ts';
import { endOf } from './settle-plan.ts';

/** `thread` is the person's to use. */
export async function pressPlan(
  { deps, words, event, respond }: InteractionContext<ButtonPress>,
  put: Put,
  thread: ThreadRef,
  action: PlanTask,
): Promise<void> {
  const { value = '', material } = event;
  const shown = await planIn(deps, thread, value);
  if (!shown) return respond({ text: words.plan.gone });
  const project = await deps.projects.of(thread);
  if (openPlan(project) !== shown.turn)
    return respond({ text: words.plan.late[endOf(project, shown.turn)] });
  const missing =
    action === 'make-plan' &&
    approvalMissing(deps, words, shown.plan, event.person, thread.platform);
  if (missing) return respond(missing);
  if (action === 'change-plan' && !material) return respond({ text: words.plan.changeHint });
  const task = { type: action, plan: shown.turn } as const;
  const said = asMessage(deps, event, thread, material ?? saying(''));
  // What is said about a plan may be said once more; the others are done once.
  const asked = askedFor(task, shown.plan);
  const outcome =
    action === 'change-plan'
      ? await put(said, asked)
      : await putOnce(deps, put, { ...said, key: `${shown.turn}:${action}` }, asked);
  if (outcome === 'known')
    return respond({ text: words.plan.late[action === 'cancel-plan' ? 'cancelled' : 'made'] });
  if (outcome !== 'new') return respond(notTaken(deps, words, outcome, event.platform));
}

/** The videos count for whoever has them made; to change or cancel a plan is free. */
export const askedFor = (
  task: { readonly type: PlanTask; readonly plan: TurnId },
  plan: Plan,
): Asked =>
  task.type === 'make-plan'
    ? { task, counts: 'requests', weight: videosOf(plan) }
    : { task, weight: 0 };

async function planIn(
  deps: Deps,
  thread: ThreadRef,
  named: string,
): Promise<{ readonly turn: TurnId; readonly plan: Plan } | undefined> {
  const turn = await deps.ledger.turn(toTurnId(named));
  if (turn?.thread !== threadKey(thread)) return undefined;
  const { plan } = readNotes(turn.notes, turn.phase);
  return plan && { turn: turn.id, plan };
}
