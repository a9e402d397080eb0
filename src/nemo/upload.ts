/** Files into the session: streamed with a known length and back-pressure, one request for all. */

import { randomUUID } from 'node:crypto';
import { withCollectedBuffers } from '../net/transfer-memory.ts';
import { withDeadline } from '../runtime/deadline.ts';
import type { SessionId } from '../runtime/ids.ts';
import { field, isObject, type Opened } from './envelope.ts';
import { RequestRefused, Unreachable } from './errors.ts';
import { type Http, readReply } from './http.ts';
import { multipartBody } from './multipart.ts';
import type { Upload, UploadedFile, UploadFile } from './nemo.ts';
import { ask, openReply } from './request-json.ts';

const endpoint = 'upload';

export interface UploadOrder {
  readonly sessionId: SessionId;
  readonly files: readonly UploadFile[];
  readonly token: string;
  readonly signal: AbortSignal;
  /** Real milliseconds in which not one byte moved, or no answer came after the last. */
  readonly stallMs: number;
}

/** Sends once. An error of the files' own source (or `UploadCutOff`) comes out as it is. */
export function sendUpload(http: Http, order: UploadOrder): Promise<Upload> {
  const { stallMs, signal } = order;
  const late = () =>
    new Unreachable(endpoint, `nothing moved for ${stallMs} ms`, { isOutage: true });
  return withDeadline({ ms: stallMs, signal, late }, (bounded, touch) =>
    sendBody(http, order, bounded, touch),
  );
}

/** The other form of an upload: the address of one file, which the backend fetches. Sends once. */
export async function sendAddress(
  http: Http,
  {
    sessionId,
    url,
    token,
    signal,
  }: Omit<UploadOrder, 'files' | 'stallMs'> & { readonly url: string },
): Promise<Upload> {
  const opened = await ask(http, {
    endpoint,
    method: 'POST',
    path: pathOf(sessionId),
    token,
    body: JSON.stringify({ urls: [url], source_type: 'url' }),
    signal,
  });
  return readUpload(opened, []);
}

const pathOf = (sessionId: SessionId): string =>
  `/api/upload-video/nemo_agent/me/${encodeURIComponent(sessionId)}`;

async function sendBody(
  http: Http,
  { sessionId, files, token }: UploadOrder,
  signal: AbortSignal,
  onChunk: () => void,
): Promise<Upload> {
  const multipart = multipartBody('files', files, `nemo-bot-${randomUUID()}`);
  let broken: unknown;
  const body = multipart.stream(signal, {
    onChunk,
    onBroken: (cause) => {
      broken = cause;
    },
  });
  // The request reports a broken body; without a listener it would be reported a second time, to nobody.
  body.on('error', () => {});
  try {
    const reply = await withCollectedBuffers(multipart.bytes, () =>
      http.open({
        endpoint,
        method: 'POST',
        path: pathOf(sessionId),
        token,
        headers: {
          'content-type': multipart.contentType,
          'content-length': String(multipart.bytes),
        },
        body,
        signal,
      }),
    );
    return readUpload(openReply(await readReply(reply, endpoint, signal), endpoint), files);
  } catch (error) {
    // The library reports a broken source as a broken request; what broke first is the cause.
    throw signal.aborted ? error : (broken ?? error);
  } finally {
    body.destroy();
  }
}

function readUpload(opened: Opened, sent: readonly UploadFile[]): Upload {
  const listed = field(opened, 'files', 'uploaded_files');
  const single = field(opened, 'url', 'cdn_url') === undefined ? [] : [opened.data];
  const entries = (Array.isArray(listed) ? listed : single).filter(isObject);
  if (entries.length === 0) {
    throw new RequestRefused(endpoint, 200, undefined, 'accepted, but no file was taken over');
  }
  const applied = field(opened, 'session_state_applied');
  return {
    files: entries.map((entry, nth) => readFile(entry, sent[nth])),
    inSession: typeof applied === 'boolean' ? applied : undefined,
  };
}

function readFile(
  entry: Readonly<Record<string, unknown>>,
  sent: UploadFile | undefined,
): UploadedFile {
  const text = (...keys: string[]) => {
    const value = keys.map((key) => entry[key]).find((v) => typeof v === 'string' && v !== '');
    return value as string | undefined;
  };
  const name = text('filename', 'name') ?? sent?.name ?? '';
  const seconds = entry['duration'];
  return {
    name,
    kind: kindOf(text('file_type', 'type')) ?? kindOf(sent?.mime) ?? 'file',
    url: text('cdn_url', 'url'),
    seconds: typeof seconds === 'number' && seconds > 0 ? seconds : undefined,
    hash: text('hash'),
  };
}

/** Of "image" as of "image/png". */
function kindOf(type: string | undefined): UploadedFile['kind'] | undefined {
  const word = type?.split('/')[0];
  return word === 'video' || word === 'image' || word === 'audio' ? word : undefined;
}
