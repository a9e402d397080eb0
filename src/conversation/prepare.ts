/**
 * Makes a message ready for the agent: a session for the thread, its files read or uploaded, and the
 * text that goes out. Everything here may be done again after a crash.
 */
import type { Attachment, IncomingMessage, Material } from '../platforms/chat.ts';
import { cleanText } from './intent.ts';
import type { Job } from './job.ts';
import { languageOf } from './language.ts';
import { agentMessage } from './media-request.ts';
import type { Progress } from './progress.ts';
import type { Project } from './project.ts';
import { SCRIPT_LIMIT } from './read-script.ts';
import { type Taken, takeFile } from './take-file.ts';
import type { TurnContext } from './turn-context.ts';

export interface Prepared {
  readonly project: Project & { readonly sessionId: string };
  /** Undefined: nothing usable was sent. */
  readonly text: string | undefined;
  /** Sentences about what could not be used. */
  readonly refusals: readonly string[];
}

export async function prepare(turn: TurnContext, progress: Progress, job: Job): Promise<Prepared> {
  await turn.note({}, 'preparing');
  const message = await completed(turn, job.message);
  const words = shorten(turn, cleanText(message.text));
  const quoted = message.quoted ? cleanText(message.quoted.text) : '';
  const project = await ensureSession(turn, `${words.text}\n${quoted}`);
  const files = [...(message.quoted?.attachments ?? []), ...message.attachments];
  const taken = await takeAll(turn, progress, project.sessionId, files);
  const refusals = [...words.refusals, ...taken.flatMap((t) => t.remarks)];
  const scripts = taken.flatMap((t) => (t.script ? [t.script] : []));
  const uploaded = taken.flatMap((t) => (t.uploaded ? [t.uploaded] : []));
  await turn.note({ refusals: [...refusals] });
  const empty = !words.text && !quoted && scripts.length === 0 && uploaded.length === 0;
  return {
    project,
    refusals,
    text: empty
      ? undefined
      : agentMessage({ text: words.text, quoted, uploaded, scripts, language: project.language }),
  };
}

/** Reads what the event left out: files that came late, and the message this one was written under. */
async function completed(turn: TurnContext, message: IncomingMessage): Promise<IncomingMessage> {
  const { platform, signal } = turn;
  const again =
    message.incomplete && message.messageId
      ? await platform.readMessage(message.thread, message.messageId, signal)
      : undefined;
  const whole = { ...message, attachments: again?.attachments ?? message.attachments };
  if (!message.under || message.quoted || bringsMaterial(whole)) return whole;
  return { ...whole, quoted: await platform.readMessage(message.thread, message.under, signal) };
}

/** "Make this a short" brings nothing of its own; a file or a script does. */
const bringsMaterial = ({ text, attachments }: Material): boolean =>
  attachments.length > 0 || text.length > INSTRUCTION_LENGTH;

/** In characters; instructions are short, scripts are not. */
const INSTRUCTION_LENGTH = 240;

function shorten(turn: TurnContext, text: string): { text: string; refusals: string[] } {
  if (text.length <= SCRIPT_LIMIT) return { text, refusals: [] };
  return { text: text.slice(0, SCRIPT_LIMIT), refusals: [turn.words.textCut(SCRIPT_LIMIT)] };
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
  const project = { videos: 0, ...known, ...session, language };
  await deps.projects.save(thread, project);
  return project;
}

async function takeAll(
  turn: TurnContext,
  progress: Progress,
  sessionId: string,
  files: readonly Attachment[],
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (const [index, file] of files.entries()) {
    progress.show({ type: 'reading', done: index + 1, of: files.length });
    taken.push(await takeFile(turn, sessionId, file));
  }
  if (files.length > 0) progress.show({ type: 'working' });
  return taken;
}
