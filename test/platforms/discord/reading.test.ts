/** What people really send: every kind of it reaches the agent as the words that they see. */
import { expect, test } from 'vitest';
import type { DoubleChannel, DoubleMessage } from '../../doubles/discord/world.ts';
import { say } from '../../doubles/nemo/steps.ts';
import * as sent from './sent-by-people.ts';
import { type Studio, startStudio, toldAgent } from './studio.ts';

const MENU = 'Make a video from this';

/** The video's thread begins at the message. */
async function filmed(studio: Studio, message: DoubleMessage): Promise<string> {
  await studio.hear(message.id, /Your video is ready/);
  await studio.idle();
  return toldAgent(studio.nemo);
}

const newsPost = ({ discord }: Studio, channel: DoubleChannel) => {
  const { description } = sent.newsEmbed;
  const embed = {
    ...sent.newsEmbed,
    description: description.replace('CHANNEL', discord.general.id),
  };
  const app = { ...discord.person('news', 'News'), bot: true };
  return { embed, message: discord.write(channel, app, '', { embeds: [embed] }) };
};

test('the menu on an app’s post sends the words of its embed, without footer and picture', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const { message } = newsPost(studio, discord.general);
  discord.interactions.onMessage(MENU, message, discord.alice);
  expect(await filmed(studio, message)).toBe(sent.newsWords('general'));
});

test('a post by a webhook is an app’s, also with a link in its text', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const hook = discord.person('feed', 'Feed');
  const message = discord.write(discord.general, hook, 'New: https://news.example/kettles', {
    webhook: hook.id,
    embeds: [{ type: 'rich', title: 'Kettles', url: 'https://news.example/kettles', fields: [] }],
  });
  discord.interactions.onMessage(MENU, message, discord.alice);
  expect(await filmed(studio, message)).toBe(
    'New: https://news.example/kettles\n\nKettles\nhttps://news.example/kettles',
  );
});

test('the menu on a card made of components sends its texts, and no button’s label', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const app = { ...discord.person('board', 'Board'), bot: true };
  const more = { displays: sent.card, flags: sent.cardFlags };
  const message = discord.write(discord.general, app, '', more);
  discord.interactions.onMessage(MENU, message, discord.alice);
  expect(await filmed(studio, message)).toBe(sent.cardWords);
});

test('previews of links in a person’s text are nobody’s words', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const text =
    'A kettle sings at dawn, as in https://shop.example/tea and https://social.example/status/1, and wakes the cat.';
  const asked = discord.mention(discord.general, discord.alice, text, { embeds: sent.previews });
  expect(await filmed(studio, asked)).toBe(text);
});

test('a forward that holds only an embed is that embed’s words', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const { embed } = newsPost(studio, discord.general);
  const asked = discord.write(discord.dm(discord.alice), discord.alice, '', {
    forwarded: { content: '', embeds: [embed] },
  });
  await studio.hear(asked.channel, /Your video is ready/);
  // Direct messages are of no server, whose channel nobody names.
  expect(toldAgent(studio.nemo)).toBe(sent.newsWords('channel'));
});

test('a forward’s own tokens become words, and its files are opened', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const editors = discord.role('Editors');
  const thread = discord.mention(discord.general, discord.alice, 'A film about milk.');
  await filmed(studio, thread);
  nemo.script(say('Your second video is ready.'));
  discord.mention(discord.thread(thread), discord.alice, 'Make this one, too', {
    forwarded: {
      content: `<@${discord.bob.id}> and <@&${editors.id}>: <#${discord.general.id}> https://shop.example/tea`,
      embeds: sent.previews,
      files: [{ name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('The cow wakes.') }],
    },
  });
  await studio.hear(thread.id, /second video/);
  await studio.idle();
  expect(toldAgent(nemo, 2)).toBe(
    'Make this one, too\n\n@Bob and @Editors: #general https://shop.example/tea\n\nnotes.txt:\nThe cow wakes.',
  );
});

test('a forward is nobody’s command, whatever it says', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const thread = discord.mention(discord.general, discord.alice, 'A film about milk.');
  await filmed(studio, thread);
  nemo.script(say('A film about a new beginning.'));
  discord.mention(discord.thread(thread), discord.alice, '', { forwarded: { content: 'new' } });
  await studio.hear(thread.id, /a new beginning/);
  expect(toldAgent(nemo, 2)).toBe('new');
});

test('a poll is its question and its answers', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const message = discord.write(discord.general, discord.bob, '', { poll: sent.poll });
  discord.interactions.onMessage(MENU, message, discord.alice);
  expect(await filmed(studio, message)).toBe(sent.pollWords);
});

test('a poll or a sticker among people in a thread of ours is not for us', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about milk.');
  await filmed(studio, asked);
  const thread = discord.thread(asked);
  const before = discord.said(thread.id).length;
  discord.write(thread, discord.bob, '', { poll: sent.poll });
  discord.write(thread, discord.bob, '', { stickers: [sent.sticker] });
  nemo.script(say('Now with a cow.'));
  discord.write(thread, discord.alice, 'Add a cow, please.');
  await studio.hear(thread.id, /Now with a cow/);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
  expect(toldAgent(nemo, 2)).toBe('Add a cow, please.');
  const words = discord.said(thread.id).slice(before);
  expect(words.filter(({ content }) => content.includes(discord.bob.id))).toEqual([]);
});

test('a file keeps the name that its person gave it, in whatever script', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const bytes = Buffer.from('从前有一座灯塔。');
  const asked = discord.mention(discord.general, discord.alice, '用这个做', {
    files: [{ name: 'unknown.txt', title: '灯塔的故事', type: 'text/plain', bytes }],
  });
  await studio.hear(asked.id, /\*\*灯塔的故事\.txt\*\*/);
  await studio.idle();
  expect(toldAgent(studio.nemo)).toBe('用这个做\n\n灯塔的故事.txt：\n从前有一座灯塔。');
});

test('a message that is found after an outage is read the same way', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about milk.');
  await filmed(studio, asked);
  nemo.script(say('With the poll.'));
  discord.gateway.deaf = true;
  discord.mention(discord.thread(asked), discord.alice, 'Use this', { poll: sent.poll });
  discord.gateway.drop({ forget: true });
  await studio.hear(asked.id, /With the poll/);
  await studio.idle();
  expect(toldAgent(nemo, 2)).toBe(`Use this\n\n${sent.pollWords}`);
});
