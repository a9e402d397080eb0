/** Several files with one instruction each: one video after the other, each with its own render. */
import { expect, test } from 'vitest';
import type { HouseOptions } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { say, toolCall } from '../../doubles/nemo/steps.ts';
import { alice, bob } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { drafts, files, LIST, photo, stoppedWhileRendered, threeCuts, videos } from './batching.ts';
import { withTitle } from './drafts.ts';
import { hear, open, runs, story, texts, toldAgent } from './support.ts';

test('three files with three instructions become three videos, in order, each of its own draft', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write(LIST, { files });
  await house.idle();
  expect(house.room.everSeen().join('\n')).toContain(
    "I'll make 3 videos, one after the other: 1. harbour · 2. market · 3. garden",
  );
  expect(videos(house)).toEqual([
    'harbour.mp4: **1 of 3 — harbour.mp4**',
    'market.mp4: **2 of 3 — market.mp4**',
    'garden.mp4: **3 of 3 — garden.mp4**',
  ]);
  expect(runs(house)).toBe(3);
  expect(toldAgent(house, 1)).toContain('slow and calm');
  expect(toldAgent(house, 2)).toMatch(/2 of 3[\s\S]*fast cuts[\s\S]*market\.png/);
  expect(toldAgent(house, 3)).toContain('with a title');
  expect(new Set(drafts(house)).size).toBe(3);
  expect(house.nemo.received('session')).toHaveLength(1);
  expect(story(house)).toContain('All 3 videos are done.');
});

test('three videos are five messages: the status, the videos with what was said of them, and the end', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write(LIST, { files });
  await hear(house, /All 3 videos are done/);
  await house.idle();
  expect(texts(house)).toHaveLength(5);
  expect(texts(house)[0]).toMatch(
    /^✅ Done[\s\S]*Got \*\*harbour\.png[\s\S]*market\.png[\s\S]*garden\.png/,
  );
  expect(texts(house)[1]).toMatch(
    /^\*\*1 of 3 — harbour\.mp4\*\*\n\n[\s\S]*Timeline[\s\S]*\n\n✅ Video ready!/,
  );
});

test('what was said of a video that is never made is said without it', async () => {
  const house = await open();
  threeCuts(house);
  house.nemo.on('render', refused(400, 400, 'no'));
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /0 of 2 videos are done/);
  await house.idle();
  const said = texts(house).filter((text) => /^\*\*1 of 2/.test(text));
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(/^\*\*1 of 2 — harbour\*\*\n\n[\s\S]*Timeline/);
  expect(said[1]).toMatch(/Export failed/);
});

test('stopped while it is rendered, what was said of a video is said before the stop', async () => {
  const { house } = await stoppedWhileRendered();
  const [, answer, stop] = texts(house);
  expect(answer).toMatch(/^\*\*1 of 2 — harbour\*\*\n\n[\s\S]*Timeline/);
  expect(stop).toMatch(/Stopped/);
});

test('files of which something is wrong are named in the answer, too', async () => {
  const house = await open();
  const broken = { name: 'sheet.exe', bytes: Buffer.from('MZ') };
  house.nemo.script({ draft: withTitle('Harbour') }, say('The harbour is ready.'));
  await house.room.write('A film of this.', { files: [photo('harbour.png'), broken] });
  const answer = await hear(house, /The harbour is ready/);
  expect(answer.message.text).toMatch(/sheet\.exe/);
  expect(answer.message.text).not.toMatch(/harbour\.png/);
  await house.idle();
  expect(texts(house)[0]).toMatch(/^✅ Done[\s\S]*harbour\.png[\s\S]*sheet\.exe/);
});

test('"each:" gives all files one instruction', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write('each: ten seconds, calm', { files: files.slice(0, 2) });
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(toldAgent(house, 1)).toContain('ten seconds, calm');
  expect(toldAgent(house, 2)).toContain('ten seconds, calm');
  expect(videos(house)).toHaveLength(2);
});

test('one that fails is told, and does not stop the others', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  house.nemo.script({ draft: withTitle('Garden') });
  await house.room.write(LIST, { files });
  await house.idle();
  expect(videos(house).map((v) => v.slice(0, 7))).toEqual(['harbour', 'garden.']);
  expect(story(house)).toMatch(/2 of 3 — market\.mp4\*\*\nThat request was refused/);
  expect(story(house)).toContain('2 of 3 videos are done.\nNot made: market.');
});

test('one that brings words and no video is not counted as made', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.script(say('I see a market in this picture.'));
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /1 of 2 videos is done\.\nNot made: market\./);
  await house.idle();
  expect(story(house)).toMatch(/2 of 2 — market\*\*\n\nI see a market in this picture/);
  expect(videos(house)).toHaveLength(1);
});

test('the status says which one it is at, and the last message what can be changed now', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write(LIST, { files });
  await house.idle();
  const seen = house.room.everSeen().join('\n');
  for (const n of [1, 2, 3]) expect(seen).toMatch(new RegExp(`^${n} of 3 · Working`, 'm'));
  const last = await hear(house, /All 3 videos are done/);
  expect(last.message.text).toContain('changes the last one, **garden**');
  expect(last.message.mention).toEqual(['U-alice']);
  expect(last.message.buttons?.map(({ label }) => label)).toContain('Change something');
});

test('the agent that changes nothing and speaks of an export does not bring the video before once more', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.script(say('Your video is ready. Click the Export button to export it.'));
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /Not made: market/);
  await house.idle();
  expect(videos(house)).toHaveLength(1);
});

test('without credits the others are not tried, and it is said once', async () => {
  const house = await open();
  house.nemo.on('run_sse', refused(402, 2001, 'credits'));
  await house.room.write(LIST, { files });
  await hear(house, /Not made: harbour, market, garden/);
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(house.room.privateTo(alice)).toHaveLength(1);
});

test('files of one name are told apart: in the plan, for the agent and as videos', async () => {
  const house = await open();
  threeCuts(house);
  const pasted = (n: number) => ({ ...photo(`pasted ${n}`), name: 'image.png' });
  await house.room.write('1. slow\n2. fast', { files: [pasted(1), pasted(2)] });
  await house.idle();
  expect(house.room.everSeen().join('\n')).toContain('1. image · 2. image-2');
  expect(story(house)).toContain('Got **image.png** (image), as **image-2.png**.');
  expect(toldAgent(house, 1)).toContain('image.png (image)');
  expect(toldAgent(house, 2)).toContain('image-2.png (image)');
  expect(videos(house).map((v) => v.split(':')[0])).toEqual(['image.mp4', 'image-2.mp4']);
});

test('what is said about all of them is told to the agent with each', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write(`Ten seconds, in portrait:\n${LIST}`, { files });
  await house.idle();
  for (const n of [1, 2, 3])
    expect(toldAgent(house, n)).toContain(
      'This was said about all 3 videos: Ten seconds, in portrait:',
    );
});

test("another person's message with several files becomes one video each when asked so", async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write('one video each please', { quoted: { text: 'Our harbour', files } });
  await house.idle();
  expect(videos(house)).toHaveLength(3);
  expect(toldAgent(house, 2)).toMatch(/one video each please[\s\S]*Our harbour[\s\S]*market\.png/);
});

test('chosen by a switch, no words are needed', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write('', { files, each: true });
  await house.idle();
  expect(videos(house)).toHaveLength(3);
  expect(toldAgent(house, 3)).toMatch(/3 of 3[\s\S]*Make a video from this file/);
});

test('stop ends the rest', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.script(toolCall('edit_multitrack', 'e'), { hang: true });
  await house.room.write(LIST, { files });
  await hear(house, /1 of 3 — harbour/);
  await house.nemo.arrival('run_sse', 2);
  await house.room.write('stop');
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(videos(house)).toHaveLength(1);
  expect(story(house)).toContain('Stopped.');
});

test('a restart in the middle goes on with the video it was at', async () => {
  const path = await databaseFile();
  const options: HouseOptions = { path };
  const house = await open(options);
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', { never: true });
  await house.room.write(LIST, { files });
  await house.nemo.arrival('run_sse', 2);
  await house.conversation.drain(0);
  for (const session of house.nemo.sessions.values()) session.draft = withTitle('Market');
  house.nemo.script({ draft: withTitle('Garden') });
  const later = await open({ ...options, nemo: house.nemo, room: house.room });
  await later.idle();
  expect(videos(later).map((v) => v.split(':')[0])).toEqual([
    'harbour.mp4',
    'market.mp4',
    'garden.mp4',
  ]);
  expect(runs(later)).toBe(3);
  expect(later.nemo.received('render')).toHaveLength(3);
  expect(texts(later).map((text) => text.split('\n')[0])).toEqual([
    expect.stringMatching(/^✅ Done in /),
    '**1 of 3 — harbour.mp4**',
    '**2 of 3 — market.mp4**',
    '**3 of 3 — garden.mp4**',
    'All 3 videos are done.',
  ]);
});

test('the same document twice is one script', async () => {
  const house = await open();
  const brief = { name: 'brief.txt', bytes: Buffer.from('The sea is calm.') };
  await house.room.write('Use these.', { files: [brief, { ...brief, name: 'copy.txt' }] });
  await house.idle();
  expect(story(house)).toContain('**copy.txt** is the same as **brief.txt**');
  expect(toldAgent(house)).toBe('Use these.\n\nbrief.txt:\nThe sea is calm.');
});

test('the same content is uploaded once, under whatever name it comes', async () => {
  const house = await open();
  const copy = { ...photo('harbour.png'), name: 'copy.png' };
  await house.room.write('Use both.', { files: [photo('harbour.png'), copy] });
  await house.idle();
  expect(house.nemo.received('upload')).toHaveLength(1);
  expect(story(house)).toContain(
    '**copy.png** is the same as **harbour.png**, which is here already.',
  );
  expect(toldAgent(house)).toContain('harbour.png (image, also called copy.png)');
  await house.room.write('And again.', { by: bob, files: [photo('harbour.png')] });
  await house.idle();
  expect(house.nemo.received('upload')).toHaveLength(1);
});
