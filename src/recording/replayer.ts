/**
 * A recording as a backend on loopback: each request gets what a request like it got then. How often a client looks depends on
 * its pace, so a state belongs to the run that it followed, and the last one of it is given for as long as there is no next run.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type Exchange, idsIn, RUN_PATH, type Target, targetOf } from './exchange.ts';
import { standInFilm } from './stand-in-film.ts';

export interface ReplayerOptions {
  readonly exchanges: readonly Exchange[];
  readonly port: number;
  /** 1: as slow as it was; 0: nothing is waited for. */
  readonly pace: number;
}

export interface Replayer {
  readonly url: string;
  /** Requests that the recording has nothing like. */
  readonly unknown: readonly string[];
  close(): Promise<void>;
}

const FILES = '/replayed-files/';

export async function startReplayer({ exchanges, port, pace }: ReplayerOptions): Promise<Replayer> {
  const answered = exchanges.filter(({ answer }) => answer !== undefined);
  const used = new Set<Exchange>();
  /** Ids of the recording that a client of now calls by another name. */
  const names = new Map<string, string>();
  const unknown: string[] = [];
  let runs = 0;
  let url = '';

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    if (request.url?.startsWith(FILES)) return void film(response, 200, 4_096);
    const target = targetOf(request.url ?? '/');
    if (target.path === RUN_PATH) runs += 1;
    const ids = idsIn(jsonOf(await buffer(request)));
    const found = pick(method, target);
    if (!found?.answer) {
      unknown.push(`${method} ${target.path}`);
      response.writeHead(404, { 'content-type': 'application/json' });
      return void response.end('{"code":404,"message":"the recording has nothing like it"}');
    }
    used.add(found);
    if (found.id !== undefined && target.id !== undefined) names.set(found.id, target.id);
    for (const [at, id] of found.ids.entries()) if (ids[at]) names.set(id, ids[at]);
    await give(found.answer, response);
  }

  /** Of those that ask the same: of the same project, of the same run, the first that was not given yet, else the last. */
  function pick(method: string, { path, id }: Target): Exchange | undefined {
    const alike = answered.filter((it) => it.method === method && it.path === path);
    const sameId = alike.filter((it) => it.id !== undefined && (names.get(it.id) ?? it.id) === id);
    const fitting = sameId.length > 0 ? sameId : alike;
    const until = fitting.filter((it) => it.runs <= runs);
    const latest = Math.max(0, ...until.map((it) => it.runs));
    const now = until.filter((it) => it.runs === latest);
    return now.find((it) => !used.has(it)) ?? now.at(-1) ?? fitting.find((it) => !used.has(it));
  }

  async function give(
    { status, headers, after, text, frames, bytes, broken }: Answer,
    response: ServerResponse,
  ): Promise<void> {
    await wait(after);
    if (bytes !== undefined) return film(response, status, bytes);
    response.writeHead(status, headers);
    let at = 0;
    for (const frame of frames ?? []) {
      await wait(frame.at - at);
      at = frame.at;
      if (response.destroyed) return;
      response.write(named(frame.text));
    }
    if (text !== undefined) response.write(named(text));
    if (broken) response.destroy();
    else response.end();
  }

  const wait = async (ms: number): Promise<void> => {
    if (ms * pace >= 1) await delay(ms * pace);
  };

  const named = (text: string): string =>
    text
      .replace(/\{\{address-(\d+)\}\}/g, (_, n: string) => `${url}${FILES}${n}.mp4`)
      .replace(/\bid-\d+\b/g, (id) => names.get(id) ?? id);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    unknown,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function film(response: ServerResponse, status: number, bytes: number): void {
  const body = standInFilm(bytes);
  response
    .writeHead(status, { 'content-type': 'video/mp4', 'content-length': body.length })
    .end(body);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
