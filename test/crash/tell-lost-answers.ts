/** Killed between a post and what the platform says to it: the next process finds what got there, and posts what did not. */
import { describe, expect, onTestFailed, test } from 'vitest';
import type { RemoteChat } from '../doubles/crash-chats.ts';
import { expectOneVideo, SCRIPT, type Scene } from './scene.ts';

/** The three posts of a first video, by their words. */
const POSTS = {
  'the status': /Connecting|Setting up|Getting ready|On it/i,
  'the answer': /Your video is ready/,
  'the video': /Video ready/,
} as const;

const CASES = Object.entries(POSTS).flatMap(([post, words]) =>
  (['done', 'lost'] as const).map((how) => ({ post, words, how })),
);

export function tellLostAnswers(scene: () => Scene<RemoteChat>): void {
  describe('a crash at the post of', () => {
    test.each(CASES)('$post ($how): it is there once', async ({ words, how }) => {
      const { chat, bot, killAndRestart } = scene();
      onTestFailed(({ task }) => {
        process.stderr.write(`${task.name}: the bot said\n${bot.output.join('\n')}\n`);
      });
      const held = chat.hold(words, how);
      const thread = await chat.write(SCRIPT);
      await held;
      await killAndRestart();
      await expectOneVideo(scene(), thread);
      expect(chat.complaints()).toEqual([]);
    });
  });
}
