/**
 * A message that was edited or deleted after it had come in. What waits is changed or taken back on the record; what
 * is at work goes on, and its person is told so by a turn of its own, once, whatever crashes in between.
 */
import { isEnd, type Turn } from '../ledger/ledger.ts';
import { type Inbox, type IncomingMessage, type Revision, threadKey } from '../platforms/chat.ts';
import type { InOrder } from '../runtime/in-order.ts';
import { capsOf, overQuota } from './access.ts';
import { arrivalOf } from './arrival.ts';
import { hear } from './hear.ts';
import type { Append } from './interaction.ts';
import { type Job, readJob, type Task } from './job.ts';
import { readNotes } from './notes.ts';
import { type Deps, platformOf, type TurnContext } from './turn-context.ts';

type SecondThoughts = Extract<Task, { type: 'second-thoughts' }>;

export interface SecondThoughtsDeps {
  readonly append: Append;
  /** By the message's key: what is done about a message is done one after the other. */
  readonly byKey: InOrder;
  /** By thread, as messages are heard. */
  readonly inThread: InOrder;
}

export function createSecondThoughts(
  deps: Deps,
  { append, byKey, inThread }: SecondThoughtsDeps,
): Pick<Inbox, 'revise' | 'withdraw'> {
  const { ledger } = deps;

  /** One that had to be asked about is at work under a key of its own (whose-message.ts). */
  const standing = async (key: string) =>
    (await ledger.turnOf(`${key}:whose`)) ?? (await ledger.turnOf(key));

  async function revise(turn: Turn, { message: before }: Job, revision: Revision): Promise<void> {
    const message: IncomingMessage = { ...before, ...NOTHING_BESIDE, ...revision };
    const asked = await inThread(threadKey(message.thread), () => hear(deps, message));
    // In its new words it is not for us.
    if (!asked) return withdraw(turn, 'edited');
    const { lane, payload, counts, weight } = arrivalOf(message, asked);
    const caps = capsOf(deps, message.author);
    const revised = await ledger.revise(turn.key, { lane, payload, counts, weight }, caps);
    if (revised.outcome === 'begun') return tell(turn, 'edited');
    if (revised.outcome === 'over-quota') {
      const task = overQuota(asked, revised.left);
      await append({ ...message, key: `${turn.key}:quota` }, { task, weight: 0 });
    }
    if (revised.outcome === 'over-quota' || lane === 'immediate') await letGo(turn, 'edited');
  }

  async function withdraw(turn: Turn, how: SecondThoughts['how']): Promise<void> {
    // Of several videos some may be made and paid by now.
    const begun = readNotes(turn.notes, turn.phase).batch?.tried.length ?? 0;
    if (begun > 0) return tell(turn, how);
    const { outcome } = await ledger.withdraw(turn.key);
    if (outcome === 'withdrawn') await letGo(turn, how);
    if (outcome === 'called-off') deps.interrupt(turn.id);
    if (outcome === 'running') await tell(turn, how);
  }

  /** Its 🕓 goes, unless it went with the message; and that of the next one, whose wait may be over by that. */
  async function letGo(
    { thread, payload, order }: Turn,
    how: SecondThoughts['how'],
  ): Promise<void> {
    if (how === 'edited') calm(readJob(payload).message);
    const [next] = await ledger.unfinished(thread);
    if (next && next.order > order) calm(readJob(next.payload).message);
  }

  function calm({ messageId, thread }: IncomingMessage): void {
    if (!messageId) return;
    deps.bestEffort.run(threadKey(thread), `queued ${messageId}`, () =>
      platformOf(deps, thread).thread(thread).unreact(messageId, 'queued'),
    );
  }

  async function tell({ id, key, payload }: Turn, how: SecondThoughts['how']): Promise<void> {
    const { message } = readJob(payload);
    const task = { type: 'second-thoughts', turn: id, how } as const;
    await append({ ...message, key: `${key}:second-thoughts` }, { task, weight: 0 });
  }

  return {
    revise: (key, read) =>
      byKey(key, async () => {
        const found = await standing(key);
        if (!found) return false;
        const { turn, waits } = found;
        const revision = isEnd(turn.phase) ? undefined : read();
        if (!revision) return true;
        const job = readJob(turn.payload);
        if (isSame(job.message, revision)) return true;
        await (waits ? revise(turn, job, revision) : tell(turn, 'edited'));
        return true;
      }),

    withdraw: (key) =>
      byKey(key, async () => {
        const found = await standing(key);
        if (found && !isEnd(found.turn.phase)) await withdraw(found.turn, 'deleted');
      }),
  };
}

const NOTHING_BESIDE = {
  quoted: undefined,
  unread: undefined,
  incomplete: undefined,
  unnamed: undefined,
  calls: undefined,
} satisfies Partial<IncomingMessage>;

/** Platforms tell of every change to a message: a preview, a pin, the same edit twice. */
function isSame(before: IncomingMessage, now: Revision): boolean {
  const ids = ({ attachments }: Revision) => attachments.map(({ id }) => id).join();
  return before.text.trim() === now.text.trim() && ids(before) === ids(now);
}

/** Nothing to be said of what has ended meanwhile. */
export async function tellRunsOn(
  turn: TurnContext,
  { turn: id, how }: SecondThoughts,
): Promise<void> {
  const { deps, words, job } = turn;
  const meant = await deps.ledger.turn(id);
  if (!meant || isEnd(meant.phase)) return;
  await turn.say(
    {
      text: words.secondThoughts[how],
      mention: [job.message.author.id],
      buttons: [{ label: words.button.stop, style: 'danger', does: { action: 'stop', value: id } }],
    },
    'second-thoughts',
  );
}
