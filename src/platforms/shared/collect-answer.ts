/**
 * A call whose answer is small and read whole: it is put together as it comes. The stream that undici makes of every
 * answer, to be read out of it again, was a sixth of what a mention on Discord costs.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { Agent } from 'undici';

/** Far more than the longest page of a history; an answer beyond it breaks off. */
const MOST_BYTES = 32 * 1024 * 1024;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal?: AbortSignal | null | undefined;
}

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export const openCallAgent = (): Agent => new Agent({ maxResponseSize: MOST_BYTES });

/** Whoever calls an API writes addresses in full, with what must be encoded encoded: no parser has to make them right. */
const ORIGIN = /^\w+:\/\/[^/?#]+/;

/** Resolves when all of the answer is here. Rejects with the reason of the signal, or with undici's error. */
export function collectAnswer(
  agent: Agent,
  url: string,
  { signal, ...call }: Call,
): Promise<Answer> {
  const [origin = ''] = ORIGIN.exec(url) ?? [];
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let head: Omit<Answer, 'body'> = { status: 0, statusText: '', headers: {} };
    let abort: ((reason: Error) => void) | undefined;
    // What waits for a connection has nothing yet that could be aborted: it is told at once, and goes nowhere later.
    const callOff = (): void => (abort ?? reject)(signal?.reason);
    const over = (): void => signal?.removeEventListener('abort', callOff);
    signal?.addEventListener('abort', callOff);
    agent.dispatch(
      { origin, path: url.slice(origin.length) || '/', ...call },
      {
        onRequestStart(controller) {
          abort = (reason) => controller.abort(reason);
          if (signal?.aborted) callOff();
        },
        onResponseStart(_, status, headers, statusText = '') {
          head = { status, statusText, headers };
        },
        onResponseData: (_, chunk) => void chunks.push(chunk),
        onResponseEnd() {
          over();
          resolve({ ...head, body: Buffer.concat(chunks) });
        },
        onResponseError(_, error) {
          over();
          reject(error);
        },
      },
    );
  });
}

/** A field of the answer by its name; null where it has none, as `Headers` tells it. */
export function fieldOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name.toLowerCase()];
  return value === undefined ? null : String(value);
}
