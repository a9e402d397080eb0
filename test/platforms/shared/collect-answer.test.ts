/** Calls whose answers are read whole, over real sockets: what comes in pieces, breaks off, has no end or is given up. */
import { getEventListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  collectAnswer,
  fieldOf,
  openCallAgent,
} from '../../../src/platforms/shared/collect-answer.ts';

type Answering = (req: IncomingMessage, res: ServerResponse) => void;

async function server(answer: Answering, agent = openCallAgent()) {
  const asked: string[] = [];
  const http = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`);
    req.resume().on('end', () => answer(req, res));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await agent.destroy();
    http.closeAllConnections();
    http.close();
  });
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const call = (path: string, signal?: AbortSignal) =>
    collectAnswer(agent, `${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      signal,
    });
  return { call, asked };
}

test('an answer comes whole, in whatever pieces, with its status and its fields by name', async () => {
  const { call, asked } = await server((_req, res) => {
    res.writeHead(201, 'Made', { 'X-Of-Interest': 'yes' });
    const letters = Buffer.from('茶室 🍵');
    const next = (at: number): void => {
      if (at === letters.length) res.end();
      else res.write(letters.subarray(at, at + 1), () => next(at + 1));
    };
    next(0);
  });
  const answer = await call('/api/v10/tea?limit=1');
  expect(answer.body.toString()).toBe('茶室 🍵');
  expect(answer).toMatchObject({ status: 201, statusText: 'Made' });
  expect(fieldOf(answer.headers, 'X-OF-INTEREST')).toBe('yes');
  expect(fieldOf(answer.headers, 'x-none')).toBe(null);
  expect(asked).toEqual(['POST /api/v10/tea?limit=1']);
});

test('a hint before the answer is not taken for it', async () => {
  const { call } = await server((_req, res) => {
    res.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => res.end('tea'));
  });
  const answer = await call('/');
  expect([answer.status, answer.body.toString()]).toEqual([200, 'tea']);
});

test('an answer that breaks off is no answer', async () => {
  const { call } = await server((_req, res) => {
    res.writeHead(200, { 'content-length': '100' });
    res.write('half', () => res.destroy());
  });
  await expect(call('/')).rejects.toThrow();
});

test('an answer without an end is broken off', async () => {
  let megabytes = 0;
  const { call } = await server((_req, res) => {
    const piece = Buffer.alloc(1024 * 1024, ' ');
    const more = (): void => {
      megabytes += 1;
      if (!res.destroyed) res.write(piece, more);
    };
    more();
  });
  await expect(call('/')).rejects.toThrow(/exceeded max size/);
  expect(megabytes).toBeLessThan(100);
});

test.each<[when: string, answer: (over: AbortController, reason: Error) => Answering]>([
  ['before an answer', (over, reason) => () => over.abort(reason)],
  [
    'in the middle of it',
    (over, reason) => (_req, res) => {
      res.writeHead(200);
      res.write('half', () => over.abort(reason));
    },
  ],
])('who gives up %s ends the call, with their reason', async (_, answer) => {
  const over = new AbortController();
  const reason = new Error('no longer wanted');
  const { call } = await server(answer(over, reason));
  await expect(call('/', over.signal)).rejects.toBe(reason);
});

test('a call that was given up before it began is never sent', async () => {
  const { call, asked } = await server((_req, res) => res.end('tea'));
  const reason = new Error('no longer wanted');
  await expect(call('/', AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(asked).toEqual([]);
});

test('who gives up while the call waits for a connection is told at once, and it is never sent', async () => {
  const reason = new Error('no longer wanted');
  const over = new AbortController();
  let answerFirst = (): void => {};
  const { call, asked } = await server(
    (_req, res) => {
      answerFirst = () => res.end('tea');
      over.abort(reason);
    },
    new Agent({ connections: 1, pipelining: 1 }),
  );
  const first = call('/first');
  await expect(call('/second', over.signal)).rejects.toBe(reason);
  answerFirst();
  expect((await first).body.toString()).toBe('tea');
  const third = call('/third');
  await vi.waitUntil(() => asked.length === 2);
  answerFirst();
  await third;
  expect(asked).toEqual(['POST /first', 'POST /third']);
});

test('of a call that is over its signal keeps nothing', async () => {
  let answers = 0;
  const { call } = await server((_req, res) => {
    answers += 1;
    if (answers === 1) res.end('tea');
    else res.destroy();
  });
  const { signal } = new AbortController();
  await call('/', signal);
  await expect(call('/', signal)).rejects.toThrow();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
