/**
 * Several videos from one message: one file after the other in the thread's session, each with its own
 * render. The turn is one, so that stop ends the rest and a restart goes on with the file it was at.
 */
import { ClaimLost } from '../ledger/ledger.ts';
import { ChatError } from '../platforms/chat.ts';
import { planBatch } from './batch-plan.ts';
import { Interrupted } from './dispatcher.ts';
import { explain } from './explain.ts';
import type { Job } from './job.ts';
import { languageOf, replyLanguage } from './language.ts';
import type { Progress } from './progress.ts';
import type { Ending } from './stage.ts';
import type { TurnContext } from './turn-context.ts';

export interface BatchEntry {
  readonly job: Job;
  /** 1-based. */
  readonly number: number;
  readonly of: number;
  /** The file's name without its ending: what the video will be called. */
  readonly name: string;
}

/** Undefined: the job asks for one video. */
export function entriesOf(job: Job): readonly BatchEntry[] | undefined {
  const { message } = job;
  const files = message.attachments;
  const plan = planBatch(
    message.text,
    files.map((file) => file.name),
  );
  return plan?.flatMap(({ file, instruction }, index) => {
    const attachment = files[file];
    if (!attachment) return [];
    return [
      {
        job: {
          ...job,
          message: {
            ...message,
            text: orderOf(instruction, attachment.name, index + 1, plan.length),
            attachments: [attachment],
          },
        },
        number: index + 1,
        of: plan.length,
        name: attachment.name.replace(/\.[^.]+$/, ''),
      },
    ];
  });
}

/** The session still holds the video before: the agent has to know that this is another one. */
function orderOf(instruction: string, name: string, number: number, of: number): string {
  return replyLanguage(languageOf(instruction)) === 'zh'
    ? `请另做一个新视频（第 ${number} 个，共 ${of} 个），只用文件 ${name}：\n${instruction}`
    : `Make a new, separate video (${number} of ${of}) from the file ${name} alone:\n${instruction}`;
}

/** Runs every entry; one that fails is told and does not stop the others. */
export async function runBatch(
  turn: TurnContext,
  progress: Progress,
  entries: readonly BatchEntry[],
  runOne: (turn: TurnContext, entry: BatchEntry) => Promise<Ending>,
): Promise<Ending> {
  const { words } = turn;
  await turn.say({ text: words.batchPlan(entries.map((entry) => entry.name)) }, 'batch-plan');
  await progress.said();
  let failed = 0;
  for (const entry of entries) {
    const at = turn.notes.entry?.number ?? 0;
    if (entry.number < at) continue;
    if (entry.number > at) await begin(turn, entry);
    const ending = await attempt(turn.part(`${entry.number}`), entry, runOne);
    if (ending === 'failed' || ending === 'needs-you') failed += 1;
  }
  await turn.say(
    {
      text: words.batchDone(entries.length - failed, entries.length),
      mention: [turn.job.message.author.id],
    },
    'batch-done',
  );
  return failed === 0 ? 'done' : 'failed';
}

/** Forgets the notes of the video before, so that a crash from here on belongs to this one. */
function begin(turn: TurnContext, { number, of, name }: BatchEntry): Promise<void> {
  const fresh = {
    baseline: undefined,
    sentAt: undefined,
    answer: undefined,
    answered: undefined,
    ending: undefined,
    creditsWanted: undefined,
    exportWanted: undefined,
    renderId: undefined,
  };
  return turn.note({ ...fresh, entry: { number, of, name } }, 'preparing');
}

async function attempt(
  turn: TurnContext,
  entry: BatchEntry,
  runOne: (turn: TurnContext, entry: BatchEntry) => Promise<Ending>,
): Promise<Ending> {
  try {
    return await runOne(turn, entry);
  } catch (error) {
    const unreachable = error instanceof ChatError && error.reason === 'unreachable';
    if (
      turn.signal.aborted ||
      error instanceof ClaimLost ||
      error instanceof Interrupted ||
      unreachable
    )
      throw error;
    const told = explain(error, turn.words, await turn.deps.nemo.registration());
    if (told.report)
      turn.deps.log.error('an entry of a batch failed', { turn: turn.turn.id, error });
    const text = `${turn.words.batchEntry(entry.number, entry.of, entry.name)}\n${told.message.text}`;
    await turn.say({ text }, 'failure');
    if (told.private) await turn.thread.postPrivately(turn.job.message.author.id, told.private);
    return 'failed';
  }
}
