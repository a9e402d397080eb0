import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import {
  AccessExpired,
  OutputUnavailable,
  PlanBlocked,
  RateLimited,
  RequestRefused,
  Unreachable,
} from '../../src/nemo/errors.ts';
import type { Json } from '../../src/nemo/nemo.ts';
import { toRenderId } from '../../src/runtime/ids.ts';
import { type Answer, ok, refused } from '../doubles/nemo/answers.ts';
import { sampleDraft } from '../doubles/nemo/samples.ts';
import { failure, rig } from './client.ts';

async function ready(draft: unknown = sampleDraft) {
  const world = await rig();
  const session = world.double.addSession();
  session.draft = draft;
  const order = {
    id: toRenderId('render_1'),
    sessionId: session.sessionId,
    draft: sampleDraft as Json,
  };
  return { ...world, session, order };
}

describe('the order', () => {
  test('case 61: sessionId, the output wanted, and the draft as the state has it', async () => {
    const { double, nemo, signal, order } = await ready();
    expect(await nemo.submitRender(order, signal)).toBe('render_1');
    expect(double.received('render')[0]?.json).toEqual({
      id: 'render_1',
      sessionId: order.sessionId,
      draft: sampleDraft,
      output: { format: 'mp4', quality: 'high' },
    });
    expect(double.violations).toEqual([]);
  });

  test('case 61: every digit of a draft goes back as it came', async () => {
    const { double, nemo, signal, order } = await ready();
    const draft =
      '{"d":10000.0,"id":5529798706024415232,"t":[{"sg":[{"v":0.350,"e":1E3}]}],"é":null}';
    double.once('state', {
      text: `{"code":0,"data":{"state":{"draft":${draft}}}}`,
      headers: { 'content-type': 'application/json' },
    });
    const state = await nemo.state(order.sessionId, signal);
    await nemo.submitRender({ ...order, draft: state?.draft ?? null }, signal);
    expect(double.received('render')[0]?.text).toContain(`"draft":${draft}`);
  });

  test('case 63: the resolution that was asked for, still as MP4', async () => {
    const { double, nemo, signal, order } = await ready();
    await nemo.submitRender({ ...order, resolution: '1080p' }, signal);
    expect(double.received('render')[0]?.json).toMatchObject({
      output: { format: 'mp4', quality: 'high', resolution: '1080p' },
    });
  });

  test.each([
    ['an id in the data', ok({ id: 'theirs' }), 'theirs'],
    ['an id at the top', { json: { id: 'theirs' } }, 'theirs'],
    ['render_id', { json: { success: true, data: { render_id: 'theirs' } } }, 'theirs'],
    ['no id: ours', { json: { success: true } }, 'render_1'],
  ])('the id to poll: %s', async (_name, answer, id) => {
    const { double, nemo, signal, order } = await ready();
    double.once('render', answer);
    expect(await nemo.submitRender(order, signal)).toBe(id);
  });

  test.each<[string, Answer, new (...args: never[]) => Error, object]>([
    ['case 68: a duplicate id', refused(409, 409, 'duplicate id'), RequestRefused, {}],
    ['busy', refused(429, 429, 'slow down'), RateLimited, {}],
    ['no answer', { drop: true }, Unreachable, { neverSent: false }],
    ['a gateway that gave up', { status: 502 }, Unreachable, { neverSent: false }],
    ['the token has run out', { status: 401 }, AccessExpired, {}],
  ])('%s: said, and not sent again from here', async (_name, answer, kind, more) => {
    const { double, nemo, signal, order } = await ready();
    double.once('render', answer);
    const error = await failure(nemo.submitRender(order, signal));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(more);
    expect(double.received('render')).toHaveLength(1);
    expect(double.received('render-state')).toEqual([]);
  });

  test('the plan does not allow it: said once, tried once', async () => {
    const { double, nemo, signal, order } = await ready();
    double.on('render', { status: 402 });
    expect(await failure(nemo.submitRender(order, signal))).toBeInstanceOf(PlanBlocked);
    expect(double.received('render')).toHaveLength(1);
  });
});

describe('a look at it', () => {
  async function look(answer: Answer) {
    const { double, nemo, signal } = await ready();
    double.once('render-state', answer);
    return nemo.renderState(toRenderId('render_1'), signal);
  }
  const url = 'https://static.example/a.mp4';

  test.each([
    [
      'case 62: data.outputUrl',
      { json: { success: true, data: { status: 'completed', outputUrl: url } } },
    ],
    ['case 61: output.url at the top', { json: { status: 'completed', output: { url } } }],
    ['output_url', ok({ status: 'completed', output_url: url })],
    ['url', ok({ status: 'COMPLETED', url })],
    [
      'downloadUrl beside the data',
      { json: { code: 0, data: { status: 'completed' }, downloadUrl: url } },
    ],
    ['output as text of another kind', ok({ status: 'completed', output: 'mp4', url })],
  ])('the link: %s', async (_name, answer) => {
    expect(await look(answer)).toMatchObject({ status: 'completed', url });
  });

  test.each([
    ['case 96: a fraction', 0.5, 50],
    ['case 96: a percentage', 50, 50],
    ['nothing', 0, 0],
    ['one percent', 1, 1],
    ['more than all', 140, 100],
    ['no number', 'half', undefined],
  ])('progress: %s', async (_name, progress, percent) => {
    expect((await look(ok({ status: 'processing', progress }))).progress).toBe(percent);
  });

  test('a plain 1 at the end is all of it', async () => {
    expect((await look(ok({ status: 'completed', progress: 1 }))).progress).toBe(100);
  });

  test('a status nobody documented still runs', async () => {
    expect((await look(ok({ status: 'muxing' }))).status).toBe('processing');
  });

  test.each([
    ['in good order', ok({ status: 'failed', error: 'out of memory' })],
    [
      'in a failed envelope',
      { json: { success: false, data: { status: 'failed' }, error: 'out of memory' } },
    ],
  ])('failed: %s', async (_name, answer) => {
    expect(await look(answer)).toMatchObject({ status: 'failed', problem: 'out of memory' });
  });

  test('case 65: a look that fails is repeated', async () => {
    const { double, nemo, signal, order } = await ready();
    const id = await nemo.submitRender(order, signal);
    double.once('render-state', { status: 503 });
    double.once('render-state', { drop: true });
    expect(await nemo.renderState(id, signal)).toMatchObject({
      status: 'processing',
      progress: 50,
    });
    expect(await nemo.renderState(id, signal)).toMatchObject({ status: 'completed' });
  });
});

describe('the file', () => {
  test('case 75: from its link, without our token', async () => {
    const { double, nemo, signal } = await ready();
    const file = await nemo.fetchOutput(`${double.filesUrl}/render-result/a.mp4`, signal);
    expect(file).toMatchObject({ bytes: double.mp4.length, mime: 'video/mp4' });
    expect(await buffer(file.stream)).toEqual(Buffer.from(double.mp4));
    expect(double.received('file')[0]?.headers.authorization).toBeUndefined();
    expect(double.violations).toEqual([]);
  });

  test.each<[string, Answer]>([
    ['case 73: refused', { status: 403 }],
    ['gone', { status: 404 }],
    ['a page', { text: '<html>', headers: { 'content-type': 'text/html' } }],
    ['cut', { drop: true }],
    [
      'sent on to a place that is not public',
      { status: 302, headers: { location: 'http://10.0.0.1/' } },
    ],
  ])('%s', async (_name, answer) => {
    const { double, nemo, signal } = await ready();
    double.once('file', answer);
    expect(await failure(nemo.fetchOutput(`${double.filesUrl}/a.mp4`, signal))).toBeInstanceOf(
      OutputUnavailable,
    );
  });

  test('case 71: from the API itself, as it is', async () => {
    const { double, nemo, signal } = await ready();
    double.renders.set('render 1', { polls: 2, made: true });
    const file = await nemo.fetchRender(toRenderId('render 1'), signal);
    expect(await buffer(file.stream)).toEqual(Buffer.from(double.mp4));
    expect(double.received('download')[0]?.path).toBe('/api/render/proxy/render%201/download');
  });

  test.each([
    ['case 72: as a link in JSON', (url: string): Answer => ({ json: { output: { url } } })],
    [
      'case 72: in an envelope',
      (url: string): Answer => ({ json: { success: true, data: { outputUrl: url } } }),
    ],
    ['as a redirect', (url: string): Answer => ({ status: 302, headers: { location: url } })],
  ])('%s: fetched from there without our token', async (_name, answer) => {
    const { double, nemo, signal } = await ready();
    double.once('download', answer(`${double.filesUrl}/a.mp4`));
    const file = await nemo.fetchRender(toRenderId('render_1'), signal);
    expect(await buffer(file.stream)).toEqual(Buffer.from(double.mp4));
    expect(double.violations).toEqual([]);
  });

  test.each([
    ['404', { status: 404 }],
    ['JSON without a link', ok({})],
    ['a page', { text: '<html>', headers: { 'content-type': 'text/html' } }],
  ])('case 73: not to be had from the API either: %s', async (_name, answer: Answer) => {
    const { double, nemo, signal } = await ready();
    double.on('download', answer);
    const error = await failure(nemo.fetchRender(toRenderId('render_1'), signal));
    expect(error).toBeInstanceOf(OutputUnavailable);
  });

  test('a file that breaks off says so to its reader', async () => {
    const { double, nemo, signal } = await ready();
    double.once('file', {
      bytes: Buffer.alloc(100),
      headers: { 'content-length': '200', connection: 'close' },
    });
    const file = await nemo.fetchOutput(`${double.filesUrl}/a.mp4`, signal);
    expect(file.bytes).toBe(200);
    expect(await failure(buffer(file.stream))).toBeInstanceOf(Error);
  });
});
