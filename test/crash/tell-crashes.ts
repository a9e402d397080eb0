/** The kill points as tests, in one chat. */
import { afterEach, beforeEach, describe, onTestFailed, test } from 'vitest';
import type { BotProcess } from '../doubles/bot-process.ts';
import type { CrashChat } from '../doubles/crash-chats.ts';
import type { KillPoint } from './kill-points.ts';
import { expectOneVideo, openScene, SCRIPT, type Scene } from './scene.ts';

/** Each test begins with a bot that is up; gives the scene of the one that runs. */
export function inScene<Chat extends CrashChat>(
  openChat: (bot: () => BotProcess) => Chat | Promise<Chat>,
): () => Scene<Chat> {
  let scene: Scene<Chat> | undefined;
  beforeEach(async () => {
    scene = await openScene(openChat);
  });
  afterEach(async () => {
    await scene?.close();
  });
  return () => {
    if (!scene) throw new Error('no test runs');
    return scene;
  };
}

export function tellCrashes(scene: () => Scene<CrashChat>, points: readonly KillPoint[]): void {
  describe('a crash', () => {
    test.each(points.map((point) => [point.title, point] as const))('%s', async (_title, point) => {
      const { arrange, reached, meanwhile, renders, answer } = point;
      const { nemo, chat, bot, killAndRestart } = scene();
      onTestFailed(({ task }) => {
        process.stderr.write(`${task.name}: the bot said\n${bot.output.join('\n')}\n`);
      });
      arrange?.(nemo);
      const thread = await chat.write(SCRIPT);
      await reached(nemo, chat, thread);
      await killAndRestart(() => meanwhile?.(nemo));
      await chat.redeliver(thread);
      await expectOneVideo(scene(), thread, {
        ...(renders === undefined ? {} : { renders }),
        ...(answer === undefined ? {} : { answer }),
      });
    });
  });
}
