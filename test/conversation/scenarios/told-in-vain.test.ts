/** The end of a turn cannot be told, because the chat or the store is away: it waits, silently, and is told once. */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/platforms/chat.ts';
import { holdDatabase } from '../../doubles/held-database.ts';
import type { House } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { ready, renders } from './exporting.ts';
import { gate, hear, open, runs, story, texts, times } from './support.ts';

/** Enough for several claims. */
const MANY = 6;
const leaseMs = 200;

/** Back after many tries: whatever still ran beside the turn would have left its traces by then. */
async function backAgain(house: House): Promise<void> {
  await house.room.untilTrue(() => house.room.attempts >= MANY);
  house.room.away = false;
}

describe('the chat is away when a failure is to be told', () => {
  test('a refused run: no sign of work goes on, and it is told when the chat is back', async () => {
    const house = await open({ leaseMs });
    house.nemo.on('run_sse', () => {
      if (house.room.attempts < MANY) house.room.away = true;
      return refused(400, 400, 'no');
    });
    await house.room.write('A film about tea.');
    await backAgain(house);
    await hear(house, /refused by NemoVideo/);
    await house.idle();
    expect(times(house, /refused by NemoVideo/)).toBe(1);
    expect(texts(house).at(-1)).toMatch(/refused/);
    expect(story(house)).not.toContain('Still working');
    expect(texts(house)).toContain('⚠️ Failed');
  });

  test('a render that failed twice', async () => {
    const house = await ready({ leaseMs });
    house.nemo.on('render-state', () => {
      if (renders(house).length === 2 && house.room.attempts < MANY) house.room.away = true;
      return { json: { success: true, data: { status: 'failed', error: 'oom' } } };
    });
    await house.room.write('export');
    await backAgain(house);
    await hear(house, /Export failed/);
    await house.idle();
    expect(times(house, /Export failed/)).toBe(1);
    expect(renders(house)).toHaveLength(2);
  });

  test('a watched render that failed', async () => {
    const house = await ready({ scale: 0.0005, leaseMs });
    let failed = false;
    house.nemo.on('render-state', () => {
      if (failed && house.room.attempts < MANY) house.room.away = true;
      const data = failed ? { status: 'failed' } : { status: 'processing', progress: 5 };
      return { json: { success: true, data } };
    });
    await house.room.write('export');
    await hear(house, /taking longer than usual/);
    failed = true;
    await backAgain(house);
    await hear(house, /Export failed/);
    await house.idle();
    expect(times(house, /Export failed/)).toBe(1);
  });

  test('a stop', async () => {
    const house = await open({ leaseMs });
    house.nemo.script({ heartbeat: true }, { hang: true });
    await house.room.write('A film about tea.');
    await house.nemo.arrival('run_sse');
    house.room.away = true;
    await house.room.press('stop');
    await backAgain(house);
    await house.idle();
    expect(texts(house)).toContain('⏹️ Stopped');
    expect(runs(house)).toBe(1);
  });

  test('a failure that was told while its last edit was not: it is not tried again', async () => {
    const house = await open({ leaseMs });
    house.nemo.on('run_sse', () => refused(400, 400, 'no'));
    house.room.posting = async ({ text }) => {
      if (/refused by NemoVideo/.test(text)) house.room.away = true;
    };
    await house.room.write('A film about tea.');
    await backAgain(house);
    await house.room.untilTrue(() => texts(house).includes('⚠️ Failed'));
    await house.idle();
    expect(times(house, /refused by NemoVideo/)).toBe(1);
    expect(runs(house)).toBe(1);
    expect(story(house)).not.toMatch(/Working|Still working|On it/);
  });

  test('a stop that was told while its last edit was not', async () => {
    const house = await open({ leaseMs });
    house.nemo.script({ heartbeat: true }, { hang: true });
    house.room.posting = async ({ text }) => {
      if (/^Stopped\./.test(text)) house.room.away = true;
    };
    await house.room.write('A film about tea.');
    await house.nemo.arrival('run_sse');
    await house.room.press('stop');
    await backAgain(house);
    await house.room.untilTrue(() => texts(house).includes('⏹️ Stopped'));
    await house.idle();
    expect(times(house, /^Stopped\./)).toBe(1);
    expect(runs(house)).toBe(1);
  });

  test('a turn that cannot be opened', async () => {
    const path = await databaseFile();
    const house = await open({ path, start: false });
    await house.room.write('A film about tea.');
    using db = new DatabaseSync(path);
    db.exec(`UPDATE turns SET notes = '{"v":99}'`);
    house.room.away = true;
    house.conversation.start();
    await house.room.untilTrue(() => house.room.attempts >= 3);
    house.room.away = false;
    await hear(house, /Something went wrong on my side/);
    await house.idle();
    expect(story(house).match(/Something went wrong/g)).toHaveLength(1);
  });
});

test('notes of a version that nobody knows end the turn in words, at its first claim', async () => {
  const path = await databaseFile();
  const house = await open({ path, start: false });
  await house.room.write('A film about tea.');
  await house.room.write('And a title.');
  using db = new DatabaseSync(path);
  db.exec(`UPDATE turns SET phase = 'answered', notes = '{"v":99}' WHERE seq = 1`);
  house.nemo.script(say('The second is done.'));
  house.conversation.start();
  await hear(house, /The second is done/);
  await house.idle();
  expect(times(house, /Something went wrong on my side/)).toBe(1);
  expect(runs(house)).toBe(1);
});

test('neither the place nor the person takes it: the turn ends all the same', async () => {
  const house = await open({ leaseMs });
  house.nemo.on('run_sse', () => {
    house.room.gone = true;
    house.room.privately = () => Promise.reject(new ChatError('forbidden', 'no messages please'));
    return refused(400, 400, 'no');
  });
  await house.room.write('A film about tea.');
  await house.idle();
  expect(house.logged.join('\n')).toContain('nobody can be told');
});

describe('the store is away', () => {
  /** Another process holds the database until the bot has noticed. */
  async function lockedUntilNoticed(house: House, path: string): Promise<void> {
    const release = holdDatabase(path);
    const noticed = () =>
      house.logged.some((line) => line.includes('StoreUnavailable')) ||
      /Something went wrong/.test(story(house));
    while (!noticed()) await new Promise((resolve) => setImmediate(resolve));
    release();
  }

  test('in mid-turn: nobody is told that something went wrong, and it goes on', async () => {
    const path = await databaseFile();
    const house = await open({ path, leaseMs: 800 });
    const heard = gate();
    house.nemo.script({ heartbeat: true }, { until: heard.opened }, say('The film is there.'));
    await house.room.write('A film about tea.');
    await house.nemo.arrival('run_sse');
    heard.open();
    await lockedUntilNoticed(house, path);
    await house.idle();
    expect(story(house)).not.toContain('Something went wrong');
    expect(runs(house)).toBe(1);
    expect(texts(house).some((text) => /^✅ Done|^⚠️ Failed/.test(text))).toBe(true);
  });

  test('at the very end: the answer is not followed by a failure, nor said again', async () => {
    const path = await databaseFile();
    const house = await open({ path, leaseMs: 800 });
    house.nemo.script(say('The film is there.'));
    await house.room.write('A film about tea.');
    await hear(house, /^✅ Done/);
    await lockedUntilNoticed(house, path);
    await house.idle();
    expect(times(house, /The film is there/)).toBe(1);
    expect(story(house)).not.toContain('Something went wrong');
    expect(runs(house)).toBe(1);
  });

  test('at the very end of a failure: it is told once', async () => {
    const path = await databaseFile();
    const house = await open({ path, leaseMs: 800 });
    house.nemo.once('run_sse', refused(400, 400, 'no'));
    house.nemo.script(say('It worked after all.'));
    await house.room.write('A film about tea.');
    await hear(house, /^⚠️ Failed/);
    await lockedUntilNoticed(house, path);
    await house.idle();
    expect(times(house, /refused by NemoVideo/)).toBe(1);
    expect(story(house)).not.toContain('Something went wrong');
  });
});
