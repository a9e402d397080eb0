/** One attached file: read as a script, uploaded to the session, or refused in a clear sentence. */
import type { Readable } from 'node:stream';
import {
  MediaTooLarge,
  RequestRefused,
  Unreachable,
  UnsupportedMedia,
  UploadCutOff,
} from '../nemo/errors.ts';
import { MEDIA_EXTENSIONS, mediaKindOf } from '../nemo/media-kinds.ts';
import { type Attachment, FileUnavailable } from '../platforms/chat.ts';
import { readScript, SCRIPT_EXTENSIONS, ScriptUnreadable } from './read-script.ts';
import { SniffedWrong, sniffed } from './sniff.ts';
import type { TurnContext } from './turn-context.ts';

export interface Taken {
  readonly uploaded?: NonNullable<TurnContext['notes']['uploaded']>[number];
  readonly script?: { readonly name: string; readonly text: string };
  /** Sentences for the person: a refusal, or what was left out. */
  readonly remarks: readonly string[];
}

export async function takeFile(
  turn: TurnContext,
  sessionId: string,
  file: Attachment,
): Promise<Taken> {
  const { words, deps } = turn;
  const limit = deps.uploadLimit;
  const earlier = turn.notes.uploaded?.find(
    (u) => u.attachment === file.id && u.session === sessionId,
  );
  if (earlier) return { uploaded: earlier, remarks: [] };
  const kinds = acceptedKinds(turn);
  const media = mediaKindOf(file.name);
  const isScript =
    SCRIPT_EXTENSIONS.includes(extension(file.name)) || (!media && file.mime?.startsWith('text/'));
  const refuse = (sentence: string): Taken => ({ remarks: [sentence] });
  if (!media && !isScript) return refuse(words.refusedKind(file.name, kinds));
  if (file.bytes === 0) return refuse(words.refusedEmpty(file.name));
  if (file.bytes !== undefined && file.bytes > limit)
    return refuse(words.refusedSize(file.name, limit));
  try {
    return isScript ? await script(turn, file) : await upload(turn, sessionId, file);
  } catch (error) {
    if (turn.signal.aborted) throw turn.signal.reason;
    if (error instanceof FileUnavailable) return refuse(unavailable(turn, file.name, error.reason));
    if (error instanceof SniffedWrong || error instanceof ScriptUnreadable) {
      return refuse(words.refusedContent(file.name, kinds));
    }
    if (error instanceof UnsupportedMedia) return refuse(words.refusedKind(file.name, kinds));
    if (error instanceof MediaTooLarge) return refuse(words.refusedSize(file.name, limit));
    if (error instanceof UploadCutOff) return refuse(words.refusedCutOff(file.name));
    if (error instanceof Unreachable || error instanceof RequestRefused) {
      deps.log.warn('an upload failed', { turn: turn.turn.id, error });
      return refuse(words.refusedUpload(file.name));
    }
    throw error;
  }
}

async function script(turn: TurnContext, file: Attachment): Promise<Taken> {
  const opened = await turn.platform.openFile(turn.job.message.thread, file, turn.signal);
  const read = await readScript(opened.stream, turn.signal);
  if (!read.text) return { remarks: [turn.words.refusedEmpty(file.name)] };
  return {
    script: { name: file.name, text: read.text },
    remarks: read.cut ? [turn.words.scriptCut(file.name, read.text.length)] : [],
  };
}

async function upload(turn: TurnContext, sessionId: string, file: Attachment): Promise<Taken> {
  const media = mediaKindOf(file.name);
  if (!media) throw new UnsupportedMedia('upload', file.name);
  const first = await openSniffed(turn, file);
  const bytes = file.bytes ?? first.bytes;
  if (bytes === undefined) {
    first.stream.destroy();
    throw new FileUnavailable('unreachable', 'the length of the file is not known');
  }
  if (bytes === 0 || bytes > turn.deps.uploadLimit) {
    first.stream.destroy();
    if (bytes === 0) return { remarks: [turn.words.refusedEmpty(file.name)] };
    throw new MediaTooLarge('upload', file.name);
  }
  let unused: Readable | undefined = first.stream;
  const open = async () => {
    const stream = unused ?? (await openSniffed(turn, file)).stream;
    unused = undefined;
    return stream;
  };
  const order = { name: file.name, mime: media.mime, bytes, open };
  try {
    const result = await turn.deps.nemo.upload(sessionId, [order], turn.signal);
    const [answer] = result.files;
    const uploaded = {
      attachment: file.id,
      session: sessionId,
      name: file.name,
      kind: answer?.kind ?? media.kind,
      url: answer?.url,
      inSession: result.inSession,
    };
    await turn.note({ uploaded: [...(turn.notes.uploaded ?? []), uploaded] });
    return { uploaded, remarks: [] };
  } finally {
    (unused as Readable | undefined)?.destroy();
  }
}

async function openSniffed(turn: TurnContext, file: Attachment) {
  const opened = await turn.platform.openFile(turn.job.message.thread, file, turn.signal);
  return { stream: await sniffed(opened.stream, file.name), bytes: opened.bytes };
}

function unavailable(turn: TurnContext, name: string, reason: FileUnavailable['reason']): string {
  const { words } = turn;
  switch (reason) {
    case 'gone':
      return words.refusedGone(name);
    case 'external':
      return words.refusedExternal(name);
    case 'hidden':
      return words.refusedHidden(name);
    case 'no-permission':
      return words.refusedPermission(name);
    case 'cut-off':
      return words.refusedCutOff(name);
    case 'unreachable':
      return words.refusedUpload(name);
  }
}

const extension = (name: string): string => /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? '';

/** Media first, then what is read as text; in the order in which people know them. */
export const acceptedKinds = (turn: Pick<TurnContext, 'deps'>): string =>
  [
    ...new Set([
      ...turn.deps.profile.kinds.map((k) => k.toLowerCase()).filter(isAccepted),
      ...MEDIA_EXTENSIONS,
      ...SCRIPT_EXTENSIONS,
    ]),
  ].join(', ');

const isAccepted = (kind: string): boolean =>
  [...MEDIA_EXTENSIONS, ...SCRIPT_EXTENSIONS].includes(kind);
