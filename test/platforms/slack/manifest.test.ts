/** Step 1 of the README: what `npm run manifest` prints is what Slack takes. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { webApi } from '@slack/bolt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type SlackManifest, slackManifest } from '../../../src/platforms/slack/manifest.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { BOT_TOKEN } from '../../doubles/slack/world.ts';

type Published = webApi.AppsManifestCreateArguments['manifest'];

/** Compiles only while the manifest has the SDK's published shape; the names that it does not list yet aside. */
const published = (manifest: SlackManifest): Published => ({
  display_information: manifest.display_information,
  features: manifest.features,
  settings: { ...manifest.settings, event_subscriptions: {} },
});

/** Asks the local Slack, as the page "App Manifest" does. */
async function validate(manifest: unknown): Promise<void> {
  const slack = await startSlackDouble();
  onTestFinished(() => slack.close());
  const client = new webApi.WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl });
  await client.apiCall('apps.manifest.validate', { manifest: JSON.stringify(manifest) });
}

const LONGEST = 'a'.repeat(23);
const address = 'https://bot.example.com';
const kinds = [
  { mode: 'socket', oauth: false },
  { mode: 'http', oauth: false, address },
  { mode: 'http', oauth: true, address },
  { mode: 'socket', oauth: true, address },
  { mode: 'http', oauth: true, address, prefix: LONGEST },
] as const;

describe.each(kinds)('$mode, oauth: $oauth, prefix: $prefix', (options) => {
  const manifest = slackManifest(options);

  test('has the published shape', () => {
    expect(published(manifest).features).toBe(manifest.features);
  });

  test('is taken by Slack', async () => {
    await validate(manifest);
  });

  test('describes each command in ten words at most, as the shop asks', () => {
    for (const { description } of manifest.features.slash_commands ?? [])
      expect(description.split(' ').length).toBeLessThanOrEqual(10);
  });

  test('describes the app in ten words at most, and says at length what is made by AI and what is paid for', () => {
    const { description = '', long_description: long = '' } = manifest.display_information;
    expect(description.split(/\s+/).length).toBeLessThanOrEqual(10);
    expect(long).toMatch(/made by AI and may be wrong/);
    expect(long).toMatch(
      /exporting needs a paid plan for accounts whose own plan does not include it/,
    );
    expect(long).toMatch(/spends credits/);
  });

  test('has shortcuts that begin with a verb and say different things', () => {
    const names = (manifest.features.shortcuts ?? []).map(({ name }) => name);
    for (const name of names) expect(name).toMatch(/^(?:Make|Open|Show|Begin) \w/);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has tokens that are renewed where that is asked for and can be', () => {
    const rotating = slackManifest({ ...options, rotation: true });
    expect(manifest.settings.token_rotation_enabled).toBe(false);
    expect(rotating.settings.token_rotation_enabled).toBe(options.oauth);
  });

  test('tells Slack where to send what, in HTTP mode alone', () => {
    const { settings, features } = manifest;
    const urls = [
      settings.event_subscriptions.request_url,
      settings.interactivity?.request_url,
      ...(features.slash_commands ?? []).map((c) => c.url),
    ];
    const expected = options.mode === 'http' ? `${address}/slack/events` : undefined;
    expect(new Set(urls)).toEqual(new Set([expected]));
    expect(settings.socket_mode_enabled).toBe(options.mode === 'socket');
    expect(manifest.oauth_config.redirect_urls).toEqual(
      options.oauth ? [`${address}/slack/oauth_redirect`] : undefined,
    );
  });

  test('subscribes to what the bot listens to', () => {
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual([
      'agent_session_stopped',
      'app_home_opened',
      'app_mention',
      'app_uninstalled',
      'message.channels',
      'message.groups',
      'message.im',
      'message.mpim',
      'reaction_added',
      'tokens_revoked',
    ]);
    expect(manifest.oauth_config.scopes.bot).toContain('assistant:write');
  });
});

/** What Slack gives only with the scope: a method that is called, or an event that is subscribed to. */
const NEEDED_FOR: Readonly<Record<string, string>> = {
  'app_mentions:read': "'app_mention'",
  'assistant:write': 'assistant.threads.setStatus',
  'channels:history': "'message.channels'",
  'channels:read': 'conversations.members',
  'chat:write': 'chat.postMessage',
  commands: 'app.command',
  'files:read': 'files.info',
  'files:write': 'files.completeUploadExternal',
  'groups:history': "'message.groups'",
  'groups:read': 'conversations.members',
  'im:history': "'message.im'",
  'im:read': 'conversations.info',
  'mpim:history': "'message.mpim'",
  'mpim:read': 'conversations.info',
  'reactions:read': "'reaction_added'",
  'reactions:write': 'reactions.add',
  'users:read': 'users.info',
};

describe('the scopes that are asked for', () => {
  const { bot, bot_optional } = slackManifest({ mode: 'socket', oauth: false }).oauth_config.scopes;
  const asked = [...bot, ...bot_optional].sort();
  const room = path.resolve(import.meta.dirname, '../../../src/platforms/slack');
  const sources = readdirSync(room).map((file) => readFileSync(path.join(room, file), 'utf8'));

  test('are without those of reactions where no reaction asks for anything', () => {
    const { oauth_config, settings } = slackManifest({
      mode: 'socket',
      oauth: false,
      reactions: false,
    });
    expect(asked.filter((it) => !oauth_config.scopes.bot.includes(it))).toEqual([
      'reactions:read',
      'users:read',
    ]);
    expect(settings.event_subscriptions.bot_events).not.toContain('reaction_added');
  });

  test('are needed for something that the bot does', () => {
    expect(Object.keys(NEEDED_FOR).sort()).toEqual(asked);
    const idle = asked.filter(
      (it) => !sources.some((text) => text.includes(NEEDED_FOR[it] ?? '-')),
    );
    expect(idle).toEqual([]);
  });

  test('have each its reason in the README, and no other has one', () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8');
    const [, table = ''] = readme.split('| the manifest asks for | what for |\n|---|---|\n');
    const rows = (table.split('\n\n')[0] ?? '').split('\n');
    const named = rows.flatMap((row) => {
      const [, scopes = '', reason = ''] = row.split('|');
      expect(reason.trim()).not.toBe('');
      return [...scopes.matchAll(/`([^`]+)`/g)].map(([, scope = '']) => scope);
    });
    expect(named.sort()).toEqual(asked);
  });
});

const commandsOf = (manifest: SlackManifest) =>
  manifest.features.slash_commands?.map(({ command }) => command);

test.each([
  [undefined, ['/nemo', '/video', '/credits']],
  ['acme', ['/acme', '/acme-video', '/acme-credits']],
])('with the prefix %s, these commands are declared and no others', (prefix, commands) => {
  expect(commandsOf(slackManifest({ mode: 'socket', oauth: false, prefix }))).toEqual(commands);
});

test.each(['/status', '/help', '/Nemo', '/nemo_video', '/a b', `/${'a'.repeat(32)}`, 'nemo'])(
  'Slack refuses the whole manifest for a command called %s',
  async (command) => {
    const manifest = structuredClone(slackManifest({ mode: 'socket', oauth: false }));
    manifest.features.slash_commands?.push({ command, description: 'x' });
    const refused = validate(manifest);
    await expect(refused).rejects.toMatchObject({ data: { error: 'invalid_manifest' } });
  },
);

describe('npm run manifest', () => {
  const run = (SLACK_COMMAND_PREFIX: string) =>
    promisify(execFile)(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        path.resolve(import.meta.dirname, '../../../src/cli/manifest.ts'),
      ],
      { env: { SLACK_COMMAND_PREFIX } },
    );

  test('names the commands as they are set', async () => {
    const manifest: SlackManifest = JSON.parse((await run('acme')).stdout);
    expect(commandsOf(manifest)).toEqual(['/acme', '/acme-video', '/acme-credits']);
  });

  test('prints one with tokens that are renewed, where the app is installed by OAuth', async () => {
    const argv = [
      '--disable-warning=ExperimentalWarning',
      path.resolve(import.meta.dirname, '../../../src/cli/manifest.ts'),
      '--token-rotation',
    ];
    const call = (env: Record<string, string>, ...more: string[]) =>
      promisify(execFile)(process.execPath, [...argv, ...more], { env });
    const { stdout } = await call({ SLACK_CLIENT_ID: 'x' }, address);
    expect(JSON.parse(stdout).settings.token_rotation_enabled).toBe(true);
    await expect(call({})).rejects.toMatchObject({
      stderr: expect.stringContaining('--token-rotation: tokens that are renewed need'),
    });
  });

  test('prints none that Slack would refuse', async () => {
    await expect(run('status')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('SLACK_COMMAND_PREFIX: must be another name: /status'),
    });
  });
});
