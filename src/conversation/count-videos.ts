/** All of a message is read, and it is decided once how many videos it asks for; the quota has its say. */
import { OverQuota } from '../ledger/ledger.ts';
import { capsOf, timeZone } from './access.ts';
import { listVideos, videosIn } from './batch/batch.ts';
import type { Batch, BatchVideo, Common } from './notes.ts';
import type { ReadRequest } from './plan/origins.ts';
import { leftOut } from './plan/plan.ts';
import { wantsPlan } from './plan/wants-plan.ts';
import type { TurnContext } from './turn-context.ts';

export async function countVideos(turn: TurnContext, request: ReadRequest): Promise<void> {
  const { notes, job, deps } = turn;
  const { message, origins } = request;
  const videos = plannedVideos(turn, listVideos(message));
  const change: Partial<Common> =
    videos.length === 0 ? { videos } : { videos, batch: batchOf(turn) };
  // Of an earlier version, which did not note them: it is in the midst of it.
  if (notes.phase !== 'accepted' && notes.phase !== 'preparing') return turn.note(change);
  const planWhy = await wantsPlan(turn, request, videos.length);
  if (planWhy)
    return turn.enter({
      phase: 'preparing',
      videos,
      planWhy,
      ...(origins ? { origins: [...origins] } : {}),
    });
  const extra = extraOf(turn, videos.length);
  if (extra <= 0 || (notes.weight ?? 0) > 0) return turn.enter({ ...change, phase: 'preparing' });
  const weight = turn.turn.weight + extra;
  try {
    const caps = capsOf(deps, job.message.author);
    await turn.enter({ ...change, phase: 'preparing', weight }, { weight: { of: weight, caps } });
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    await tooMany(turn, videos.length, error.left - turn.turn.weight);
  }
}

/** A plan may leave some of them out; the others keep their names. */
function plannedVideos({ notes }: TurnContext, videos: BatchVideo[]): BatchVideo[] {
  const out = notes.makes?.plan.several ? leftOut(notes.makes.plan) : [];
  if (out.length === 0) return videos;
  const kept = videos.filter(({ number }) => !out.includes(number));
  return kept.map((video, index) => ({ ...video, number: index + 1, of: kept.length }));
}

const batchOf = ({ notes }: TurnContext): Batch =>
  notes.batch ?? { announced: false, tried: [], made: [], late: [], pastRenders: [] };

/** Files that were read only now, and what is left of a batch, were not counted when the message came. */
function extraOf({ job, notes }: TurnContext, videos: number): number {
  if (videos === 0) return 0;
  return videos - (notes.batch?.made.length ?? 0) - countedFor(job);
}

const countedFor = ({ task, message }: TurnContext['job']): number =>
  task.type === 'request' ? videosIn(message) : 1;

async function tooMany(turn: TurnContext, videos: number, left: number): Promise<void> {
  const { job, words } = turn;
  const counted = countedFor(job);
  const wanted = videos - (turn.notes.batch?.made.length ?? 0);
  const message = {
    text: words.quotaTooSmall(wanted, left + counted, timeZone()),
    mention: [job.message.author.id],
  };
  await turn.enter(
    {
      phase: 'answered',
      weight: 0,
      videos: [],
      reply: { message, ending: 'needs-you', exportWanted: false, creditsWanted: false },
    },
    { weight: { of: 0, caps: [] } },
  );
}
