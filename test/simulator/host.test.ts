/** What this host does beyond the contract that it shares with the tests' double (test/nemo/contract/). */
import { afterEach, describe, expect, test } from 'vitest';
import { type Client, clientOf, startClient } from './client.ts';

let client: Client;
const start = async (...options: Parameters<typeof startClient>) => {
  client = await startClient(...options);
};
afterEach(() => client.simulator.close());

const png = (name: string, text = name) =>
  new File([`picture ${text}`], name, { type: 'image/png' });

describe('sessions and state', () => {
  test('a session has an id of 19 digits and no draft at first', async () => {
    await start();
    const session = await client.session('zh-CN');
    expect(session).toMatch(/^\d{18,19}$/);
    expect(await client.state(session)).toMatchObject({ draft: {}, video_infos: [] });
    expect(client.simulator.snapshot().sessions[0]?.language).toBe('zh');
  });
});

describe('accounts', () => {
  const anonymous = (id?: string) =>
    client.post('/api/auth/anonymous-token', {}, id === undefined ? {} : { 'x-client-id': id });

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

  test('links are taken as names', async () => {
    await start();
    const session = await client.session();
    const body = { urls: ['https://example.com/clips/sea.mp4?x=1'], source_type: 'url' };
    const reply = await client.post(`/api/upload-video/nemo_agent/me/${session}`, body);
    expect(reply.body).toMatchObject({ data: { files: [{ filename: 'sea.mp4' }] } });
  });
});
