/** Messages are put on record in the order of their coming, whatever Discord has to be asked about one of them. */
import { expect, test } from 'vitest';
import { guildPayload, threadPayload } from '../../doubles/discord/wire.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { gate, startStudio } from './studio.ts';

const THREAD = 11;

test('a call in an unknown thread is not overtaken while Discord is asked about the thread', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const topic = discord.channel('Tea', {
    type: THREAD,
    parent: discord.general.id,
    owner: discord.alice.id,
  });
  const held = gate();
  discord.failNext(`GET /channels/${topic.id}`, { status: 200, until: held.opened });
  nemo.script(say('One.'));
  nemo.script(say('Two.'));
  const calls = () => discord.callsTo(`GET /channels/${topic.id}`).length;
  discord.mention(topic, discord.alice, 'A film about tea.');
  await discord.until(() => calls() === 1);
  // The gateway shows the thread meanwhile: nothing has to be asked about the next message.
  discord.gateway.dispatch('THREAD_UPDATE', () => threadPayload(discord.world, topic));
  discord.mention(topic, discord.bob, 'A film about rain.');
  const elsewhere = discord.mention(discord.general, discord.bob, 'help');
  // Other channels wait for nothing, and by then the second message has been received, too.
  await studio.hear(elsewhere.id, /Try saying/);
  expect(nemo.received('run_sse')).toEqual([]);
  held.open();
  await studio.hear(topic.id, /Two\./);
  await studio.idle();
  const said = discord.said(topic.id).map(({ content }) => /One\.|Two\./.exec(content)?.[0]);
  expect(said.filter(Boolean)).toEqual(['One.', 'Two.']);
  const told = nemo.received('run_sse').map(({ json }) => JSON.stringify(json));
  expect(told[0]).toContain('A film about tea');
  expect(told[1]).toContain('A film about rain');
});

test('what is said while the missed messages are looked for comes after them', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  const thread = discord.thread(asked);
  const { gateway, world } = discord;
  gateway.dispatch('GUILD_DELETE', () => ({ id: world.guild.id, unavailable: true }));
  gateway.deaf = true;
  nemo.script(say('Slower now.'));
  nemo.script(say('Louder now.'));
  discord.write(thread, discord.alice, 'slower');
  gateway.deaf = false;
  const held = gate();
  const look = `GET /channels/${thread.id}/messages`;
  discord.failNext(look, { status: 200, until: held.opened });
  gateway.dispatch('GUILD_CREATE', () => guildPayload(world));
  discord.write(thread, discord.bob, 'louder');
  const elsewhere = discord.mention(discord.general, discord.bob, 'help');
  await discord.until(() => discord.callsTo(look).length > 0);
  held.open();
  await studio.hear(asked.id, /Louder now/);
  await studio.hear(elsewhere.id, /Try saying/);
  await studio.idle();
  const told = nemo.received('run_sse').map(({ json }) => JSON.stringify(json));
  expect(told).toHaveLength(3);
  expect(told[1]).toContain('slower');
  expect(told[2]).toContain('louder');
});
