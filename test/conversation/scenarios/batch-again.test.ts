/** Batches that do not go straight through: late and lost renders, a stop, and making what is left. */
import { expect, test } from 'vitest';
import { ChatError } from '../../../src/platforms/chat.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { say } from '../../doubles/nemo/steps.ts';
import {
  drafts,
  files,
  LIST,
  stoppedWhileRendered,
  threeCuts,
  videos,
  withSlowFirst,
} from './batching.ts';
import { withTitle } from './drafts.ts';
import { edit, hear, open, runs, story, times, toldAgent, tryAgain } from './support.ts';

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
  expect(house.room.everSeen().join('\n')).toContain("I'll make one video: 1. harbour");
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

test('an order that was never followed up is not taken for the next video', async () => {
  const house = await open();
  threeCuts(house);
  house.nemo.on('render', (request, world) => {
    const order = request.json as { id: string };
    if (!JSON.stringify(request.json).includes('Harbour')) return undefined;
    world.renders.set(order.id, { polls: 0 });
    return refused(429, 429, 'slow down');
  });
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /1 of 2 videos is done\.\nNot made: harbour/);
  await house.idle();
  expect(videos(house)).toEqual(['market.mp4: **2 of 2 — market.mp4**']);
  expect(drafts(house).at(-1)).toContain('Market');
});

test('stopped, and delivered by an export of somebody: "Try again" makes the rest alone', async () => {
  const { house, end, goOn } = await stoppedWhileRendered();
  goOn();
  await house.room.write('export');
  await hear(house, /Video ready!/);
  await house.idle();
  await tryAgain(house, end);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(house.room.everSeen().join('\n')).toContain("I'll make one video: 2. market");
  expect(runs(house)).toBe(2);
  expect(toldAgent(house, 2)).toContain('market.png');
  expect(house.nemo.received('render')).toHaveLength(2);
});

test('stopped, and an export stopped as well: "Try again" exports what was answered', async () => {
  const { house, end, goOn } = await stoppedWhileRendered();
  await house.room.write('export');
  await house.room.untilTrue(() => times(house, /^⏳ Rendering: 5%/) === 1);
  await house.room.write('stop');
  await house.room.untilTrue(() => times(house, /^Stopped\./) === 2);
  await house.idle();
  goOn();
  await tryAgain(house, end);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(videos(house).map((it) => it.split(':')[0])).toEqual(['harbour.mp4', 'market.mp4']);
});

test('stopped, and changed by another message: "Try again" asks for it anew', async () => {
  const { house, end, goOn } = await stoppedWhileRendered();
  goOn();
  house.nemo.script({ draft: withTitle('Something else') });
  await house.room.write('make it something else');
  await house.idle();
  for (const name of ['Harbour once more', 'Market once more'])
    house.nemo.script({ draft: withTitle(name) });
  await tryAgain(house, end);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(toldAgent(house, 3)).toContain('harbour.png');
  expect(runs(house)).toBe(4);
});

test('stopped before its answer was said: "Try again" says it, and exports it', async () => {
  const house = await open();
  // Too much to be said with the video.
  house.nemo.script({ draft: withTitle('Harbour') }, say('The boats come home. '.repeat(60)));
  house.nemo.script({ draft: withTitle('Market') });
  house.room.posting = async ({ text }) => {
    if (!/1 of 2 — harbour\*\*/.test(text)) return;
    house.room.posting = async () => undefined;
    await house.room.press('stop');
    throw new ChatError('unreachable', 'the chat is away');
  };
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  const end = await hear(house, /0 of 2 videos are done; press \*Try again\*/);
  await house.idle();
  await tryAgain(house, end);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(times(house, /1 of 2 — harbour\*\*/)).toBe(1);
  expect(runs(house)).toBe(2);
  expect(videos(house).map((it) => it.split(':')[0])).toEqual(['harbour.mp4', 'market.mp4']);
});

test('an earlier video that was answered and never rendered is exported while its cut stands', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  let isRefused = true;
  house.nemo.on('render', () => (isRefused ? refused(400, 400, 'no') : undefined));
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  const summary = await hear(house, /Not made: harbour, market/);
  await house.idle();
  isRefused = false;
  house.nemo.script({ draft: withTitle('Market') });
  await tryAgain(house, summary);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(runs(house)).toBe(3);
  expect(toldAgent(house, 3)).toContain('market.png');
  expect(videos(house).map((it) => it.split(':')[0])).toEqual(['harbour.mp4', 'market.mp4']);
});

test('while the backend does not say what the session holds, "Try again" waits and asks for nothing', async () => {
  const { house, end, goOn } = await stoppedWhileRendered();
  await house.room.write('export');
  await house.room.untilTrue(() => times(house, /^⏳ Rendering: 5%/) === 1);
  await house.room.write('stop');
  await house.room.untilTrue(() => times(house, /^Stopped\./) === 2);
  await house.idle();
  goOn();
  let looks = 0;
  house.nemo.on('state', () => {
    looks += 1;
    return looks > 8 ? undefined : refused(503, 503, 'down');
  });
  await tryAgain(house, end);
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(house.logged.join('\n')).toMatch(/waits for what is out of reach/);
  expect(runs(house)).toBe(2);
});

test('a video whose cut cannot be looked at after its last words waits for that look, and is not asked for again', async () => {
  const house = await open();
  let isBack = false;
  house.nemo.on('state', () => (runs(house) < 2 || isBack ? undefined : refused(503, 503, 'down')));
  for (const name of ['Harbour', 'Market', 'Garden'])
    house.nemo.script(...edit(withTitle(name), `The ${name} is ready.`));
  await house.room.write(LIST, { files });
  await hear(house, /by myself when NemoVideo is back/);
  isBack = true;
  await hear(house, /All 3 videos are done/);
  await house.idle();
  expect(runs(house)).toBe(3);
  expect(videos(house).map((it) => it.split(':')[0])).toEqual([
    'harbour.mp4',
    'market.mp4',
    'garden.mp4',
  ]);
});

test('a short outage after its last words: they are said, with what they are about', async () => {
  const house = await open();
  let failed = 0;
  house.nemo.on('state', () => {
    if (runs(house) === 0 || failed > 12) return undefined;
    failed += 1;
    return refused(503, 503, 'down');
  });
  for (const name of ['Harbour', 'Market'])
    house.nemo.script(...edit(withTitle(name), `The ${name} is ready.`));
  await house.room.write('each: calm', { files: files.slice(0, 2) });
  await hear(house, /All 2 videos are done/);
  await house.idle();
  expect(failed).toBe(13);
  expect(times(house, /The Harbour is ready\./)).toBe(1);
  expect(story(house)).not.toMatch(/connection was lost|restarted/);
  expect(runs(house)).toBe(2);
});
