/** SIGKILL in every phase, then a restart on the same database: nothing twice, nothing lost. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotProcess, createBotProcess, type SeenMessage } from './doubles/bot-process.ts';
import { startNemoDouble } from './doubles/nemo/nemo-double.ts';
import { sampleDraft } from './doubles/nemo/samples.ts';
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
import type { NemoDouble } from './doubles/nemo/world.ts';

const SCRIPT = 'A short film about tea in the mountains.';
let folder: string;
let nemo: NemoDouble;
let bot: BotProcess;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-crash-'));
  nemo = await startNemoDouble();
  bot = await createBotProcess({
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    DATABASE_URL: `sqlite:${path.join(folder, 'bot.db')}`,
    TIME_SCALE: '0.002',
    LEASE_MS: '1000',
    SHUTDOWN_GRACE_MS: '200',
  });
  await bot.start();
});

afterEach(async () => {
  await bot.kill();
  await nemo.close();
  rmSync(folder, { recursive: true, force: true });
});

const shown = (messages: readonly SeenMessage[]) =>
  messages.filter((m) => m.author === 'bot' && !m.deleted);
const videos = (messages: readonly SeenMessage[]) =>
  shown(messages).filter((m) => /Video ready/.test(m.text));
const finished = (messages: readonly SeenMessage[]) =>
  videos(messages).length > 0 && shown(messages).some((m) => /^✅ Done/.test(m.text));

/** What must be true of every turn that was interrupted once. */
async function expectOneVideo(thread: string, renders = 1): Promise<void> {
  const messages = await bot.until(thread, finished);
  expect(nemo.received('run_sse')).toHaveLength(1);
  expect(nemo.received('render')).toHaveLength(renders);
  expect(videos(messages)).toHaveLength(1);
  const [file] = videos(messages)[0]?.files ?? [];
  const delivered = await bot.file(file?.id ?? '');
  expect(sha256(delivered)).toBe(sha256(nemo.mp4));
  expect(shown(messages).filter((m) => /^✅ Done/.test(m.text))).toHaveLength(1);
  expect(nemo.violations.filter((v) => !/second run|active/.test(v))).toEqual([]);
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function killAndRestart(): Promise<void> {
  await bot.kill();
  await bot.start();
}

describe('a crash', () => {
  test('while the session is being made: the turn begins anew', async () => {
    nemo.once('session', { never: true });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('session');
    await killAndRestart();
    await expectOneVideo(thread);
  });

  test('after the message was sent and before any answer: it is not sent again, the state is looked at', async () => {
    nemo.once('run_sse', () => {
      for (const session of nemo.sessions.values()) session.draft = sampleDraft;
      return { never: true };
    });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('run_sse');
    await killAndRestart();
    await expectOneVideo(thread);
    const texts = shown(await bot.messages(thread)).map((m) => m.text);
    expect(texts.some((text) => /restarted while working/.test(text))).toBe(true);
  });

  test('in the middle of the stream: it is not sent again, the state is looked at', async () => {
    nemo.script(toolCall('edit_multitrack', 'call-1'), { hang: true });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('run_sse');
    await bot.until(thread, (messages) => shown(messages).some((m) => /^Working/.test(m.text)));
    await bot.kill();
    for (const session of nemo.sessions.values()) session.draft = sampleDraft;
    await bot.start();
    await expectOneVideo(thread);
  });

  test('during recovery: the looking goes on', async () => {
    nemo.once('run_sse', { drop: true });
    const thread = await bot.write(SCRIPT);
    await bot.until(thread, (messages) =>
      shown(messages).some((m) => /connection was lost/.test(m.text)),
    );
    await bot.kill();
    for (const session of nemo.sessions.values()) session.draft = sampleDraft;
    await bot.start();
    await expectOneVideo(thread);
  });

  test('while the export is being submitted and did not arrive: it is submitted with a new id', async () => {
    nemo.once('render', { never: true });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('render');
    await killAndRestart();
    await expectOneVideo(thread, 2);
  });

  test('while the export is being submitted and did arrive: the job is found by its id', async () => {
    nemo.once('render', (request) => {
      const { id } = request.json as { id: string };
      nemo.renders.set(id, { polls: 0 });
      return { never: true };
    });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('render');
    await killAndRestart();
    await expectOneVideo(thread);
  });

  test('while the render is looked at: the same render is looked at on', async () => {
    nemo.once('render-state', { never: true });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('render-state');
    await killAndRestart();
    await expectOneVideo(thread);
  });

  test('while the video is being fetched: it is delivered once', async () => {
    nemo.once('file', { never: true });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('file');
    await killAndRestart();
    await expectOneVideo(thread);
  });

  test('right after the video was posted: it is not posted again', async () => {
    const thread = await bot.write(SCRIPT);
    await bot.until(thread, (messages) => videos(messages).length > 0);
    await killAndRestart();
    await expectOneVideo(thread);
  });

  test('with messages waiting: all are answered, in order', async () => {
    nemo.script(toolCall('edit_multitrack', 'call-1'), { hang: true });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('run_sse');
    await bot.write('Add a title about autumn', thread);
    await bot.write('Make the music quieter', thread);
    await bot.kill();
    for (const session of nemo.sessions.values()) session.draft = sampleDraft;
    nemo.script(say('First follow-up done.'));
    nemo.script(say('Second follow-up done.'));
    await bot.start();
    const messages = await bot.until(thread, (all) =>
      shown(all).some((m) => /Second follow-up/.test(m.text)),
    );
    const sent = nemo.received('run_sse').map((r) => JSON.stringify(r.json));
    expect(sent).toHaveLength(3);
    expect(sent[1]).toContain('autumn');
    expect(sent[2]).toContain('quieter');
    const texts = shown(messages).map((m) => m.text);
    expect(texts.findIndex((t) => /First follow-up/.test(t))).toBeLessThan(
      texts.findIndex((t) => /Second follow-up/.test(t)),
    );
  });
});

describe('three videos from one message', () => {
  const allThere = (messages: readonly SeenMessage[]) =>
    shown(messages).some((m) => /All 3 videos are done/.test(m.text));

  async function expectAllThree(thread: string): Promise<void> {
    const messages = await bot.until(thread, allThere);
    const files = shown(messages).flatMap((message) => message.files);
    const found = await Promise.all(
      files.map(async ({ id, name }) => ({ name, bytes: await bot.file(id) })),
    );
    expect(delivered(found)).toEqual(expectedVideos);
    expect(nemo.received('run_sse')).toHaveLength(3);
    expect(nemo.received('render')).toHaveLength(3);
    expect(nemo.received('session')).toHaveLength(1);
  }

  test('come in order, each with its own render', async () => {
    makesThree(nemo);
    await expectAllThree(await bot.write(ORDERS, undefined, pictures));
  });

  test('come in order across a crash after the first', async () => {
    hangsAtTheSecond(nemo);
    const thread = await bot.write(ORDERS, undefined, pictures);
    await nemo.arrival('run_sse', 2);
    await bot.kill();
    goesOnMeanwhile(nemo);
    await bot.start();
    await expectAllThree(thread);
  });

  test('come in order across a crash right after the first was posted', async () => {
    makesThree(nemo);
    const thread = await bot.write(ORDERS, undefined, pictures);
    await bot.until(thread, (messages) => videos(messages).length > 0);
    await killAndRestart();
    await bot.until(thread, allThere);
    const texts = videos(await bot.messages(thread)).map((m) => m.text.split('\n')[0]);
    expect(texts).toEqual(
      pictures.map(({ name }, n) => `**${n + 1} of 3 — ${name.slice(0, -4)}.mp4**`),
    );
  });
});

describe('an orderly stop', () => {
  test('with a stream open: the turn is parked, said to be interrupted, and goes on after the start', async () => {
    nemo.script(toolCall('edit_multitrack', 'call-1'), { hang: true });
    const thread = await bot.write(SCRIPT);
    await nemo.arrival('run_sse');
    await bot.until(thread, (messages) => shown(messages).some((m) => /^Working/.test(m.text)));
    expect(await bot.stop()).toBe(0);
    for (const session of nemo.sessions.values()) session.draft = sampleDraft;
    await bot.start();
    await expectOneVideo(thread);
  });
});
