/** The contract of nemo-api.md, sections 1 to 4, 7 and 11: who asks, envelopes, accounts, sessions, credits. */
import { describe, expect, test } from 'vitest';
import { AccessExpired, RequestRefused, SessionLost } from '../../../src/nemo/errors.ts';
import { toRenderId, toSessionId } from '../../../src/runtime/ids.ts';
import type { Forms } from '../../../src/simulator/host/envelope.ts';
import { STAND_INS } from '../../doubles/nemo/stand-ins.ts';
import { clientOf, collect, failure, memoryStore, trialAccount } from '../client.ts';
import {
  bench,
  CLAIMS,
  CREDITS,
  RENDERS,
  runBody,
  SESSIONS,
  statePath,
  TOKENS,
  uploadPath,
} from './bench.ts';

/** Each form, and what is to be seen of it in the plain answers for credits, a session and a trial token. */
const FORMS: readonly [Partial<Forms>, RegExp][] = [
  [{ envelope: 'code' }, /^\{"code":0,"data":\{"available"/],
  [{ envelope: 'success' }, /^\{"success":true,"data":\{"available"/],
  [{ envelope: 'bare' }, /^\{"available"/],
  [{ numericSessionId: true }, /"session_id":\d{19}[,}]/],
  [{ tokenPlace: 'top' }, /^\{"code":0,"token":"nmv_usr_/m],
];
const SIGNED_IN = [
  { path: SESSIONS, body: { task_name: 'p' } },
  { path: CLAIMS, body: { task_id: 't', session_id: '1' } },
  { path: '/run_sse', body: runBody('1') },
  { path: uploadPath('1'), body: {} },
  { path: CREDITS },
  { path: statePath('1') },
  { path: RENDERS, body: { id: 'r', sessionId: '1', draft: {} } },
  { path: `${RENDERS}/r` },
  { path: '/api/render/proxy/r/download' },
];

describe.each(STAND_INS)('%s: who asks', (_name, start) => {
  test.each(SIGNED_IN)('$path takes no strangers', async (plain) => {
    const { ask, standIn } = await bench(start);
    for (const authorization of ['Bearer nmv_usr_unknown', standIn.token, '']) {
      const { status, json } = await ask({ ...plain, headers: { authorization } });
      expect([status, json]).toMatchObject([401, { code: 1001 }]);
    }
  });

  test.each(['x-skill-source', 'x-skill-version', 'x-skill-platform'])(
    'without %s: noted, and no export',
    async (header) => {
      const { ask, standIn, made } = await bench(start);
      const sessionId = await made();
      expect((await ask({ path: CREDITS, headers: { [header]: '' } })).status).toBe(200);
      const order = { id: 'render_1', sessionId, draft: { t: [{ sg: [{}] }] } };
      const { status, json } = await ask({ path: RENDERS, body: order, headers: { [header]: '' } });
      expect([status, json]).toMatchObject([402, { code: 402 }]);
      expect(standIn.broken().slice(0, 2)).toEqual(['attribution', 'attribution']);
    },
  );

  test('a token in an address is noted', async () => {
    const { ask, standIn } = await bench(start);
    await ask({ path: `${CREDITS}?token=${standIn.token}` });
    expect(standIn.broken()).toEqual(['token-in-address']);
  });

  test('what is no route is 404 and noted', async () => {
    const { ask, standIn } = await bench(start);
    expect((await ask({ path: '/api/nothing' })).status).toBe(404);
    expect((await ask({ path: CREDITS, body: {} })).status).toBe(404);
    expect(standIn.broken()).toEqual(['route', 'route']);
  });
});

describe.each(STAND_INS)('%s: trial accounts', (_name, start) => {
  const wish = (id: string) =>
    ({ path: TOKENS, method: 'POST', headers: { 'x-client-id': id } }) as const;

  test('a token with its user, its end and 100 credits', async () => {
    const { ask } = await bench(start);
    const { status, json } = await ask(wish('client-a'));
    expect([status, json]).toMatchObject([
      200,
      {
        code: 0,
        data: {
          token: expect.stringMatching(/^nmv_usr_[\w-]{20,}$/),
          user_id: expect.stringMatching(/^anon_[A-Za-z0-9]+$/),
          expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          credits: 100,
        },
      },
    ]);
  });

  test('a client without an id, or with one over 64 characters, is told 400', async () => {
    const { ask } = await bench(start);
    expect((await ask(wish(''))).status).toBe(400);
    expect((await ask(wish('x'.repeat(65)))).status).toBe(400);
    expect((await ask(wish('x'.repeat(64)))).status).toBe(200);
  });

  test('one token a week for a client, ten for an address', async () => {
    const { ask } = await bench(start);
    for (let n = 0; n < 10; n += 1) expect((await ask(wish(`client-${n}`))).status).toBe(200);
    for (const id of ['client-3', 'one more']) {
      const { status, json } = await ask(wish(id));
      expect([status, json]).toMatchObject([429, { code: 429 }]);
    }
  });

  test('our client waits after 429 and asks once more', async () => {
    const { standIn, signal } = await bench(start);
    await trialAccount(standIn, memoryStore(), 'client-a').token(signal);
    const second = trialAccount(standIn, memoryStore(), 'client-a').token(signal);
    expect(await failure(second)).toMatchObject({ name: 'RateLimited' });
    expect(standIn.calls('anonymous-token')).toBe(3);
  });

  test('a token that has run out is renewed for the same user', async () => {
    const { standIn, signal } = await bench(start);
    const account = trialAccount(standIn, memoryStore());
    const nemo = clientOf(standIn, account);
    const order = { taskName: 'project', language: 'en' };
    const { sessionId } = await nemo.createSession(order, signal);
    const [token, user] = [await account.token(signal), await account.userId()];
    const run = () => nemo.run(sessionId, standIn.message('expired token'), { signal });
    expect(await failure(collect(run()))).toBeInstanceOf(AccessExpired);
    await nemo.renewAccess(signal);
    expect(await account.token(signal)).not.toBe(token);
    expect(await account.userId()).toBe(user);
    expect(await nemo.state(sessionId, signal)).toMatchObject({ timeline: { form: 'none' } });
    expect(standIn.broken()).toEqual([]);
  });

  test("one account's sessions and renders are not another's", async () => {
    const { standIn, signal, ask, made, nemo } = await bench(start);
    const sessionId = await made();
    const draft = (await nemo.state(sessionId, signal))?.draft ?? null;
    await nemo.submitRender({ id: toRenderId('render_1'), sessionId, draft }, signal);
    const token = await trialAccount(standIn, memoryStore()).token(signal);
    const headers = { authorization: `Bearer ${token}` };
    for (const plain of [
      { path: statePath(sessionId) },
      { path: '/run_sse', body: runBody(sessionId) },
      { path: CLAIMS, body: { task_id: 't', session_id: sessionId } },
      { path: RENDERS, body: { id: 'render_2', sessionId, draft } },
    ]) {
      const { status, json } = await ask({ ...plain, headers });
      expect([plain.path, status, json]).toMatchObject([plain.path, 404, { code: 1002 }]);
    }
    for (const path of [`${RENDERS}/render_1`, '/api/render/proxy/render_1/download'])
      expect((await ask({ path, headers })).status).toBe(404);
  });
});

describe.each(STAND_INS)('%s: sessions, credits and editor links', (_name, start) => {
  test('a session has an id of 19 digits, a task and a user', async () => {
    const { ask } = await bench(start);
    const body = { task_name: 'project', language: 'zh-CN' };
    const { json } = await ask({ path: SESSIONS, body });
    expect(json).toMatchObject({
      code: 0,
      data: {
        session_id: expect.stringMatching(/^\d{19}$/),
        task_id: expect.stringMatching(/^task_/),
        user_id: expect.any(String),
      },
    });
  });

  test('each is a new one', async () => {
    const { session } = await bench(start);
    expect(await session()).not.toBe(await session());
  });

  test.each([
    ['without a name', { language: 'en' }, {}],
    ['what is no JSON', '{"task_name":', {}],
    ['JSON that is not said to be JSON', { task_name: 'p' }, { 'content-type': 'text/plain' }],
  ])('%s is refused', async (_case, body, headers) => {
    const { ask } = await bench(start);
    const { status, json } = await ask({ path: SESSIONS, body, headers });
    expect([status, json]).toMatchObject([422, { code: 422 }]);
  });

  test.each(FORMS)('%j is written so, and our client reads it', async (forms, plain) => {
    const { standIn, nemo, signal, session, ask } = await bench(start, forms);
    const headers = { 'x-client-id': 'plain' };
    const replies = [
      await ask({ path: CREDITS }),
      await ask({ path: SESSIONS, body: { task_name: 'p' } }),
      await ask({ path: TOKENS, method: 'POST', headers }),
    ];
    expect(replies.map(({ text }) => text).join('\n')).toMatch(plain);
    const sessionId = await session();
    expect(sessionId).toMatch(/^\d{19}$/);
    expect(await nemo.state(sessionId, signal)).toMatchObject({ timeline: { form: 'none' } });
    const { available, frozen, total } = await nemo.credits(signal);
    expect([available > 0, total]).toEqual([true, available + frozen]);
    const account = trialAccount(standIn, memoryStore());
    expect(await account.token(signal)).toMatch(/^nmv_usr_/);
    expect(standIn.broken()).toEqual([]);
  });

  test('a link to the editor is for a session of one’s own', async () => {
    const { nemo, signal, session, ask } = await bench(start);
    const taskId = 'task_1';
    const link = await nemo.editorLink({ sessionId: await session(), taskId }, signal);
    expect(link).toMatch(/\/workspace\/claim\?ct=clm_[\w-]+$/);
    const lost = nemo.editorLink({ sessionId: toSessionId('1'), taskId }, signal);
    expect(await failure(lost)).toBeInstanceOf(SessionLost);
    expect((await ask({ path: CLAIMS, body: {} })).status).toBe(422);
  });
});

describe.each(STAND_INS)('%s: refusals in the body of a 200, codes as text', (_name, start) => {
  const forms = { errors: 'body', stringCodes: true } as const;

  test('are what they are', async () => {
    const { ask } = await bench(start, forms);
    const { status, json } = await ask({ path: statePath('1') });
    expect([status, json]).toMatchObject([200, { code: '1002' }]);
  });

  test('our client tells them apart', async () => {
    const { standIn, nemo, signal, run } = await bench(start, forms);
    expect(await failure(nemo.state(toSessionId('1'), signal))).toBeInstanceOf(SessionLost);
    expect(await failure(run(toSessionId('1'), 'cut'))).toBeInstanceOf(SessionLost);
    expect(await failure(nemo.renderState(toRenderId('1'), signal))).toBeInstanceOf(RequestRefused);
    const stranger = clientOf(standIn, trialAccount(standIn, memoryStore(), 'x'.repeat(65)));
    expect(await failure(stranger.credits(signal))).toBeInstanceOf(RequestRefused);
  });
});
