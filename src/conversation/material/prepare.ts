/**
 * Makes a message ready for the agent: a session for the thread, its files read or uploaded, and the
 * text that goes out. Everything here may be done again after a crash.
 */

import type { Words } from '../../locales/locale.ts';
import type { Attachment, IncomingMessage, OutgoingMessage } from '../../platforms/chat.ts';
import { projectAccount } from '../accounts/payer.ts';
import { brandFor, brandLength, joinedBrand } from '../brand/join-brand.ts';
import { cleanText } from '../language/intent.ts';
import { languageOf } from '../language/language.ts';
import { pointsAtMaterial } from '../language/points-at-material.ts';
import { decisionsOf, plannedFile } from '../plan/decisions.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import type { Progress } from '../progress.ts';
import type { LiveProject } from '../project.ts';
import type { TurnContext } from '../turn-context.ts';
import { fateOf, fateOfScript, tellFates } from './fates.ts';
import { type FileResult, isUsed } from './file-result.ts';
import { linksOf, wordsBeside } from './links/link-words.ts';
import { takeLinkedMedia } from './links/take-linked-media.ts';
import { takeLinks } from './links/take-links.ts';
import { agentMessage, type Separate } from './media-request.ts';
import { type Fit, fitted, lengthOf, SCRIPT_LIMIT, type Script } from './script-length.ts';
import { type AnyUse, isRead, type PlacedUse, takeFile } from './take-file.ts';
import { useOf, voiceUseIn } from './voice.ts';

/** What one video is to be made of. */
export interface VideoRequest {
  /** Complete. */
  readonly message: IncomingMessage;
  /** In a batch: which of its videos this is. */
  readonly separate?: Separate | undefined;
  /** The plan that is made: what was decided about it, and what its person has read of the files. */
  readonly plan?: Plan | undefined;
}

/** Either the agent's text, or what the person has to be told instead. */
export type Prepared = { readonly project: LiveProject } & (
  | { readonly text: string; readonly reply?: undefined; readonly material: PreparedMaterial }
  | { readonly text?: undefined; readonly reply: Question }
);

/** What the text was made of. */
export interface PreparedMaterial {
  readonly script: Script;
  readonly files: readonly PlannedFile[];
  /** One line for every file, as its person has read them. */
  readonly fates: readonly string[];
}

export interface Question {
  readonly about: 'nothing' | 'pointing' | 'length';
  readonly message: OutgoingMessage;
}

/** Documents come first: they tell the language of the session. */
export async function prepare(
  turn: TurnContext,
  progress: Progress,
  { message, separate, plan }: VideoRequest,
): Promise<Prepared> {
  const typed = cleanText(message.text);
  const written = { typed, quoted: message.quoted ? cleanText(message.quoted.text) : '' };
  const links = separate ? undefined : linksOf(written);
  const linked = links && (await takeLinks(turn, links));
  const quotes = [...(message.quoted ? [message.quoted] : []), ...(linked?.messages ?? [])];
  const attached = [...quotes.flatMap((it) => it.attachments), ...message.attachments];
  // Once the agent has said something, whoever speaks goes on from there.
  const hasVideo = turn.project?.lastWords !== undefined;
  const voice = voiceUseIn(typed, hasVideo);
  const files = attached.map((file): { file: Attachment; use: AnyUse } => ({
    file,
    use: useOf(file, voice),
  }));
  const taken = new Map<Attachment, FileResult>();
  const take = async (file: Attachment, use: PlacedUse) => {
    progress.show({ type: 'reading', done: taken.size + 1, of: files.length });
    const result = await takeFile(turn, file, use);
    if ('is' in result) return result;
    taken.set(file, result);
    return use;
  };
  for (const it of files) if (isRead(it.use)) it.use = await take(it.file, it.use);
  const pages = linked?.results ?? [];
  const said = [...taken.values()].flatMap((t) => t.said ?? []);
  const readable = [...taken.values(), ...pages].flatMap((t) => (t.script ? [t.script.text] : []));
  const messages = (linked?.messages ?? []).map((it) => cleanText(it.text)).filter(Boolean);
  const all = joined(written.typed, ...said, written.quoted, ...messages, ...readable);
  const { sessionId } = await ensureSession(turn, all);
  for (const { file, use } of files) {
    if (use.is === 'media' || use.is === 'voice') await take(file, { ...use, into: sessionId });
    if (use.is === 'refused') await take(file, use);
  }

  const fetched: FileResult[] = [];
  for (const media of linked?.media ?? [])
    fetched.push(await takeLinkedMedia(turn, sessionId, media));
  const inOrder = onceEach(
    [...attached.flatMap((file) => taken.get(file) ?? []), ...pages, ...fetched],
    turn.words,
  );
  const uploaded = inOrder.flatMap((t) => (t.uploaded ? [t.uploaded] : []));
  const documents = inOrder.flatMap((t) => (t.script ? [t.script] : []));
  const brought = uploaded.length + documents.length + messages.length > 0;
  const own = wordsBeside(links, written, brought);
  const text = joined(own.typed, ...said);
  const quoted = joined(own.quoted, ...messages);
  const script = { text, quoted, documents };
  if (documents.length > 0) {
    await turn.note({ documentWords: documents.reduce((sum, { words }) => sum + words, 0) });
  }
  const length = lengthOf(script);
  // Of many videos each is made without a question.
  const fit = turn.notes.fit ?? (separate ? 'first-part' : undefined);
  const isTooLong = length > SCRIPT_LIMIT;
  const kit = await brandFor(turn, typed);
  const besides = brandLength(kit, turn.project?.language ?? '');
  const short = isTooLong && fit ? fitted(script, fit, besides) : script;
  const unread = [...quotes.flatMap((it) => it.unread ?? []), ...(message.unread ?? [])];
  const fates = [
    ...inOrder.map(fateOf),
    ...(unread.length > 0 ? [{ line: turn.words.unread(unread), isWrong: true }] : []),
    ...(isTooLong && fit ? [fateOfScript(turn, fit, lengthOf(short), length)] : []),
  ];
  const told = plan?.told ?? [];
  await tellFates(
    turn,
    progress,
    fates.filter(({ line }) => !told.includes(line)),
  );
  const project = await withSubtitles(turn, await ensureSession(turn, ''), taken);
  if (length === 0 && uploaded.length === 0) {
    const { nothingLeft, emptyMessage } = turn.words;
    const none =
      files.length + unread.length + (links?.urls.length ?? 0) > 0 ? nothingLeft : emptyMessage;
    return { project, reply: { about: 'nothing', message: { text: none } } };
  }
  const isTaken = brought || said.length > 0;
  const isSent = files.length + unread.length > 0;
  if (isSent && !isTaken && pointsAtMaterial([typed, quoted].join('\n'), { hasVideo })) {
    return { project, reply: { about: 'pointing', message: askToGoOn(turn, separate) } };
  }
  if (isTooLong && !fit) {
    return { project, reply: { about: 'length', message: askForFit(turn, script, length) } };
  }
  const { language } = project;
  const missing = isTaken ? attached.filter((file) => !isUsed(taken.get(file))) : [];
  // A script that leaves no room for it is the whole of its video.
  const joins = kit && lengthOf(short) + besides <= SCRIPT_LIMIT;
  const brand = joins ? await joinedBrand(turn, kit, { sessionId, language }) : '';
  const given = {
    ...short,
    uploaded,
    missing: missing.map(({ name }) => name),
    separate,
    language,
    gist: isTooLong && fit === 'gist',
    decided: joined(brand, plan ? decisionsOf(plan, language) : ''),
  };
  progress.show({ type: 'working' });
  const shown = attached.map((file) => plannedFile(file, taken.get(file)));
  const material = { script: short, files: shown, fates: fates.map(({ line }) => line) };
  return { project, text: agentMessage(given), material };
}

/** Remembered where they lie: asked for, they come back in step with the video. */
async function withSubtitles(
  turn: TurnContext,
  project: LiveProject,
  taken: ReadonlyMap<Attachment, FileResult>,
): Promise<LiveProject> {
  const [subtitles] = [...taken].findLast(([, { script }]) => script?.timed) ?? [];
  if (!subtitles) return project;
  const knowing = { ...project, subtitles };
  await turn.put({ project: knowing });
  return knowing;
}

/** One video of a batch has no button of its own: it would be about all of them. */
function askToGoOn({ words, turn }: TurnContext, separate?: Separate): OutgoingMessage {
  const text = words.wordsPoint;
  if (separate) return { text };
  const does = { action: 'words-alone', value: turn.id } as const;
  return { text, buttons: [{ label: words.button.wordsAlone, does }] };
}

const joined = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');

/** The same document twice is one script. */
function onceEach(files: readonly FileResult[], words: Words): readonly FileResult[] {
  const read = new Map<string, string>();
  return files.map((file) => {
    if (!file.script) return file;
    const { name, text } = file.script;
    const twin = read.get(text);
    if (twin === undefined) read.set(text, name);
    return twin === undefined ? file : { line: words.fileSame(name, twin), isTwin: true };
  });
}

function askForFit({ words, turn }: TurnContext, script: Script, length: number): OutgoingMessage {
  const { button, scriptTooLong } = words;
  const [document, another] = script.documents;
  const alone = another || (document?.text.length ?? 0) <= SCRIPT_LIMIT ? undefined : document;
  const choice = (fit: Fit) => ({ action: fit, value: turn.id }) as const;
  return {
    text: scriptTooLong(alone?.name, alone?.text.length ?? length, SCRIPT_LIMIT),
    buttons: [
      { label: button.firstPart, style: 'primary', does: choice('first-part') },
      { label: button.gist, does: choice('gist') },
    ],
  };
}

/** What every session is called; a draft that has no title of its own may show it as one. */
export const TASK_NAME = 'project';

/** One session per thread; turns of a thread run one at a time, so no two are made. */
async function ensureSession(turn: TurnContext, text: string): Promise<LiveProject> {
  const { deps, job, project: known } = turn;
  // The token may be another by now, of the same account.
  const account = projectAccount(deps.payer);
  if (known?.sessionId) return { ...known, sessionId: known.sessionId, account };
  const language = languageOf(text, known?.language ?? job.message.author.locale);
  const session = await deps.nemo.createSession({ taskName: TASK_NAME, language }, turn.signal);
  const project = { videos: 0, media: [], ...known, ...session, language, account };
  await turn.put({ project });
  return project;
}
