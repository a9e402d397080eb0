/** Whole conversations on the page, kept as transcripts: what is the bot's in them is the same as in the chats. */
import { expect, onTestFinished, test } from 'vitest';
import type { HouseOptions } from '../../doubles/house.ts';
import { CHANGE, makesIt, PLANNED_SCRIPT } from '../../doubles/nemo/planned.ts';
import { ASKED, firstCut, makesThreeCuts } from '../../doubles/nemo/three-cuts.ts';
import { makesThree, ORDERS, pictures } from '../../doubles/nemo/three-videos.ts';
import { startWebStudio, toldOnPage, type WebStudio } from './studio.ts';

async function begin(rules: NonNullable<HouseOptions['rules']>): Promise<WebStudio> {
  const studio = await startWebStudio({ rules });
  onTestFinished(() => studio.close());
  return studio;
}

async function kept(studio: WebStudio, name: string, title: string): Promise<void> {
  await studio.house.idle();
  await expect(await toldOnPage(studio, title)).toMatchFileSnapshot(`transcripts/${name}.md`);
  expect(studio.errors).toEqual([]);
  expect(studio.house.nemo.violations).toEqual([]);
}

test('plan, change, make', async () => {
  const studio = await begin({ autoExport: 'first' });
  const { house, hear } = studio;
  await studio.write(PLANNED_SCRIPT);
  await hear(({ text }) => /Nothing is made yet/.test(text));
  await house.idle();
  await studio.write(CHANGE);
  const changed = await hear(({ text }) => /about 30 s/.test(text));
  await house.idle();
  expect(house.nemo.received('run_sse')).toHaveLength(0);
  makesIt(house.nemo);
  await studio.press(changed, 'Make it');
  await hear(({ text }) => /Video ready/.test(text));
  await kept(studio, 'plan-first', 'A plan first');
});

test('two edits, the list of versions, and an export of the first', async () => {
  const studio = await begin({ autoExport: 'always' });
  const { house, hear } = studio;
  makesThreeCuts(house.nemo);
  for (const [index, words] of ASKED.entries()) {
    await studio.write(words);
    await hear(({ text }) => text.includes(`ready! v${index + 1}`));
    await house.idle();
  }
  await studio.write('versions');
  await hear(({ text }) => /3 finished videos/.test(text));
  await house.idle();
  await studio.write('v1 in portrait, 720p');
  await house.idle();
  const { json } = house.nemo.received('render').at(-1) ?? {};
  expect(json).toMatchObject({ draft: firstCut });
  await kept(studio, 'versions', 'Versions');
});

test('three videos of three files are five messages', async () => {
  const studio = await begin({ autoExport: 'first' });
  makesThree(studio.house.nemo);
  await studio.write(ORDERS, pictures);
  await studio.hear(({ text }) => /All 3 videos are done/.test(text));
  await studio.house.idle();
  expect((await studio.messages()).filter(({ author }) => author === 'bot')).toHaveLength(5);
  await kept(studio, 'batch', 'Three videos from one message');
});
