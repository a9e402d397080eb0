import { expect, test } from 'vitest';
import { shutDown } from '../../src/runtime/shut-down.ts';

const never = () => new Promise<void>(() => {});

function setUp(stopListening: () => Promise<void>) {
  const done: string[] = [];
  const step = (what: string) => ({ what, run: async () => void done.push(what) });
  const ended = shutDown({
    platforms: [
      { name: 'discord', stopListening },
      { name: 'slack', stopListening: step('slack').run },
    ],
    drain: async (graceMs) => void done.push(`drain ${graceMs}`),
    graceMs: 20,
    closing: [step('ledger'), step('state')],
  });
  return { done, ended };
}

test('a platform whose listening never ends keeps nothing from its own end', async () => {
  const { done, ended } = setUp(never);
  await expect(ended).rejects.toThrow(
    /the end of listening to discord failed: it took longer than 20 ms/,
  );
  expect(done).toEqual(['slack', 'drain 20', 'ledger', 'state']);
});

test('neither does one that fails; nothing is closed before it has ended', async () => {
  const { promise, reject } = Promise.withResolvers<void>();
  const { done, ended } = setUp(() => promise);
  expect(done).toEqual(['slack', 'drain 20']);
  reject(new Error('socket gone'));
  await expect(ended).rejects.toThrow(/the end of listening to discord failed: socket gone/);
  expect(done).toEqual(['slack', 'drain 20', 'ledger', 'state']);
});

test('without a failure it resolves', async () => {
  const { done, ended } = setUp(async () => {});
  await ended;
  expect(done).toEqual(['slack', 'drain 20', 'ledger', 'state']);
});
