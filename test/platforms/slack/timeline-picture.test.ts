/** The timeline as a picture in Slack: beside the words where the thread takes a file, and in words alone elsewhere. */
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { sevenEdited, sevenScenes } from '../../doubles/nemo/seven-scenes.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { openTestPictures, sizeOf } from '../../pictures/draw-here.ts';
import { storyOf } from './story.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

const open: Town[] = [];
afterEach(async () => {
  for (const town of open.splice(0).reverse()) await town.close();
});

async function begin(options: TownOptions = {}): Promise<Town> {
  const pictures = await openTestPictures();
  onTestFinished(() => pictures.close());
  const town = await startTown({ pictures, draft: sevenScenes, ...options });
  open.push(town);
  return town;
}

async function edited({ slack, nemo, house }: Town): Promise<string> {
  nemo.script({ draft: sevenEdited }, say('I changed the fourth scene.'));
  const thread = await slack.write('@bot Show a teapot in scene 4, and softer music.');
  await slack.until((m) => m.thread_ts === thread && /fourth scene/.test(m.text));
  await house.idle();
  return thread;
}

test('the word "timeline" shows it in the thread, a press on the button says it in words to one person', async () => {
  const town = await begin();
  const { slack, house } = town;
  const thread = await edited(town);
  await slack.write('timeline', { thread });
  const shown = await slack.until((m) => m.files.length > 0);
  const [png] = shown.files;
  expect(sizeOf(png?.bytes ?? Buffer.alloc(0))[0]).toBe(1920);
  expect(png?.bytes.length).toBeLessThan(100_000);
  await slack.click(shown, /^Timeline$/);
  await slack.untilTrue(() => slack.ephemerals.some((m) => /Timeline \(2 tracks\)/.test(m.text)));
  await house.idle();
  await expect(storyOf(slack, 'The timeline as a picture', thread)).toMatchFileSnapshot(
    'transcripts/timeline-picture.md',
  );
  expect(slack.violations).toEqual([]);
});

test.each([
  ['files are switched off', 'files.getUploadURLExternal', 'file_uploads_disabled'],
  ['its bytes are not taken', 'files.completeUploadExternal', 'posting_to_general_channel_denied'],
])('where %s, the words go alone', async (_why, method, error) => {
  const town = await begin();
  const { slack } = town;
  const thread = await edited(town);
  slack.fail(method, { error });
  await slack.write('status', { thread });
  const said = await slack.until(
    (m) => m.thread_ts === thread && /Timeline \(2 tracks\)/.test(m.text),
  );
  expect(said.files).toEqual([]);
});
