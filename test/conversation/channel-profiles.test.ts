/** What a process remembers of an admin's choice, and for how long. */
import { expect, test } from 'vitest';
import { openChannelProfiles } from '../../src/conversation/channel-profiles.ts';
import { PROFILES } from '../../src/conversation/skill-profile.ts';
import type { State } from '../../src/state/state.ts';

const place = { platform: 'slack', workspace: 'T1', channel: 'C1' };
const usual = PROFILES['text-to-video-high-quality'];
const [other, third] = ['ai-to-video-free', 'colab-text-to-video'] as const;

/** One record for several processes; a read can be held up. */
function shared() {
  const values = new Map<string, unknown>();
  let held: Promise<void> | undefined;
  const counted = { reads: 0 };
  const state: State = {
    map: (_name, schema) => ({
      async get(key) {
        counted.reads += 1;
        const value = values.get(key);
        await held;
        return value === undefined ? undefined : schema.parse(value);
      },
      set: async (key, value) => void values.set(key, value),
      delete: async (key) => void values.delete(key),
      keys: async () => [...values.keys()],
      swap: () => Promise.reject(new Error('a choice is not compared')),
    }),
    close: async () => {},
  };
  const hold = (until: Promise<void>) => {
    held = until;
  };
  return { state, counted, hold };
}

test('it is read once for many messages, and a choice made here counts at once', async () => {
  const { state, counted } = shared();
  const here = openChannelProfiles(state, usual);
  expect(await here.of(place)).toBe(usual);
  expect(await here.of(place)).toBe(usual);
  expect(counted.reads).toBe(1);
  await here.choose(place, other);
  expect(await here.of(place)).toBe(PROFILES[other]);
});

test('a choice made in another process is seen when the remembered one has run out', async () => {
  const { state } = shared();
  let now = 0;
  const here = openChannelProfiles(state, usual, { monotonic: () => now });
  now = 1;
  expect(await here.of(place)).toBe(usual);
  await openChannelProfiles(state, usual).choose(place, other);
  now += 2_100;
  expect(await here.of(place)).toBe(PROFILES[other]);
});

test('what was read before a choice is not remembered after it', async () => {
  const { state, hold } = shared();
  const here = openChannelProfiles(state, usual);
  const gate = Promise.withResolvers<void>();
  hold(gate.promise);
  const early = here.of(place);
  await here.choose(place, third);
  gate.resolve();
  expect(await early).toBe(usual);
  expect(await here.of(place)).toBe(PROFILES[third]);
});
