/** Captions in the playground: the player has them, and the button gives them as files. */
import { expect, onTestFinished, test } from 'vitest';
import type { WireMessage } from '../../../src/platforms/web/wire.ts';
import { sevenScenes } from '../../doubles/nemo/seven-scenes.ts';
import { srt, subtitling, vtt } from '../captions-story.ts';
import { startWebStudio, toldOnPage } from './studio.ts';
import { ask, beginThread, sourceOf, startPlayground, upload } from './support.ts';

test('the video has them as a track, and "Captions" posts them', async () => {
  const studio = await startWebStudio({ draft: sevenScenes, rules: { autoExport: 'always' } });
  onTestFinished(() => studio.close());
  const { house } = studio;
  house.nemo.script(...subtitling);
  await studio.write('Add subtitles to my film of the harbour.');
  const video = await studio.hear(({ files }) => files.length > 0);
  await house.idle();
  const track = await studio.file(video.files[0]?.captions ?? 'none');
  expect(track.headers.get('content-type')).toBe('text/vtt');
  expect(await track.text()).toBe(vtt);
  await studio.press(video, 'Captions');
  const posted = await studio.hear(({ files }) => files.some((it) => it.name === 'captions.srt'));
  const texts = await Promise.all(
    posted.files.map(async ({ id }) => (await studio.file(id)).text()),
  );
  expect(texts).toEqual([srt, vtt]);
  await house.idle();
  await expect(await toldOnPage(studio, 'Captions')).toMatchFileSnapshot('transcripts/captions.md');
  expect(studio.errors).toEqual([]);
});

test('the captions of a video are not swept away with unused uploads', async () => {
  const first = await startPlayground();
  const { chat, thread } = await beginThread(first);
  const captions = sourceOf('captions.vtt', 'text/vtt', Buffer.from(vtt));
  const video = { ...sourceOf('a.mp4', 'video/mp4', Buffer.from('film')), captions };
  await chat.postFile(video, { text: 'Video ready!' }, { key: 'film' });
  await first.stop();
  const strict = await startPlayground({
    dataDir: first.dataDir,
    unusedUploads: { keepMs: 0, lookEveryMs: 20 },
  });
  onTestFinished(() => strict.close());
  const late = (await upload(strict, 'late.png', Buffer.from('late'))).json<{ id: string }>();
  while ((await ask(strict, 'GET', `/files/${late.id}`)).status !== 404)
    await new Promise((resolve) => setTimeout(resolve, 5));
  const { messages } = (await ask(strict, 'GET', `/api/threads/${thread}/messages`)).json<{
    messages: WireMessage[];
  }>();
  const id = messages.flatMap(({ files }) => files)[0]?.captions;
  expect((await ask(strict, 'GET', `/files/${id}`)).body.toString()).toBe(vtt);
});
