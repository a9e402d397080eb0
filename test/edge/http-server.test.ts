/** What strangers can hold of the port: connections and time. */
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { createBodyReader } from '../../src/net/body-reader.ts';
import {
  type HttpLimits,
  type HttpServer,
  startHttpServer,
} from '../../src/runtime/http-server.ts';
import { recorder } from '../doubles/house.ts';
import { head, rawClient } from './raw-client.ts';

const logged: string[] = [];
let server: HttpServer;
afterEach(async () => {
  await server.close();
  logged.length = 0;
});

/** Patient: these tests do not ask how fast it is. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

const isUpload = ({ url }: { url?: string | undefined }) => url === '/upload';

async function start(limits: Partial<HttpLimits> = {}): Promise<void> {
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    log: recorder(logged),
    isUpload,
    limits,
    routes: [
      async (req, res) => {
        if (req.url === '/refused') res.writeHead(403).end('no');
        else res.end(`got ${(await text(req)).length}`);
        return true;
      },
    ],
  });
}

function client() {
  const raw = rawClient(server.port);
  onTestFinished(() => void raw.socket.destroy());
  return raw;
}

describe('a connection that is slow is ended', () => {
  test.each([
    ['that says nothing', ''],
    ['whose headers do not end', 'GET / HTTP/1.1\r\nhost: bot\r\nx: '],
  ])('one %s', async (_title, sent) => {
    await start({ headersMs: 50 });
    const slow = client();
    slow.send(sent);
    expect(await slow.ended).toMatch(/^(HTTP\/1\.1 408|$)/);
  });

  test('one whose body does not end is told so', async () => {
    await start({ bodyMs: 50 });
    const slow = client();
    slow.send(`${head('POST', '/', { 'content-length': '100' })}half`);
    expect(await slow.ended).toMatch(/^HTTP\/1\.1 408 .*took too long/s);
    expect(logged.filter((line) => !line.startsWith('debug'))).toEqual([]);
  });

  test('one that goes on sending after it was refused', async () => {
    await start({ bodyMs: 50 });
    const slow = client();
    slow.send(`${head('POST', '/refused', { 'content-length': '100' })}half`);
    expect(await slow.ended).toContain('403');
  });

  test('an upload of which nothing comes any more', async () => {
    await start({ idleMs: 50 });
    const slow = client();
    slow.send(`${head('PUT', '/upload', { 'content-length': '100' })}half`);
    expect(await slow.ended).toBe('');
  });
});

test('an upload takes longer than anything else may', async () => {
  await start({ bodyMs: 50 });
  const upload = client();
  upload.send(`${head('PUT', '/upload', { 'content-length': '8' })}half`);
  // Begun later, and already ended: the upload's time would be over too.
  const other = client();
  other.send(`${head('POST', '/', { 'content-length': '8' })}half`);
  await other.ended;
  upload.send('half');
  await eventually(upload.answer).toContain('got 8');
});

test('more connections than there is room for are dropped, until there is room again', async () => {
  await start({ connections: 3 });
  const first = [client(), client(), client()];
  for (const { send } of first) send(head('GET', '/'));
  for (const { answer } of first) await eventually(answer).toContain('got 0');
  expect(await client().ended).toBe('');
  first[0]?.socket.destroy();
  await first[0]?.ended;
  await eventually(async () => {
    const late = client();
    late.send(head('GET', '/', { connection: 'close' }));
    return late.ended;
  }).toContain('got 0');
});

test('a request that its sender breaks off is one line for those who debug', async () => {
  await start();
  const gone = client();
  gone.socket.end(`${head('POST', '/', { 'content-length': '100' })}half`);
  await eventually(() => logged.length).toBe(1);
  expect(logged[0]).toMatch(/^debug a request was broken off/);
});

describe('bodies of strangers', () => {
  const KIB = 1024;

  /** Counts what the reader holds after every piece, and how many bodies it gave up. */
  async function startReader(limits: { each: number; inAll: number }) {
    const bodies = createBodyReader(limits);
    const seen = { most: 0, refused: [] as string[] };
    server = await startHttpServer({
      host: '127.0.0.1',
      port: 0,
      log: recorder(logged),
      routes: [
        async (req, res) => {
          req.on('data', () => {
            seen.most = Math.max(seen.most, bodies.held());
          });
          await bodies.read(req).then(
            (body) => res.end(`got ${body.length}`),
            (error: Error & { reason: string }) => {
              seen.refused.push(error.reason);
              res.writeHead(503, { connection: 'close' }).end();
            },
          );
          return true;
        },
      ],
    });
    return { bodies, seen };
  }

  test('hold no more together than the limit; an honest one gets through', async () => {
    const { bodies, seen } = await startReader({ each: 100 * KIB, inAll: 400 * KIB });
    const piece = Buffer.alloc(64 * KIB);
    for (let n = 0; n < 100; n += 1) {
      const stranger = client();
      stranger.send(head('POST', '/', { 'transfer-encoding': 'chunked' }));
      stranger.send(`${piece.length.toString(16)}\r\n`);
      stranger.send(piece);
    }
    // Six of them fit.
    await eventually(() => seen.refused.length).toBe(94);
    expect(seen.most).toBeLessThanOrEqual(400 * KIB);
    const honest = await fetch(`http://127.0.0.1:${server.port}/`, {
      method: 'POST',
      body: new Uint8Array(90 * KIB),
    });
    expect(await honest.text()).toBe(`got ${90 * KIB}`);
    expect(bodies.held()).toBeLessThanOrEqual(400 * KIB);
  });

  test.each([
    ['says so', { 'content-length': '101' }, 'x'],
    ['does not say so', { 'transfer-encoding': 'chunked' }, `65\r\n${'x'.repeat(101)}\r\n`],
  ])('one that is too large and %s is refused', async (_title, headers, body) => {
    const { bodies, seen } = await startReader({ each: 100, inAll: 400 });
    const stranger = client();
    stranger.send(head('POST', '/', headers) + body);
    await stranger.ended;
    expect(seen.refused).toEqual(['too-large']);
    expect(bodies.held()).toBe(0);
  });

  test('what is broken off is given back', async () => {
    const { bodies, seen } = await startReader({ each: 100, inAll: 400 });
    const stranger = client();
    stranger.send(`${head('POST', '/', { 'content-length': '100' })}half`);
    await eventually(bodies.held).toBe(4);
    stranger.socket.destroy();
    await eventually(() => seen.refused).toEqual(['broken-off']);
    expect(bodies.held()).toBe(0);
  });
});
