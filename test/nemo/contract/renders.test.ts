/** The contract of nemo-api.md, section 9: the order, looking at it, and the file. */

import { buffer } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { operatorAccount } from '../../../src/nemo/account.ts';
import * as errors from '../../../src/nemo/errors.ts';
import type { Json, RenderState } from '../../../src/nemo/nemo.ts';
import { toRenderId, toSessionId } from '../../../src/runtime/ids.ts';
import { STAND_INS, type Wish } from '../../doubles/nemo/stand-ins.ts';
import { clientOf, failure } from '../client.ts';
import { type Bench, bench, RENDERS, type Start, statePath } from './bench.ts';

/** For what a busy machine may take longer to do. */
const PATIENCE = { timeout: 25_000, interval: 20 };

async function ready(start: Start, options?: Parameters<Start>[0], wish: Wish = 'cut') {
  const it = await bench(start, options);
  const sessionId = await it.made(wish);
  const draft: Json = (await it.nemo.state(sessionId, it.signal))?.draft ?? null;
  return { ...it, sessionId, draft, order: { id: toRenderId('render_1'), sessionId, draft } };
}

/** For a film that is waited for and not looked at. */
const SMALL = { resolution: '360p' };

/** Every look at a render until it has ended. */
async function looks({ nemo, signal }: Bench, id: string): Promise<RenderState[]> {
  const all: RenderState[] = [];
  await vi.waitUntil(async () => {
    all.push(await nemo.renderState(toRenderId(id), signal));
    return /completed|failed/.test(all.at(-1)?.status ?? '');
  }, PATIENCE);
  return all;
}

const orderOf = (states: readonly RenderState[]) => states.map(({ status }) => status).join(' ');

describe.each(STAND_INS)('%s: a render', (_name, start) => {
  test.each([
    { renderShape: 'data' },
    { renderShape: 'top' },
    { renderShape: 'data', envelope: 'bare' },
  ] as const)('goes from pending to a file for everybody: %j', async (forms) => {
    const it = await ready(start, forms);
    const { nemo, signal, order, standIn } = it;
    expect(await nemo.submitRender({ ...order, ...SMALL }, signal)).toBe('render_1');
    const states = await looks(it, 'render_1');
    expect(orderOf(states)).toMatch(/^(pending ?)*(processing ?)*completed$/);
    const progress = states.map((state) => state.progress ?? Number.NaN);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(states.map(({ url }) => url !== undefined).lastIndexOf(false)).toBe(states.length - 2);
    const url = states.at(-1)?.url ?? '';
    expect(url.startsWith(`${standIn.filesUrl}/render-result/render_1`)).toBe(true);
    const film = await nemo.fetchOutput(url, signal);
    expect(film).toMatchObject({ mime: 'video/mp4', bytes: expect.any(Number) });
    const bytes = await buffer(film.stream);
    expect([bytes.length, bytes.toString('latin1', 4, 8)]).toEqual([film.bytes, 'ftyp']);
    const again = await nemo.fetchRender(toRenderId('render_1'), signal);
    expect((await buffer(again.stream)).equals(bytes)).toBe(true);
    expect(standIn.broken()).toEqual([]);
    const strange = await fetch(url, { headers: { authorization: `Bearer ${standIn.token}` } });
    expect([strange.status, standIn.broken()]).toEqual([400, ['authorization-to-files']]);
  });

  test('its first answer is pending, in the envelope of the render service', async () => {
    const { ask, order } = await ready(start);
    const { status, json } = await ask({ path: RENDERS, body: order });
    expect([status, json]).toMatchObject([
      200,
      { success: true, data: { id: 'render_1', status: 'pending', progress: expect.any(Number) } },
    ]);
  });

  test('is also made of an order that names format and resolution', async () => {
    const { nemo, signal, order, standIn } = await ready(start);
    await nemo.submitRender({ ...order, resolution: '1080p' }, signal);
    expect(standIn.broken()).toEqual([]);
  });

  test('a second one of the same id is refused in that envelope, and a new id is taken', async () => {
    const { ask, nemo, signal, order, standIn } = await ready(start);
    await nemo.submitRender(order, signal);
    const { status, json } = await ask({ path: RENDERS, body: order });
    expect([status, json]).toMatchObject([
      200,
      { success: false, error: expect.stringContaining('duplicate id') },
    ]);
    expect(await failure(nemo.submitRender(order, signal))).toBeInstanceOf(errors.RequestRefused);
    expect(await nemo.submitRender({ ...order, id: toRenderId('render_1-2') }, signal)).toBe(
      'render_1-2',
    );
    expect(standIn.broken()).toEqual([]);
  });

  test.each(['markup', 'unknown form'] as const)('is made of a draft in %s too', async (wish) => {
    const it = await ready(start, {}, wish);
    await it.nemo.submitRender({ ...it.order, ...SMALL }, it.signal);
    expect(orderOf(await looks(it, 'render_1'))).toMatch(/completed$/);
    expect(it.standIn.broken()).toEqual([]);
  });

  test('of a session that nobody made', async () => {
    const { nemo, signal, order } = await ready(start);
    const lost = nemo.submitRender(
      { ...order, sessionId: toSessionId('5529798706024415999') },
      signal,
    );
    expect(await failure(lost)).toBeInstanceOf(errors.SessionLost);
  });

  test('of nothing is refused', async () => {
    const { ask, nemo, signal, session } = await bench(start);
    const sessionId = await session();
    const { draft } = (await nemo.state(sessionId, signal)) ?? { draft: null };
    const { status, json } = await ask({ path: RENDERS, body: { id: 'r', sessionId, draft } });
    expect([status, json]).toMatchObject([422, { code: 422 }]);
    const order = nemo.submitRender({ id: toRenderId('r'), sessionId, draft }, signal);
    expect(await failure(order)).toBeInstanceOf(errors.RequestRefused);
    expect(await failure(nemo.renderState(toRenderId('r'), signal))).toBeInstanceOf(
      errors.RequestRefused,
    );
  });

  test.each([
    ['session_id', { sessionId: undefined, session_id: '1' }],
    ['no id', { id: undefined }],
    ['an id that is a path', { id: '../render_1' }],
    ['no draft', { draft: undefined }],
  ])('an order with %s is refused', async (what, change) => {
    const { ask, order, standIn } = await ready(start);
    const { status, json } = await ask({ path: RENDERS, body: { ...order, ...change } });
    expect([status, json]).toMatchObject([422, { code: 422 }]);
    expect(standIn.broken()).toEqual(what === 'session_id' ? ['render-session-id'] : []);
  });

  test.each<[string, (text: string) => string]>([
    ['a key left out', (text) => text.replace(/"m":\{"title"/, '"m":{"tytle"')],
    ['a number written otherwise', (text) => text.replace(/"d":(\d+)/, '"d":$1.0')],
    ['a key more', (text) => text.replace(/^\{/, '{"new":1,')],
  ])('a draft that was altered is noted: %s', async (_case, alter) => {
    const { ask, sessionId, draft, standIn } = await ready(start);
    const text = JSON.stringify(draft);
    expect(alter(text)).not.toBe(text);
    const body = `{"id":"render_1","sessionId":"${sessionId}","draft":${alter(text)}}`;
    await ask({ path: RENDERS, body });
    expect(standIn.broken()).toEqual(['draft-altered']);
  });

  test('that nobody ordered is a definite no', async () => {
    const { ask, nemo, signal } = await bench(start);
    const { status, json } = await ask({ path: `${RENDERS}/render_9` });
    expect([status, json]).toMatchObject([404, { code: 404 }]);
    expect(await failure(nemo.renderState(toRenderId('render_9'), signal))).toBeInstanceOf(
      errors.RequestRefused,
    );
    expect(await failure(nemo.fetchRender(toRenderId('render_9'), signal))).toBeInstanceOf(
      errors.OutputUnavailable,
    );
  });

  test('has no file before its end', async () => {
    const { ask, nemo, signal, order } = await ready(start);
    await nemo.submitRender(order, signal);
    const { status } = await ask({ path: '/api/render/proxy/render_1/download' });
    expect(status).toBe(404);
  });

  test('is refused to a client that does not say who it is: for our own, a matter of the plan', async () => {
    const { standIn, signal, order } = await ready(start);
    const attribution = { source: 'text-to-video-high-quality', version: '', platform: 'unknown' };
    const nameless = clientOf(standIn, operatorAccount(standIn.token), { attribution });
    expect(await failure(nameless.submitRender(order, signal))).toBeInstanceOf(errors.PlanBlocked);
  });

  test('stands in no state', async () => {
    const { ask, nemo, signal, order, sessionId, draft } = await ready(start);
    await nemo.submitRender(order, signal);
    const { json } = await ask({ path: statePath(sessionId) });
    expect(json).toMatchObject({ data: { state: { draft } } });
  });
});
