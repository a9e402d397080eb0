import { describe, expect, test } from 'vitest';
import { retryAfterMs } from '../../src/nemo/error-from-reply.ts';
import * as errors from '../../src/nemo/errors.ts';
import { toRenderId, toSessionId } from '../../src/runtime/ids.ts';
import type { Answer } from '../doubles/nemo/answers.ts';
import { failure, rig } from './client.ts';

const html = (status: number): Answer => ({
  status,
  text: '<html><h1>Bad Gateway</h1></html>',
  headers: { 'content-type': 'text/html' },
});
const coded = (status: number, code: number | string): Answer => ({
  status,
  json: { code, message: 'no' },
});
const bare = (status: number): Answer => ({ status });

const ofState: [string, Answer, abstract new (...args: never[]) => Error][] = [
  ['1001 with 200', coded(200, 1001), errors.AccessExpired],
  ['case 95: "1001" as a string', coded(200, '1001'), errors.AccessExpired],
  ['case 95: 401 without a body', bare(401), errors.AccessExpired],
  ['1010', coded(200, 1010), errors.AccessExpired],
  ['1011', coded(400, 1011), errors.AccessExpired],
  ['403', bare(403), errors.AccessExpired],
  ['1002', coded(200, 1002), errors.SessionLost],
  [
    '404 of the framework',
    { status: 404, json: { detail: 'Session not found' } },
    errors.SessionLost,
  ],
  ['2001', coded(200, 2001), errors.CreditsExhausted],
  ['402 with 2001: credits, not the plan', coded(402, 2001), errors.CreditsExhausted],
  ['402', bare(402), errors.PlanBlocked],
  ['402 in the body of a 200', coded(200, 402), errors.PlanBlocked],
  ['429', bare(429), errors.RateLimited],
  ['429 in the body of a 200', coded(200, 429), errors.RateLimited],
  ['400', coded(400, 400), errors.RequestRefused],
  ['422 with a list', { status: 422, json: { detail: [{ loc: ['x'] }] } }, errors.RequestRefused],
  ['an unknown code', coded(200, 7777), errors.RequestRefused],
  ['an unknown code with 503', coded(503, 7777), errors.Unreachable],
  ['500', bare(500), errors.Unreachable],
  ['500 in the body of a 200', coded(200, 500), errors.Unreachable],
  ['502 page', html(502), errors.Unreachable],
  ['a page with 200', html(200), errors.Unreachable],
  ['nothing with 200', bare(200), errors.Unreachable],
  ['a cut connection', { drop: true }, errors.Unreachable],
  [
    'a redirect',
    { status: 302, headers: { location: 'https://example.com' } },
    errors.RequestRefused,
  ],
];

describe('what the backend says, and whose fault it is', () => {
  test.each(ofState)('%s', async (_name, answer, kind) => {
    const { double, nemo, signal } = await rig();
    double.on('state', answer);
    const error = await failure(nemo.state(toSessionId('1'), signal));
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(errors.NemoError);
  });

  test.each([
    ['4001', coded(200, 4001), errors.UnsupportedMedia],
    ['415', bare(415), errors.UnsupportedMedia],
    ['4002', coded(400, 4002), errors.MediaTooLarge],
    ['413 page', html(413), errors.MediaTooLarge],
  ])('an upload: %s', async (_name, answer, kind) => {
    const { double, nemo, signal } = await rig();
    double.on('upload', answer);
    const { sessionId } = double.addSession();
    expect(await failure(nemo.upload(sessionId, [], signal))).toBeInstanceOf(kind);
  });

  test.each([
    ['403 on export is about the plan', bare(403), errors.PlanBlocked],
    ['case 76: 402 on export is about the plan', coded(402, 402), errors.PlanBlocked],
    ['404 on export is not about the session', bare(404), errors.RequestRefused],
  ])('%s', async (_name, answer, kind) => {
    const { double, nemo, signal } = await rig();
    double.on('render', answer);
    const order = { id: toRenderId('r'), sessionId: double.addSession().sessionId, draft: null };
    expect(await failure(nemo.submitRender(order, signal))).toBeInstanceOf(kind);
  });
});

describe('what an error says', () => {
  test('case 85: a page of a proxy is not shown', async () => {
    const { double, nemo, signal } = await rig();
    double.on('credits', html(500));
    expect(String(await failure(nemo.credits(signal)))).not.toMatch(/<|Gateway/);
  });

  test('a page that sits in a message is not shown either', async () => {
    const { double, nemo, signal } = await rig();
    double.on('credits', { json: { code: 7, message: '<!DOCTYPE html><p>trace' } });
    expect(String(await failure(nemo.credits(signal)))).not.toContain('trace');
  });

  test('no token is in it, and it is one short line', async () => {
    const { double, nemo, signal } = await rig();
    const message = `bad token ${double.token} of Bearer abc.def\n${'x'.repeat(5000)}`;
    double.on('credits', { json: { code: 7, message } });
    const text = String(await failure(nemo.credits(signal)));
    expect(text).not.toContain('nmv_usr_');
    expect(text).not.toContain('abc.def');
    expect(text).not.toContain('\n');
    expect(text.length).toBeLessThan(400);
  });
});

describe('how often a call is sent', () => {
  test('a read: three times while the backend fails', async () => {
    const { double, nemo, signal } = await rig();
    double.on('credits', bare(503));
    await failure(nemo.credits(signal));
    expect(double.received('credits')).toHaveLength(3);
  });

  test('a read: a second answer is good enough', async () => {
    const { double, nemo, signal } = await rig();
    double.once('credits', { drop: true });
    expect(await nemo.credits(signal)).toMatchObject({ available: 60 });
  });

  test('creating a session: twice', async () => {
    const { double, nemo, signal } = await rig();
    double.on('session', bare(500));
    await failure(nemo.createSession({ taskName: 'project', language: 'en' }, signal));
    expect(double.received('session')).toHaveLength(2);
  });

  test('after 429: once more, and the cures do not multiply', async () => {
    const { double, nemo, signal } = await rig();
    double.on('credits', bare(429));
    expect(await failure(nemo.credits(signal))).toBeInstanceOf(errors.RateLimited);
    expect(double.received('credits')).toHaveLength(2);
  });

  test('a definite no: once', async () => {
    const { double, nemo, signal } = await rig();
    double.on('credits', bare(400));
    await failure(nemo.credits(signal));
    expect(double.received('credits')).toHaveLength(1);
  });

  test('never again after an abort', async () => {
    const { double, nemo } = await rig();
    const stop = new AbortController();
    double.on('credits', () => {
      stop.abort(new Error('stopped'));
      return { status: 503 };
    });
    expect(await failure(nemo.credits(stop.signal))).toEqual(new Error('stopped'));
    expect(double.received('credits')).toHaveLength(1);
  });
});

test('an answer that never comes is given up', async () => {
  const { double, nemo, signal } = await rig({ requestTimeoutMs: 20 });
  double.on('credits', { never: true });
  expect(await failure(nemo.credits(signal))).toBeInstanceOf(errors.Unreachable);
});

test('case 26: where nobody listens, it is certain that nothing was sent', async () => {
  const { double, nemo, signal } = await rig();
  await double.close();
  const create = nemo.createSession({ taskName: 'project', language: 'en' }, signal);
  expect(await failure(create)).toMatchObject({ name: 'Unreachable', neverSent: true });
  const run = nemo.run(toSessionId('1'), 'hello', { signal })[Symbol.asyncIterator]();
  expect(await failure(run.next())).toMatchObject({ name: 'Unreachable', neverSent: true });
});

test('case 26: the same where the name does not exist', async () => {
  const { nemo, signal } = await rig({ apiUrl: 'http://nowhere.invalid' });
  expect(await failure(nemo.credits(signal))).toMatchObject({ neverSent: true });
});

test('Retry-After: seconds or a date, two minutes at most', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfterMs('7', now)).toBe(7000);
  expect(retryAfterMs('9999', now)).toBe(120_000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:20 GMT', now)).toBe(20_000);
  expect(retryAfterMs('Thu, 01 Jan 2015 00:00:20 GMT', now)).toBe(0);
  expect(retryAfterMs('soon', now)).toBeUndefined();
  expect(retryAfterMs(undefined, now)).toBeUndefined();
});
