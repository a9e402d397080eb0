/** SIGKILL in every phase, then a restart on the same database: nothing twice, nothing lost. Here in the playground. */
import { describe, expect, test } from 'vitest';
import {
  aroundTheDelivery,
  aroundTheExport,
  aroundTheSend,
  otherPhases,
} from './crash/kill-points.ts';
import { expectOneVideo, SCRIPT, videosAmong, worksOn } from './crash/scene.ts';
import { inScene, tellCrashes } from './crash/tell-crashes.ts';
import { playgroundChat, type Shown } from './doubles/crash-chats.ts';
import { say, toolCall } from './doubles/nemo/steps.ts';
import {
  delivered,
  expectedVideos,
  goesOnMeanwhile,
  hangsAtTheSecond,
  makesThree,
  ORDERS,
  pictures,
} from './doubles/nemo/three-videos.ts';

const scene = inScene(playgroundChat);

tellCrashes(scene, [...otherPhases, ...aroundTheSend, ...aroundTheExport, ...aroundTheDelivery]);

test('with messages waiting at a crash: all are answered, in order', async () => {
  const { nemo, bot, chat, killAndRestart } = scene();
  nemo.script(toolCall('edit_multitrack', 'call-1'), { hang: true });
  const thread = await bot.write(SCRIPT);
  await nemo.arrival('run_sse');
  await bot.write('Add a title about autumn', thread);
  await bot.write('Make the music quieter', thread);
  await killAndRestart(() => {
    worksOn(nemo);
    nemo.script(say('First follow-up done.'));
    nemo.script(say('Second follow-up done.'));
  });
  const shown = await chat.until(thread, (all) =>
    all.some(({ text }) => /Second follow-up/.test(text)),
  );
  const sent = nemo.received('run_sse').map((r) => JSON.stringify(r.json));
  expect(sent).toHaveLength(3);
  expect(sent[1]).toContain('autumn');
  expect(sent[2]).toContain('quieter');
  expect(shown.findIndex(({ text }) => /First follow-up/.test(text))).toBeLessThan(
    shown.findIndex(({ text }) => /Second follow-up/.test(text)),
  );
});

describe('three videos from one message', () => {
  const allThere = (shown: readonly Shown[]) =>
    shown.some(({ text }) => /All 3 videos are done/.test(text));

  async function expectAllThree(thread: string): Promise<void> {
    const { nemo, chat } = scene();
    const shown = await chat.until(thread, allThere);
    const files = shown.flatMap((message) => message.files);
    const found = await Promise.all(
      files.map(async ({ name, bytes }) => ({ name, bytes: await bytes() })),
    );
    expect(delivered(found)).toEqual(expectedVideos);
    expect(nemo.received('run_sse')).toHaveLength(3);
    expect(nemo.received('render')).toHaveLength(3);
    expect(nemo.received('session')).toHaveLength(1);
  }

  test('come in order, each with its own render', async () => {
    const { nemo, bot } = scene();
    makesThree(nemo);
    await expectAllThree(await bot.write(ORDERS, undefined, pictures));
  });

  test('come in order across a crash after the first', async () => {
    const { nemo, bot, killAndRestart } = scene();
    hangsAtTheSecond(nemo);
    const thread = await bot.write(ORDERS, undefined, pictures);
    await nemo.arrival('run_sse', 2);
    await killAndRestart(() => goesOnMeanwhile(nemo));
    await expectAllThree(thread);
  });

  test('come in order across a crash right after the first was posted', async () => {
    const { nemo, bot, chat, killAndRestart } = scene();
    makesThree(nemo);
    const thread = await bot.write(ORDERS, undefined, pictures);
    await chat.until(thread, (shown) => videosAmong(shown).length > 0);
    await killAndRestart();
    const shown = await chat.until(thread, allThere);
    const texts = videosAmong(shown).map(({ text }) => text.split('\n')[0]);
    expect(texts).toEqual(
      pictures.map(({ name }, n) => `**${n + 1} of 3 — ${name.slice(0, -4)}.mp4**`),
    );
  });
});

test('an orderly stop with a stream open: the turn is parked, said to be interrupted, and goes on after the start', async () => {
  const { nemo, bot, chat } = scene();
  nemo.script(toolCall('edit_multitrack', 'call-1'), { hang: true });
  const thread = await bot.write(SCRIPT);
  await nemo.arrival('run_sse');
  await chat.until(thread, (shown) => shown.some(({ text }) => /^Working/.test(text)));
  expect(await bot.stop()).toBe(0);
  worksOn(nemo);
  await bot.start();
  await expectOneVideo(scene(), thread, { answer: /restarted while working/ });
});
