import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Playground, startPlayground } from './support.ts';

let playground: Playground;
beforeAll(async () => {
  playground = await startPlayground();
});
afterAll(() => playground.close());

const send = (headers: Record<string, string>) =>
  ask(
    playground,
    'POST',
    `/api/threads/${crypto.randomUUID()}/messages`,
    headers,
    JSON.stringify({ id: crypto.randomUUID(), text: 'from elsewhere', files: [] }),
  );
const at = (name: string) => `${name}:${playground.port}`;

describe('the name in Host', () => {
  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('%s is ours', async (name) => {
    expect((await ask(playground, 'GET', '/', { Host: at(name) })).status).toBe(200);
  });

  it.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '0.0.0.0',
    '192.168.1.2',
  ])('%s is not, wherever it resolves to: DNS rebinding', async (name) => {
    for (const path of ['/', '/api/threads', '/api/events', '/page/main.ts']) {
      expect((await ask(playground, 'GET', path, { Host: at(name) })).status).toBe(403);
    }
  });

  it('needs our port', async () => {
    expect((await ask(playground, 'GET', '/', { Host: 'localhost' })).status).toBe(403);
    expect((await ask(playground, 'GET', '/', { Host: 'localhost:1' })).status).toBe(403);
  });
});

describe('a request that changes something', () => {
  const host = () => ({ Host: at('127.0.0.1') });

  it('is taken from our own page', async () => {
    const headers = { ...host(), 'X-Playground': '1' };
    expect((await send({ ...headers, Origin: `http://${at('127.0.0.1')}` })).status).toBe(200);
    expect((await send({ ...headers, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });

  it.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['another port', { Origin: 'http://127.0.0.1:1' }],
    ['another name of this machine', { Origin: 'http://localhost' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['another site that hides its origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
    ['nobody knows where', {}],
  ])('is refused from %s', async (_where, headers) => {
    const before = playground.bot.received.length;
    expect((await send({ ...host(), 'X-Playground': '1', ...headers })).status).toBe(403);
    expect(playground.bot.received).toHaveLength(before);
  });

  it('is refused without the header that a form cannot send', async () => {
    const headers = {
      ...host(),
      Origin: `http://${at('127.0.0.1')}`,
      'Content-Type': 'text/plain',
    };
    expect((await send(headers)).status).toBe(403);
  });

  it('is refused to a preflight from elsewhere, without a word of CORS', async () => {
    const headers = {
      ...host(),
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'POST',
    };
    const reply = await ask(playground, 'OPTIONS', '/api/threads', headers);
    expect(reply.status).toBe(403);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    );
  });
});

describe('what other sites may draw on', () => {
  it('is nothing but a link to the page', async () => {
    const headers = { Host: at('127.0.0.1'), 'Sec-Fetch-Site': 'cross-site' };
    expect((await ask(playground, 'GET', '/', headers)).status).toBe(200);
    expect((await ask(playground, 'GET', '/api/threads', headers)).status).toBe(403);
    expect((await ask(playground, 'GET', '/files/x', headers)).status).toBe(403);
  });
});

describe('the page', () => {
  it('lets no script run but its own', async () => {
    const { headers, body } = await ask(playground, 'GET', '/', { Host: at('127.0.0.1') });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    // Nothing inline, nothing from elsewhere.
    expect(String(body)).not.toMatch(
      /<script(?![^>]* src="\/page\/)|<style|style="|\son\w+="|https?:\/\//,
    );
  });

  it('is served as scripts without types, and again only when it changed', async () => {
    const host = { Host: at('127.0.0.1') };
    const script = await ask(playground, 'GET', '/page/main.ts', host);
    expect(script.headers['content-type']).toContain('text/javascript');
    expect(String(script.body)).not.toContain('import type');
    const again = { ...host, 'If-None-Match': String(script.headers['etag']) };
    expect((await ask(playground, 'GET', '/page/main.ts', again)).status).toBe(304);
  });

  it.each([
    '/page/../web-platform.ts',
    '/page/%2e%2e%2fstore.ts',
    '/page/nothing.ts',
    '/api/nothing',
  ])('has nothing at %s', async (path) => {
    expect((await ask(playground, 'GET', path, { Host: at('127.0.0.1') })).status).toBe(404);
  });

  it('leaves other paths to the app', async () => {
    const reply = await ask(playground, 'GET', '/healthz', { Host: at('127.0.0.1') });
    expect(String(reply.body)).toBe('not the playground');
  });
});
