import { describe, expect, test } from 'vitest';
import { AccessExpired, RateLimited, RequestRefused, SessionLost } from '../../src/nemo/errors.ts';
import { toSessionId } from '../../src/runtime/ids.ts';
import { ok, refused } from '../doubles/nemo/answers.ts';
import { collect, failure, memoryStore, rig, trialAccount, trialRig } from './client.ts';

describe('the trial account', () => {
  test('case 2: the client id is sent and kept, and a restart reuses both', async () => {
    const { double, nemo, signal, store } = await trialRig();
    await nemo.credits(signal);
    const [asked] = double.received('anonymous-token');
    const kept = await store.get('account');
    expect(asked?.headers['x-client-id']).toBe(kept?.clientId);
    expect(asked?.headers.authorization).toBeUndefined();
    expect(double.received('credits')[0]?.headers.authorization).toBe(`Bearer ${kept?.token}`);

    expect(await trialAccount(double, store).token(signal)).toBe(kept?.token);
    expect(double.received('anonymous-token')).toHaveLength(1);
  });

  test('the client id is kept before its first use', async () => {
    const { double, nemo, signal, store } = await trialRig();
    double.on('anonymous-token', async (request) => {
      expect((await store.get('account'))?.clientId).toBe(request.headers['x-client-id']);
      return { status: 500 };
    });
    await failure(nemo.credits(signal));
    const id = (await store.get('account'))?.clientId;
    await failure(nemo.credits(signal));
    expect(double.received('anonymous-token').map((r) => r.headers['x-client-id'])).toEqual([
      id,
      id,
    ]);
  });

  test('case 3: the token may lie at the top of the answer', async () => {
    const { double, nemo, signal } = await trialRig();
    double.tokens.add('nmv_usr_top');
    double.once('anonymous-token', { json: { token: 'nmv_usr_top' } });
    await nemo.credits(signal);
    expect(double.received('credits')[0]?.headers.authorization).toBe('Bearer nmv_usr_top');
  });

  test('case 4: 400 makes a new id, kept and tried once; a second 400 is the end', async () => {
    const { double, nemo, signal, store } = await trialRig();
    double.on('anonymous-token', refused(400, 400, 'X-Client-Id is required'));
    expect(await failure(nemo.credits(signal))).toBeInstanceOf(RequestRefused);
    const ids = double.received('anonymous-token').map((request) => request.headers['x-client-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
    expect((await store.get('account'))?.clientId).toBe(ids[1]);
  });

  test('case 5: 429 waits and asks once more with the same id', async () => {
    const { double, nemo, signal } = await trialRig();
    double.on('anonymous-token', refused(429, 429, 'slow down'));
    expect(await failure(nemo.credits(signal))).toBeInstanceOf(RateLimited);
    const ids = double.received('anonymous-token').map((request) => request.headers['x-client-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('1001 on a read: a new token with the same id, and the read again', async () => {
    const { double, nemo, signal } = await trialRig();
    await nemo.credits(signal);
    double.tokens.clear();
    expect(await nemo.credits(signal)).toMatchObject({ available: 60 });
    const ids = double.received('anonymous-token').map((request) => request.headers['x-client-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('case 38: a run turned away with 1001 is sent again only after the caller renewed access', async () => {
    const { double, nemo, signal } = await trialRig();
    const { sessionId } = await nemo.createSession({ taskName: 'project', language: 'en' }, signal);
    double.tokens.clear();
    const run = () => collect(nemo.run(sessionId, 'hello', { signal }));
    expect(await failure(run())).toBeInstanceOf(AccessExpired);
    expect(double.received('run_sse')).toHaveLength(1);
    await nemo.renewAccess(signal);
    expect(await run()).toContainEqual(expect.objectContaining({ text: 'Your video is ready!' }));
    expect(double.received('anonymous-token')).toHaveLength(2);
  });

  test('many who need a token at once share one', async () => {
    const { double, nemo, signal } = await trialRig();
    await Promise.all(Array.from({ length: 8 }, () => nemo.credits(signal)));
    expect(double.received('anonymous-token')).toHaveLength(1);
    double.tokens.clear();
    await Promise.all(Array.from({ length: 8 }, () => nemo.credits(signal)));
    expect(double.received('anonymous-token')).toHaveLength(2);
  });

  test('one who stops waiting does not stop the others', async () => {
    const { double, nemo, signal } = await trialRig();
    const gate = Promise.withResolvers<undefined>();
    double.once('anonymous-token', () => gate.promise);
    const stop = new AbortController();
    const impatient = nemo.credits(stop.signal);
    const patient = nemo.credits(signal);
    await double.arrival('anonymous-token');
    stop.abort(new Error('stopped'));
    expect(await failure(impatient)).toEqual(new Error('stopped'));
    gate.resolve(undefined);
    expect(await patient).toMatchObject({ available: 60 });
  });

  test('a token is replaced before its time is over', async () => {
    const { double, nemo, signal } = await trialRig();
    double.anonymousExpiresAt = new Date(Date.now() + 30_000).toISOString();
    await nemo.credits(signal);
    double.tokens.add('nmv_usr_next');
    double.once('anonymous-token', ok({ token: 'nmv_usr_next' }));
    await nemo.credits(signal);
    expect(double.received('credits')[1]?.headers.authorization).toBe('Bearer nmv_usr_next');
  });

  test('one that the backend does not replace yet is used to its end, and nobody waits', async () => {
    const { double, nemo, signal } = await trialRig();
    double.anonymousExpiresAt = new Date(Date.now() + 30_000).toISOString();
    for (let call = 0; call < 3; call += 1) await nemo.credits(signal);
    expect(double.received('anonymous-token')).toHaveLength(3);
    const used = double.received('credits').map(({ headers }) => headers.authorization);
    expect([used.length, new Set(used).size]).toEqual([3, 1]);
  });

  test('the operator may choose the client id', async () => {
    const { double, signal } = await rig();
    const store = memoryStore();
    await trialAccount(double, store, 'chosen-by-operator').token(signal);
    expect(double.received('anonymous-token')[0]?.headers['x-client-id']).toBe(
      'chosen-by-operator',
    );
    expect((await store.get('account'))?.clientId).toBe('chosen-by-operator');
  });

  test('a store that fails is not mistaken for an empty one', async () => {
    const { double, signal } = await rig();
    const broken = {
      ...memoryStore(),
      get: () => Promise.reject(new Error('disk')),
    };
    const error = await failure(trialAccount(double, broken).token(signal));
    expect(error).toMatchObject({ name: 'Unreachable', neverSent: true });
    expect(double.received('anonymous-token')).toHaveLength(0);
  });
});

describe("the operator's account", () => {
  test('case 39: 1001 is reported and no trial token is asked for', async () => {
    const { double, nemo, signal } = await rig();
    const { sessionId } = double.addSession();
    double.tokens.clear();
    expect(await failure(nemo.credits(signal))).toBeInstanceOf(AccessExpired);
    expect(await failure(collect(nemo.run(sessionId, 'hello', { signal })))).toBeInstanceOf(
      AccessExpired,
    );
    expect(await failure(nemo.renewAccess(signal))).toBeInstanceOf(AccessExpired);
    expect(double.received('anonymous-token')).toHaveLength(0);
    expect(double.received('credits')).toHaveLength(1);
  });
});

describe('where to register', () => {
  test('case 35: a trial account is carried over', async () => {
    const { nemo, signal } = await trialRig();
    await nemo.credits(signal);
    expect(await nemo.registration()).toEqual({
      account: 'anonymous',
      url: 'https://web.example/register?bind=anon_abc123',
      keepsProject: true,
    });
  });

  test('case 37: without a known id the project can not be carried over', async () => {
    const { double, nemo, signal } = await trialRig();
    double.on('anonymous-token', () => {
      double.tokens.add('nmv_usr_plain');
      return { json: { code: 0, data: { token: 'nmv_usr_plain', user_id: 'anon_<b>' } } };
    });
    await nemo.credits(signal);
    expect(await nemo.registration()).toEqual({
      account: 'anonymous',
      url: 'https://web.example/register',
      keepsProject: false,
    });
  });

  test('the id may come with the session or the state', async () => {
    const { double, nemo, signal } = await rig();
    double.once('state', { json: { code: 0, data: { state: { user_id: 'anon_from_state' } } } });
    await nemo.state(toSessionId('1'), signal);
    expect(await nemo.registration()).toMatchObject({
      url: 'https://web.example/register?bind=anon_from_state',
    });
  });

  test('an operator tops up', async () => {
    const { nemo } = await rig();
    expect(await nemo.registration()).toMatchObject({
      account: 'operator',
      url: 'https://web.example',
    });
  });
});

test('a session that is gone is not confused with a bad token', async () => {
  const { nemo, signal } = await trialRig();
  expect(await failure(nemo.state(toSessionId('1'), signal))).toBeInstanceOf(SessionLost);
});
