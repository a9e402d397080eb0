/** Every platform is a module with the same four things; the rest of the bot knows the list of them, and no other way. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PROFILES } from '../../src/conversation/skill-profile.ts';
import type { ConfiguredPlatform } from '../../src/platforms/platform-module.ts';
import { PLATFORMS } from '../../src/platforms/platforms.ts';
import { scaledClock } from '../../src/runtime/clock.ts';
import { createRedact } from '../../src/runtime/redact.ts';
import { readSettings, SETTING_NAMES } from '../../src/settings/settings.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import { DISCORD_TOKEN, startDiscordDouble } from '../doubles/discord/discord-double.ts';
import { ENCRYPTION_KEY, recorder } from '../doubles/house.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN } from '../doubles/slack/world.ts';

/** A local service for each, and all of the settings that hold secrets. */
const DOUBLES: Readonly<Record<string, () => Promise<Record<string, string>>>> = {
  web: async () => ({ PLAYGROUND: 'on', PLAYGROUND_PASSWORD: 'correct horse' }),
  async slack() {
    const double = await startSlackDouble();
    onTestFinished(() => double.close());
    return {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_SIGNING_SECRET: '5f1c0a9be7d24f68b3a1905c7e6d8f42',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'of the client alone',
      SLACK_STATE_SECRET: 'of the state alone',
      ENCRYPTION_KEY,
      SLACK_API_URL: double.apiUrl,
    };
  },
  async discord() {
    const double = await startDiscordDouble();
    onTestFinished(() => double.close());
    return { DISCORD_TOKEN, DISCORD_API_URL: double.api };
  },
};

async function configure(name: string) {
  const env = (await DOUBLES[name]?.()) ?? {};
  const { platforms } = readSettings({ NEMO_TOKEN: 'nmv_usr_x', ...env });
  const platform = platforms[0];
  if (!platform || platforms.length > 1) throw new Error(`${name}: ${platforms.length} platforms`);
  return { env, platform };
}

async function create(platform: ConfiguredPlatform) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'nemo-bot-module-'));
  const state = openSqliteState({ path: ':memory:', encryptionKey: ENCRYPTION_KEY });
  const made = await platform.create({
    state,
    clock: scaledClock(0.002),
    log: recorder([]),
    dataDir,
    address: () => ({ host: '127.0.0.1', port: 0 }),
    profile: PROFILES['text-to-video-high-quality'],
    maxUploadBytes: 1_000_000,
    helpNotes: () => [],
  });
  onTestFinished(async () => {
    await made.stopListening();
    await made.close();
    await state.close();
    await rm(dataDir, { recursive: true });
  });
  return made;
}

test('a folder of platforms/ is a platform on the list, or shared', () => {
  const folders = readdirSync(path.resolve(import.meta.dirname, '../../src/platforms'), {
    withFileTypes: true,
  }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => name !== 'shared');
  expect(names.toSorted()).toEqual(PLATFORMS.map(({ name }) => name).toSorted());
  expect(Object.keys(DOUBLES).toSorted()).toEqual(names.toSorted());
});

describe.each(PLATFORMS.map((module) => [module.name, module] as const))('%s', (name, module) => {
  test('brings its settings, and every one is known', () => {
    const names = Object.keys(module.settings);
    expect(names.length).toBeGreaterThan(0);
    for (const each of names) expect(SETTING_NAMES.filter((n) => n === each)).toHaveLength(1);
  });

  test('is not there without them', () => {
    const reading = module.read({});
    if (!reading.ok) throw new Error(reading.problems.join());
    const common = {
      host: '127.0.0.1',
      encryptionKey: undefined,
      allowedWorkspaces: [],
      reactions: [],
    };
    expect(reading.configure(common)).toEqual({ problems: [] });
  });

  test('has its secrets hidden, all of them', async () => {
    const { env, platform } = await configure(name);
    const secret = Object.keys(module.settings).filter((each) =>
      /TOKEN|SECRET|PASSWORD|KEY/.test(each),
    );
    expect(secret.length).toBeGreaterThan(0);
    const redact = createRedact(() => platform.secrets);
    for (const each of secret) {
      expect(env[each], `${each} has a value here`).toMatch(/\S/);
      expect(platform.secrets).toContain(env[each]);
      expect(redact(`so ${env[each]} it is`), each).not.toContain(env[each]);
    }
  });

  test('can be looked at by the doctor', async () => {
    const { platform } = await configure(name);
    const findings = await platform.check(AbortSignal.timeout(10_000));
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('is made under its own name, not connected yet', async () => {
    const { platform } = await configure(name);
    const made = await create(platform);
    expect(made.name).toBe(name);
    expect(made.trouble()).toMatch(/\S/);
  });
});
