import { describe, expect, test } from 'vitest';
import { SessionLost, Unreachable } from '../../src/nemo/errors.ts';
import { toRenderId, toSessionId } from '../../src/runtime/ids.ts';
import { ok } from '../doubles/nemo/answers.ts';
import { markupDraft, unknownDraft } from '../doubles/nemo/samples.ts';
import { collect, failure, rig } from './client.ts';

const order = { taskName: 'project', language: 'zh-CN' };

describe('a session', () => {
  test('case 1: is made with a name and the language', async () => {
    const { double, nemo, signal } = await rig();
    const session = await nemo.createSession(order, signal);
    expect(double.received('session')[0]?.json).toEqual({
      task_name: 'project',
      language: 'zh-CN',
    });
    expect(double.sessions.has(session.sessionId)).toBe(true);
    expect(session.taskId).toBe('task_1');
    expect(double.violations).toEqual([]);
  });

  test('case 6: an id that comes as a number keeps its 19 digits in every later path', async () => {
    const { double, nemo, signal } = await rig();
    const digits = '5529798706024415232';
    double.once('session', {
      text: `{"code":0,"data":{"session_id":${digits},"task_id":77}}`,
      headers: { 'content-type': 'application/json' },
    });
    const session = await nemo.createSession(order, signal);
    expect(session).toEqual({ sessionId: digits, taskId: '77' });
    await failure(nemo.state(session.sessionId, signal));
    await failure(collect(nemo.run(session.sessionId, 'x', { signal })));
    await failure(nemo.upload(session.sessionId, [], signal));
    expect(double.received('state')[0]?.path).toContain(`/${digits}/`);
    expect(double.received('run_sse')[0]?.text).toContain(`"session_id":"${digits}"`);
    expect(double.received('upload')[0]?.path).toContain(`/${digits}`);
  });

  test('case 7: its fields may lie at the top of the answer', async () => {
    const { double, nemo, signal } = await rig();
    double.once('session', { json: { session_id: 's1', task_id: 't1', user_id: 'u' } });
    expect(await nemo.createSession(order, signal)).toEqual({ sessionId: 's1', taskId: 't1' });
  });

  test('an answer without an id is a failure, not a session', async () => {
    const { double, nemo, signal } = await rig();
    double.on('session', ok({ task_id: 't' }));
    expect(await failure(nemo.createSession(order, signal))).toBeInstanceOf(Unreachable);
  });
});

describe('credits', () => {
  test.each([
    ['as documented', ok({ available: 60, frozen: 40, total: 100 }), [60, 40, 100]],
    ['at the top', { json: { available: 1, frozen: 2, total: 3 } }, [1, 2, 3]],
    ['case 49: fields missing', ok({}), [0, 0, 0, true]],
    ['case 49: negative', ok({ available: -5, frozen: 3 }), [0, 3, 3, true]],
    ['case 49: nothing', ok(null), [0, 0, 0, true]],
    ['as text', ok({ available: '7', frozen: '', total: 'x' }), [7, 0, 7, true]],
  ])('%s', async (_name, answer, [available, frozen, total, guessed]) => {
    const { double, nemo, signal } = await rig();
    double.once('credits', answer);
    expect(await nemo.credits(signal)).toEqual({ available, frozen, total, guessed });
  });
});

describe('the state', () => {
  test('what is there, read', async () => {
    const { double, nemo, signal } = await rig();
    const session = double.addSession({ task_name: 'tea' });
    session.draft = { t: [] };
    session.canvas = { ratio: '9:16' };
    session.videoInfos = [{ filename: 'cat.png' }];
    expect(await nemo.state(session.sessionId, signal)).toEqual({
      draft: { t: [] },
      timeline: { form: 'none', canvas: { ratio: '9:16' } },
      media: ['cat.png'],
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      draftHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('a draft inside a string is unpacked', async () => {
    const { double, nemo, signal } = await rig();
    double.once('state', ok({ state: JSON.stringify({ draft: '{"d":1.50}' }) }));
    expect((await nemo.state(toSessionId('1'), signal))?.draft).toEqual({ d: 1.5 });
  });

  test.each([
    ['markup', markupDraft],
    [
      'markup that holds much that could be spelled otherwise',
      `<draft a="&lt;\u2028 é"><clip/></draft>\n\t`,
    ],
    ['an object around markup', { main_template: markupDraft, version: 3, n: 1 }],
    ['another form', unknownDraft],
  ])('a draft goes to the render as it came: %s', async (_form, draft) => {
    const { double, nemo, signal } = await rig();
    const { sessionId } = double.addSession();
    for (const session of double.sessions.values()) session.draft = draft;
    const state = await nemo.state(sessionId, signal);
    await nemo.submitRender(
      { id: toRenderId('r1'), sessionId, draft: state?.draft ?? null },
      signal,
    );
    expect(double.received('render')[0]?.json).toMatchObject({ draft });
    expect(double.violations).toEqual([]);
  });

  test('digits of a draft in another form go to the render as they came', async () => {
    const { double, nemo, signal } = await rig();
    const draft = '{"layers":[{"at":1.50,"id":5529798706024415232}]}';
    double.once('state', { text: `{"code":0,"data":{"state":{"draft":${draft}}}}` });
    const { sessionId } = double.addSession();
    const state = await nemo.state(sessionId, signal);
    await nemo.submitRender(
      { id: toRenderId('r1'), sessionId, draft: state?.draft ?? null },
      signal,
    );
    expect(double.received('render')[0]?.text).toContain(`"draft":${draft}`);
  });

  test('at the top of the answer', async () => {
    const { double, nemo, signal } = await rig();
    double.once('state', { json: { draft: { d: 1 } } });
    expect((await nemo.state(toSessionId('1'), signal))?.draft).toEqual({ d: 1 });
  });

  test.each([
    ['null', ok(null)],
    ['an empty state', ok({ state: {} })],
    ['a null state', ok({ session_id: '1', state: null })],
    ['only nulls', ok({ state: { draft: null, video_infos: null } })],
    ['text that is no JSON', ok({ state: '{oops' })],
  ])('nothing yet: %s', async (_name, answer) => {
    const { double, nemo, signal } = await rig();
    double.once('state', answer);
    expect(await nemo.state(toSessionId('1'), signal)).toBeUndefined();
  });

  test('a session that is gone', async () => {
    const { nemo, signal } = await rig();
    expect(await failure(nemo.state(toSessionId('1'), signal))).toBeInstanceOf(SessionLost);
  });

  test('case 24: a state that can not be had is not a state without change', async () => {
    const { double, nemo, signal } = await rig();
    double.on('state', { status: 503 });
    expect(await failure(nemo.state(toSessionId('1'), signal))).toBeInstanceOf(Unreachable);
  });

  test('an id from outside can not leave its place in the path', async () => {
    const { double, nemo, signal } = await rig();
    await failure(nemo.state(toSessionId('../../admin?x='), signal));
    expect(double.received('state')[0]?.path).toBe(
      '/api/state/nemo_agent/me/..%2F..%2Fadmin%3Fx%3D/latest',
    );
  });
});

describe('the editor link', () => {
  test('carries a claim token and never ours', async () => {
    const { double, nemo, signal } = await rig({ webUrl: 'https://web.example/' });
    const session = await nemo.createSession(order, signal);
    const link = await nemo.editorLink(session, signal);
    expect(link).toBe('https://web.example/workspace/claim?ct=clm_double');
    expect(double.received('claim-token')[0]?.json).toEqual({
      task_id: session.taskId,
      session_id: session.sessionId,
    });
  });

  test('case 83: a failure is one request and a clear error', async () => {
    const { double, nemo, signal } = await rig();
    double.on('claim-token', { status: 500 });
    expect(await failure(nemo.editorLink({ sessionId: toSessionId('s') }, signal))).toBeInstanceOf(
      Unreachable,
    );
    expect(double.received('claim-token')).toHaveLength(1);
  });
});

test('case 77: every call carries all three headers and the token, which is in no address', async () => {
  const { double, nemo, signal } = await rig();
  const session = await nemo.createSession(order, signal);
  const { sessionId } = session;
  await collect(nemo.run(sessionId, 'x', { signal }));
  await nemo.credits(signal);
  const state = await nemo.state(sessionId, signal);
  const id = await nemo.submitRender(
    { id: toRenderId('render_1'), sessionId, draft: state?.draft ?? null },
    signal,
  );
  for (let look = 0; look < 2; look += 1) await nemo.renderState(id, signal);
  (await nemo.fetchRender(id, signal)).stream.destroy();
  await nemo.editorLink(session, signal);
  expect(double.violations).toEqual([]);
  for (const { headers, path } of double.requests) {
    expect(headers).toMatchObject({
      'x-skill-source': 'text-to-video-high-quality',
      'x-skill-version': '1.2.3',
      'x-skill-platform': 'unknown',
      authorization: `Bearer ${double.token}`,
    });
    expect(path).not.toContain('nmv_usr_');
  }
});
