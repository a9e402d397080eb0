/** Of a turn with much to be told, by a process that writes its log: every line from its begin to its end has its id. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createBotProcess } from '../doubles/bot-process.ts';
import { refused } from '../doubles/nemo/answers.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { say } from '../doubles/nemo/steps.ts';

const line = z.object({ msg: z.string(), turn: z.string().optional() });

test('every line of a turn has its id, and what comes outside of one has none', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-lines-'));
  const nemo = await startNemoDouble();
  const bot = await createBotProcess({
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    DATABASE_URL: `sqlite:${path.join(folder, 'bot.db')}`,
    TIME_SCALE: '0.002',
    LOG_LEVEL: 'debug',
  });
  try {
    await bot.start();
    // A frame that nobody knows is told by the client of the backend, which knows nothing of turns.
    nemo.script({ event: { strangely: { shaped: 1 } } }, say('Done.'));
    for (const _ of [1, 2, 3]) nemo.once('credits', refused(500, 500, 'no balance'));
    await bot.until(await bot.write('A film about tea.'), (seen) =>
      seen.some(({ text }) => /Done in/.test(text)),
    );
    nemo.once('run_sse', refused(422, 422, 'no such field'));
    await bot.until(await bot.write('A film about rain.'), (seen) =>
      seen.some(({ text }) => /Failed/.test(text)),
    );
    const ended = () => bot.output.filter((it) => it.includes('a turn ends here')).length;
    while (ended() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  } finally {
    await bot.stop();
    await nemo.close();
    await rm(folder, { recursive: true });
  }
  const lines = bot.output.map((it) => line.parse(JSON.parse(it)));
  const turns: { turn: string; lines: string[] }[] = [];
  let open: (typeof turns)[number] | undefined;
  for (const { msg, turn } of lines) {
    if (msg === 'a turn begins') {
      expect(turn).toMatch(/.{8}/);
      open = { turn: turn ?? '', lines: [] };
      turns.push(open);
    } else if (msg === 'a turn ends here') {
      expect(turn).toBe(open?.turn);
      open = undefined;
    } else if (open) {
      expect([msg, turn]).toEqual([msg, open.turn]);
      open.lines.push(msg);
    } else expect([msg, turn]).toEqual([msg, undefined]);
  }
  expect(turns.map((it) => it.lines)).toEqual([
    expect.arrayContaining([expect.stringMatching(/a frame of unknown shape/)]),
    expect.arrayContaining(['a turn failed']),
  ]);
  expect(new Set(turns.map(({ turn }) => turn)).size).toBe(2);
}, 30_000);
