/** What Slack's settings add up to; which of them are refused is told in settings.test.ts. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  appSettings,
  type SlackSettings,
  slackFields,
  slackSettings,
} from '../../../src/platforms/slack/settings.ts';

const bot = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const read = (env: Record<string, string>): SlackSettings | undefined =>
  slackSettings(z.object(slackFields).parse(env), {
    host: '127.0.0.1',
    encryptionKey: undefined,
    allowedWorkspaces: ['T1'],
    reactions: ['clapper'],
  });

test.each([
  [bot, 'socket'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }, 'http'],
  [{ ...bot, SLACK_SIGNING_SECRET: 's' }, 'socket'],
  [{ ...bot, SLACK_SIGNING_SECRET: 's', SLACK_MODE: 'http' }, 'http'],
])('the mode is chosen by what is set, for the bot and for its manifest: %j', (env, mode) => {
  expect(read(env)?.mode).toBe(mode);
  expect(appSettings.parse(env).mode).toBe(mode);
});

test('before there are any tokens the manifest is that of Socket Mode, in one workspace', () => {
  expect(appSettings.parse({})).toEqual({
    mode: 'socket',
    oauth: false,
    prefix: undefined,
    reactions: true,
  });
  expect(appSettings.parse({ REACTION: 'off' }).reactions).toBe(false);
  expect(appSettings.parse({ SLACK_CLIENT_ID: '1' }).oauth).toBe(true);
  expect(appSettings.parse({ SLACK_APP_TOKEN: 'not yet known' }).mode).toBe('socket');
});

test.each(['acme', 'a-1', 'a'.repeat(23)])('take the command prefix %s', (prefix) => {
  const env = { ...bot, SLACK_COMMAND_PREFIX: prefix };
  expect(read(env)?.commandPrefix).toBe(prefix);
  expect(appSettings.parse(env).prefix).toBe(prefix);
});

test('without a token, and without the three of OAuth, Slack is not asked for', () => {
  expect(read({})).toBeUndefined();
  expect(read({ SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2' })).toBeUndefined();
  const oauth = { SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2', SLACK_STATE_SECRET: '3' };
  expect(read({ ...oauth, SLACK_API_URL: 'https://slack.example/api/' })).toMatchObject({
    botToken: undefined,
    oauth: { clientId: '1', clientSecret: '2', stateSecret: '3' },
    apiUrl: 'https://slack.example/api/',
    allowedWorkspaces: ['T1'],
  });
});
