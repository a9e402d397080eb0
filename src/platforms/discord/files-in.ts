/** Opens what people attached. Links to Discord's file host run out; a fresh one is in the message itself. */
import type { GuardedFetch } from '../../net/guarded-fetch.ts';
import { type Attachment, FileUnavailable, type OpenedFile } from '../chat.ts';
import type { Api } from './api-calls.ts';
import { isPassing } from './errors.ts';
import { type FileLocator, readLocator } from './file-locator.ts';
import { messageShape } from './payloads.ts';

/** Rejects with `FileUnavailable`. */
export type OpenFile = (file: Attachment, signal: AbortSignal) => Promise<OpenedFile>;

export function createOpenFile(fetchFile: GuardedFetch, api: Api): OpenFile {
  return async (file, signal) => {
    const locator = readLocator(file);
    if (!locator) throw new FileUnavailable('gone', 'nothing is noted of where the file is');
    const { url } = locator;
    const first = hasRunOut(url) ? undefined : await open(url, signal);
    if (first) return first;
    const fresh = locator.of === 'message' ? await freshUrl(file.id, locator, signal) : undefined;
    const second = fresh ? await open(fresh, signal) : undefined;
    if (second) return second;
    throw new FileUnavailable('gone', 'the file is no longer there');
  };

  /** Undefined where the link has run out or leads nowhere. */
  async function open(url: string, signal: AbortSignal): Promise<OpenedFile | undefined> {
    try {
      const { status, headers, body } = await fetchFile(url, { signal });
      if (status === 200) {
        const length = Number(headers['content-length'] ?? Number.NaN);
        return { stream: body, bytes: Number.isSafeInteger(length) ? length : undefined };
      }
      body.destroy();
      if (status === 403 || status === 404 || status === 410) return undefined;
      throw new FileUnavailable('unreachable', `the file host answered ${status}`);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof FileUnavailable) throw error;
      throw new FileUnavailable('unreachable', 'the file host cannot be reached', { cause: error });
    }
  }

  async function freshUrl(
    id: string,
    { channel, message }: Extract<FileLocator, { of: 'message' }>,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      const answer = await api('GET', `/channels/${channel}/messages/${message}`, { signal });
      const { attachments, message_snapshots: snapshots } = messageShape.parse(answer);
      const all = [...attachments, ...(snapshots ?? []).flatMap((it) => it.message.attachments)];
      return all.find((file) => file.id === id)?.url;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (isPassing(error))
        throw new FileUnavailable('unreachable', 'Discord cannot be reached', { cause: error });
      return undefined;
    }
  }
}

/** `ex` is the end of a signed link, in hexadecimal seconds. */
function hasRunOut(url: string): boolean {
  const end = URL.canParse(url) ? new URL(url).searchParams.get('ex') : null;
  return end !== null && Number.parseInt(end, 16) * 1_000 < Date.now();
}
