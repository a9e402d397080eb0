import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createFileLimits } from '../../../src/platforms/discord/file-size-limit.ts';
import { startStudio } from './studio.ts';

const MIB = 1024 * 1024;

test('what is learnt of refusals goes down step by step, and never below 8 MB', () => {
  const limits = createFileLimits(() => 0);
  expect(limits.refused('g', 60 * MIB)).toBe(50 * MIB);
  expect(limits.refused('g', 9 * MIB)).toBe(8 * MIB);
  expect(limits.refused('g', 8 * MIB)).toBeUndefined();
  expect(limits.refused('g', 30_000)).toBeUndefined();
  expect(limits.of('g', 3)).toBe(8 * MIB);
  limits.told('h', 30_000);
  expect(limits.of('h', 0)).toBe(8 * MIB);
});

/** Posts a file of 30 KB into a new thread. */
async function posting() {
  const studio = await startStudio({ start: false });
  const { discord, platform } = studio;
  const asked = discord.write(discord.general, discord.alice, 'hi');
  const thread = platform.thread({
    platform: 'discord',
    workspace: discord.world.guild.id,
    channel: discord.general.id,
    thread: asked.id,
  });
  const file = {
    name: 'a.mp4',
    bytes: 30_000,
    mime: 'video/mp4',
    description: 'A film about tea',
    open: async () => Readable.from([Buffer.alloc(30_000)]),
  };
  const post = (key: string) => thread.postFile(file, { text: 'Here' }, { key });
  const refuse = (times: number) =>
    discord.failNext('POST /channels/\\d+/messages', {
      status: 413,
      body: { message: 'Request entity too large', code: 40_005 },
      times,
    });
  return { discord, thread, post, refuse, asked };
}

test('a small file that is refused by mistake is sent once more, and nothing is learnt', async () => {
  const { discord, thread, post, refuse, asked } = await posting();
  const before = await thread.limits();
  refuse(1);
  await post('a');
  expect(discord.said(asked.id).flatMap(({ files }) => files)).toHaveLength(1);
  expect(await thread.limits()).toEqual(before);
});

test('a small file that is refused twice failed; the next one is sent as ever', async () => {
  const { thread, post, refuse } = await posting();
  const before = await thread.limits();
  refuse(2);
  await expect(post('a')).rejects.toMatchObject({ name: 'FileRefused', reason: 'failed' });
  expect(await thread.limits()).toEqual(before);
  await post('b');
});
