/** Brings one media file into the session: streamed, once, whatever crashes or is sent twice. */

import { createHash, type Hash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MediaTooLarge } from '../../nemo/errors.ts';
import { nameWithEnding } from '../../nemo/media-kinds.ts';
import { type Attachment, FileUnavailable, type OpenedFile } from '../../platforms/chat.ts';
import type { SessionId } from '../../runtime/ids.ts';
import type { Uploaded } from '../notes.ts';
import type { ProjectMedia } from '../project.ts';
import { retryTransient } from '../retry-transient.ts';
import { snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';
import { checkMediaBytes } from './check-media-bytes.ts';
import type { MediaUse } from './classify-file.ts';
import type { FileResult } from './file-result.ts';
import { uniqueName } from './unique-name.ts';
import { type VoiceFile, waveName } from './voice.ts';

/** Larger files are not compared by content: hashing would slow the transfer, and nobody sends them twice by habit. */
const COMPARED_BYTES = 32 * 1024 * 1024;

/** Contents remembered per project; the oldest are forgotten and then uploaded again. */
const MOST_MEDIA = 100;

type Recorded = Extract<VoiceFile, { is: 'voice' }>;

/** Anew at every call. Rejects with `FileUnavailable`. */
export type OpenFile = () => Promise<OpenedFile>;

interface Sent {
  readonly file: Attachment;
  readonly open: OpenFile;
}

export async function uploadFile(
  turn: TurnContext,
  sessionId: SessionId,
  { file, open }: Sent,
  use: MediaUse | Recorded,
): Promise<FileResult> {
  const { words, notes } = turn;
  const { media } = use;
  const recorded = use.is === 'voice' ? use : undefined;
  const fateOf = ({ name, voice }: Uploaded) =>
    voice ? words.voiceUsed(voice, file.name) : words.fileGot(file.name, media.kind, name);
  const known = notes.uploaded?.find((u) => u.attachment === file.id && u.session === sessionId);
  if (known) return { uploaded: known, line: fateOf(known) };
  const sentName = recorded?.decode ? waveName(file.name) : file.name;
  const name = nameInSession(turn, sessionId, nameWithEnding(sentName, use.ending));
  const common = {
    attachment: file.id,
    session: sessionId,
    name,
    kind: media.kind,
    ...(recorded ? { voice: recorded.voice } : {}),
  };
  const arrived = await arrivedBeforeTheCrash(turn, sessionId, { ...common, inSession: true });
  if (arrived) return { uploaded: arrived, line: fateOf(arrived) };

  const source = await openSource(turn, { file, open }, use);
  try {
    if (source.bytes === 0) return { line: words.refusedEmpty(file.name) };
    const twin = await sameContent(turn, source);
    if (twin) {
      const same = { name: twin.name, sentAs: file.name, url: twin.url, inSession: true };
      const uploaded = { ...common, ...same };
      await remember(turn, uploaded);
      return { uploaded, line: words.fileSame(file.name, twin.name) };
    }
    const order = { name, mime: media.mime, bytes: source.bytes, open: source.open };
    const result = await turn.deps.nemo.upload(sessionId, [order], turn.signal);
    const [answer] = result.files;
    const uploaded = {
      ...common,
      kind: recorded ? media.kind : (answer?.kind ?? media.kind),
      url: answer?.url,
      inSession: result.inSession,
    };
    await remember(turn, uploaded, { bytes: source.bytes, ...source.content() });
    return { uploaded, line: fateOf(uploaded) };
  } finally {
    source.close();
  }
}

/** The agent knows files by their names, and pasted pictures are all called "image.png". */
function nameInSession(turn: TurnContext, sessionId: SessionId, name: string): string {
  const { project } = turn;
  const here = turn.notes.uploaded?.filter(({ session }) => session === sessionId) ?? [];
  return uniqueName(name, new Set([...(project?.media ?? []), ...here].map((file) => file.name)));
}

type Content = Pick<ProjectMedia, 'sha256' | 'bytes'>;

interface Source {
  readonly bytes: number;
  /** A fresh stream at every call; the first one is the one that was opened to learn the length. */
  open(): Promise<Readable>;
  /** What the last stream held, once it was read to its end; undefined for files too large to compare. */
  content(): Content | undefined;
  close(): void;
}

async function openSource(
  turn: TurnContext,
  { file, open: openFile }: Sent,
  use: MediaUse | Recorded,
): Promise<Source> {
  const decode = use.is === 'voice' && use.decode;
  const open = decode
    ? await decoded(turn, { file, open: openFile })
    : async () => {
        const opened = await openFile();
        return {
          stream: await checkMediaBytes(opened.stream, file.name, use),
          bytes: opened.bytes,
        };
      };
  const first = await open();
  // What the message announced: a host that gives less has cut the file off.
  const bytes = decode ? first.bytes : (file.bytes ?? first.bytes);
  if (bytes === undefined || bytes > turn.deps.uploadLimit) {
    first.stream.destroy();
    throw bytes === undefined
      ? new FileUnavailable('unreachable', 'the length of the file is not known')
      : new MediaTooLarge('upload', file.name);
  }
  let unused: Readable[] = [first.stream];
  let hash: Hash | undefined;
  return {
    bytes,
    async open() {
      const [waiting] = unused;
      unused = [];
      const stream = waiting ?? (await open()).stream;
      if (bytes > COMPARED_BYTES) return stream;
      hash = createHash('sha256');
      return hashing(stream, hash);
    },
    content: () => hash && { sha256: hash.copy().digest('hex'), bytes },
    close() {
      for (const stream of unused) stream.destroy();
    },
  };
}

/** Held in memory, where it is of bounded size: decoded once, opened as often as needed. */
async function decoded({ deps, signal }: TurnContext, { file, open }: Sent): Promise<OpenFile> {
  const { stream, bytes = file.bytes } = await open();
  const { wave } = await deps.documents.listen({ stream, bytes }, signal);
  return async () => ({ stream: Readable.from([wave]), bytes: wave.length });
}

/** The tap ends as the file does, with its error if it has one. */
function hashing(stream: Readable, hash: Hash): Readable {
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  pipeline(stream, tap).catch((error) => tap.destroy(error));
  return tap;
}

/** Only a file of exactly the same length can be the same: just then it is read twice. */
async function sameContent(turn: TurnContext, source: Source): Promise<ProjectMedia | undefined> {
  const candidates = turn.project?.media.filter((known) => known.bytes === source.bytes) ?? [];
  if (candidates.length === 0 || source.bytes > COMPARED_BYTES) return undefined;
  for await (const _chunk of await source.open()) turn.signal.throwIfAborted();
  const content = source.content();
  return candidates.find((known) => known.sha256 === content?.sha256);
}

/** A worker that died between the upload and its note has left the file in the session. */
async function arrivedBeforeTheCrash(
  turn: TurnContext,
  sessionId: SessionId,
  uploaded: Uploaded,
): Promise<Uploaded | undefined> {
  if (!turn.resumed) return undefined;
  const state = await retryTransient(turn, () => turn.deps.nemo.state(sessionId, turn.signal));
  const { media } = snapshotOf(state);
  if (!media.includes(uploaded.name)) return undefined;
  await remember(turn, uploaded);
  return uploaded;
}

async function remember(
  turn: TurnContext,
  uploaded: Uploaded,
  content?: Pick<ProjectMedia, 'sha256' | 'bytes'>,
): Promise<void> {
  const { project, notes } = turn;
  const { name, url } = uploaded;
  const media = content && [...(project?.media ?? []), { ...content, name, url }];
  await turn.note(
    { uploaded: [...(notes.uploaded ?? []), uploaded] },
    project && media ? { project: { ...project, media: media.slice(-MOST_MEDIA) } } : {},
  );
}
