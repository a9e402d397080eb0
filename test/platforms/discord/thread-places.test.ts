/** Where messages come from: forum posts, servers that were away, and those that nobody may start anything with. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { guildPayload } from '../../doubles/discord/wire.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Studio, startStudio } from './studio.ts';

const FORUM = 15;
const THREAD = 11;

test('a forum post that begins with calling us is a project; follow-ups need no mention', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const forum = discord.channel('ideas', { type: FORUM });
  const post = discord.channel('Tea', { type: THREAD, parent: forum.id, owner: discord.alice.id });
  discord.mention(post, discord.alice, 'A film about tea.', { id: post.id });
  await studio.hear(post.id, /Your video is ready/);
  await studio.idle();
  nemo.script(say('It is slower now.'));
  discord.write(post, discord.bob, 'slower');
  await studio.hear(post.id, /slower now/);
  await studio.idle();
  expect(nemo.received('session')).toHaveLength(1);
  expect(discord.said(forum.id)).toEqual([]);
});

test('in a forum post of others we answer where we are called, and only there', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const forum = discord.channel('ideas', { type: FORUM });
  const post = discord.channel('Tea', { type: THREAD, parent: forum.id, owner: discord.alice.id });
  discord.write(post, discord.alice, 'A kettle, a mountain, the first light.', { id: post.id });
  discord.mention(post, discord.bob, 'make this a short');
  await studio.hear(post.id, /Your video is ready/);
  discord.write(post, discord.alice, 'lovely!');
  await studio.idle();
  const told = nemo.received('run_sse').map(({ json }) => JSON.stringify(json));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('the first light');
});

test('what was said while a server was away is found when it is back', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  const { gateway, world } = discord;
  gateway.dispatch('GUILD_DELETE', () => ({ id: world.guild.id, unavailable: true }));
  gateway.deaf = true;
  nemo.script(say('It is slower now.'));
  discord.write(discord.thread(asked), discord.alice, 'slower');
  gateway.deaf = false;
  gateway.dispatch('GUILD_CREATE', () => guildPayload(world));
  await studio.hear(asked.id, /slower now/);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
});

test('…also when the process is started anew meanwhile, having heard everything else', async () => {
  const now = Date.now;
  let later = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + later);
  onTestFinished(() => void vi.restoreAllMocks());
  const path = await databaseFile();
  const studio = await startStudio({ path });
  const { discord, nemo } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  const { gateway, world } = discord;
  gateway.dispatch('GUILD_DELETE', () => ({ id: world.guild.id, unavailable: true }));
  // Events come in order: the outage is known when this has been answered.
  discord.write(discord.dm(discord.bob), discord.bob, 'help');
  await studio.hear(discord.dm(discord.bob).id, /Try saying/);
  gateway.deaf = true;
  discord.write(discord.thread(asked), discord.alice, 'slower');
  gateway.deaf = false;
  await studio.idle();
  later = 3_600_000;
  await studio.down();
  nemo.script(say('It is slower now.'));
  const next = await startStudio({ path, discord, nemo });
  await next.hear(asked.id, /slower now/);
  await next.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
});

const VIEW_CHANNEL = 1n << 10n;

/** The channels whose messages are read from now on. */
function looksFrom({ calls }: Studio['discord']): () => string[] {
  const from = calls.length;
  const route = /^GET \/channels\/(\d+)\/messages$/;
  return () =>
    calls.slice(from).flatMap(({ method, path }) => route.exec(`${method} ${path}`)?.[1] ?? []);
}

test('where nothing was said while the process was down nobody looks', async () => {
  const path = await databaseFile();
  const before = await startStudio({ path });
  const { discord, nemo } = before;
  discord.channel('quiet');
  const forum = discord.channel('ideas', { type: FORUM });
  await before.down();
  const asked = discord.mention(discord.general, discord.alice, 'help');
  // Its posts have the messages, and this one has none yet.
  discord.channel('Tea', { type: THREAD, parent: forum.id, owner: discord.alice.id });
  const looked = looksFrom(discord);
  const after = await startStudio({ path, discord, nemo });
  await after.hear(asked.id, /Try saying/);
  await after.idle();
  // What is still to be looked through is waited for.
  await after.down();
  expect(looked()).toEqual([discord.general.id]);
});

test('a call that came while the process was down is answered in a channel where it was never used, too', async () => {
  const path = await databaseFile();
  const before = await startStudio({ path });
  const { discord, nemo } = before;
  const channels = Array.from({ length: 25 }, (_, n) => discord.channel(`of-${n}`));
  const hidden = discord.channel('of-others', { denied: VIEW_CHANNEL });
  const post = discord.channel('Tea', {
    type: THREAD,
    parent: discord.general.id,
    owner: discord.alice.id,
  });
  await before.down();
  for (const channel of channels) discord.write(channel, discord.bob, 'good morning');
  discord.write(hidden, discord.bob, 'nothing for bots');
  const inChannel = discord.mention(discord.general, discord.alice, 'help');
  discord.mention(post, discord.bob, 'help');
  const looked = looksFrom(discord);
  const after = await startStudio({ path, discord, nemo });
  await after.hear(inChannel.id, /Try saying/);
  await after.hear(post.id, /Try saying/);
  await after.idle();
  // What is still to be looked through is waited for.
  await after.down();
  // The newest twenty of the channels that are open to it, and the thread.
  expect(looked()).toHaveLength(21);
  expect(looked()).toEqual(expect.arrayContaining([discord.general.id, post.id]));
  expect(looked()).not.toContain(hidden.id);
  for (const channel of channels) expect(discord.said(channel.id)).toEqual([]);
});

test('where the bot is at home does not take the looks from where it was never used', async () => {
  const path = await databaseFile();
  const before = await startStudio({ path });
  const { discord, nemo } = before;
  const home = discord.channel('home');
  const first = discord.mention(home, discord.alice, 'help');
  await before.hear(first.id, /Try saying/);
  await before.idle();
  const of = { type: THREAD, parent: home.id };
  const post = discord.channel('Tea', { ...of, owner: discord.alice.id });
  const ours = Array.from({ length: 20 }, (_, n) =>
    discord.channel(`Film ${n}`, { ...of, owner: discord.bot.id }),
  );
  await before.down();
  discord.mention(post, discord.bob, 'help');
  for (const thread of ours) discord.write(thread, discord.bot, 'Your video is ready!');
  discord.write(home, discord.bob, 'good morning');
  const looked = looksFrom(discord);
  const after = await startStudio({ path, discord, nemo });
  await after.hear(post.id, /Try saying/);
  await after.idle();
  // What is still to be looked through is waited for.
  await after.down();
  expect(looked().filter((id) => id === home.id)).toHaveLength(1);
});

test('case 88: neither another bot nor our own words start anything, mention or not', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  const other = { ...discord.person('helper', 'Helper'), bot: true };
  discord.mention(discord.general, other, 'A film about bots.');
  discord.write(discord.thread(asked), other, 'slower');
  discord.write(discord.thread(asked), discord.bot, 'slower');
  discord.write(discord.general, discord.bob, 'good morning');
  nemo.script(say('It is slower now.'));
  discord.write(discord.thread(asked), discord.bob, 'slower, please');
  await studio.hear(asked.id, /slower now/);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
});
