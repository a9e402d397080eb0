import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refused } from './answers.ts';
import { startNemoDouble } from './nemo-double.ts';
import { sampleDraft } from './samples.ts';
import { say } from './steps.ts';
import type { NemoDouble } from './world.ts';

let nemo: NemoDouble;
beforeEach(async () => {
  nemo = await startNemoDouble();
});
afterEach(() => nemo.close());

const attribution = {
  'x-skill-source': 'text-to-video-high-quality',
  'x-skill-version': '1.0.0',
  'x-skill-platform': 'unknown',
};

function call(path: string, body?: object, headers: Record<string, string> = attribution) {
  return fetch(nemo.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...headers,
      authorization: `Bearer ${nemo.token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const runBody = (sessionId: string, text = 'hello') => ({
  app_name: 'nemo_agent',
  user_id: 'me',
  session_id: sessionId,
  new_message: { parts: [{ text }] },
});

describe('what a test gets without asking', () => {
  test('a run makes the sample draft, and a render of it is finished at the second look', async () => {
    const session = nemo.addSession();
    const stream = await (await call('/run_sse', runBody(session.sessionId))).text();
    expect(stream).toContain('Your video is ready!');
    expect(session.draft).toEqual(sampleDraft);
    const order = { id: 'render_1', sessionId: session.sessionId, draft: sampleDraft };
    await call('/api/render/proxy/lambda', order);
    const look = async () => (await call('/api/render/proxy/lambda/render_1')).json();
    expect(await look()).toMatchObject({ data: { status: 'processing', progress: 50 } });
    const last = (await look()) as { data: { outputUrl: string } };
    const file = await (await fetch(last.data.outputUrl)).bytes();
    expect(Buffer.from(file.subarray(4, 8)).toString()).toBe('ftyp');
    expect(nemo.violations).toEqual([]);
  });

  test('an unknown token and an unknown session are refused', async () => {
    expect((await call('/run_sse', runBody('1'))).status).toBe(404);
    nemo.tokens.clear();
    expect((await call('/api/credits/balance/simple')).status).toBe(401);
  });
});

describe('what a test may change', () => {
  test('one answer, then every answer, then the default again for what a handler leaves open', async () => {
    nemo.once('credits', refused(503, 503, 'busy'));
    nemo.on('credits', (request) =>
      request.path.includes('odd') ? { text: '<html>' } : undefined,
    );
    expect((await call('/api/credits/balance/simple')).status).toBe(503);
    expect(await (await call('/api/credits/balance/simple?odd')).text()).toBe('<html>');
    expect(await (await call('/api/credits/balance/simple')).json()).toMatchObject({
      data: { available: 60 },
    });
  });

  test('an early answer comes before the body is read', async () => {
    nemo.once('credits', refused(413, 4002, 'too large'), { early: true });
    expect((await call('/api/credits/balance/simple')).status).toBe(413);
    await nemo.arrival('credits');
  });

  test('a script that drops gives what came before and then a broken stream', async () => {
    const session = nemo.addSession();
    nemo.script(say('half'), { drop: true });
    const response = await call('/run_sse', runBody(session.sessionId));
    await expect(response.text()).rejects.toThrow();
    expect(await nemo.runEnd()).toBe(false);
  });

  test('a client that leaves is noticed', async () => {
    const session = nemo.addSession();
    nemo.script(say('half'), { hang: true });
    const response = await call('/run_sse', runBody(session.sessionId));
    await response.body?.cancel();
    expect(await nemo.runEnd()).toBe(true);
  });
});
