/** When an order of an export is sent again, under which id, and when nobody knows what became of it. */
import { expect, test } from 'vitest';
import { submitOrder } from '../../../src/conversation/render/submit-order.ts';
import { AccessExpired, NemoError, PlanBlocked, RateLimited } from '../../../src/nemo/errors.ts';
import type { Json } from '../../../src/nemo/nemo.ts';
import { toRenderId } from '../../../src/runtime/ids.ts';
import { type Answer, refused } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { failure, fastClock, type Rig, rig, trialRig } from '../../nemo/client.ts';

const rules = { waits: { rateLimitWait: 30_000, recoveryTries: 3, recoveryEvery: 1_000 } };

async function ready(make: () => Promise<Rig> = rig) {
  const { double, nemo, signal } = await make();
  const { sessionId } = double.addSession();
  const order = { id: toRenderId('render_1'), sessionId, draft: sampleDraft as Json };
  let confirmed = 0;
  const confirm = async () => {
    confirmed += 1;
    return true;
  };
  const turn = { signal, worker: { confirm }, deps: { nemo, clock: fastClock, rules } };
  return { double, nemo, submitted: () => submitOrder(turn, order), confirmed: () => confirmed };
}

test.each([
  ['case 68: a duplicate id', { json: { code: 409, message: 'duplicate id' } }],
  ['case 94: "success: false" with 200', { json: { success: false, error: 'duplicate id' } }],
  ['400', refused(400, 400, 'no')],
])('%s: a new id, once', async (_name, answer: Answer) => {
  const { double, submitted } = await ready();
  double.once('render', answer);
  expect(await submitted()).toBe('render_1-2');
  double.on('render', answer);
  expect(await failure(submitted())).toMatchObject({
    name: 'RequestRefused',
  });
  expect(double.received('render')).toHaveLength(4);
});

test('case 67: no answer, but the job exists: it is polled, not ordered again', async () => {
  const { double, submitted } = await ready();
  double.once('render', ({ json }, world) => {
    world.renders.set((json as { id: string }).id, { polls: 0 });
    return { drop: true };
  });
  expect(await submitted()).toBe('render_1');
  expect(double.received('render')).toHaveLength(1);
});

test('case 67: no answer, and no such job: ordered once more under a new id', async () => {
  const { double, submitted } = await ready();
  double.once('render', { status: 502 });
  expect(await submitted()).toBe('render_1-2');
  expect([...double.renders.keys()]).toEqual(['render_1-2']);
});

test.each([
  ['503', { status: 503 }],
  ['429', refused(429, 429, 'slow down')],
  ['the token has run out', { status: 401 }],
])(
  'case 67: no answer, and the look fails too (%s): it may have been taken, and nothing is ordered blindly',
  async (_name, answer: Answer) => {
    const { double, submitted } = await ready();
    double.once('render', { drop: true });
    double.on('render-state', answer);
    expect(await submitted()).toBeInstanceOf(NemoError);
    expect(double.received('render')).toHaveLength(1);
  },
);

test.each([
  ['busy', refused(429, 429, 'slow down')],
  ['refused', refused(400, 400, 'no')],
  ['no answer either', { status: 502 }],
])(
  'no answer, no such job, and the second order has no luck (%s): it is uncertain still',
  async (_name, answer: Answer) => {
    const { double, submitted } = await ready();
    double.once('render', { drop: true });
    // The repetition after a "later" included.
    for (let n = 0; n < 2; n += 1) double.once('render', answer);
    expect(await submitted()).toBeInstanceOf(NemoError);
  },
);

test('refused for certain, and no answer to the second order: uncertain', async () => {
  const { double, submitted } = await ready();
  double.once('render', refused(409, 409, 'duplicate id'));
  double.once('render', { drop: true });
  expect(await submitted()).toBeInstanceOf(NemoError);
});

test.each([
  ['from the first one on', []],
  ['after an id that was refused', [refused(409, 409, 'duplicate id')]],
])('busy, and no more than that (%s): certainly not taken', async (_name, before: Answer[]) => {
  const { double, submitted } = await ready();
  for (const answer of before) double.once('render', answer);
  for (let n = 0; n < 2; n += 1) double.once('render', refused(429, 429, 'slow down'));
  expect(await failure(submitted())).toBeInstanceOf(RateLimited);
  expect(double.received('render')).toHaveLength(before.length + 2);
  expect(double.received('render-state')).toEqual([]);
});

test('the plan does not allow it: no second order', async () => {
  const { double, submitted } = await ready();
  double.on('render', { status: 402 });
  expect(await failure(submitted())).toBeInstanceOf(PlanBlocked);
  expect(double.received('render')).toHaveLength(1);
});

test('the trial token has run out: the same id once more, with a new one', async () => {
  const { double, nemo, submitted } = await ready(() => trialRig());
  await nemo.credits(new AbortController().signal);
  double.tokens.clear();
  expect(await submitted()).toBe('render_1');
  const tokens = double.received('render').map(({ headers }) => headers.authorization);
  expect(tokens).toHaveLength(2);
  expect(new Set(tokens).size).toBe(2);
});

test('the operator’s token has run out: only an admin can help', async () => {
  const { double, submitted } = await ready();
  double.on('render', { status: 401 });
  expect(await failure(submitted())).toBeInstanceOf(AccessExpired);
  expect(double.received('render')).toHaveLength(1);
});

test('before each request it is confirmed whose turn it is', async () => {
  const { double, submitted, confirmed } = await ready();
  double.once('render', refused(429, 429, 'slow down'));
  double.once('render', refused(409, 409, 'duplicate id'));
  double.once('render', refused(429, 429, 'slow down'));
  expect(await submitted()).toBe('render_1-2');
  expect([double.received('render').length, confirmed()]).toEqual([4, 4]);
});
