/**
 * A proxy on loopback in front of the backend, which passes everything on as it is and writes down what went by, redacted
 * (placeholders.ts). A request is on record when its answer has ended.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, request as send } from 'undici';
import { type Answer, type Exchange, idsIn, RUN_PATH, targetOf } from './exchange.ts';
import { createPlaceholders } from './placeholders.ts';
import { type FrameReader, frameReader } from './read-frames.ts';

/** Of a body that is looked into; the rest goes by unseen, and the body is recorded by its length. */
const MOST_CHARS = 16_000_000;
/** Not passed on: they are about one connection, or would have the body come compressed. */
const OF_THE_HOP =
  /^(?:host|connection|keep-alive|transfer-encoding|upgrade|expect|accept-encoding|proxy-.*|te|trailer)$/i;
/** Recorded of an answer's headers. */
const TELLING = ['content-type', 'retry-after'] as const;

export interface RecorderOptions {
  readonly to: string;
  readonly port: number;
  /** Takes one line, without its end. */
  readonly write: (line: string) => void;
}

export interface Recorder {
  readonly url: string;
  close(): Promise<void>;
}

export async function startRecorder({ to, port, write }: RecorderOptions): Promise<Recorder> {
  const placeholders = createPlaceholders();
  const base = to.replace(/\/+$/, '');
  // A run may be silent for minutes.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const began = performance.now();
  let count = 0;
  let runs = 0;

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const target = targetOf(url);
    if (target.path === RUN_PATH) runs += 1;
    count += 1;
    const arrived = performance.now();
    const given = { n: count, runs, at: Math.round(arrived - began) };
    const seen = seenIn(request.headers['content-type']);
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    let answer: Answer | undefined;
    try {
      const reply = await send(base + url, {
        dispatcher: agent,
        method: method as 'GET',
        headers: headersOf(request),
        body: hasBody ? request.pipe(seen.through) : null,
        signal: gone.signal,
      });
      const headers: Record<string, string> = {};
      for (const name of TELLING) {
        const value = reply.headers[name];
        if (typeof value === 'string') headers[name] = value.slice(0, 100);
      }
      const head = {
        status: reply.statusCode,
        headers,
        after: Math.round(performance.now() - arrived),
      };
      const passed = Object.entries(reply.headers).filter(([name]) => !OF_THE_HOP.test(name));
      response.writeHead(reply.statusCode, Object.fromEntries(passed));
      response.flushHeaders();
      const body = bodyOf(headers['content-type'] ?? '');
      const broken = await passBody(reply.body, response, body.see);
      answer = { ...head, ...body.end(), ...(broken ? { broken } : {}) };
    } catch {
      // The backend gave no answer, or its client has left: that is what is recorded.
      response.destroy();
    }
    record(method, target, given, seen.end(), answer);
  }

  function record(
    method: string,
    { path, id }: ReturnType<typeof targetOf>,
    given: Pick<Exchange, 'n' | 'runs' | 'at'>,
    { json, bytes }: { readonly json: unknown; readonly bytes: number },
    answer: Answer | undefined,
  ): void {
    const line: Exchange = {
      v: 1,
      ...given,
      method,
      path,
      ...(id === undefined ? {} : { id: placeholders.id(id) }),
      ids: idsIn(json).map(placeholders.id),
      ...(json === undefined ? { askedBytes: bytes } : { asked: placeholders.json(json) }),
      ...(answer ? { answer } : {}),
    };
    write(JSON.stringify(line));
  }

  /** What an answer's body becomes on record, by its type. */
  function bodyOf(type: string): { see(chunk: Buffer): void; end(): Partial<Answer> } {
    const since = performance.now();
    const frames: NonNullable<Answer['frames']> = [];
    const reader: FrameReader | undefined = /^text\/event-stream/i.test(type)
      ? frameReader(placeholders.body, (text) =>
          frames.push({ at: Math.round(performance.now() - since), text }),
        )
      : undefined;
    const isText = /^(?:text\/|application\/(?:json|problem\+json))/i.test(type);
    const chunks: Buffer[] = [];
    let bytes = 0;
    return {
      see(chunk) {
        bytes += chunk.length;
        if (reader) reader.take(chunk);
        else if (isText && bytes <= MOST_CHARS) chunks.push(chunk);
      },
      end() {
        reader?.end();
        if (reader) return { frames };
        if (!isText || bytes > MOST_CHARS) return { bytes };
        return { text: placeholders.body(Buffer.concat(chunks).toString('utf8')) };
      },
    };
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await agent.destroy();
    },
  };
}

/** True where it was cut off at its source. */
async function passBody(
  from: Readable,
  to: ServerResponse,
  see: (chunk: Buffer) => void,
): Promise<boolean> {
  let cut = false;
  try {
    await pipeline(
      from,
      async function* (chunks: AsyncIterable<Buffer>) {
        try {
          for await (const chunk of chunks) {
            see(chunk);
            yield chunk;
          }
        } catch (error) {
          cut = true;
          throw error;
        }
      },
      to,
    );
    return false;
  } catch {
    // Where the client left nobody knows how it would have gone on.
    to.destroy();
    return cut;
  }
}

/** The request's body on its way: JSON is kept for the record, of all else its length. */
function seenIn(type = '') {
  const isJson = /^application\/json/i.test(type);
  const chunks: Buffer[] = [];
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (isJson && bytes <= MOST_CHARS) chunks.push(chunk);
      done(null, chunk);
    },
  });
  return {
    through,
    end(): { json: unknown; bytes: number } {
      if (!isJson || bytes > MOST_CHARS) return { json: undefined, bytes };
      try {
        return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')), bytes };
      } catch {
        return { json: undefined, bytes };
      }
    },
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string | string[]> {
  const passed = Object.entries(headers).filter(([name]) => !OF_THE_HOP.test(name));
  return Object.fromEntries(
    passed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
