/** The way of the SDK's client to Slack, over real sockets: what a call may rely on besides its answer. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webApi } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import { createWebClient } from '../../../src/platforms/slack/api-calls.ts';
import { judge } from '../../../src/platforms/slack/errors.ts';
import { webFetch } from '../../../src/platforms/slack/web-fetch.ts';

const quiet: webApi.Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => webApi.LogLevel.ERROR,
  setName() {},
};

async function answering(answer: (req: IncomingMessage, res: ServerResponse) => void) {
  let connections = 0;
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url ?? '');
    req.resume().on('end', () => answer(req, res));
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const client = createWebClient(url, quiet);
  const failure = (): Promise<unknown> =>
    client.auth.test({ token: 'xoxb-1' }).then(
      () => undefined,
      (error: unknown) => error,
    );
  return { url, client, failure, asked, connections: () => connections };
}

test('an answer comes with its scopes, and in the letters it was written in', async () => {
  const { client } = await answering((_req, res) => {
    res.writeHead(200, { 'X-OAuth-Scopes': 'chat:write, files:read' });
    res.end(JSON.stringify({ ok: true, team: '茶室 🍵' }));
  });
  const told = await client.auth.test({ token: 'xoxb-1' });
  expect(told.team).toBe('茶室 🍵');
  expect(told.response_metadata?.scopes).toEqual(['chat:write', 'files:read']);
});

test('a redirect is not followed: nobody knows what became of the call', async () => {
  const { failure, asked } = await answering((_req, res) => {
    res.writeHead(307, { location: '/api/elsewhere' }).end();
  });
  const error = await failure();
  expect(error).toBeInstanceOf(webApi.WebAPIRequestError);
  expect(judge(error)).toEqual({ type: 'lost' });
  expect(asked).toEqual(['/api/auth.test']);
});

test('refusals whose text nobody reads hold no connection', async () => {
  const { failure, connections } = await answering((_req, res) => {
    res.writeHead(429, { 'retry-after': '7' }).end('x'.repeat(200_000));
  });
  for (let n = 0; n < 5; n += 1) expect(judge(await failure())).toEqual({ type: 'wait', ms: 7000 });
  // The next call may come a moment before the last one's connection is free.
  expect(connections()).toBeLessThan(3);
});

test('an answer without an end is broken off', async () => {
  let megabytes = 0;
  const { failure } = await answering((_req, res) => {
    const piece = Buffer.alloc(1024 * 1024, ' ');
    const more = (): void => {
      megabytes += 1;
      if (!res.destroyed) res.write(piece, more);
    };
    res.writeHead(200);
    more();
  });
  expect(judge(await failure())).toEqual({ type: 'lost' });
  expect(megabytes).toBeLessThan(100);
});

test('who no longer waits ends the call, with their reason', async () => {
  const over = new AbortController();
  const reason = new Error('no longer wanted');
  const { url } = await answering(() => over.abort(reason));
  await expect(webFetch(url, { method: 'POST', body: 'a=b', signal: over.signal })).rejects.toBe(
    reason,
  );
});
