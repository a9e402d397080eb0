/** discord.js as it is set up here: it keeps servers, and leaves to us what people write and press. */
import { Events } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../../src/platforms/discord/client.ts';
import { openTransport } from '../../../src/platforms/discord/transport.ts';
import { DISCORD_TOKEN, startDiscordDouble } from '../../doubles/discord/discord-double.ts';

test('a message, its edit and its end are told as they came, and the client makes nothing of them', async () => {
  const discord = await startDiscordDouble();
  const transport = openTransport();
  const client = createClient(
    {
      token: DISCORD_TOKEN,
      apiUrl: discord.api,
      guildId: undefined,
      reactions: ['🎬'],
      shards: 'auto',
    },
    transport,
    true,
  );
  onTestFinished(async () => {
    await client.destroy();
    await transport.close();
    await discord.close();
  });
  const told: string[] = [];
  const made: string[] = [];
  for (const name of ['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE'] as const)
    client.ws.on(name as never, (data: { readonly id: string }) => told.push(`${name} ${data.id}`));
  for (const name of [Events.MessageCreate, Events.MessageUpdate, Events.MessageDelete] as const)
    client.on(name, () => made.push(name));
  const gone = new Promise<void>((resolve) => client.ws.on('MESSAGE_DELETE' as never, resolve));
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  await client.login(DISCORD_TOKEN);
  await ready;
  const message = discord.write(discord.general, discord.alice, 'a film about milk');
  discord.edit(message, 'a film about tea');
  discord.erase(message);
  await gone;
  expect(told).toEqual([
    `MESSAGE_CREATE ${message.id}`,
    `MESSAGE_UPDATE ${message.id}`,
    `MESSAGE_DELETE ${message.id}`,
  ]);
  expect(made).toEqual([]);
  expect(client.channels.cache.get(discord.general.id)?.isTextBased()).toBe(true);
});
