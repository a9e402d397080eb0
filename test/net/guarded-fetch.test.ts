import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AddressRefused, createGuardedFetch } from '../../src/net/guarded-fetch.ts';

const signal = new AbortController().signal;

async function serve(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const redirect =
  (to: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(302, { location: to }).end('moved');

const closed = createGuardedFetch({ allowOrigins: [], allowLoopback: false });
const loopback = createGuardedFetch({ allowOrigins: [], allowLoopback: true });

describe('refused before any connection', () => {
  test.each([
    'http://example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://224.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
    'https://user:secret@example.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'ftp://example.com/',
    'not an address',
  ])('%s', async (url) => {
    await expect(closed(url, { signal })).rejects.toBeInstanceOf(AddressRefused);
    await expect(closed(url, { signal })).rejects.not.toThrow(/secret|passwd/);
  });

  test('with loopback open, other private places stay shut', async () => {
    for (const url of [
      'http://10.0.0.1/',
      'https://10.0.0.1/',
      'http://[fd00::1]/',
      'http://example.com',
    ]) {
      await expect(loopback(url, { signal })).rejects.toBeInstanceOf(AddressRefused);
    }
  });
});

test('a name that resolves to a private address is refused where the connection is made', async () => {
  let heard = 0;
  const url = await serve((_request, response) => {
    heard += 1;
    response.end();
  });
  const port = new URL(url).port;
  await expect(closed(`https://localhost:${port}/`, { signal })).rejects.toBeInstanceOf(
    AddressRefused,
  );
  expect(heard).toBe(0);
});

test('the given origins and, if opened, loopback are fetched', async () => {
  const url = await serve((_request, response) => void response.end('hello'));
  const named = createGuardedFetch({ allowOrigins: [`${url}/api/`], allowLoopback: false });
  for (const fetch of [named, loopback]) {
    const reply = await fetch(`${url}/x`, { signal });
    expect([reply.status, reply.url, await text(reply.body)]).toEqual([200, `${url}/x`, 'hello']);
  }
  const byName = await loopback(url.replace('127.0.0.1', 'localhost'), { signal });
  expect(await text(byName.body)).toBe('hello');
});

test('another port of an allowed host is another origin', async () => {
  const allowed = await serve((_request, response) => void response.end());
  const other = await serve((_request, response) => void response.end());
  const fetch = createGuardedFetch({ allowOrigins: [allowed], allowLoopback: false });
  await expect(fetch(other, { signal })).rejects.toBeInstanceOf(AddressRefused);
});

describe('redirects', () => {
  test('are followed, each judged anew', async () => {
    const secret = await serve((_request, response) => void response.end('internal'));
    const start = await serve(redirect(secret));
    const fetch = createGuardedFetch({ allowOrigins: [start], allowLoopback: false });
    await expect(fetch(start, { signal })).rejects.toBeInstanceOf(AddressRefused);
    const open = createGuardedFetch({ allowOrigins: [start, secret], allowLoopback: false });
    const reply = await open(start, { signal });
    expect([reply.url, await text(reply.body)]).toEqual([`${secret}/`, 'internal']);
  });

  test.each(['https://169.254.169.254/', 'file:///etc/passwd', 'http://', '//10.0.0.1/x'])(
    'to %s: refused',
    async (to) => {
      const start = await serve(redirect(to));
      await expect(loopback(start, { signal })).rejects.toBeInstanceOf(AddressRefused);
    },
  );

  test('headers stay within the origin, but for harmless ones', async () => {
    const seen: Record<string, unknown>[] = [];
    const end = await serve((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    const start = await serve((request, response) => {
      seen.push(request.headers);
      if (request.url === '/') redirect('/same')(request, response);
      else redirect(`${end}/`)(request, response);
    });
    const headers = {
      Authorization: 'Bearer x',
      Cookie: 'a=b',
      'X-Api-Key': 'k',
      Range: 'bytes=0-',
    };
    await (await loopback(start, { signal, headers })).body.resume();
    expect(seen.slice(0, 2)).toEqual([
      expect.objectContaining({ authorization: 'Bearer x', 'x-api-key': 'k' }),
      expect.objectContaining({ authorization: 'Bearer x', cookie: 'a=b' }),
    ]);
    expect(seen[2]).toMatchObject({ range: 'bytes=0-' });
    for (const name of ['authorization', 'cookie', 'x-api-key'])
      expect(seen[2]).not.toHaveProperty(name);
  });

  test('in a circle come to an end', async () => {
    let hops = 0;
    const url = await serve((request, response) => {
      hops += 1;
      redirect('/again')(request, response);
    });
    await expect(loopback(url, { signal, maxRedirects: 3 })).rejects.toBeInstanceOf(AddressRefused);
    expect(hops).toBe(4);
  });

  test('a redirect without a target is an answer like any other', async () => {
    const url = await serve((_request, response) => void response.writeHead(304).end());
    expect((await loopback(url, { signal })).status).toBe(304);
  });
});

test('stopping ends the wait', async () => {
  const stop = new AbortController();
  const url = await serve(() => stop.abort(new Error('stopped')));
  await expect(loopback(url, { signal: stop.signal })).rejects.toThrow('stopped');
});
