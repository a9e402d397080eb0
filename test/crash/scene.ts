/** A real process of the bot, a backend and a chat, and what must be true of a turn that was cut off once. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { type BotProcess, createBotProcess } from '../doubles/bot-process.ts';
import type { CrashChat, Shown } from '../doubles/crash-chats.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { sampleDraft } from '../doubles/nemo/samples.ts';
import type { NemoDouble } from '../doubles/nemo/world.ts';

export const SCRIPT = 'A short film about tea in the mountains.';

export interface Scene<Chat extends CrashChat> {
  readonly nemo: NemoDouble;
  readonly chat: Chat;
  readonly bot: BotProcess;
  /** SIGKILL, what happens meanwhile, and a start on the same database. */
  killAndRestart(meanwhile?: () => void): Promise<void>;
  close(): Promise<void>;
}

export async function openScene<Chat extends CrashChat>(
  openChat: (bot: () => BotProcess) => Chat | Promise<Chat>,
): Promise<Scene<Chat>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-crash-'));
  const nemo = await startNemoDouble();
  const chat = await openChat(() => bot);
  const bot: BotProcess = await createBotProcess({
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    DATABASE_URL: `sqlite:${path.join(folder, 'bot.db')}`,
    TIME_SCALE: '0.002',
    LEASE_MS: '1000',
    SHUTDOWN_GRACE_MS: '200',
    LOG_LEVEL: 'debug',
    ...chat.env,
  });
  await bot.start();
  return {
    nemo,
    chat,
    bot,
    async killAndRestart(meanwhile) {
      await bot.kill();
      meanwhile?.();
      chat.forget();
      await bot.start();
    },
    async close() {
      await bot.stop();
      await chat.close();
      await nemo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the agent went on to make while nobody listened. */
export function worksOn(nemo: NemoDouble): void {
  for (const session of nemo.sessions.values()) session.draft = sampleDraft;
}

export const videosAmong = (shown: readonly Shown[]): Shown[] =>
  shown.filter(({ text }) => /Video ready/.test(text));
export const isDone = ({ text }: Shown): boolean => /^✅ Done/.test(text);
const finished = (shown: readonly Shown[]): boolean =>
  videosAmong(shown).length > 0 && shown.some(isDone);

/** Told on the way, where the state was looked at late enough to hold it. */
const RAW_CLIP = /raw video is ready/;

/** One run, one answer, one video, one status: nothing else is left in the thread. */
export async function expectOneVideo(
  { nemo, chat, bot }: Scene<CrashChat>,
  thread: string,
  { renders = 1, answer = /Your video is ready/ }: { renders?: number; answer?: RegExp } = {},
): Promise<void> {
  const shown = await chat.until(thread, finished);
  expect(nemo.received('run_sse')).toHaveLength(1);
  expect(nemo.received('render')).toHaveLength(renders);
  const kindOf = (message: Shown): string => {
    if (isDone(message)) return 'status';
    if (videosAmong([message]).length > 0) return 'video';
    return answer.test(message.text) ? 'answer' : message.text;
  };
  const clips = shown.filter(({ text }) => RAW_CLIP.test(text));
  expect(clips.length).toBeLessThan(2);
  const others = shown.filter((message) => !clips.includes(message));
  expect(others.map(kindOf).sort()).toEqual(['answer', 'status', 'video']);
  const [file, ...more] = shown.flatMap(({ files }) => files);
  expect(more).toEqual([]);
  expect(sha256((await file?.bytes()) ?? Buffer.alloc(0))).toBe(sha256(nemo.mp4));
  expect(nemo.violations.filter((v) => !/second run|active/.test(v))).toEqual([]);
  expect(bot.output.filter((line) => /came twice/.test(line))).toEqual([]);
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
