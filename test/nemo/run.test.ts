// Over 250 lines: its cases share one setup and read as one list.
import { describe, expect, test } from 'vitest';
import * as errors from '../../src/nemo/errors.ts';
import { resendAfter } from '../../src/nemo/resend-policy.ts';
import { assemble, committed, emptyAssembly, endOfStream } from '../../src/nemo/text-assembly.ts';
import { type Answer, refused } from '../doubles/nemo/answers.ts';
import {
  heartbeatForms,
  piece,
  type Step,
  say,
  thought,
  toolCall,
  toolResult,
} from '../doubles/nemo/steps.ts';
import { collect, failure, type Rig, rig } from './client.ts';

/** A session, a script, and what one message brings. */
async function play(...steps: Step[]) {
  const world = await rig();
  const { sessionId } = world.double.addSession();
  world.double.script(...steps);
  const run = () =>
    collect(world.nemo.run(sessionId, 'a video about tea', { signal: world.signal }));
  return { ...world, sessionId, run };
}

async function texts(...steps: Step[]): Promise<readonly string[]> {
  const { run } = await play(...steps);
  return committed(endOfStream((await run()).reduce(assemble, emptyAssembly)));
}

async function answered(answer: Answer): Promise<Rig & { error: unknown }> {
  const { run, ...world } = await play();
  world.double.once('run_sse', answer);
  return { ...world, error: await failure(run()) };
}

test('one message is one request, in the shape the backend wants', async () => {
  const { double, run, sessionId } = await play(say('Done.'));
  await run();
  const [request, ...more] = double.received('run_sse');
  expect(more).toEqual([]);
  expect(request?.json).toEqual({
    app_name: 'nemo_agent',
    user_id: 'me',
    session_id: sessionId,
    new_message: { parts: [{ text: 'a video about tea' }] },
  });
  expect(request?.headers).toMatchObject({
    accept: 'text/event-stream',
    'x-skill-source': 'text-to-video-high-quality',
    'x-skill-version': '1.2.3',
    'x-skill-platform': 'unknown',
  });
  expect(double.violations).toEqual([]);
});

describe('what is heard', () => {
  test('case 10: a plain stream with a tool', async () => {
    expect(
      await texts(
        thought('hm'),
        say('I will.'),
        toolCall('edit', 'c'),
        toolResult('edit', 'c'),
        say('Done.'),
      ),
    ).toEqual(['I will.', 'Done.']);
  });

  test('case 11: a stream of pieces and wholes', async () => {
    expect(
      await texts(piece('I '), piece('will.'), say('I will.'), piece('Do'), say('Done.')),
    ).toEqual(['I will.', 'Done.']);
  });

  test('case 12: the whole never comes', async () => {
    expect(await texts(piece('I '), piece('will.'))).toEqual(['I will.']);
  });

  test('case 16: typed and flat frames', async () => {
    const typed = { event: { type: 'text', content: 'Hello' } };
    expect(await texts(typed, { event: { text: 'World' } })).toEqual(['Hello', 'World']);
  });

  test('case 17: characters of several bytes, cut anywhere', async () => {
    const line = Buffer.from('data: {"text":"做一个关于茶的视频 🍵"}\n\n');
    const bytes = [...line].map((byte) => ({ raw: Uint8Array.of(byte) }));
    expect(await texts(...bytes)).toEqual(['做一个关于茶的视频 🍵']);
  });

  test('case 32: an error in the middle', async () => {
    const { run } = await play(say('Starting.'), { event: { error: 'boom' } });
    expect(await run()).toContainEqual({ type: 'problem', code: undefined, message: 'boom' });
  });

  test('case 34: garbage around the words', async () => {
    const words = await texts(
      { raw: 'lorem ipsum\n\n' },
      { raw: 'data: garbage\n\n' },
      say('Done.'),
      { raw: 'data: [DONE]\n\n' },
      { raw: 'data: {"text":"cut' },
    );
    expect(words).toEqual(['Done.']);
  });

  test('unknown frames are reported once, without what is in them', async () => {
    const { run, logs } = await play(
      { event: { novel: 'secret words', other: 1 } },
      { event: { novel: 'x' } },
    );
    expect((await run()).map((event) => event.type)).toEqual(['activity', 'activity']);
    expect(logs).toEqual([expect.stringContaining('novel, other')]);
  });

  test('an event too large to hold is a problem, not a crash', async () => {
    const block = { raw: 'x'.repeat(1_000_000) };
    const { run } = await play(
      { raw: 'data: ' },
      ...Array<Step>(18).fill(block),
      { raw: '\n\n' },
      say('Done.'),
    );
    expect((await run()).map((event) => event.type)).toEqual(['problem', 'text']);
  });
});

describe('signs of life', () => {
  test.each(heartbeatForms)(
    'case 18: a heartbeat of the form "%s" is alive and says nothing',
    async (form) => {
      const { double, nemo, sessionId, signal } = await play({ heartbeat: form }, { hang: true });
      const alive = Promise.withResolvers<void>();
      const stop = new AbortController();
      const events = collect(
        nemo.run(sessionId, 'x', {
          signal: AbortSignal.any([signal, stop.signal]),
          onBytes: alive.resolve,
        }),
      );
      await alive.promise;
      stop.abort(new Error('seen enough'));
      expect(await failure(events)).toEqual(new Error('seen enough'));
      expect(await double.runEnd()).toBe(true);
    },
  );

  test('case 19: heartbeats by name alone give no event at all, and bytes all the same', async () => {
    const { nemo, sessionId, signal } = await play({ heartbeat: 'event' }, { heartbeat: 'event' });
    let beats = 0;
    const run = nemo.run(sessionId, 'x', { signal, onBytes: () => (beats += 1) });
    expect(await collect(run)).toEqual([]);
    expect(beats).toBeGreaterThan(0);
  });
});

describe('rejections: thrown before any event', () => {
  test.each([
    ['1001', refused(401, 1001, 'expired'), errors.AccessExpired, 'new-token'],
    ['case 95: 401 without a body', { status: 401 }, errors.AccessExpired, 'new-token'],
    ['case 40: 1002', refused(200, 1002, 'gone'), errors.SessionLost, 'new-session'],
    [
      'case 41: 404 of the framework',
      { status: 404, json: { detail: 'Session not found' } },
      errors.SessionLost,
      'new-session',
    ],
    ['case 35: 2001 with 200', refused(200, 2001, 'spent'), errors.CreditsExhausted, 'never'],
    ['402', { status: 402 }, errors.PlanBlocked, 'never'],
    ['429', { status: 429 }, errors.RateLimited, 'wait'],
    ['422', { status: 422, json: { detail: [] } }, errors.RequestRefused, 'never'],
    ['case 25: 502 before any byte', { status: 502, text: '<html>' }, errors.RunUncertain, 'never'],
    ['503', { status: 503 }, errors.RunUncertain, 'never'],
    ['500 in the body of a 200', refused(200, 500, 'oops'), errors.RunUncertain, 'never'],
    [
      'a page instead of a stream',
      { text: '<html>', headers: { 'content-type': 'text/html' } },
      errors.RunUncertain,
      'never',
    ],
    ['JSON that says nothing is wrong', { json: { code: 0 } }, errors.RunUncertain, 'never'],
    ['a cut connection', { drop: true }, errors.RunUncertain, 'never'],
  ] as const)('%s', async (_name, answer, kind, cure) => {
    const { error, double } = await answered(answer);
    expect(error).toBeInstanceOf(kind);
    expect(resendAfter(error)).toBe(cure);
    expect(double.received('run_sse')).toHaveLength(1);
  });

  test.each([
    [1001, errors.AccessExpired],
    ['1002', errors.SessionLost],
    [2001, errors.CreditsExhausted],
    [429, errors.RateLimited],
  ])('case 36: an error envelope %s as the first and only event', async (code, kind) => {
    const { run } = await play({ event: { code, message: 'no' } });
    expect(await failure(run())).toBeInstanceOf(kind);
  });

  test('also if the connection breaks right after it', async () => {
    const { run } = await play({ event: { code: 1002, message: 'no' } }, { drop: true });
    expect(await failure(run())).toBeInstanceOf(errors.SessionLost);
  });

  test.each([
    ['something follows', [{ event: { code: 1002, message: 'no' } }, { heartbeat: true }]],
    ['something came before', [{ heartbeat: true }, { event: { code: 1002, message: 'no' } }]],
  ] as [string, Step[]][])(
    'case 36: but not if %s: then the run may have begun',
    async (_name, steps) => {
      const { run } = await play(...steps);
      expect(await run()).toContainEqual({ type: 'problem', code: '1002', message: 'no' });
    },
  );
});

describe('the stream breaks', () => {
  test('case 22: after what was heard, with StreamLost, and is not sent again', async () => {
    const { double, nemo, sessionId, signal } = await play(say('half'), { drop: true });
    const heard: string[] = [];
    const work = (async () => {
      for await (const event of nemo.run(sessionId, 'x', { signal })) heard.push(event.type);
    })();
    const error = await failure(work);
    expect(error).toBeInstanceOf(errors.StreamLost);
    expect(resendAfter(error)).toBe('never');
    expect(heard).toEqual(['text']);
    expect(double.received('run_sse')).toHaveLength(1);
  });
});

describe('who stops listening closes the connection', () => {
  test('by leaving the loop', async () => {
    const { double, nemo, sessionId, signal } = await play(say('one'), { hang: true });
    for await (const _event of nemo.run(sessionId, 'x', { signal })) break;
    expect(await double.runEnd()).toBe(true);
  });

  test('by the signal, before the answer', async () => {
    const { double, nemo, sessionId } = await play();
    double.once('run_sse', { never: true });
    const stop = new AbortController();
    const events = collect(nemo.run(sessionId, 'x', { signal: stop.signal }));
    await double.arrival('run_sse');
    stop.abort(new Error('stopped'));
    expect(await failure(events)).toEqual(new Error('stopped'));
  });

  test('a message is not sent at all when it is stopped before', async () => {
    const { double, nemo, sessionId } = await play();
    const signal = AbortSignal.abort(new Error('stopped'));
    expect(await failure(collect(nemo.run(sessionId, 'x', { signal })))).toEqual(
      new Error('stopped'),
    );
    expect(double.received('run_sse')).toEqual([]);
  });
});

test('what never left may be sent again; what nobody can know may not', () => {
  expect(resendAfter(new errors.Unreachable('run_sse', 'refused', { neverSent: true }))).toBe(
    'now',
  );
  expect(resendAfter(new errors.Unreachable('run_sse', 'reset'))).toBe('never');
  expect(resendAfter(new Error('a fault of ours'))).toBe('never');
});
