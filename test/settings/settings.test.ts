import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  platformOfInstallPath,
  readSettings,
  SETTING_NAMES,
  SettingsError,
} from '../../src/settings/settings.ts';

const base = { NEMO_TOKEN: 'nmv_usr_x', PLAYGROUND: 'on' };
const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

describe('the settings', () => {
  test('have the documented defaults', () => {
    const s = readSettings(base);
    expect(s.nemo).toMatchObject({
      skill: 'text-to-video-high-quality',
      webUrl: 'https://nemovideo.com',
      skillPlatform: 'unknown',
    });
    expect(s.http).toEqual({ host: '127.0.0.1', port: 3000, metricsPort: undefined });
    expect(s.waits).toMatchObject({
      heartbeat: 120_000,
      streamMax: 900_000,
      recoveryTries: 5,
      statusEdit: 3000,
    });
    expect(s).toMatchObject({
      autoExport: 'first',
      heartbeatMode: 'edit',
      costNotes: true,
      fitVideo: true,
      timeScale: 1,
      leaseMs: 30_000,
      maxRunningTurns: 200,
    });
    expect(s.platforms.map(({ name }) => name)).toEqual(['web']);
  });

  test('take the operator’s own pages, by https alone', () => {
    const terms = 'https://acme.test/terms/';
    expect(readSettings({ ...base, TERMS_URL: terms }).links).toEqual({ terms });
    for (const value of ['http://acme.test', 'acme.test', 'javascript:alert(1)'])
      expect(problemsOf({ ...base, SUPPORT_URL: value, PRIVACY_URL: value })).toHaveLength(2);
  });

  test('report every mistake at once, each in words with its name', () => {
    const problems = problemsOf({
      ...base,
      PORT: 'x',
      AUTO_EXPORT: 'sometimes',
      SLACK_BOT_TOKEN: 'hello',
      TIME_SCALE: '0',
    });
    expect(problems).toHaveLength(4);
    for (const name of ['PORT', 'AUTO_EXPORT', 'SLACK_BOT_TOKEN', 'TIME_SCALE']) {
      expect(problems.some((p) => p.startsWith(`${name}: must`))).toBe(true);
    }
  });

  test('report the mistakes of everybody before those of what does not fit together, and each of these', () => {
    const half = { SLACK_BOT_TOKEN: 'xoxb-1', HOST: '0.0.0.0', PLAYGROUND: 'on' };
    const malformed = { PORT: 'x', DISCORD_SHARDS: '4/4', PLAYGROUND_PASSWORD: 'short' };
    const names = (problems: readonly string[]) =>
      problems.map((problem) => /^\w+/.exec(problem)?.[0]);
    expect(names(problemsOf({ ...half, ...malformed })).toSorted()).toEqual([
      'DISCORD_SHARDS',
      'PLAYGROUND_PASSWORD',
      'PORT',
    ]);
    expect(names(problemsOf({ ...half, METRICS_PORT: '3000' })).toSorted()).toEqual([
      'METRICS_PORT',
      'NEMO_TOKEN',
      'PLAYGROUND_PASSWORD',
      'SLACK_BOT_TOKEN',
    ]);
  });

  test('can be those of some platforms only, whatever the environment holds of others', () => {
    const env = {
      ...base,
      ...{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', DISCORD_TOKEN: 't' },
    };
    const served = ({ platforms }: { platforms: readonly { name: string }[] }) =>
      platforms.map(({ name }) => name);
    expect(served(readSettings(env))).toEqual(['web', 'slack', 'discord']);
    expect(served(readSettings(env, { only: ['web'] }))).toEqual(['web']);
    const broken = { ...env, SLACK_BOT_TOKEN: 'hello', DISCORD_SHARDS: '4/4' };
    expect(served(readSettings(broken, { only: ['web'] }))).toEqual(['web']);
  });

  test('with nothing to serve, say how to set up each platform and that the demo needs nothing', () => {
    const [problem] = problemsOf({ NEMO_TOKEN: 'x' });
    expect(problem).toBe(
      'Neither Slack nor Discord is set up. Slack: SLACK_BOT_TOKEN and SLACK_APP_TOKEN. Discord: DISCORD_TOKEN. To be asked for what is needed, run: npm run setup. To try the bot without any account, run: npm run demo',
    );
  });

  test('without a token ask for a key, because a trial token is stored', () => {
    expect(problemsOf({ PLAYGROUND: 'on' })[0]).toContain('ENCRYPTION_KEY');
    expect(
      problemsOf({ PLAYGROUND: 'on', ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') }),
    ).toEqual([]);
    expect(problemsOf({ ...base, ENCRYPTION_KEY: 'short' })[0]).toContain('32 bytes');
  });

  test('refuse half of a Slack set-up', () => {
    expect(problemsOf({ ...base, SLACK_BOT_TOKEN: 'xoxb-1' })[0]).toContain('SLACK_APP_TOKEN');
    expect(problemsOf({ ...base, SLACK_APP_TOKEN: 'xapp-1' })[0]).toContain('SLACK_BOT_TOKEN');
    expect(problemsOf({ ...base, SLACK_CLIENT_ID: '1' })[0]).toContain('all three');
  });

  test('read lists, sizes and addresses', () => {
    const s = readSettings({
      ...base,
      ALLOWED_USERS: ' a, b ,',
      MAX_UPLOAD_MB: '1.5',
      NEMO_API_URL: 'http://127.0.0.1:4/',
    });
    expect(s.access.users).toEqual(['a', 'b']);
    expect(s.maxUploadBytes).toBe(1_572_864);
    expect(s.nemo.apiUrl).toBe('http://127.0.0.1:4');
  });

  test.each([
    ['Acme', 'small letters'],
    ['/acme', 'without the slash'],
    ['acme_bot', 'small letters'],
    ['acme-', 'small letters'],
    ['爱', 'small letters'],
    ['a'.repeat(24), '23 characters at most'],
    ['status', '/status belongs to Slack itself'],
    ['help', '/help belongs to Slack itself'],
  ])('refuse the command prefix %s, which Slack would refuse', (prefix, why) => {
    const problems = problemsOf({ ...base, SLACK_COMMAND_PREFIX: prefix });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^SLACK_COMMAND_PREFIX: must/);
    expect(problems[0]).toContain(why);
  });

  test.each([
    ['4/4', 'of 4, they are 0 to 3, so there is no 4'],
    ['0,7/4', 'there is no 7'],
    ['0/0', 'at least one shard'],
    ['0,0/4', 'each shard once'],
    ['1', 'like 0,1/4'],
    ['-1/4', 'like 0,1/4'],
  ])('refuse the shards %s, which Discord would never send anything to', (given, why) => {
    const problems = problemsOf({ ...base, DISCORD_SHARDS: given });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^DISCORD_SHARDS: must/);
    expect(problems[0]).toContain(why);
  });

  test('take a port of its own for the metrics, but not the same one', () => {
    const { http } = readSettings({ ...base, PORT: '4000', METRICS_PORT: '4001' });
    expect(http).toMatchObject({ port: 4000, metricsPort: 4001 });
    expect(problemsOf({ ...base, METRICS_PORT: '3000' })[0]).toContain('another port than PORT');
    expect(problemsOf({ ...base, METRICS_PORT: '70000' })[0]).toContain('METRICS_PORT: must be');
    expect(readSettings({ ...base, PORT: '0', METRICS_PORT: '0' }).http.metricsPort).toBe(0);
  });

  test.each([
    ['0.0.0.0', true],
    ['::', true],
    ['192.168.1.5', true],
    ['bot.example', true],
    ['127.0.0.1', false],
    ['127.3.2.1', false],
    ['::1', false],
    ['[::1]', false],
    ['LocalHost', false],
  ])('want a password for a playground at HOST=%s: %s', (HOST, refused) => {
    const problems = problemsOf({ ...base, HOST });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(
      refused ? ['PLAYGROUND_PASSWORD'] : [],
    );
    expect(problemsOf({ ...base, HOST, PLAYGROUND_PASSWORD: 'correct horse' })).toEqual([]);
    expect(problemsOf({ DISCORD_TOKEN: 't', NEMO_TOKEN: 'n', PLAYGROUND: 'off', HOST })).toEqual(
      [],
    );
  });

  test('refuse a password that is quickly guessed, and keys that are none', () => {
    expect(problemsOf({ ...base, PLAYGROUND_PASSWORD: 'short' })[0]).toContain('8 characters');
    const [ENCRYPTION_KEY, old] = [1, 2].map((n) => Buffer.alloc(32, n).toString('base64'));
    const keys = { ...base, ENCRYPTION_KEY: String(ENCRYPTION_KEY) };
    const both = readSettings({ ...keys, ENCRYPTION_KEYS_OLD: `${old}, ${ENCRYPTION_KEY}` });
    expect(both.encryptionKeysOld).toEqual([old, ENCRYPTION_KEY]);
    for (const ENCRYPTION_KEYS_OLD of ['short', `${old},short`, `*${old}`])
      expect(problemsOf({ ...keys, ENCRYPTION_KEYS_OLD })[0]).toContain('32 bytes in base64');
    expect(problemsOf({ ...base, ENCRYPTION_KEYS_OLD: String(old) })[0]).toContain(
      'ENCRYPTION_KEY',
    );
  });

  test('take an empty value for absent, as in a half-filled .env', () => {
    expect(readSettings({ ...base, SLACK_BOT_TOKEN: '', PORT: ' ' }).http.port).toBe(3000);
  });

  test('all stand in .env.example, which holds nothing else', () => {
    const example = readFileSync(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8');
    const named = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
    expect([...named].sort()).toEqual([...SETTING_NAMES].sort());
  });

  test.each([
    ['/home/u/.clawhub/skills/nemo/src', 'clawhub'],
    ['/home/u/.cursor/skills/nemo/src', 'cursor'],
    ['/home/u/.cursor/other/src', 'unknown'],
    ['/opt/nemo-bot/src', 'unknown'],
  ])('tell the skill platform from the install path %s', (directory, platform) => {
    expect(platformOfInstallPath(directory)).toBe(platform);
  });
});
