/** A server that has just taken the bot in is told how to begin: once, in its own channel for that, where we may speak. */
import { expect, onTestFinished, test } from 'vitest';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { startStudio } from './studio.ts';

const HOUR = 3_600_000;
const SEND_MESSAGES = 1n << 11n;

test('a server is greeted once, by however many processes and however often it comes into view', async () => {
  const path = await databaseFile();
  const one = await startStudio({ path });
  const { discord } = one;
  const two = await startStudio({ path, discord });
  const { channel, tell } = discord.takeIn('Tea house');
  const said = () => discord.said(channel.id);
  await discord.until(() => said().length > 0);
  tell();
  await one.down();
  await two.down();
  const three = await startStudio({ path, discord });
  tell();
  // Whatever is told after it has been heard when this is answered.
  discord.mention(discord.general, discord.alice, 'help');
  await three.idle();
  await discord.until(() => discord.callsTo('POST /channels/\\d+/messages').length > 1);
  await three.down();
  expect(said().map(({ content }) => content)).toEqual([
    expect.stringMatching(/^👋 Thanks for having me\. .*`\/video`.*made by AI/s),
  ]);
  expect(said()[0]?.notified).toEqual([]);
});

test('in the language of the server; not where it was joined long ago, or where we may not speak', async () => {
  const { discord } = await startStudio();
  const spanish = discord.takeIn('Casa de té', { locale: 'es-ES' });
  await discord.until(() => discord.said(spanish.channel.id).length > 0);
  expect(discord.said(spanish.channel.id)[0]?.content).toContain('Gracias por recibirme');
  const others = [
    discord.takeIn('Old friends', { joinedAt: Date.now() - 2 * HOUR }),
    discord.takeIn('Silent', { denied: SEND_MESSAGES }),
  ];
  const last = discord.takeIn('Tea house');
  await discord.until(() => discord.said(last.channel.id).length > 0);
  expect(others.flatMap(({ channel }) => discord.said(channel.id))).toEqual([]);
  // Nothing is tried where it is known to be in vain.
  expect(discord.callsTo(`POST /channels/${others[1]?.channel.id}/messages`)).toEqual([]);
});

test('not where nobody serves the server', async () => {
  const discord = await startDiscordDouble();
  onTestFinished(() => discord.close());
  const allowedWorkspaces = [discord.world.guild.id];
  const studio = await startStudio({ discord, settings: { allowedWorkspaces } });
  const { channel } = discord.takeIn('Strangers');
  const asked = discord.mention(discord.general, discord.alice, 'help');
  await studio.hear(asked.id, /Try saying/);
  expect(discord.said(channel.id)).toEqual([]);
});

test('where Discord did not take it, the next time the server comes into view says it', async () => {
  const { discord, logged } = await startStudio();
  const away = { status: 500, times: 100 };
  discord.failNext('POST /channels/\\d+/messages', away);
  const { channel, tell } = discord.takeIn('Tea house');
  await expect.poll(() => logged.join('\n'), { timeout: 20_000 }).toContain('could not be greeted');
  expect(discord.said(channel.id)).toEqual([]);
  discord.mend();
  tell();
  await discord.until(() => discord.said(channel.id).length > 0);
});
