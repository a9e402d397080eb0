/** The timeline drawn on the page: what the server says is drawn, and what becomes of a press on a segment. */
import { expect, onTestFinished, test } from 'vitest';
import { sevenEdited, sevenScenes } from '../../doubles/nemo/seven-scenes.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startWebStudio, toldOnPage } from './studio.ts';

test('"timeline" and the button draw it, each with the words for it', async () => {
  const studio = await startWebStudio();
  onTestFinished(() => studio.close());
  studio.house.nemo.script({ draft: sevenScenes }, say('A day in the harbour.'));
  await studio.write('A film of a day in the harbour.');
  await studio.house.idle();
  await studio.write('export');
  await studio.house.idle();
  studio.house.nemo.script({ draft: sevenEdited }, say('I changed the fourth scene.'));
  await studio.write('Show a teapot in scene 4, and softer music.');
  const answer = await studio.hear(({ text }) => /fourth scene/.test(text));
  await studio.house.idle();
  await studio.press(answer, 'Timeline');
  await studio.hear((it) => it.private && it.drawing !== undefined);
  await studio.write('timeline');
  const shown = await studio.hear((it) => !it.private && it.drawing !== undefined);
  await studio.house.idle();
  const prompts = JSON.stringify(shown.drawing).match(/"data-prompt":"[^"]*"/g);
  expect(prompts).toHaveLength(8);
  expect(prompts?.[2]).toBe('"data-prompt":"scene 3: "');
  expect(JSON.stringify(shown.drawing)).toContain('changed since the last version');
  await expect(await toldOnPage(studio, 'The timeline as a picture')).toMatchFileSnapshot(
    'transcripts/timeline-picture.md',
  );
  expect(studio.errors).toEqual([]);
});
