/** Captions: the words of a cut with their times, in a file; and a subtitle script brought in step with its video. */
import { expect, test } from 'vitest';
import { parseSubtitles } from '../../../src/documents/subtitles/read-subtitles.ts';
import { FileRefused } from '../../../src/platforms/chat.ts';
import { sevenLines, sevenScenes, sevenSubtitled } from '../../doubles/nemo/seven-scenes.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { bob, type Said } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { subtitling } from '../../platforms/captions-story.ts';
import { rewrite } from './restarting.ts';
import { hear, open, runs } from './support.ts';

const stamp = (second: number) => `00:00:${String(second).padStart(2, '0')},000`;
/** One line a second, as somebody wrote them before there was a film. */
const script = (lines: readonly string[]) => ({
  name: 'harbour.srt',
  bytes: Buffer.from(
    lines.map((line, at) => `${at + 1}\n${stamp(at)} --> ${stamp(at + 1)}\n${line}\n`).join('\n'),
  ),
});
const linesOf = ({ file }: Said) => parseSubtitles(file?.content.toString() ?? '');

test.each([
  ['captions', /Here are the captions of the video: 7 lines/],
  ['send me the subtitles', /Here are the captions of the video: 7 lines/],
  ['字幕', /这是视频的字幕，共 7 行/],
  ['subtítulos', /Aquí están los subtítulos del video: 7 líneas/],
])('"%s" gives them in the thread, and asks the agent nothing', async (word, said) => {
  const house = await open({ draft: sevenScenes });
  house.nemo.script(...subtitling);
  await house.room.write('Add subtitles to my film.');
  await house.idle();
  await house.room.write(word);
  const posted = await hear(house, said);
  expect(linesOf(posted).map(({ text }) => text)).toEqual(sevenLines);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('"add subtitles" is for the agent', async () => {
  const house = await open({ draft: sevenScenes });
  house.nemo.script(...subtitling);
  await house.room.write('add subtitles');
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('a press by anybody in the thread gives them to all, and a second one of the same event nothing more', async () => {
  const house = await open({ draft: sevenSubtitled });
  house.nemo.script({ draft: sevenSubtitled }, say('Done.'));
  await house.room.write('Something else.');
  await house.idle();
  await house.room.press('captions', { by: bob, key: 'same' });
  await house.room.press('captions', { by: bob, key: 'same' });
  await house.idle();
  expect(house.room.said.filter(({ file }) => file?.name === 'captions.srt')).toHaveLength(1);
});

test('a subtitle script comes back at the times of the scenes that were made of it', async () => {
  const house = await open();
  house.nemo.script({ draft: sevenScenes }, say('Seven scenes.'));
  await house.room.write('Make a film of this.', { files: [script(sevenLines)] });
  await house.idle();
  await house.room.write('captions');
  const posted = await hear(house, /Here is harbour\.srt in step with the video: 7 lines/);
  expect(linesOf(posted).map(({ start, end }) => [start, end])).toEqual(
    sevenLines.map((_, at) => [at * 4_500, (at + 1) * 4_500]),
  );
});

test('where its lines belong to no scene for certain, that is said, and subtitles are offered', async () => {
  const house = await open();
  house.nemo.script({ draft: sevenScenes }, say('Seven scenes.'));
  await house.room.write('Make a film of this.', { files: [script(['One.', 'Two.', 'Three.'])] });
  await house.idle();
  await house.room.write('captions');
  const told = await hear(house, /I cannot tell which lines of harbour\.srt belong to which scene/);
  expect(told.file).toBeUndefined();
  expect(told.message.buttons?.map(({ label }) => label)).toEqual(['Add subtitles']);
});

test('a script that is gone from where it was sent is said to be', async () => {
  const house = await open();
  house.nemo.script({ draft: sevenScenes }, say('Seven scenes.'));
  await house.room.write('Make a film of this.', { files: [script(sevenLines)] });
  await house.idle();
  house.room.forgetFiles();
  await house.room.write('captions');
  await hear(house, /harbour\.srt can no longer be read/);
});

test('a video without subtitles has none, and one press asks for them', async () => {
  const house = await open({ draft: sevenScenes });
  await house.room.write('captions');
  await hear(house, /Nothing to export yet/);
  house.nemo.script({ draft: sevenScenes }, say('Here.'));
  await house.room.write('A film, please.');
  await house.idle();
  await house.room.write('captions');
  const told = await hear(house, /no subtitles on the timeline yet/);
  const [does] = told.message.buttons?.map((button) => button.does) ?? [];
  expect(does).toEqual({ action: 'prompt', value: 'Add subtitles' });
});

test.each([
  ['the place takes no files', 'no files'],
  ['the file is refused', 'refused'],
])('where %s, that is said in its place', async (_, how) => {
  const house = await open({ draft: sevenSubtitled });
  house.nemo.script({ draft: sevenSubtitled }, say('Done.'));
  await house.room.write('Something else.');
  await house.idle();
  if (how === 'refused') house.room.fileRefusals.push(new FileRefused('not-allowed', 'no'));
  else house.room.capabilities = { ...house.room.capabilities, files: false };
  await house.room.write('captions');
  await hear(house, /Files cannot be posted here, so I cannot give you the captions/);
});

test('what a player is given are the captions of the cut that was rendered, and none of a later cut', async () => {
  const house = await open({ draft: sevenScenes, rules: { autoExport: 'always' } });
  house.nemo.script(...subtitling);
  await house.room.write('Add subtitles to my film.');
  const first = await hear(house, /Video ready/);
  expect(first.file?.captions).toContain(sevenLines[0]);
  await house.idle();
  // Somebody works on it in the editor while it is rendered.
  house.nemo.once('render-state', (_request, world) => {
    for (const session of world.sessions.values()) session.draft = { ...sevenSubtitled, d: 50_000 };
    return undefined;
  });
  house.nemo.script({ draft: { ...sevenSubtitled, d: 40_000 } }, say('Longer.'));
  await house.room.write('Make it longer.');
  await house.idle();
  const videos = house.room.said.filter(({ file }) => file?.name.endsWith('.mp4'));
  expect(videos.map(({ file }) => file?.captions !== undefined)).toEqual([true, false]);
});

test.each([
  ['captions', /Here are the captions/],
  ['timeline', /Nothing is running/],
])(
  'a worker that dies behind the post of "%s" leaves one file, and its successor adds none',
  async (word, said) => {
    const path = await databaseFile();
    const pictures = { png: async () => new Uint8Array([1]) };
    const house = await open({ path, pictures, draft: sevenSubtitled });
    house.nemo.script({ draft: sevenSubtitled }, say('Done.'));
    await house.room.write('Something else.');
    await house.idle();
    await house.room.write(word);
    await hear(house, said);
    await house.idle();
    await rewrite(
      house,
      path,
      "UPDATE turns SET phase = 'accepted', finished_at = NULL, owner = 'dead', lease_until = 0, fence = fence + 1 WHERE lane = 'immediate'",
    );
    const next = await open({ path, pictures, nemo: house.nemo, room: house.room });
    await next.idle();
    expect(house.room.said.filter(({ message }) => said.test(message.text))).toHaveLength(1);
  },
);
