/** Is a plan shown before anything is made, and why? Asked for, always; else where that would cost much, by the operator's setting. */
import type { IncomingMessage } from '../../platforms/chat.ts';
import { within } from '../../runtime/deadline.ts';
import { isAdmin } from '../access.ts';
import { needsApproval } from '../budgets/approval.ts';
import type { Deps, TurnContext } from '../turn-context.ts';
import type { ReadRequest } from './origins.ts';
import { openPlan, type PlanReason } from './plan.ts';
import { wishesIn } from './read-wishes.ts';

/** So many videos from one message are made without a question. */
const MOST_UNASKED = 3;
/** Real milliseconds in which the backend may say what is left. */
const LOOK_MS = 3_000;
/** In UTF-16 units: what is longer is a script, and no answer to a plan. */
export const LONGEST_TALK = 240;

/** Undefined: it is made at once. `videos`: of a batch; none where one video is asked for. */
export async function wantsPlan(
  turn: TurnContext,
  { message, wantsPlan: asked }: ReadRequest,
  videos: number,
): Promise<PlanReason | undefined> {
  const { notes, project, deps } = turn;
  const { planFirst } = deps.rules;
  if (notes.makes) return undefined;
  if (notes.planWhy) return notes.planWhy;
  if (asked || isNextScript(turn, message)) return 'asked';
  const isFirst = project?.lastWords === undefined || videos > 0;
  if (await isLarge(turn, message, videos, isFirst)) return 'approval';
  if (planFirst === 'off') return undefined;
  if (videos > MOST_UNASKED) return 'many';
  if (!isFirst || isQuestion(message)) return undefined;
  if (planFirst === 'always') return 'always';
  const { seconds } = wishesIn(message.text);
  const estimate = await deps.estimate({ kind: 'video', seconds, videos: Math.max(1, videos) });
  if (!estimate) return undefined;
  const available = await availableCredits(deps);
  return available !== undefined && estimate.credits > available ? 'credits' : undefined;
}

/** What an admin asks for needs nobody's consent. */
async function isLarge(
  { deps, job }: TurnContext,
  { text }: IncomingMessage,
  videos: number,
  isFirst: boolean,
): Promise<boolean> {
  if (deps.rules.approveOver === undefined || isAdmin(deps, job.message.author)) return false;
  const kind = isFirst ? 'video' : 'edit';
  const { seconds } = wishesIn(text);
  return needsApproval(deps, await deps.estimate({ kind, seconds, videos: Math.max(1, videos) }));
}

/** Who has been shown a plan and sends another script wants to see that one's first, too. */
const isNextScript = ({ project }: TurnContext, message: IncomingMessage): boolean =>
  openPlan(project) !== undefined &&
  project?.asks === openPlan(project) &&
  (message.text.length > LONGEST_TALK ||
    message.attachments.length > 0 ||
    message.quoted !== undefined);

/** "What can you do?" asks for no video. */
const isQuestion = ({ text, attachments, quoted }: IncomingMessage): boolean =>
  attachments.length === 0 &&
  quoted === undefined &&
  text.length <= LONGEST_TALK &&
  /[?？]\s*$/.test(text);

/** Undefined where the backend would not say it in time. */
export async function availableCredits({
  balance,
  timers,
  log,
}: Deps): Promise<number | undefined> {
  try {
    const credits = await within(LOOK_MS, undefined, (signal) => balance.of(signal), timers);
    return credits?.available;
  } catch (error) {
    log.debug('the balance could not be read for a plan', { error });
    return undefined;
  }
}
