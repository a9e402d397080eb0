/** Versions and videos that fit, as people on Discord see them. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { transcript } from '../../doubles/discord/transcript.ts';
import { fakeFfmpeg } from '../../doubles/fake-ffmpeg.ts';
import { ASKED, firstCut, makesThreeCuts } from '../../doubles/nemo/three-cuts.ts';
import { givesSizes, orderedResolutions } from '../../doubles/nemo/video-sizes.ts';
import { startStudio } from './studio.ts';

const MB = 1024 * 1024;
const order = z.object({ draft: z.unknown() });

test('three versions are listed, compared, and the first is exported once more', async () => {
  const studio = await startStudio({ rules: { autoExport: 'always' } });
  const { discord, nemo } = studio;
  makesThreeCuts(nemo);
  const [first, ...edits] = ASKED;
  const asked = discord.mention(discord.general, discord.alice, first);
  await studio.hear(asked.id, /Video ready! v1/);
  await studio.idle();
  const thread = discord.thread(asked);
  for (const [index, words] of edits.entries()) {
    discord.write(thread, discord.alice, words);
    await studio.hear(asked.id, new RegExp(`Video ready! v${index + 2}`));
    await studio.idle();
  }
  const videos = discord.said(asked.id).filter(({ files }) => files.length > 0);
  discord.write(thread, discord.bob, 'versions');
  const list = await studio.hear(asked.id, /3 finished videos/);
  await studio.idle();
  for (const { id } of videos)
    expect(list.content).toContain(
      `https://discord.com/channels/${discord.world.guild.id}/${thread.id}/${id}`,
    );
  const compared = discord.interactions.press(list, 'Compare v2 and v3', discord.bob);
  await discord.until(() => compared.replies.length > 0);
  expect(compared.replies[0]?.text).toMatch(/What changed from v2 to v3:[\s\S]*Morning Tea/);
  discord.write(thread, discord.bob, 'compare v1 v2');
  await studio.hear(asked.id, /from v1 to v2:[\s\S]*20%/);
  discord.write(thread, discord.bob, 'v1 720p');
  await discord.until(
    () => discord.said(asked.id).filter((m) => /ready! v1/.test(m.content)).length > 1,
  );
  await studio.idle();
  expect(order.parse(nemo.received('render').at(-1)?.json).draft).toEqual(firstCut);
  discord.interactions.press(list, 'Export v2', discord.alice);
  await studio.hear(asked.id, /Here it is again: v2/);
  await studio.idle();
  const used = discord.interactions.slash('versions', discord.alice, thread);
  await discord.until(() => used.replies.length > 0);
  expect(used.replies[0]?.text).toContain('3 finished videos');
  await expect(transcript(discord, 'Versions', ['the thread', asked.id])).toMatchFileSnapshot(
    'transcripts/versions.md',
  );
});

test('a video of 30 MB comes as a link at once, and as a smaller copy that plays', async () => {
  const studio = await startStudio({ rules: { autoExport: 'first', fitVideo: true } });
  const { discord, nemo } = studio;
  givesSizes(nemo, { full: 30 * MB, '720p': 3 * MB });
  const asked = discord.mention(discord.general, discord.alice, ASKED[0]);
  const copy = await studio.hear(asked.id, /smaller copy to play here/);
  await studio.idle();
  expect(orderedResolutions(nemo)).toEqual([undefined, '720p']);
  expect(copy.files.map(({ bytes }) => bytes.length)).toEqual([3 * MB]);
  expect(copy.notified).toEqual([]);
  await expect(
    transcript(discord, 'A video that fits', ['the thread', asked.id]),
  ).toMatchFileSnapshot('transcripts/fit-video.md');
});

test.each([true, false])('a host that ignores the wish, ffmpeg on the machine: %s', async (has) => {
  const { program } = await fakeFfmpeg('works');
  const studio = await startStudio({
    rules: { autoExport: 'first', fitVideo: true },
    ...(has ? { ffmpeg: program } : {}),
  });
  const { discord, nemo } = studio;
  givesSizes(nemo, { full: 30 * MB });
  const asked = discord.mention(discord.general, discord.alice, ASKED[0]);
  await studio.hear(asked.id, /over the 10 MB limit/);
  await studio.idle();
  expect(orderedResolutions(nemo)).toEqual([undefined, '720p']);
  const name = has ? 'fit-video-by-ffmpeg' : 'fit-video-in-vain';
  await expect(
    transcript(discord, 'A host that ignores the wish', ['the thread', asked.id]),
  ).toMatchFileSnapshot(`transcripts/${name}.md`);
});
