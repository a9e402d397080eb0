/** One attached file: read as a script, uploaded to the session, or refused in a clear sentence. */

import { type DocumentFormat, DocumentUnreadable } from '../../documents/document.ts';
import { DOCUMENT_EXTENSIONS } from '../../documents/document-kinds.ts';
import { MOST_SECONDS } from '../../documents/voice/recording.ts';
import {
  MediaTooLarge,
  RequestRefused,
  Unreachable,
  UnsupportedMedia,
  UploadCutOff,
} from '../../nemo/errors.ts';
import { MEDIA_EXTENSIONS } from '../../nemo/media-kinds.ts';
import { type Attachment, FileUnavailable } from '../../platforms/chat.ts';
import { firstChunk } from '../../runtime/first-chunk.ts';
import type { SessionId } from '../../runtime/ids.ts';
import type { TurnContext } from '../turn-context.ts';
import { WrongMediaBytes } from './check-media-bytes.ts';
import { type FileUse, type MediaUse, mediaUse } from './classify-file.ts';
import type { FileResult } from './file-result.ts';
import { mediaEndingSeenIn } from './media-signature.ts';
import { suggestedFormat } from './suggested-format.ts';
import { type OpenFile, uploadFile } from './upload-file.ts';
import type { VoiceFile } from './voice.ts';

export type AnyUse = FileUse | VoiceFile;
type ForSession = Extract<AnyUse, { is: 'media' | 'voice' }>;

/** Media goes into a session; what is read, or refused, needs none. */
export type PlacedUse = Exclude<AnyUse, ForSession> | (ForSession & { readonly into: SessionId });

type Read = Exclude<AnyUse, ForSession | { is: 'refused' }>;

/** Before there is a session: its words tell the language that one is begun in. */
export const isRead = (use: AnyUse): use is Read =>
  use.is === 'document' || use.is === 'unclear' || use.is === 'said';

/** A use in place of a result: what was to be read is media, which needs a session to be taken. */
export async function takeFile(
  turn: TurnContext,
  file: Attachment,
  use: PlacedUse,
  open: OpenFile = () => turn.platform.openFile(turn.job.message.thread, file, turn.signal),
): Promise<FileResult | MediaUse> {
  const { words, deps } = turn;
  if (use.is === 'refused') return { line: refusedKind(turn, file) };
  if (use.is === 'said') return { said: use.text, line: words.voiceUsed(use.voice, file.name) };
  if (file.bytes === 0) return { line: words.refusedEmpty(file.name) };
  if (file.bytes !== undefined && file.bytes > deps.uploadLimit) {
    return { line: words.refusedSize(file.name, deps.uploadLimit) };
  }
  try {
    return 'into' in use
      ? await uploadFile(turn, use.into, { file, open }, use)
      : await readFile(turn, file, open);
  } catch (error) {
    if (turn.signal.aborted) throw turn.signal.reason;
    if (use.is === 'voice' && error instanceof DocumentUnreadable)
      return { line: unheard(turn, file.name, error.reason) };
    if (error instanceof WrongMediaBytes && error.found && 'into' in use) {
      const { found } = error;
      return takeFile(
        turn,
        file,
        found.is === 'media' ? { ...found, into: use.into } : found,
        open,
      );
    }
    if (use.is === 'unclear' && isOfNoKind(error)) return { line: refusedKind(turn, file) };
    return { line: refusal(turn, file, error) };
  }
}

const isOfNoKind = (error: unknown): boolean =>
  error instanceof DocumentUnreadable &&
  (error.reason === 'not-text' || error.reason === 'wrong-kind');

function refusedKind({ words, deps }: TurnContext, { name, mime }: Attachment): string {
  return words.refusedKind(name, acceptedKinds(deps), suggestedFormat(name, mime));
}

async function readFile(
  turn: TurnContext,
  file: Attachment,
  open: OpenFile,
): Promise<FileResult | MediaUse> {
  const { words, signal, deps } = turn;
  const opened = await open();
  const head = await firstChunk(opened.stream);
  const seen = head && mediaEndingSeenIn(head);
  if (seen !== undefined) {
    opened.stream.destroy();
    return mediaUse(seen);
  }
  const bytes = opened.bytes ?? file.bytes;
  const read = await deps.documents.read(
    { name: file.name, mime: file.mime, stream: opened.stream, bytes },
    signal,
  );
  const told = words.fileRead(file.name, read.words);
  return {
    script: { name: file.name, text: read.text, words: read.words, timed: TIMED.has(read.format) },
    line: read.truncated ? `${told} ${words.scriptCut(read.text.length)}` : told,
    isCut: read.truncated,
  };
}

const TIMED: ReadonlySet<DocumentFormat> = new Set(['srt', 'vtt']);

/** Rethrows what is no fault of the file: the turn as a whole has failed then. */
function refusal(turn: TurnContext, file: Attachment, error: unknown): string {
  const { words, deps } = turn;
  const { name } = file;
  const kinds = acceptedKinds(deps);
  if (error instanceof FileUnavailable) return unavailable(turn, name, error);
  if (error instanceof DocumentUnreadable) return unreadable(turn, file, error.reason);
  if (error instanceof WrongMediaBytes) return words.refusedContent(name, kinds);
  if (error instanceof UnsupportedMedia) return words.refusedKind(name, kinds);
  if (error instanceof MediaTooLarge) return words.refusedByBackend(name, deps.uploadLimit);
  if (error instanceof UploadCutOff) return words.refusedCutOff(name);
  // The backend is away for all that the turn asks, and not for this file.
  if (error instanceof Unreachable && error.neverSent) throw error;
  if (error instanceof Unreachable || error instanceof RequestRefused) {
    deps.log.warn('an upload failed', { turn: turn.turn.id, error });
    return words.refusedUpload(name);
  }
  throw error;
}

function unavailable(
  { words }: TurnContext,
  name: string,
  { reason, service }: FileUnavailable,
): string {
  switch (reason) {
    case 'gone':
      return words.refusedGone(name);
    case 'external':
      return words.refusedExternal(name, service);
    case 'hidden':
      return words.refusedHidden(name);
    case 'no-permission':
      return words.refusedPermission(name);
    case 'cut-off':
      return words.refusedCutOff(name);
    case 'unreachable':
      return words.refusedUnreachable(name);
  }
}

function unreadable(
  { words, deps }: TurnContext,
  { name, mime }: Attachment,
  reason: DocumentUnreadable['reason'],
): string {
  switch (reason) {
    case 'empty':
      return words.refusedWordless(name);
    case 'scanned':
      return words.refusedScanned(name);
    case 'encrypted':
      return words.refusedEncrypted(name);
    case 'damaged':
      return words.refusedDamaged(name);
    case 'too-large':
      return words.refusedLongDocument(name);
    case 'too-slow':
      return words.refusedSlow(name);
    case 'other-office':
      return words.refusedKind(name, acceptedKinds(deps), suggestedFormat(name, mime) ?? OFFICE);
    case 'not-text':
    case 'wrong-kind':
      return words.refusedContent(name, acceptedKinds(deps));
  }
}

function unheard(
  { words, deps }: TurnContext,
  name: string,
  reason: DocumentUnreadable['reason'],
): string {
  if (reason === 'too-large' || reason === 'too-slow')
    return words.refusedLongVoice(name, MOST_SECONDS / 60);
  if (reason === 'empty') return words.refusedSilent(name);
  if (reason === 'wrong-kind') return words.refusedContent(name, acceptedKinds(deps));
  return words.refusedVoice(name);
}

/** What every office program can save. */
const OFFICE = 'DOCX, PDF';

/** In the order in which the profile advertises them; then media, then the other documents. */
export function acceptedKinds({ profile }: Pick<TurnContext['deps'], 'profile'>): string {
  const known = [...MEDIA_EXTENSIONS, ...DOCUMENT_EXTENSIONS];
  const first = profile.kinds
    .map((kind) => kind.toLowerCase())
    .filter((kind) => known.includes(kind));
  return [...new Set([...first, ...known])].join(', ');
}
