/** The contract of nemo-api.md, sections 5 and 8: a message, the stream that answers it, and the state afterwards. */
import { describe, expect, test } from 'vitest';
import * as errors from '../../../src/nemo/errors.ts';
import { toSessionId } from '../../../src/runtime/ids.ts';
import { STAND_INS, type Wish } from '../../doubles/nemo/stand-ins.ts';
import { collect, failure } from '../client.ts';
import { bench, runBody, statePath } from './bench.ts';

const DIALECTS = ['adk-nonstream', 'adk-stream', 'typed', 'flat'] as const;
const BEATS = [
  'empty',
  'word',
  'typed',
  'ping',
  'comment',
  'event',
  'event-data',
  'newline',
] as const;

describe.each(STAND_INS)('%s: the stream', (_name, start) => {
  test('is an event stream of data lines that are JSON, and ends by closing', async () => {
    const { ask, session, standIn } = await bench(start);
    const body = runBody(await session(), standIn.message('cut'));
    const { status, mime, text } = await ask({ path: '/run_sse', body });
    expect([status, mime]).toEqual([200, 'text/event-stream']);
    const frames = text.split('\n\n').filter((frame) => frame !== '');
    expect(frames.length).toBeGreaterThan(2);
    for (const frame of frames) {
      expect(frame).toMatch(/^data: \{.*\}$/);
      expect(JSON.parse(frame.slice(6))).toBeTypeOf('object');
    }
    expect(standIn.broken()).toEqual([]);
  });

  test.each(DIALECTS)('%s: tools, the words once, and a draft', async (stream) => {
    const { nemo, signal, session, run, standIn } = await bench(start, { stream });
    const sessionId = await session();
    expect(await nemo.state(sessionId, signal)).toMatchObject({ timeline: { form: 'none' } });
    const events = await run(sessionId, 'cut');
    const words = events.filter((event) => event.type === 'text');
    const whole = words.filter(({ partial }) => !partial).map(({ text }) => text);
    expect(whole.length).toBeGreaterThan(1);
    expect(new Set(whole).size).toBe(whole.length);
    const pieces = words.filter(({ partial }) => partial).map(({ text }) => text);
    expect(pieces.join('')).toBe(stream === 'adk-stream' ? whole.join('') : '');
    const called = events.flatMap((event) => (event.type === 'tool-call' ? [event.id] : []));
    const ended = events.flatMap((event) =>
      event.type === 'tool-result' && event.ok ? [event.id] : [],
    );
    expect([called.length > 0, ended]).toEqual([stream !== 'flat', called]);
    expect(await nemo.state(sessionId, signal)).toMatchObject({ timeline: { form: 'known' } });
    expect(standIn.broken()).toEqual([]);
  });

  test('frames of the agent framework have its fields', async () => {
    const { ask, session, standIn } = await bench(start);
    const body = runBody(await session(), standIn.message('cut'));
    const { text } = await ask({ path: '/run_sse', body });
    const frames = [...text.matchAll(/^data: (.*"invocationId".*)$/gm)].map(([, json]) =>
      JSON.parse(json ?? ''),
    );
    const roles = frames.map(({ content }) => content.role);
    expect(new Set(roles)).toEqual(new Set(['model', 'user']));
    for (const frame of frames) {
      expect(frame).toMatchObject({
        invocationId: expect.any(String),
        author: 'nemo_agent',
        id: expect.any(String),
        actions: { stateDelta: {}, artifactDelta: {} },
        longRunningToolIds: [],
        timestamp: expect.any(Number),
      });
    }
    expect(new Set(frames.map(({ id }) => id)).size).toBe(frames.length);
  });

  test.each(BEATS)('a heartbeat can be "%s"', async (heartbeat) => {
    const { run, session, nemo, signal, standIn } = await bench(start, { heartbeat });
    const sessionId = await session();
    let bytes = 0;
    const onBytes = () => {
      bytes += 1;
    };
    const kinds = new Set<string>();
    const text = standIn.message('cut');
    for await (const { type } of nemo.run(sessionId, text, { signal, onBytes })) kinds.add(type);
    const parsed = heartbeat !== 'newline' && heartbeat !== 'event';
    expect([kinds.has('heartbeat'), kinds.has('activity')]).toEqual([parsed, false]);
    expect(bytes).toBeGreaterThan(0);
    expect(await failure(run(toSessionId('1'), 'cut'))).toBeInstanceOf(errors.SessionLost);
  });
});

describe.each(STAND_INS)('%s: the state', (_name, start) => {
  test('of a session that nobody made', async () => {
    const { ask } = await bench(start);
    const { status, json } = await ask({ path: statePath('5529798706024415999') });
    expect([status, json]).toMatchObject([404, { code: 1002 }]);
  });

  test('tells session, task and parts', async () => {
    const { ask, made } = await bench(start);
    const sessionId = await made();
    const { json } = await ask({ path: statePath(sessionId) });
    expect(json).toMatchObject({
      code: 0,
      data: {
        session_id: sessionId,
        task_id: expect.stringMatching(/^task_/),
        task_name: 'project',
        state: { draft: { t: expect.any(Array), d: expect.any(Number) }, video_infos: [] },
      },
    });
  });

  test.each([
    ['cut', 'known', 'object'],
    ['markup', 'known', 'string'],
    ['unknown form', 'unknown', 'object'],
  ] as const)('%s: a draft that is %s', async (wish, form, type) => {
    const { nemo, signal, made } = await bench(start);
    const state = await nemo.state(await made(wish), signal);
    expect(state).toMatchObject({ timeline: { form } });
    expect(state?.draft).toBeTypeOf(type);
  });
});

describe.each(STAND_INS)('%s: a message that is no message', (_name, start) => {
  const good = runBody('1');
  test.each<[string, object]>([
    ['sessionId', { ...good, session_id: undefined, sessionId: '1' }],
    ['newMessage', { ...good, new_message: undefined, newMessage: good.new_message }],
    ['another app', { ...good, app_name: 'other' }],
    ['another user', { ...good, user_id: 'user_1' }],
    ['no parts', { ...good, new_message: { parts: [] } }],
    ['a session id that is a number', { ...good, session_id: 1 }],
    ['sessionId beside what is right', { ...good, sessionId: '1' }],
  ])('%s: 422, and noted', async (_case, body) => {
    const { ask, standIn } = await bench(start);
    const { status, json } = await ask({ path: '/run_sse', body });
    expect([status, json]).toMatchObject([422, { code: 422 }]);
    expect(standIn.broken()).toEqual(['run-body']);
  });

  test('one that takes no event stream is noted', async () => {
    const { ask, standIn } = await bench(start);
    await ask({ path: '/run_sse', body: good, headers: { accept: 'application/json' } });
    expect(standIn.broken()).toEqual(['accept']);
  });

  test('a second one beside the first: 409, and noted', async () => {
    const { nemo, signal, session, ask, standIn } = await bench(start, { heartbeat: 'typed' });
    const sessionId = await session();
    const leave = new AbortController();
    const first = nemo.run(sessionId, standIn.message('never ends'), {
      signal: AbortSignal.any([signal, leave.signal]),
    });
    const events = first[Symbol.asyncIterator]();
    await events.next();
    const { status, json } = await ask({ path: '/run_sse', body: runBody(sessionId) });
    expect([status, json]).toMatchObject([409, { code: 409 }]);
    expect(standIn.broken()).toEqual(['second-run']);
    leave.abort(new Error('left'));
    // What had come by then is still told.
    const rest = async () => {
      while (!(await events.next()).done);
    };
    await failure(rest());
  });
});

describe.each(STAND_INS)('%s: what goes wrong', (_name, start) => {
  test.each<[Wish, string]>([
    ['no credits', 'CreditsExhausted'],
    ['no credits, told in the stream', 'CreditsExhausted'],
    ['lost session', 'SessionLost'],
    ['rate limit', 'RateLimited'],
    ['bad gateway', 'RunUncertain'],
    ['page', 'RunUncertain'],
    ['drop', 'StreamLost'],
  ])('%s: %s', async (wish, name) => {
    const { run, session, standIn } = await bench(start);
    expect(await failure(run(await session(), wish))).toMatchObject({ name });
    expect(standIn.calls('run_sse')).toBe(1);
  });

  test.each<[Wish, number, number]>([
    ['no credits', 402, 2001],
    ['lost session', 404, 1002],
    ['rate limit', 429, 429],
  ])('%s is HTTP %s with code %s', async (wish, status, code) => {
    const { ask, session, standIn } = await bench(start);
    const body = runBody(await session(), standIn.message(wish));
    const reply = await ask({ path: '/run_sse', body });
    expect([reply.status, reply.mime, reply.json]).toMatchObject([
      status,
      'application/json',
      { code },
    ]);
  });

  test('the same message again gets through after 429', async () => {
    const { nemo, signal, session, standIn } = await bench(start);
    const sessionId = await session();
    const text = standIn.message('rate limit');
    await failure(collect(nemo.run(sessionId, text, { signal })));
    expect(await collect(nemo.run(sessionId, text, { signal }))).not.toEqual([]);
    expect(standIn.broken()).toEqual([]);
  });

  test('an error in the middle is an event, and then the stream ends', async () => {
    const { run, session } = await bench(start);
    expect((await run(await session(), 'error')).at(-1)).toMatchObject({ type: 'problem' });
  });
});
