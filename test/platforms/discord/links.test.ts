/** Links on Discord: an article, a message that its person sees, and one that they do not. */
import { expect, test } from 'vitest';
import { pageFile, startSite } from '../../doubles/pages.ts';
import { startStudio, toldAgent } from './studio.ts';

test('an article is read', async () => {
  const site = await startSite({ '/a': pageFile('news.page') });
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const asked = discord.mention(discord.general, discord.alice, `<${site.url}/a>`);
  await studio.hear(asked.id, /Read .*The harbour that never sleeps/);
  await studio.idle();
  await site.close();
  expect(toldAgent(nemo)).toContain(
    `Make a video from this script.\n\nThe harbour that never sleeps (${site.url}/a):\n`,
  );
});

test('a link to a message is that message', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const { id } = discord.write(discord.general, discord.bob, 'A kettle sings at dawn.');
  const { guild, id: channel } = discord.general;
  const link = `https://discord.com/channels/${guild}/${channel}/${id}`;
  const asked = discord.mention(discord.general, discord.alice, `film this ${link}`);
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(toldAgent(nemo)).toBe(`film this ${link}\n\nA kettle sings at dawn.`);
});

test('a message in somebody else’s direct messages is not shown, and nothing is sent', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const theirs = discord.dm(discord.bob);
  const { id } = discord.write(theirs, discord.bob, '// a secret kettle');
  const link = `https://discord.com/channels/@me/${theirs.id}/${id}`;
  const asked = discord.mention(discord.general, discord.alice, `film this ${link}`);
  await studio.hear(asked.id, /link to that message/);
  await studio.idle();
  expect(nemo.received('run_sse')).toEqual([]);
});

test('what its person may not look back at, and a server that the address only names, are not shown', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const { guild, id: general } = discord.general;
  const news = discord.channel('news');
  const { id } = discord.write(news, discord.bob, 'A secret kettle.');
  const open = discord.write(discord.general, discord.bob, 'An open kettle.');
  discord.withholdHistory(news, discord.alice);
  for (const address of [
    `${guild}/${news.id}/${id}`,
    `123456789012345678/${general}/${open.id}`,
    `99999999999999999999/${general}/${open.id}`,
  ]) {
    const link = `https://discord.com/channels/${address}`;
    const asked = discord.mention(discord.general, discord.alice, `film this ${link}`);
    await studio.hear(asked.id, /link to that message/);
  }
  await studio.idle();
  expect(nemo.received('run_sse')).toEqual([]);
});
