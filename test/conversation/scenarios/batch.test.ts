/** Several files with one instruction each: one video after the other, each with its own render. */
import { expect, test } from 'vitest';
import type { House, HouseOptions } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { say, toolCall } from '../../doubles/nemo/steps.ts';
import { alice, bob } from '../../doubles/room.ts';
import { withTitle } from './drafts.ts';
import {
  databaseFile,
  hear,
  open,
  runs,
  story,
  texts,
  times,
  toldAgent,
  tryAgain,
} from './support.ts';

const photo = (name: string) => ({
  name,
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
});
const files = [photo('harbour.png'), photo('market.png'), photo('garden.png')];
const LIST = '1. slow and calm\n2. fast cuts\n3. with a title';

/** The agent makes another cut at every run. */
function threeCuts(house: House): void {
  for (const name of ['Harbour', 'Market', 'Garden']) house.nemo.script({ draft: withTitle(name) });
}
const videos = (house: House) =>
  house.room
    .visible()
    .flatMap((said) =>
      said.file ? [`${said.file.name}: ${said.message.text.split('\n')[0]}`] : [],
    );
const drafts = (house: House) =>
  house.nemo.received('render').map((r) => JSON.stringify((r.json as { draft: unknown }).draft));

test('three files with three instructions become three videos, in order, each of its own draft', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write(LIST, { files });
  await house.idle();
  expect(texts(house)).toContain(
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

test('"Try again" makes what is left, under the numbers it had', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  house.nemo.script({ draft: withTitle('Garden') });
  await house.room.write(LIST, { files });
  const summary = await hear(house, /Not made: market/);
  await house.idle();
  house.nemo.script({ draft: withTitle('Market') });
  await tryAgain(house, summary);
  await hear(house, /All 3 videos are done/);
  await house.idle();
  expect(runs(house)).toBe(4);
  expect(toldAgent(house, 4)).toMatch(/2 of 3[\s\S]*fast cuts[\s\S]*market\.png/);
  expect(videos(house).at(-1)).toBe('market.mp4: **2 of 3 — market.mp4**');
  expect(house.nemo.received('upload')).toHaveLength(3);
  await house.room.write('retry');
  await hear(house, /nothing to repeat/);
  await house.idle();
  expect(runs(house)).toBe(4);
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

/** The first render ends only when that is said; the others as usual. */
function withSlowFirst(house: House): { end(as: 'completed' | 'failed'): void } {
  let slow: string | undefined;
  let status: 'processing' | 'completed' | 'failed' = 'processing';
  house.nemo.on('render-state', (request, world) => {
    slow ??= request.path;
    if (request.path !== slow) return undefined;
    const outputUrl = `${world.filesUrl}/late.mp4`;
    const data = { status, progress: 50, ...(status === 'completed' ? { outputUrl } : {}) };
    return { json: { success: true, data } };
  });
  return {
    end(as) {
      status = as;
    },
  };
}

test('a render that takes very long does not hold up the next video, and comes under its own name', async () => {
  const house = await open({ scale: 0.0005 });
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.script({ draft: { ...withTitle('Market'), d: 25_000 } });
  const render = withSlowFirst(house);
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /Still being rendered: harbour\. I post it when it is ready\./);
  expect(story(house)).toMatch(/1 of 2 — harbour\.mp4\*\*\nThe export is taking longer than usual/);
  render.end('completed');
  const late = await hear(house, /1 of 2 — harbour\.mp4\*\*\n✅/);
  await house.idle();
  expect(videos(house)).toEqual([
    'market.mp4: **2 of 2 — market.mp4**',
    'harbour.mp4: **1 of 2 — harbour.mp4**',
  ]);
  expect(late.message.text).toContain('(1080×1920, 10 s)');
  expect(house.nemo.received('render')).toHaveLength(2);
  expect(new Set(drafts(house)).size).toBe(2);
});

test('a render that fails late is told by its name, and can be made again', async () => {
  const house = await open({ scale: 0.0005 });
  threeCuts(house);
  const render = withSlowFirst(house);
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /Still being rendered: harbour/);
  render.end('failed');
  const failed = await hear(house, /1 of 2 — harbour\.mp4\*\*\nExport failed/);
  await house.idle();
  expect(failed.message.buttons?.map(({ label }) => label)).toEqual(['Try again']);
  house.nemo.script({ draft: withTitle('Harbour once more') });
  await tryAgain(house, failed);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(texts(house)).toContain("I'll make one video: 1. harbour");
  expect(runs(house)).toBe(3);
});

test('every "Try again" under a batch knows what the others have made, whatever came in between', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  const first = await hear(house, /Not made: market/);
  await house.idle();
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  await tryAgain(house, first);
  await house.room.untilTrue(() => times(house, /Not made: market/) === 2);
  await house.idle();
  const second = house.room.visible().at(-1);
  house.nemo.script({ draft: withTitle('Market') });
  await tryAgain(house, first);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  await house.room.write('export');
  await house.idle();
  for (const said of [first, second]) if (said) await tryAgain(house, said);
  await house.room.untilTrue(() => times(house, /nothing to repeat/) === 2);
  await house.idle();
  expect(runs(house)).toBe(4);
});

test('a render that fails after the rest was made again can be made as well', async () => {
  const house = await open({ scale: 0.0005 });
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  const render = withSlowFirst(house);
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  const summary = await hear(house, /Still being rendered: harbour[\s\S]*Not made: market/);
  house.nemo.script({ draft: withTitle('Market') });
  await tryAgain(house, summary);
  await hear(house, /2 of 2 — market\.mp4/);
  await house.room.untilTrue(() => times(house, /Still being rendered: harbour/) === 2);
  render.end('failed');
  const failed = await hear(house, /1 of 2 — harbour\.mp4\*\*\nExport failed/);
  await house.idle();
  house.nemo.script({ draft: withTitle('Harbour once more') });
  await tryAgain(house, failed);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(runs(house)).toBe(4);
});

test('"Try again" pressed twice makes what is left once', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  const summary = await hear(house, /Not made: market/);
  await house.idle();
  house.nemo.script({ draft: withTitle('Market') });
  await tryAgain(house, summary);
  await tryAgain(house, summary);
  await hear(house, /nothing to repeat/);
  await house.idle();
  expect(runs(house)).toBe(3);
  expect(videos(house)).toHaveLength(2);
});

test('stopped while a video is rendered: "Try again" exports it, and makes the rest', async () => {
  const house = await open();
  threeCuts(house);
  let stopped = false;
  house.nemo.on('render-state', () =>
    stopped ? undefined : { json: { success: true, data: { status: 'processing', progress: 5 } } },
  );
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /1 of 2 · ⏳ Rendering: 5%/);
  await house.room.write('stop');
  const end = await hear(house, /0 of 2 videos are done; press \*Try again\*/);
  await house.idle();
  stopped = true;
  await tryAgain(house, end);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(videos(house).map((it) => it.split(':')[0])).toEqual(['harbour.mp4', 'market.mp4']);
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

test('an export that got lost is not taken for the next video', async () => {
  const house = await open();
  threeCuts(house);
  house.nemo.on('render', (request, world) => {
    const order = request.json as { id: string };
    if (!JSON.stringify(request.json).includes('Harbour')) return undefined;
    world.renders.set(order.id, { polls: 0 });
    return { drop: true };
  });
  // Nor can it be looked for, until the next video is made.
  house.nemo.on('render-state', () => (runs(house) < 2 ? { drop: true } : undefined));
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /1 of 2 videos is done\.\nNot made: harbour/);
  await house.idle();
  expect(videos(house)).toEqual(['market.mp4: **2 of 2 — market.mp4**']);
  expect(drafts(house).at(-1)).toContain('Market');
});

test('files of one name are told apart: in the plan, for the agent and as videos', async () => {
  const house = await open();
  threeCuts(house);
  const pasted = (n: number) => ({ ...photo(`pasted ${n}`), name: 'image.png' });
  await house.room.write('1. slow\n2. fast', { files: [pasted(1), pasted(2)] });
  await house.idle();
  expect(story(house)).toContain('1. image · 2. image-2');
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
  expect(texts(later).filter((text) => /I'll make 3 videos/.test(text))).toHaveLength(1);
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
