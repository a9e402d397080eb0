/** A timeline with its picture beside the words: drawn by the place itself, as a file, or in words alone. */
import { Readable } from 'node:stream';
import type { Words } from '../../locales/locale.ts';
import type { SessionState } from '../../nemo/nemo.ts';
import type { Chart } from '../../pictures/chart.ts';
import {
  type FileSource,
  type OutgoingMessage,
  type Respond,
  type ThreadRef,
  threadKey,
} from '../../platforms/chat.ts';
import type { Project } from '../project.ts';
import { sayWithFile } from '../say-with-file.ts';
import { type Deps, platformOf, type TurnContext } from '../turn-context.ts';
import { lastCut } from '../versions/versions.ts';
import { chartOf } from './chart-of.ts';
import { marksOf } from './marks.ts';
import { snapshotOf } from './snapshot.ts';

export interface Shown {
  readonly message: OutgoingMessage;
  readonly chart: Chart | undefined;
}

/** What is drawn of a project, with what has changed since its last version. */
export async function chartFor(
  deps: Deps,
  thread: ThreadRef,
  words: Words,
  project: Project | undefined,
  state: SessionState | undefined,
): Promise<Chart | undefined> {
  if (!state) return undefined;
  const key = threadKey(thread);
  const known = await deps.ledger.thread(key);
  const last = project?.sessionId && (await lastCut(deps.ledger, key, project.sessionId));
  const chart = chartOf(state.timeline, words, {
    name: project?.title ?? known?.name,
    marks: last ? marksOf(last.snapshot, snapshotOf(state)) : [],
  });
  return chart && cleaned(chart, deps.redact);
}

/** In the thread, once; where the picture is not taken, or not there, the words go alone. */
export async function sayShown(
  turn: TurnContext,
  { message, chart }: Shown,
  part: string,
): Promise<void> {
  const { deps, thread } = turn;
  if (!chart) return void (await turn.say(message, part));
  const { draws, files } = thread.capabilities;
  if (draws) return void (await turn.say({ ...message, chart }, part));
  const file = files ? await pictureOf(deps, chart) : undefined;
  await (file ? sayWithFile(turn, message, file, part) : turn.say(message, part));
}

/** To one person, as the answer to what they did. */
export async function respondShown(
  deps: Deps,
  thread: ThreadRef,
  respond: Respond,
  { message, chart }: Shown,
): Promise<void> {
  const { draws, privateFiles } = platformOf(deps, thread).thread(thread).capabilities;
  if (!chart || (!draws && !privateFiles)) return respond(message, thread);
  if (draws) return respond({ ...message, chart }, thread);
  await respond(message, thread, await pictureOf(deps, chart));
}

async function pictureOf(deps: Deps, chart: Chart): Promise<FileSource | undefined> {
  const png = await deps.pictures.png(chart);
  return (
    png && {
      name: 'timeline.png',
      mime: 'image/png',
      bytes: png.length,
      description: chart.alt,
      open: async () => Readable.from([png]),
    }
  );
}

/** What must not be shown in words must not be drawn either. */
function cleaned(chart: Chart, redact: (text: string) => string): Chart {
  const lanes = chart.lanes.map((lane) => ({
    ...lane,
    segments: lane.segments.map((it) => ({
      ...it,
      name: redact(it.name),
      prompt: redact(it.prompt),
    })),
  }));
  return { ...chart, title: redact(chart.title), alt: redact(chart.alt), lanes };
}
