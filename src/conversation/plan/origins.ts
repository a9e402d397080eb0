/** The message that a turn works on: its own, that of the turn it repeats, or those that a plan was made of. */
import type { IncomingMessage } from '../../platforms/chat.ts';
import type { TurnId } from '../../runtime/ids.ts';
import { readJob } from '../job.ts';
import { completed } from '../material/complete-message.ts';
import { readNotes } from '../notes.ts';
import { givenJob } from '../retry.ts';
import type { TurnContext } from '../turn-context.ts';
import { planWish } from './plan-words.ts';

export interface ReadRequest {
  /** Complete, without the words that ask for a plan. */
  readonly message: IncomingMessage;
  /** A plan is asked for. */
  readonly wantsPlan: boolean;
  /** The turns that it came with, where it is not the turn's own. */
  readonly origins: readonly TurnId[] | undefined;
}

export async function readRequest(turn: TurnContext): Promise<ReadRequest> {
  const { notes, project } = turn;
  const known = notes.makes?.plan.origins ?? notes.origins;
  if (known) return { ...(await merged(turn, known)), origins: known };
  const { message } = await givenJob(turn);
  const own = await whole(turn, message);
  const as = notes.repeats?.as;
  const from = as?.type === 'request' ? [as.turn] : undefined;
  if (!own.wantsPlan || !bringsNothing(own.message)) return { ...own, origins: from };
  // "Plan first" alone is about the script that the thread has.
  const last = project?.lastRequest;
  const origins = last === undefined ? undefined : await originsOf(turn, last);
  if (!origins) return { ...own, origins: from };
  return { message: (await merged(turn, origins)).message, wantsPlan: true, origins };
}

type Whole = Omit<ReadRequest, 'origins'>;

async function whole(turn: TurnContext, message: IncomingMessage): Promise<Whole> {
  const complete = await completed(turn, message);
  const { wanted, rest } = planWish(complete.text);
  return {
    message: { ...complete, text: rest },
    wantsPlan: wanted || message.planFirst === true,
  };
}

const bringsNothing = ({ text, attachments, quoted }: IncomingMessage): boolean =>
  text === '' && attachments.length === 0 && quoted === undefined;

/** The words of the first, and the files of all: what else was said is in the plan. */
async function merged(turn: TurnContext, origins: readonly TurnId[]): Promise<Whole> {
  const all: Whole[] = [];
  for (const id of origins) {
    const origin = id === turn.turn.id ? turn.turn : await turn.deps.ledger.turn(id);
    if (!origin) throw new Error('a message that the plan was made of is on record no longer');
    all.push(await whole(turn, readJob(origin.payload).message));
  }
  const [first, ...more] = all;
  if (!first) throw new Error('a plan of no message');
  const attachments = [first, ...more].flatMap(({ message }) => message.attachments);
  return { ...first, message: { ...first.message, attachments } };
}

/** Undefined: the turn works on no message of its own kind. */
async function originsOf(turn: TurnContext, id: TurnId): Promise<readonly TurnId[] | undefined> {
  const { ledger } = turn.deps;
  const found = await ledger.turn(id);
  if (found?.thread !== turn.turn.thread) return undefined;
  const notes = readNotes(found.notes, found.phase);
  const noted = notes.makes?.plan.origins ?? notes.origins;
  if (noted) return noted;
  if (notes.repeats?.as?.type === 'request') return [notes.repeats.as.turn];
  return readJob(found.payload).task.type === 'request' ? [id] : undefined;
}
