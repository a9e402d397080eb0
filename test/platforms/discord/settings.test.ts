/** What Discord's settings add up to; which of them are refused is told in settings.test.ts. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { discordFields, discordSettings } from '../../../src/platforms/discord/settings.ts';

const read = (env: Record<string, string>) =>
  discordSettings(z.object(discordFields).parse(env), { reactions: ['🎬'] });

test('without a token Discord is not asked for', () => {
  expect(read({ DISCORD_GUILD_ID: '12345' })).toBeUndefined();
});

test('shards are all of them, unless some are named', () => {
  expect(read({ DISCORD_TOKEN: 't' })).toEqual({
    token: 't',
    apiUrl: undefined,
    guildId: undefined,
    reactions: ['🎬'],
    shards: 'auto',
  });
  expect(read({ DISCORD_TOKEN: 't', DISCORD_SHARDS: '0,1/4' })?.shards).toEqual({
    ids: [0, 1],
    count: 4,
  });
});
