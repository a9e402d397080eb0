// Over 250 lines: its cases share one setup and read as one list.
/** The wire contract: routes, envelopes, accounts, uploads, and what a client must not do. */
import { afterEach, describe, expect, test } from 'vitest';
import {
  ATTRIBUTION,
  type Client,
  clientOf,
  OPERATOR,
  PATIENCE,
  runBody,
  startClient,
} from './client.ts';

let client: Client;
const start = async (...options: Parameters<typeof startClient>) => {
  client = await startClient(...options);
};
afterEach(() => client.simulator.close());

const png = (name: string, text = name) =>
  new File([`picture ${text}`], name, { type: 'image/png' });
const rules = () => client.simulator.snapshot().violations.map((violation) => violation.rule);

describe('sessions and state', () => {
  test('a session has an id of 19 digits and no draft at first', async () => {
    await start();
    const session = await client.session('zh-CN');
    expect(session).toMatch(/^\d{18,19}$/);
    expect(await client.state(session)).toMatchObject({ draft: {}, video_infos: [] });
    expect(client.simulator.snapshot().sessions[0]?.language).toBe('zh');
  });

  test('the id as a JSON number keeps its digits in the text', async () => {
    await start({ numericSessionId: true });
    const { text } = await client.post('/api/tasks/me/with-session/nemo_agent', { task_name: 'p' });
    expect(text).toMatch(/"session_id":\d{18,19}[,}]/);
  });

  test('an unknown session is 1002', async () => {
    await start();
    const reply = await client.get('/api/state/nemo_agent/me/123/latest');
    expect([reply.status, reply.body]).toMatchObject([404, { code: 1002 }]);
  });

  test('a session belongs to its account', async () => {
    await start();
    const session = await client.session();
    const { body } = await client.post('/api/auth/anonymous-token', {}, { 'x-client-id': 'c' });
    const other = clientOf(client.simulator, /nmv_usr_[\w-]+/.exec(JSON.stringify(body))?.[0]);
    expect((await other.get(`/api/state/nemo_agent/me/${session}/latest`)).status).toBe(404);
  });

  test.each([
    ['code', { code: 0, data: { available: 1000, frozen: 0, total: 1000 } }],
    ['success', { success: true, data: { available: 1000 } }],
    ['bare', { available: 1000, total: 1000 }],
  ] as const)('the envelope can be %s', async (envelope, body) => {
    await start({ envelope });
    expect((await client.get('/api/credits/balance/simple')).body).toMatchObject(body);
  });

  test('errors can come with HTTP 200 and codes as strings', async () => {
    await start({ errors: 'body', stringCodes: true });
    const reply = await client.get('/api/state/nemo_agent/me/1/latest');
    expect([reply.status, reply.body]).toMatchObject([200, { code: '1002' }]);
  });

  test('a claim token is for a session of one’s own', async () => {
    await start();
    const body = { task_id: 'task_x', session_id: await client.session() };
    expect((await client.post('/api/auth/claim-token', body)).body).toMatchObject({
      data: { claim_token: expect.stringMatching(/^clm_/), expires_in: 604_800 },
    });
    const other = await client.post('/api/auth/claim-token', { ...body, session_id: '1' });
    expect(other.status).toBe(404);
  });

  test('an unknown route is 404', async () => {
    await start();
    expect((await client.get('/api/nothing')).status).toBe(404);
  });
});

describe('accounts', () => {
  const anonymous = (id?: string) =>
    client.post('/api/auth/anonymous-token', {}, id === undefined ? {} : { 'x-client-id': id });

  test('an anonymous token comes once a week for a client', async () => {
    await start();
    expect((await anonymous('a')).body).toMatchObject({
      data: {
        token: expect.stringMatching(/^nmv_usr_/),
        user_id: expect.stringMatching(/^anon_/),
        credits: 100,
      },
    });
    expect((await anonymous('a')).status).toBe(429);
    expect((await anonymous()).status).toBe(400);
  });

  test('ten a week for an address', async () => {
    await start();
    for (let i = 0; i < 10; i++) expect((await anonymous(`client-${i}`)).status).toBe(200);
    expect((await anonymous('one more')).status).toBe(429);
  });

  test('the token can stand at the top', async () => {
    await start({ tokenPlace: 'top' });
    expect((await anonymous('a')).body).toMatchObject({
      token: expect.stringMatching(/^nmv_usr_/),
    });
  });

  test('an expired anonymous token is renewed for its client, with the same credits', async () => {
    await start();
    const first = JSON.stringify((await anonymous('a')).body);
    const guest = clientOf(client.simulator, /nmv_usr_[\w-]+/.exec(first)?.[0]);
    const session = await guest.session();
    await guest.run(session, 'The sea is calm.');
    expect((await guest.run(session, 'shorter [[sim:expired]]')).status).toBe(401);
    expect((await guest.get('/api/credits/balance/simple')).status).toBe(401);
    const second = await anonymous('a');
    expect(second.body).toMatchObject({ data: { credits: 90 } });
    const renewed = clientOf(client.simulator, /nmv_usr_[\w-]+/.exec(second.text)?.[0]);
    expect((await renewed.run(session, 'shorter [[sim:expired]]')).status).toBe(200);
  });

  test('a wrong token is 1001', async () => {
    await start();
    const stranger = clientOf(client.simulator, 'nmv_usr_unknown');
    const reply = await stranger.get('/api/credits/balance/simple');
    expect([reply.status, reply.body]).toMatchObject([401, { code: 1001 }]);
  });
});

describe('uploads', () => {
  test('several files in one request keep their order and can be fetched', async () => {
    await start();
    const session = await client.session();
    const reply = await client.upload(session, [
      png('b.png'),
      png('a.png'),
      new File(['x'], 'c.mp4'),
    ]);
    expect(reply.body).toMatchObject({
      data: {
        files: [
          { filename: 'b.png', file_type: 'image' },
          { filename: 'a.png' },
          { filename: 'c.mp4', file_type: 'video' },
        ],
        session_state_applied: true,
      },
    });
    const [first] = (await client.state(session)).video_infos;
    const picture = await fetch(first?.cdn_url ?? '');
    expect([picture.headers.get('content-type'), await picture.text()]).toEqual([
      'image/png',
      'picture b.png',
    ]);
  });

  test('the same file again is the same; another of its name gets a number', async () => {
    await start();
    const session = await client.session();
    for (const text of ['one', 'one', 'two']) await client.upload(session, [png('a b.png', text)]);
    const names = (await client.state(session)).video_infos.map((info) => info.filename);
    expect(names).toEqual(['a b.png', 'a b-2.png']);
  });

  test('can be described in the other way', async () => {
    await start({ uploadShape: 'uploaded_files' });
    const reply = await client.upload(await client.session(), [png('a.png')]);
    expect(reply.body).toMatchObject({ data: { uploaded_files: [{ url: expect.any(String) }] } });
  });

  test('links are taken as names', async () => {
    await start();
    const session = await client.session();
    const body = { urls: ['https://example.com/clips/sea.mp4?x=1'], source_type: 'url' };
    const reply = await client.post(`/api/upload-video/nemo_agent/me/${session}`, body);
    expect(reply.body).toMatchObject({ data: { files: [{ filename: 'sea.mp4' }] } });
  });

  test.each([
    ['a wrong type', [new File(['x'], 'virus.exe')], 4001],
    ['an empty file', [new File([], 'a.png')], 422],
    ['too large a file', [new File(['x'.repeat(2_000_000)], 'a.mp4')], 4002],
  ] as const)('%s is refused, and nothing of it stays', async (_case, files, code) => {
    await start({ maxUploadBytes: 1_000_000 });
    const session = await client.session();
    const reply = await client.upload(session, [png('good.png'), ...files]);
    expect(reply.body).toMatchObject({ code });
    expect((await client.state(session)).video_infos).toEqual([]);
  });

  test('a wrong field is refused and noted', async () => {
    await start();
    expect((await client.upload(await client.session(), [png('a.png')], 'file')).status).toBe(422);
    expect(rules()).toEqual(['multipart-field']);
  });

  test('a body cut off in the middle leaves nothing', async () => {
    await start();
    const session = await client.session();
    const head =
      '--b\r\ncontent-disposition: form-data; name="files"; filename="a.png"\r\n\r\nhalf';
    const reply = await fetch(`${client.simulator.url}/api/upload-video/nemo_agent/me/${session}`, {
      method: 'POST',
      headers: {
        ...ATTRIBUTION,
        authorization: `Bearer ${OPERATOR}`,
        'content-type': 'multipart/form-data; boundary=b',
      },
      body: head,
    });
    expect(reply.status).toBe(400);
    expect((await client.state(session)).video_infos).toEqual([]);
  });
});

describe('what a client must not do', () => {
  test('leave out an attribution header', async () => {
    await start();
    await client.get('/api/credits/balance/simple', { 'x-skill-platform': '' });
    expect(client.simulator.snapshot().violations).toEqual([
      { rule: 'attribution', detail: 'credits: x-skill-platform' },
    ]);
    const render = await client.post('/api/render/proxy/lambda', {}, { 'x-skill-source': '' });
    expect([render.status, render.body]).toMatchObject([402, { code: 402 }]);
  });

  test('speak camelCase to run_sse', async () => {
    await start();
    const { session_id: sessionId, ...rest } = runBody(await client.session(), 'hi');
    expect((await client.post('/run_sse', { ...rest, sessionId })).status).toBe(422);
    expect(rules()).toEqual(['run-body']);
  });

  test('start a second run beside the first', async () => {
    await start();
    const session = await client.session();
    const first = client.run(session, 'The sea is calm. [[sim:endless]]');
    await expect.poll(() => client.simulator.snapshot().runs.length, PATIENCE).toBe(1);
    expect((await client.run(session, 'shorter')).status).toBe(409);
    expect(rules()).toEqual(['second-run']);
    await client.simulator.close();
    expect((await first).broken).toBe(true);
  });

  test('send its token to the files host', async () => {
    await start();
    const session = await client.session();
    await client.upload(session, [png('a.png')]);
    const [info] = (await client.state(session)).video_infos;
    const reply = await fetch(info?.cdn_url ?? '', { headers: { authorization: 'Bearer x' } });
    expect(reply.status).toBe(400);
    expect(rules()).toEqual(['authorization-to-files']);
  });

  test('alter the draft, or name the session in the wrong case, in a render order', async () => {
    await start();
    const session = await client.session();
    await client.run(session, 'The sea is calm.');
    const { draft } = await client.state(session);
    const order = { id: 'render_1', draft: { ...draft, ext: undefined } };
    await client.post('/api/render/proxy/lambda', { ...order, sessionId: session });
    await client.post('/api/render/proxy/lambda', { ...order, session_id: session });
    expect(rules()).toEqual(['draft-altered', 'render-session-id']);
  });
});
