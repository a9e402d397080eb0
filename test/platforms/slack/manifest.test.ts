import type { webApi } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { type SlackManifest, slackManifest } from '../../../src/platforms/slack/manifest.ts';

type Published = webApi.AppsManifestCreateArguments['manifest'];

/** Compiles only while the manifest has the SDK's published shape; the names that it does not list yet aside. */
const published = (manifest: SlackManifest): Published => ({
  display_information: manifest.display_information,
  features: manifest.features,
  settings: { ...manifest.settings, event_subscriptions: {} },
});

const kinds = [
  { mode: 'socket', oauth: false },
  { mode: 'http', oauth: false, address: 'https://bot.example.com' },
  { mode: 'http', oauth: true, address: 'https://bot.example.com' },
  { mode: 'socket', oauth: true, address: 'https://bot.example.com' },
] as const;

describe.each(kinds)('$mode, oauth: $oauth', (options) => {
  const manifest = slackManifest(options);

  test('has the published shape', () => {
    expect(published(manifest).features).toBe(manifest.features);
  });

  test('keeps to Slack’s lengths and counts', () => {
    const { display_information: shown, features } = manifest;
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description?.length).toBeLessThanOrEqual(140);
    expect(shown.long_description?.length).toBeGreaterThanOrEqual(175);
    expect(shown.long_description?.length).toBeLessThanOrEqual(4000);
    expect(features.agent_view?.agent_description?.length).toBeLessThanOrEqual(300);
    expect(features.agent_view?.suggested_prompts?.length).toBeLessThanOrEqual(4);
    expect(features.bot_user?.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(features.shortcuts?.length).toBeLessThanOrEqual(10);
    for (const shortcut of features.shortcuts ?? []) {
      expect(shortcut.name.length).toBeLessThanOrEqual(24);
      expect(shortcut.description.length).toBeLessThanOrEqual(150);
    }
    for (const command of features.slash_commands ?? []) {
      expect(command.command).toMatch(/^\/[a-z]{1,31}$/);
      expect(command.description.length).toBeLessThanOrEqual(2000);
    }
  });

  test('tells Slack where to send what, in HTTP mode alone', () => {
    const { settings, features } = manifest;
    const urls = [
      settings.event_subscriptions.request_url,
      settings.interactivity?.request_url,
      ...(features.slash_commands ?? []).map((c) => c.url),
    ];
    const expected = options.mode === 'http' ? 'https://bot.example.com/slack/events' : undefined;
    expect(new Set(urls)).toEqual(new Set([expected]));
    expect(settings.socket_mode_enabled).toBe(options.mode === 'socket');
    expect(manifest.oauth_config.redirect_urls).toEqual(
      options.oauth ? ['https://bot.example.com/slack/oauth_redirect'] : undefined,
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
      'tokens_revoked',
    ]);
    expect(manifest.oauth_config.scopes.bot).toContain('assistant:write');
  });
});
