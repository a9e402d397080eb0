/** The way to the API host: headers, time limits, bounded bodies, and what a broken connection means. */
import type { Readable } from 'node:stream';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { withDeadline } from '../runtime/deadline.ts';
import { inSpan } from '../runtime/turn-scope.ts';
import type { OnBackendCall } from './backend-watch.ts';
import { type Endpoint, retryAfterMs } from './error-from-reply.ts';
import { type NemoError, Unreachable } from './errors.ts';

/** Who is asking. Without all three the backend refuses exports, so every call carries them. */
export interface Attribution {
  readonly source: string;
  readonly version: string;
  readonly platform: string;
}

export interface HttpOrder {
  readonly endpoint: Endpoint;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
  readonly signal: AbortSignal;
}

/** An answer whose body has not been read. The reader must consume or destroy it. */
export interface OpenReply {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: Readable;
}

export interface HttpReply {
  readonly status: number;
  readonly mime: string;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

export interface Http {
  /** The API's address without a trailing slash. */
  readonly base: string;
  /** Sends once and reads the answer. No answer within the time limit: `Unreachable`. */
  call(order: HttpOrder): Promise<HttpReply>;
  /**
   * Sends once and gives the answer as soon as its head is here. Rejects with `Unreachable`, or with the
   * signal's reason.
   */
  open(order: HttpOrder, options?: OpenOptions): Promise<OpenReply>;
}

export interface OpenOptions {
  /** A connection that no other call has used or will use. */
  readonly ownConnection?: boolean;
  /** Real milliseconds until the head must be here, and between two pieces of the body; no limit by default. */
  readonly patienceMs?: number;
}

/** More than any sensible answer has; a state with a very long timeline stays far below. */
const MAX_ANSWER_BYTES = 16_000_000;

export interface HttpOptions {
  readonly apiUrl: string;
  readonly attribution: Attribution;
  /** Real milliseconds that a small call may take; 60,000 by default. */
  readonly requestTimeoutMs?: number | undefined;
  readonly onCall?: OnBackendCall | undefined;
}

export function createHttp(options: HttpOptions): Http {
  const { apiUrl, attribution, requestTimeoutMs = 60_000, onCall } = options;
  const neverConnected = new WeakSet<Error>();
  const connect = buildConnector({ timeout: 10_000 });
  const settings: Agent.Options = {
    connect: (target, done) =>
      connect(target, (...[error, socket]) => {
        if (error === null) return done(null, socket);
        neverConnected.add(error);
        done(error, null);
      }),
  };
  const shared = new Agent(settings);
  // A kept-alive connection may be dying just when it is used, and then nobody can tell whether the message
  // arrived. A message to the agent is worth a connection of its own.
  const fresh = new Agent({ ...settings, pipelining: 0 });
  const base = apiUrl.replace(/\/+$/, '');

  const open = (order: HttpOrder, options?: OpenOptions): Promise<OpenReply> =>
    inSpan(`nemo ${order.endpoint}`, { method: order.method }, async (span) => {
      const reply = await send(order, options);
      span?.set({ status: reply.status });
      return reply;
    });

  async function send(
    order: HttpOrder,
    { ownConnection = false, patienceMs = 0 }: OpenOptions = {},
  ): Promise<OpenReply> {
    const { endpoint, method, path, token, headers, body, signal } = order;
    signal.throwIfAborted();
    try {
      const answer = await request(base + path, {
        dispatcher: ownConnection ? fresh : shared,
        method,
        signal,
        // The library's own limits are shorter than a silent generation; 0 switches them off.
        headersTimeout: patienceMs,
        bodyTimeout: patienceMs,
        headers: {
          accept: 'application/json',
          'x-skill-source': attribution.source,
          'x-skill-version': attribution.version,
          'x-skill-platform': attribution.platform,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(typeof body === 'string' && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body }),
      });
      // A body that its reader leaves alone reports its own end as an error, to nobody.
      answer.body.on('error', () => {});
      const bytesUp = typeof body === 'object' ? Number(headers?.['content-length'] ?? 0) : 0;
      onCall?.({ endpoint, status: answer.statusCode, bytesUp });
      return { status: answer.statusCode, headers: answer.headers, body: answer.body };
    } catch (cause) {
      const isCalledOff = signal.aborted && !(signal.reason instanceof Unreachable);
      onCall?.({ endpoint, status: isCalledOff ? 'called-off' : undefined });
      if (signal.aborted) throw signal.reason;
      throw unreachable(endpoint, cause, cause instanceof Error && neverConnected.has(cause));
    }
  }

  return {
    base,
    open,
    async call(order) {
      const { endpoint, signal } = order;
      const late = () =>
        new Unreachable(endpoint, `no answer within ${requestTimeoutMs} ms`, { isOutage: true });
      return withDeadline({ ms: requestTimeoutMs, signal, late }, async (bounded) =>
        readReply(await open({ ...order, signal: bounded }), endpoint, bounded),
      );
    },
  };
}

/** Reads an answer whole, up to a bound. Rejects with `Unreachable`, or with the signal's reason. */
export async function readReply(
  reply: OpenReply,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<HttpReply> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of reply.body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) throw new Unreachable(endpoint, 'the answer is far too large');
      chunks.push(chunk);
    }
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw cause instanceof Unreachable ? cause : unreachable(endpoint, cause, false);
  }
  return {
    status: reply.status,
    mime: mimeOf(reply),
    text: Buffer.concat(chunks).toString('utf8'),
    retryAfterMs: retryAfterMs(headerOf(reply, 'retry-after'), Date.now()),
  };
}

/** The content type without its parameters; empty if none was given. */
export function mimeOf(reply: OpenReply): string {
  return (headerOf(reply, 'content-type')?.split(';')[0] ?? '').trim().toLowerCase();
}

export function headerOf(reply: Pick<OpenReply, 'headers'>, name: string): string | undefined {
  const value = reply.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function unreachable(endpoint: Endpoint, cause: unknown, neverSent: boolean): NemoError {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? 'network failure';
  return new Unreachable(endpoint, `no connection: ${code}`, { cause, neverSent, isOutage: true });
}
