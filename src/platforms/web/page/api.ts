/** Requests to the server that served this page. */
import type {
  CommandRequest,
  PageConfig,
  PressRequest,
  RequestProblem,
  SendRequest,
  WireFile,
  WireMessage,
  WireThread,
  WireVersion,
} from '../wire.ts';
import { language, texts } from './texts.ts';

/** What went wrong, in a sentence for the person. */
export class ApiError extends Error {
  override name = 'ApiError';
}

/** The session is over. */
export class SignedOut extends ApiError {
  override name = 'SignedOut';
}

/** No other site can send this header without the server's leave, and the server never gives it. */
const OWN_HEADER = { 'X-Playground': '1' };

export const api = {
  config: () => call<PageConfig>('GET', `/api/config?language=${language}`),
  threads: () => call<{ seq: number; threads: WireThread[] }>('GET', '/api/threads'),
  messages: (thread: string, before?: number) =>
    call<{ messages: WireMessage[]; more: boolean }>(
      'GET',
      `/api/threads/${thread}/messages${before === undefined ? '' : `?before=${before}`}`,
    ),
  versions: (thread: string) =>
    call<{ versions: WireVersion[] }>('GET', `/api/threads/${thread}/versions`),
  send: (thread: string, message: SendRequest) =>
    call<WireMessage>('POST', `/api/threads/${thread}/messages`, message),
  command: (thread: string, command: CommandRequest) =>
    call<WireMessage>('POST', `/api/threads/${thread}/command`, command),
  press: (thread: string, press: PressRequest) =>
    call('POST', `/api/threads/${thread}/press`, press),
  signOut: () => call('POST', '/api/sign-out'),
  upload,
};

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...OWN_HEADER, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new ApiError(texts.unreachable, { cause: error });
  }
  if (!response.ok) {
    const Kind = response.status === 401 ? SignedOut : ApiError;
    throw new Kind(sentenceOf(await response.text()));
  }
  return response.json();
}

/** XMLHttpRequest, because fetch does not tell how much of a body has gone out. */
function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<WireFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('X-Playground', '1');
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1);
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText));
      else reject(new ApiError(sentenceOf(request.responseText)));
    };
    request.onerror = () => reject(new ApiError(texts.problem['cut-off']));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function sentenceOf(body: string): string {
  try {
    const { code, message } = JSON.parse(body) as RequestProblem;
    return texts.problem[code] ?? message;
  } catch {
    return texts.problem.unexpected ?? '';
  }
}
