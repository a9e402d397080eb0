/** Media by its address: the backend fetches it; where it does not, the file is streamed there like any other. */
import {
  MediaTooLarge,
  RequestRefused,
  Unreachable,
  UnsupportedMedia,
} from '../../../nemo/errors.ts';
import { nameWithEnding } from '../../../nemo/media-kinds.ts';
import type { Upload } from '../../../nemo/nemo.ts';
import { type Attachment, FileUnavailable, type OpenedFile } from '../../../platforms/chat.ts';
import type { SessionId } from '../../../runtime/ids.ts';
import type { TurnContext } from '../../turn-context.ts';
import type { FileResult } from '../file-result.ts';
import { takeFile } from '../take-file.ts';
import type { LinkedMedia } from './take-links.ts';

export async function takeLinkedMedia(
  turn: TurnContext,
  sessionId: SessionId,
  { link, url, name, use, bytes }: LinkedMedia,
): Promise<FileResult> {
  const { words, notes, deps } = turn;
  const file: Attachment = {
    id: `link:${link}`,
    name: nameWithEnding(name, use.ending),
    bytes,
    mime: use.media.mime,
    locator: {},
  };
  const { kind } = use.media;
  const known = notes.uploaded?.find((it) => it.attachment === file.id && it.session === sessionId);
  if (known) return { uploaded: known, line: words.fileGot(file.name, kind, known.name) };
  if (bytes !== undefined && bytes > deps.uploadLimit)
    return { line: words.refusedSize(file.name, deps.uploadLimit) };
  const result = await byAddress(turn, sessionId, url);
  if (result === 'unknown') return { line: words.refusedUpload(file.name) };
  if (!result) {
    const taken = await takeFile(turn, file, { ...use, into: sessionId }, () => stream(turn, url));
    return 'is' in taken ? { line: words.refusedUpload(file.name) } : taken;
  }
  const [answer] = result.files;
  const uploaded = {
    attachment: file.id,
    session: sessionId,
    name: answer?.name || file.name,
    kind: answer?.kind === 'file' || !answer ? kind : answer.kind,
    url: answer?.url,
    inSession: result.inSession,
  };
  await turn.note({ uploaded: [...(turn.notes.uploaded ?? []), uploaded] });
  return { uploaded, line: words.fileGot(file.name, kind, uploaded.name) };
}

/** Undefined: the backend cannot get at it. After a lost answer it may have, and once more would be there twice. */
async function byAddress(
  { deps, signal }: TurnContext,
  sessionId: SessionId,
  url: string,
): Promise<Upload | 'unknown' | undefined> {
  try {
    return await deps.nemo.uploadFrom(sessionId, url, signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Unreachable && !error.neverSent) {
      deps.log.warn('nobody knows whether linked media was taken', { error });
      return 'unknown';
    }
    const takesNone = [RequestRefused, UnsupportedMedia, MediaTooLarge, Unreachable];
    if (!takesNone.some((kind) => error instanceof kind)) throw error;
    return undefined;
  }
}

async function stream({ deps, signal }: TurnContext, url: string): Promise<OpenedFile> {
  try {
    const { status, headers, body } = await deps.openLink(url, { signal });
    if (status >= 200 && status < 300) {
      const length = Number(headers['content-length'] ?? Number.NaN);
      return { stream: body, bytes: Number.isSafeInteger(length) ? length : undefined };
    }
    body.destroy();
    throw new FileUnavailable(status === 404 ? 'gone' : 'unreachable', `the host said ${status}`);
  } catch (error) {
    if (signal.aborted || error instanceof FileUnavailable) throw error;
    throw new FileUnavailable('unreachable', 'the file could not be fetched', { cause: error });
  }
}
