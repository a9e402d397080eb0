/**
 * What becomes of a plan: made, changed or cancelled, by a button or by words. The thread's ordered turns decide it, one
 * after the other, and each takes the plan from the thread's project in the stroke that notes what it does with it: of
 * two that want the same plan, the second finds it gone, in whichever process and after whichever crash.
 */
import { OverQuota } from '../../ledger/ledger.ts';
import { threadKey } from '../../platforms/chat.ts';
import type { TurnId } from '../../runtime/ids.ts';
import { capsOf, overQuota } from '../access.ts';
import { refusesBrand } from '../brand/join-brand.ts';
import { approvalMissing } from '../budgets/approval.ts';
import { quotaText } from '../immediate-commands.ts';
import type { TurnContext } from '../turn-context.ts';
import { readRequest } from './origins.ts';
import { type EndOfPlan, openPlan, videosOf } from './plan.ts';
import { closeCard, type ShownPlan, shownPlan } from './plan-message.ts';
import { answerToPlan, planWish } from './plan-words.ts';
import { type Change, changedBy } from './read-wishes.ts';
import { recordPlan } from './show-plan.ts';
import { LONGEST_TALK } from './wants-plan.ts';

/** True: all has been said, and the turn is over. False: it goes on as any other. */
export async function settlePlan(turn: TurnContext): Promise<boolean> {
  const { task } = turn.job;
  const { notes, project } = turn;
  if (notes.settles) return goOn(turn, notes.settles.plan, notes.settles.how);
  if (notes.phase !== 'accepted') return false;
  const open = openPlan(project);
  switch (task.type) {
    case 'make-plan':
    case 'cancel-plan':
    case 'change-plan': {
      const shown = open === task.plan ? await shownPlan(turn, task.plan) : undefined;
      if (!shown) return tooLate(turn, task.plan);
      if (task.type === 'make-plan') return make(turn, task.plan, shown);
      if (task.type === 'cancel-plan') return cancel(turn, task.plan);
      return change(turn, task.plan, shown, true);
    }
    case 'request': {
      if (open === undefined)
        return isLateAnswer(turn) ? tooLate(turn, project?.plan?.turn) : false;
      if (project?.asks !== open) return false;
      const shown = await shownPlan(turn, open);
      return shown ? hear(turn, open, shown) : false;
    }
    default:
      return false;
  }
}

/** "Make it", said while the plan was there and come to when it was over, is no wish about what has been made since. */
function isLateAnswer({ project, job, turn }: TurnContext): boolean {
  const { endedAt = 0 } = project?.plan ?? {};
  const { text, attachments } = job.message;
  return turn.acceptedAt <= endedAt && attachments.length === 0 && answerToPlan(text) !== undefined;
}

/** Said right after a plan was shown: an answer, a change, or something else. */
async function hear(turn: TurnContext, open: TurnId, shown: ShownPlan): Promise<boolean> {
  const { text, attachments, quoted } = turn.job.message;
  if (planWish(text).wanted || quoted || text.length > LONGEST_TALK) return false;
  const answer = attachments.length === 0 ? answerToPlan(text) : undefined;
  if (answer === 'make') return make(turn, open, shown);
  if (answer === 'cancel') return cancel(turn, open);
  return change(turn, open, shown, false);
}

async function make(turn: TurnContext, id: TurnId, { plan, notes }: ShownPlan): Promise<boolean> {
  const { deps, job, words, thread } = turn;
  const { author } = job.message;
  for (const origin of plan.origins)
    if (!(await deps.ledger.turn(origin))) return tooLate(turn, undefined);
  const missing = approvalMissing(deps, words, plan, author, thread.ref.platform);
  if (missing) {
    await thread.postPrivately(author.id, missing);
    return true;
  }
  const weight = videosOf(plan);
  const over = ended(turn, id, 'made');
  const made = over && { ...over, lastRequest: turn.turn.id };
  try {
    await turn.enter(
      {
        phase: 'preparing',
        makes: { turn: id, plan },
        settles: { plan: id, how: 'made' },
        uploaded: notes.uploaded,
        fit: notes.fit,
        weight,
      },
      { project: made, weight: { of: weight, caps: capsOf(deps, author) } },
    );
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const quota = overQuota({ weight }, error.left);
    await thread.postPrivately(author.id, { text: quotaText(deps, words, quota) });
    return true;
  }
  return goOn(turn, id, 'made');
}

const ended = (
  { project, deps }: TurnContext,
  turn: TurnId,
  how: EndOfPlan,
): TurnContext['project'] =>
  project && {
    ...project,
    plan: { turn, ended: how, endedAt: deps.clock.now() },
    asks: undefined,
  };

async function cancel(turn: TurnContext, id: TurnId): Promise<boolean> {
  await turn.note(
    { settles: { plan: id, how: 'cancelled' }, weight: 0 },
    {
      project: ended(turn, id, 'cancelled'),
      weight: { of: 0, caps: [] },
    },
  );
  return goOn(turn, id, 'cancelled');
}

/** `meant`: the words came from a form that is about the plan. False: they ask something of their own. */
async function change(
  turn: TurnContext,
  id: TurnId,
  { plan: shown }: ShownPlan,
  meant: boolean,
): Promise<boolean> {
  const { message } = await readRequest(turn);
  const { plan: changed, known: read }: Change = changedBy(shown, message.text);
  const leavesBrand = shown.brand !== undefined && refusesBrand(message.text);
  const plan = leavesBrand ? { ...changed, brand: undefined } : changed;
  const known = read || leavesBrand;
  if (message.attachments.length > 0) {
    // What the files are has to be seen first: the plan is made anew, with what was decided about it.
    await turn.enter({
      phase: 'preparing',
      origins: [...shown.origins, turn.turn.id],
      changes: { turn: id, plan },
      planWhy: 'asked',
    });
    return false;
  }
  if (!meant && !known && /[?？]\s*$/.test(message.text)) return false;
  await recordPlan(turn, plan);
  return goOn(turn, id, 'changed');
}

/** From here on after a crash, too: everything may be done again, and is seen once. */
async function goOn(turn: TurnContext, id: TurnId, how: EndOfPlan): Promise<boolean> {
  const { notes, deps, thread, words, job } = turn;
  if (how === 'made') {
    deps.bestEffort.run(threadKey(thread.ref), `plan ${id}`, async () => {
      await closeCard(turn, id, how);
    });
    return false;
  }
  if (how === 'cancelled') {
    if (await closeCard(turn, id, how)) return true;
    const mention = [job.message.author.id];
    await turn.say({ text: words.plan.ended.cancelled, mention }, 'cancelled');
    return true;
  }
  // Its status is shown: it ends as any other turn does.
  if (notes.statusId !== undefined) return false;
  if (notes.phase === 'answered' && !notes.said) {
    const { reply } = notes;
    const posted = await turn.say(reply.message, 'answer');
    const said = { at: deps.clock.now(), ending: reply.ending, exportWanted: false };
    await turn.enter({ phase: 'answered', reply, said, cardId: posted?.id });
  }
  await closeCard(turn, id, how);
  return true;
}

/** Pressed before the plan was over, and come to only now. */
async function tooLate(turn: TurnContext, id: TurnId | undefined): Promise<boolean> {
  const { words, thread, job, project } = turn;
  const isThere = id !== undefined && (await shownPlan(turn, id));
  const text = isThere ? words.plan.late[endOf(project, id)] : words.plan.gone;
  await thread.postPrivately(job.message.author.id, { text });
  return true;
}

/** Of a plan that can no longer be made. */
export function endOf(project: TurnContext['project'], id: TurnId): EndOfPlan {
  if (!project?.plan) return 'over';
  return project.plan.turn === id ? (project.plan.ended ?? 'changed') : 'changed';
}
