/**
 * Bolt loads a copy of undici of its own, and what is loaded first decides about the others: with the
 * toolkits' defaults, uploads arrived empty, or as the text "[object FormData]", or not at all.
 */
import '@slack/bolt';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { handMadeInbox, startPlatform } from '../slack/bare.ts';
import { png, startStudio } from './studio.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('with Bolt loaded first, files go out to Discord and to the backend byte by byte', async () => {
  const studio = await startStudio({ rules: { autoExport: 'first' } });
  const { discord, nemo } = studio;
  nemo.mp4 = Buffer.concat([nemo.mp4, randomBytes(700_000)]);
  const image = png('door.png');
  const asked = discord.mention(discord.general, discord.alice, 'With this', { files: [image] });
  const video = await studio.hear(asked.id, /Video ready/);
  await studio.idle();
  const [uploaded] = nemo.received('upload').flatMap(({ parts }) => parts ?? []);
  expect(uploaded?.sha256).toBe(sha256(image.bytes));
  expect(video.files.map(({ bytes }) => sha256(bytes))).toEqual([sha256(Buffer.from(nemo.mp4))]);
});

test('in the same process a file goes out to Slack byte by byte', async () => {
  const studio = await startStudio({ rules: { autoExport: 'first' } });
  const asked = studio.discord.mention(studio.discord.general, studio.discord.alice, 'A film');
  await studio.hear(asked.id, /Video ready/);
  const bare = await startPlatform('socket', handMadeInbox());
  try {
    const film = randomBytes(700_000);
    const thread = await bare.slack.write('@bot hello');
    const place = { platform: 'slack', workspace: 'T0TEA', channel: 'C0TEA', thread } as const;
    const open = async () => Readable.from([film.subarray(0, 65_536), film.subarray(65_536)]);
    const file = {
      name: 'a.mp4',
      mime: 'video/mp4',
      bytes: film.length,
      description: 'A film',
      open,
    };
    await bare.platform.thread(place).postFile(file, { text: 'Here' }, { key: 'k' });
    const files = bare.slack.thread(thread).flatMap((said) => said.files);
    expect(files.map(({ bytes }) => sha256(bytes ?? Buffer.alloc(0)))).toEqual([sha256(film)]);
  } finally {
    await bare.close();
  }
});

test('a file that turns out shorter than announced is refused whole', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'help');
  await studio.hear(asked.id, /Try saying/);
  const ref = {
    platform: 'discord',
    workspace: discord.world.guild.id,
    channel: discord.general.id,
    thread: asked.id,
  } as const;
  const source = {
    name: 'a.mp4',
    bytes: 2000,
    mime: 'video/mp4',
    description: 'A film about tea',
    open: async () => Readable.from([Buffer.alloc(1500)]),
  };
  const sent = studio.platform.thread(ref).postFile(source, { text: 'Here' }, { key: 'k' });
  await expect(sent).rejects.toMatchObject({ name: 'FileRefused', reason: 'failed' });
  expect(discord.said(asked.id).some(({ content }) => content === 'Here')).toBe(false);
});
