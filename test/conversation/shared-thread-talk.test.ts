/** Two processes learn how a thread is used in the same moment. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openThreadTalk } from '../../src/conversation/thread-talk.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';

const thread = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '1.0' } as const;

test('both are heard', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-talk-'));
  const states = [1, 2].map(() => openSqliteState({ path: path.join(folder, 'bot.db') }));
  const talks = states.map((state) => openThreadTalk(state, { othersTookPart: async () => false }));
  const [one, two] = talks;
  await Promise.all([
    one?.heard(thread, 'alice'),
    two?.heard(thread, 'bob'),
    one?.note(thread, { quiet: true }),
    two?.note(thread, { asked: { key: 'k', at: 1 } }),
  ]);
  expect(await one?.of(thread)).toMatchObject({
    several: true,
    quiet: true,
    asked: { key: 'k', at: 1 },
  });
  expect(await two?.isAlone(thread, 'alice')).toBe(false);
  for (const state of states) await state.close();
  await rm(folder, { recursive: true });
});
