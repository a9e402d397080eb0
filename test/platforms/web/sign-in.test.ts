/** The playground behind a password: who gets in, from where, how often, and for how long. */
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, own, type Playground, type PlaygroundOptions, startPlayground } from './support.ts';

const PASSWORD = 'correct horse battery';
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

const open: Playground[] = [];
afterEach(async () => {
  for (const playground of open.splice(0)) {
    expect(playground.errors).toEqual([]);
    await playground.close();
  }
});
async function start(options: PlaygroundOptions = {}): Promise<Playground> {
  const playground = await startPlayground({ password: PASSWORD, ...options });
  open.push(playground);
  return playground;
}

type Headers = Record<string, string>;

const trySignIn = (playground: Playground, password: string, headers: Headers = {}) =>
  ask(
    playground,
    'POST',
    '/sign-in',
    { ...FORM, Origin: playground.url, ...headers },
    new URLSearchParams({ password }).toString(),
  );

const setCookies = (reply: { headers: Readonly<Record<string, unknown>> }): string[] =>
  [reply.headers['set-cookie'] ?? []].flat().map(String);
const pairOf = (cookie: string): string => cookie.split(';')[0] ?? '';

/** The `Cookie` header of a browser that has just signed in. */
async function signIn(playground: Playground, headers: Headers = {}): Promise<string> {
  const reply = await trySignIn(playground, PASSWORD, headers);
  expect([reply.status, reply.headers['location']]).toEqual([303, '/']);
  return setCookies(reply).map(pairOf).join('; ');
}

const threadPath = () => `/api/threads/${crypto.randomUUID()}`;
const message = () => JSON.stringify({ id: crypto.randomUUID(), text: 'hello', files: [] });

describe('without having signed in', () => {
  it.each([
    ['GET', '/api/config'],
    ['GET', '/api/threads'],
    ['GET', `${threadPath()}/messages`],
    ['GET', '/api/events'],
    ['GET', '/page/main.ts'],
    ['GET', '/page/index.html'],
    ['GET', `/files/${crypto.randomUUID()}`],
    ['PUT', '/api/uploads?name=a.png'],
    ['POST', `${threadPath()}/messages`],
    ['POST', `${threadPath()}/command`],
    ['POST', `${threadPath()}/press`],
    ['POST', '/api/sign-out'],
    ['POST', '/'],
  ])('%s %s is refused, and from this machine too', async (method, path) => {
    const playground = await start();
    for (const cookie of ['', 'nemo_session=', `nemo_session=${'A'.repeat(43)}`]) {
      const headers = { ...own(playground), ...(cookie && { Cookie: cookie }) };
      const reply = await ask(playground, method, path, headers, method === 'GET' ? '' : message());
      expect(reply.status).toBe(401);
      expect(reply.json<{ code: string }>().code).toBe('signed-out');
    }
    expect(playground.bot.received).toEqual([]);
  });

  it('the page leads to the form, which needs nothing that is behind it', async () => {
    const playground = await start();
    const page = await ask(playground, 'GET', '/');
    expect([page.status, page.headers['location']]).toEqual([303, '/sign-in']);
    const form = await ask(playground, 'GET', '/sign-in');
    expect(form.status).toBe(200);
    expect(String(form.headers['content-security-policy'])).toContain("form-action 'self'");
    const parts = [...String(form.body).matchAll(/(?:href|src)="([^"]+)"/g)].map(([, to]) => to);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect((await ask(playground, 'GET', part ?? '')).status).toBe(200);
  });

  it('the form speaks English, Chinese and Spanish', async () => {
    const playground = await start();
    const inChinese = { 'Accept-Language': 'zh-CN,zh;q=0.9' };
    expect(String((await ask(playground, 'GET', '/sign-in', inChinese)).body)).toContain('登录');
    expect(String((await trySignIn(playground, 'x', inChinese)).body)).toContain('密码不对');
    const inSpanish = { 'Accept-Language': 'es-419,es;q=0.9' };
    expect(String((await ask(playground, 'GET', '/sign-in', inSpanish)).body)).toContain(
      '<html lang="es">',
    );
    expect(String((await trySignIn(playground, 'x', inSpanish)).body)).toContain(
      'Esa no es la contraseña',
    );
    expect(String((await ask(playground, 'GET', '/sign-in')).body)).toContain('Sign in');
  });
});

describe('with the password', () => {
  it('all is open, to a person who administers nothing', async () => {
    const playground = await start();
    const cookie = await signIn(playground);
    const headers = { ...own(playground), Cookie: cookie };
    for (const path of ['/', '/api/threads', '/page/main.ts'])
      expect((await ask(playground, 'GET', path, headers)).status).toBe(200);
    const path = threadPath();
    expect((await ask(playground, 'POST', `${path}/messages`, headers, message())).status).toBe(
      200,
    );
    const command = JSON.stringify({ id: crypto.randomUUID(), name: 'profile' });
    expect((await ask(playground, 'POST', `${path}/command`, headers, command)).status).toBe(200);
    expect(playground.bot.received.map(({ author }) => author.admin)).toEqual([false]);
    expect(playground.bot.commands.map(({ person }) => person.admin)).toEqual([false]);
  });

  it('the cookie is out of reach of scripts and other sites, and Secure behind TLS', async () => {
    const playground = await start();
    const [session = ''] = setCookies(await trySignIn(playground, PASSWORD));
    expect(session).toMatch(
      /^nemo_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    );
    const byTls = { 'X-Forwarded-Proto': 'https' };
    for (const cookie of setCookies(await trySignIn(playground, PASSWORD, byTls)))
      expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Secure$/);
    const [again = ''] = setCookies(await trySignIn(playground, PASSWORD));
    expect(pairOf(again)).not.toBe(pairOf(session));
  });

  it('signing out ends the session and what is open under it, and no other session', async () => {
    const playground = await start();
    const [mine, other] = [await signIn(playground), await signIn(playground)];
    const stream = await openStream(playground, mine);
    const headers = { ...own(playground), Cookie: mine };
    const reply = await ask(playground, 'POST', '/api/sign-out', headers, '{}');
    expect([reply.status, setCookies(reply)[0]]).toEqual([
      200,
      'nemo_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ]);
    await stream.ended;
    expect((await ask(playground, 'GET', '/api/threads', { Cookie: mine })).status).toBe(401);
    expect((await ask(playground, 'GET', '/api/threads', { Cookie: other })).status).toBe(200);
  });

  it('a session ends by its age, with the stream of changes', async () => {
    const playground = await start({ sessionMs: 1_000 });
    const cookie = await signIn(playground);
    await (await openStream(playground, cookie)).ended;
    expect((await ask(playground, 'GET', '/api/threads', { Cookie: cookie })).status).toBe(401);
  });

  it('a stored file is not shown again by the browser without asking', async () => {
    const playground = await start();
    const headers = { ...own(playground), Cookie: await signIn(playground) };
    const put = await ask(playground, 'PUT', '/api/uploads?name=a.png', headers, 'picture');
    const path = `/files/${put.json<{ id: string }>().id}`;
    const first = await ask(playground, 'GET', path, headers);
    expect([first.status, first.headers['cache-control']]).toEqual([200, 'private, no-cache']);
    const tag = { 'If-None-Match': String(first.headers['etag']) };
    expect((await ask(playground, 'GET', path, { ...headers, ...tag })).status).toBe(304);
    expect((await ask(playground, 'GET', path, tag)).status).toBe(401);
  });
});

describe('where a request comes from', () => {
  const signInFrom = (playground: Playground, headers: Headers) =>
    ask(playground, 'POST', '/sign-in', { ...FORM, ...headers }, `password=${PASSWORD}`);

  it('any name of ours will do, also one that only the proxy knows', async () => {
    const playground = await start();
    for (const headers of [
      { Host: 'bot.example:8080', Origin: 'http://bot.example:8080' },
      { Host: 'bot.example', Origin: 'https://bot.example' },
      { Host: '10.0.0.1:3000', 'X-Forwarded-Host': 'bot.example', Origin: 'https://bot.example' },
    ]) {
      expect((await signInFrom(playground, headers)).status).toBe(303);
      const own = { ...headers, 'X-Playground': '1', Cookie: await signIn(playground, headers) };
      const path = `${threadPath()}/messages`;
      expect((await ask(playground, 'POST', path, own, message())).status).toBe(200);
    }
  });

  it.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['another scheme', { Origin: 'chrome-extension://bot.example' }],
    ['a page that hides its origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['nobody knows where', {}],
  ])('%s can neither sign in nor, with a cookie, change anything', async (_, from) => {
    const playground = await start();
    const host = { Host: 'bot.example' };
    expect((await signInFrom(playground, { ...host, ...from })).status).toBe(403);
    const headers = { ...host, ...from, Cookie: await signIn(playground), 'X-Playground': '1' };
    const sent = await ask(playground, 'POST', `${threadPath()}/messages`, headers, message());
    expect(sent.status).toBe(403);
    expect(playground.bot.received).toEqual([]);
  });

  it('a form of another page of ours cannot act: the API wants the header too', async () => {
    const playground = await start();
    const headers = { Origin: playground.url, Cookie: await signIn(playground) };
    const sent = await ask(playground, 'POST', `${threadPath()}/messages`, headers, message());
    expect(sent.status).toBe(403);
  });
});

describe('wrong passwords', () => {
  const wrong = async (playground: Playground, headers?: Headers) => {
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++)
      statuses.push((await trySignIn(playground, `wrong ${n}`, headers)).status);
    return statuses;
  };

  it('lock their address: the right one is not even looked at then', async () => {
    const playground = await start();
    expect(await wrong(playground)).toEqual([401, 401, 401, 401, 401, 429]);
    const right = await trySignIn(playground, PASSWORD);
    expect(right.status).toBe(429);
    expect(Number(right.headers['retry-after'])).toBeLessThanOrEqual(30);
    expect(setCookies(right)).toEqual([]);
    expect(String(right.body)).toContain('too many wrong passwords');
  });

  it('of others lock out neither who is signed in nor a browser that was signed in before', async () => {
    const playground = await start();
    const cookie = await signIn(playground);
    const browser = cookie.split('; ').find((pair) => pair.startsWith('nemo_browser=')) ?? '';
    await wrong(playground);
    expect((await ask(playground, 'GET', '/api/threads', { Cookie: cookie })).status).toBe(200);
    const forged = { Cookie: browser.replace(/=../, '=xx') };
    expect((await trySignIn(playground, PASSWORD, forged)).status).toBe(429);
    expect((await trySignIn(playground, PASSWORD, { Cookie: browser })).status).toBe(303);
    // The cookie gives the browser a count of its own, and no more than that.
    expect(await wrong(playground, { Cookie: browser })).toEqual([401, 401, 401, 401, 401, 429]);
    // A restart forgets counts and sessions, and still knows the browser.
    const restarted = await playground.restart();
    open.splice(0, 1, restarted);
    expect((await trySignIn(restarted, PASSWORD, { Cookie: browser })).status).toBe(303);
  });

  it('that come at the same time are counted one by one', async () => {
    const playground = await start();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => trySignIn(playground, `wrong ${n}`)),
    );
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  it('a form that is longer than any password is refused unread', async () => {
    const playground = await start();
    expect((await trySignIn(playground, 'x'.repeat(5_000))).status).toBe(413);
  });
});

/** The stream of changes; resolves when the first event is here. */
function openStream(playground: Playground, cookie: string): Promise<{ ended: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const { port } = playground;
    const options = { host: '127.0.0.1', port, path: '/api/events', headers: { Cookie: cookie } };
    const req = httpRequest(options, (res) => {
      const ended = new Promise<void>((done) => {
        res.on('error', () => {});
        res.on('close', () => done());
      });
      res.once('data', () => resolve({ ended }));
    });
    req.once('error', reject);
    req.end();
  });
}
