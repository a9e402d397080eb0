/**
 * Makes a message ready for the agent: a session for the thread, its files read or uploaded, and the
 * text that goes out. Everything here may be done again after a crash.
 */
import { isDocument } from '../documents/document.ts';
import type { Attachment } from '../platforms/chat.ts';
import { cleanText } from './intent.ts';
import type { Job } from './job.ts';
import { languageOf } from './language.ts';
import { agentMessage } from './media-request.ts';
import type { Progress } from './progress.ts';
import type { Project } from './project.ts';
import { takeFile } from './take-file.ts';
import type { Taken } from './taken.ts';
import type { TurnContext } from './turn-context.ts';

export interface Prepared {
  readonly project: Project & { readonly sessionId: string };
  /** Undefined: nothing usable was sent. */
  readonly text: string | undefined;
}

/** `job.message` is complete. Documents come first: they tell the language of the session. */
export async function prepare(turn: TurnContext, progress: Progress, job: Job): Promise<Prepared> {
  await turn.note({}, 'preparing');
  const { message } = job;
  const words = shorten(cleanText(message.text));
  const quoted = message.quoted ? cleanText(message.quoted.text) : '';
  const files = [...(message.quoted?.attachments ?? []), ...message.attachments];
  const taken = new Map<Attachment, Taken>();
  const take = async (wanted: (file: Attachment) => boolean, sessionId: string) => {
    for (const file of files.filter(wanted)) {
      progress.show({ type: 'reading', done: taken.size + 1, of: files.length });
      taken.set(file, await takeFile(turn, sessionId, file));
    }
  };
  const reads = (file: Attachment) => isDocument(file.name, file.mime);
  await take(reads, '');
  const written = [...taken.values()].flatMap((t) => (t.script ? [t.script.text] : []));
  const { sessionId } = await ensureSession(turn, [words.text, quoted, ...written].join('\n'));
  await take((file) => !reads(file), sessionId);

  const inOrder = files.flatMap((file) => taken.get(file) ?? []);
  const scripts = inOrder.flatMap((t) => (t.script ? [t.script] : []));
  const uploaded = inOrder.flatMap((t) => (t.uploaded ? [t.uploaded] : []));
  const fates = [
    ...inOrder.map((t) => t.fate),
    ...(words.cut ? [turn.words.textCut(SCRIPT_LIMIT)] : []),
  ];
  await tellFates(turn, progress, fates);
  const project = await ensureSession(turn, '');
  const empty = !words.text && !quoted && scripts.length === 0 && uploaded.length === 0;
  return {
    project,
    text: empty
      ? undefined
      : agentMessage({ text: words.text, quoted, uploaded, scripts, language: project.language }),
  };
}

/** One line for every file, before the long work begins. */
async function tellFates(
  turn: TurnContext,
  progress: Progress,
  fates: readonly string[],
): Promise<void> {
  if (fates.length === 0) return;
  await turn.say({ text: fates.join('\n') }, 'files');
  await progress.said();
  progress.show({ type: 'working' });
}

/** The agent works best on short scripts, and a chat has no need of longer ones. In characters. */
export const SCRIPT_LIMIT = 20_000;

function shorten(text: string): { text: string; cut: boolean } {
  if (text.length <= SCRIPT_LIMIT) return { text, cut: false };
  return { text: text.slice(0, SCRIPT_LIMIT).toWellFormed(), cut: true };
}

/** One session per thread; turns of a thread run one at a time, so no two are made. */
export async function ensureSession(
  turn: TurnContext,
  text: string,
): Promise<Project & { sessionId: string }> {
  const { deps, job } = turn;
  const thread = job.message.thread;
  const known = await deps.projects.of(thread);
  if (known?.sessionId) return { ...known, sessionId: known.sessionId };
  const language = languageOf(text, known?.language ?? job.message.author.locale);
  const session = await deps.nemo.createSession({ taskName: 'project', language }, turn.signal);
  const project = { videos: 0, media: [], ...known, ...session, language };
  await deps.projects.save(thread, project);
  return project;
}
