/** Makes a plan of what somebody sent, without a run: from the words, from documents, and from what each file is. */
import { createCures } from '../agent/send.ts';
import { brandFor, brandName } from '../brand/join-brand.ts';
import { needsApproval } from '../budgets/approval.ts';
import { adminsOn } from '../budgets/used-up.ts';
import { cleanText } from '../language/intent.ts';
import { languageOf } from '../language/language.ts';
import { type Prepared, type PreparedMaterial, prepare } from '../material/prepare.ts';
import type { BatchVideo, Notes } from '../notes.ts';
import { recordQuestion } from '../post-answer.ts';
import type { Progress } from '../progress.ts';
import type { Project } from '../project.ts';
import type { TurnContext } from '../turn-context.ts';
import type { ReadRequest } from './origins.ts';
import { type EndOfPlan, openPlan, type Plan, videosOf } from './plan.ts';
import { planCard } from './plan-card.ts';
import { wishesIn } from './read-wishes.ts';
import { scenesOf } from './scenes.ts';
import { availableCredits } from './wants-plan.ts';

export async function showPlan(
  turn: TurnContext,
  progress: Progress,
  request: ReadRequest,
): Promise<void> {
  const { videos = [] } = turn.notes;
  const kit = await brandFor(turn, request.message.text);
  const brand = kit && { brand: brandName(kit) };
  if (videos.length > 0)
    return recordPlan(
      turn,
      carriedOver(turn.notes, { ...batchPlan(turn, request, videos), ...brand }),
    );
  const ready = await prepared(turn, progress, request);
  if (ready.reply) {
    const { about, message } = ready.reply;
    const isBare = about === 'nothing' && request.message.attachments.length === 0;
    const text = isBare ? turn.words.plan.nothing : message.text;
    return recordQuestion(turn, ready.project, { about, message: { ...message, text } });
  }
  const plan = { ...planOf(turn, request, ready.material), ...brand };
  await recordPlan(turn, carriedOver(turn.notes, plan), ready.project);
}

/** With the cures of a request: a session may be gone. */
async function prepared(
  turn: TurnContext,
  progress: Progress,
  { message }: ReadRequest,
): Promise<Prepared> {
  const cure = createCures(turn, progress);
  for (;;) {
    try {
      return await prepare(turn, progress, { message, plan: turn.notes.changes?.plan });
    } catch (error) {
      await cure(error);
    }
  }
}

function planOf(
  turn: TurnContext,
  { message, origins }: ReadRequest,
  { script, files, fates }: PreparedMaterial,
): Plan {
  const { text, quoted, documents } = script;
  const own = documents.map((it) => it.text).join('\n\n') || quoted || text;
  return {
    origins: [...(origins ?? [turn.turn.id])],
    kind: turn.project?.lastWords === undefined ? 'video' : 'edit',
    several: false,
    parts: scenesOf(own).map((words) => ({ text: words })),
    wishes: wishesIn(message.text),
    decided: [],
    added: [],
    files: [...files],
    told: [...fates],
  };
}

function batchPlan(
  turn: TurnContext,
  { message, origins }: ReadRequest,
  videos: readonly BatchVideo[],
): Plan {
  const all = [...(message.quoted?.attachments ?? []), ...message.attachments];
  const shared = all.filter(({ id }) => videos.every(({ files }) => files.includes(id)));
  return {
    origins: [...(origins ?? [turn.turn.id])],
    kind: 'video',
    several: true,
    parts: videos.map(({ name, instruction }) => ({
      text: [name, cleanText(instruction)].filter(Boolean).join(' · '),
    })),
    wishes: wishesIn(message.text),
    decided: [],
    added: [],
    files: shared.map(({ name }) => ({ name, use: 'file' })),
    told: [],
  };
}

/** What was decided about the plan before holds for the one with more files, too. */
function carriedOver({ changes }: Notes, plan: Plan): Plan {
  if (!changes) return plan;
  const { decided, added, wishes, parts } = changes.plan;
  const kept = Object.fromEntries(decided.map((wish) => [wish, wishes[wish]]));
  const out = new Set(parts.filter((part) => part.out).map(({ text }) => text));
  return {
    ...plan,
    wishes: { ...plan.wishes, ...kept },
    decided,
    added,
    parts: plan.parts.map((part) => (out.has(part.text) ? { ...part, out: true } : part)),
    told: [...changes.plan.told, ...plan.told],
  };
}

/**
 * The plan, its card, and that it is the one of its thread: in one stroke, with the end of the one before. Nothing
 * has been made, so that it counts for nothing until somebody has it made.
 */
export async function recordPlan(
  turn: TurnContext,
  given: Plan,
  project: Project | undefined = turn.project,
): Promise<void> {
  const { words, deps, job, notes } = turn;
  const { id } = turn.turn;
  const { seconds } = given.wishes;
  const estimate = await deps.estimate({ kind: given.kind, seconds, videos: videosOf(given) });
  const approve = needsApproval(deps, estimate);
  const plan = { ...given, approve: approve || undefined };
  const admins = approve ? adminsOn(deps, turn.thread.ref.platform) : [];
  const available = await availableCredits(deps);
  const card = planCard({
    words,
    plan,
    turn: id,
    why: notes.planWhy ?? 'asked',
    estimate,
    available,
  });
  const before = openPlan(project);
  const known: Project = project ?? {
    language: languageOf(job.message.text, job.message.author.locale),
    videos: 0,
    media: [],
  };
  await turn.enter(
    {
      phase: 'answered',
      plan,
      weight: 0,
      ...(before && before !== id ? { settles: { plan: before, how: CHANGED } } : {}),
      reply: {
        message: { ...card, mention: [...new Set([job.message.author.id, ...admins])] },
        ending: 'needs-you',
        exportWanted: false,
        creditsWanted: false,
      },
    },
    {
      weight: { of: 0, caps: [] },
      project: {
        ...known,
        plan: { turn: id },
        asks: id,
        lastRequest: plan.origins[0],
        tooLong: undefined,
      },
    },
  );
}
const CHANGED: EndOfPlan = 'changed';
