/** Opens what people attached. Links to Discord's file host run out; a fresh one is in the message itself. */
import type { GuardedFetch } from '../../net/guarded-fetch.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type Attachment, FileUnavailable, type OpenedFile } from '../chat.ts';
import { beginTransfer, Passing } from '../shared/file-transfer.ts';
import type { Api } from './api-calls.ts';
import { isPassing } from './errors.ts';
import { type FileLocator, readLocator } from './file-locator.ts';
import { messageShape } from './payloads.ts';

/** Rejects with `FileUnavailable`. */
export type OpenFile = (file: Attachment, signal: AbortSignal) => Promise<OpenedFile>;

export interface OpenFileOptions {
  readonly guardedFetch: GuardedFetch;
  readonly api: Api;
  readonly clock: Clock;
}

export function createOpenFile({ guardedFetch, api, clock }: OpenFileOptions): OpenFile {
  return async (file, signal) => {
    const locator = readLocator(file);
    if (!locator) throw new FileUnavailable('gone', 'nothing is noted of where the file is');
    const { address, refusal } = linkTo(file.id, locator, signal);
    const transfer = await beginTransfer({ guardedFetch, clock, address, refusal }, signal);
    const bytes = transfer.bytes ?? file.bytes;
    return { stream: transfer.stream(bytes), ...(bytes === undefined ? {} : { bytes }) };
  };

  /** The link as it is noted, and once a fresh one, also in the middle of a transfer that goes on. */
  function linkTo(id: string, locator: FileLocator, signal: AbortSignal) {
    let link: string | undefined = hasRunOut(locator.url) ? undefined : locator.url;
    let isFresh = false;
    return {
      async address() {
        if (link === undefined) {
          isFresh = true;
          link = locator.of === 'message' ? await freshUrl(id, locator, signal) : undefined;
        }
        if (link === undefined) throw new FileUnavailable('gone', 'the file is no longer there');
        return { url: link };
      },
      refusal(status: number): FileUnavailable | undefined {
        if (status !== 403 && status !== 404 && status !== 410) return undefined;
        link = undefined;
        const gone = 'the link has run out or leads nowhere';
        return isFresh
          ? new FileUnavailable('gone', gone)
          : new Passing('gone', gone, { restMs: 0 });
      },
    };
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
