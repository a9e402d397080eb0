/** The chat is out of reach for long: what was paid for waits, comes, and is not paid for again. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { renders } from './exporting.ts';
import { rewrite } from './restarting.ts';
import { gate, hear, open, runs, story, texts, times } from './support.ts';

/** More than the crashes that a turn without an answer may cause. */
const MANY = 40;

/** The answer is on record, and the chat is away since before it could be said. */
async function answeredInVain() {
  const house = await open({ scale: 0.0005 });
  const heard = gate();
  house.nemo.script({ until: heard.opened }, { draft: sampleDraft }, say('The film is there.'));
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  house.room.away = true;
  heard.open();
  await house.room.untilTrue(() => house.room.attempts >= MANY);
  return house;
}

test('the answer waits for the chat and comes: one run', async () => {
  const house = await answeredInVain();
  house.room.away = false;
  await hear(house, /The film is there/);
  await house.idle();
  expect(times(house, /The film is there/)).toBe(1);
  expect(story(house)).not.toContain('Something went wrong');
  expect(texts(house)).toContainEqual(expect.stringMatching(/^✅ Done/));
  expect(runs(house)).toBe(1);
});

test('away after the answer: the status message does not speak of work for ever', async () => {
  const house = await open({ leaseMs: 100, scale: 0.0005 });
  house.nemo.script(say('Nothing to change.'));
  await house.room.write('A film about tea.');
  await hear(house, /Nothing to change/);
  house.room.away = true;
  await house.room.untilTrue(() => house.room.attempts >= 5);
  house.room.away = false;
  await house.idle();
  expect(texts(house)).toContainEqual(expect.stringMatching(/^✅ Done/));
  expect(times(house, /Nothing to change/)).toBe(1);
  expect(runs(house)).toBe(1);
});

test('"retry" in the meantime: answered by the answer that waited, no second run', async () => {
  const house = await answeredInVain();
  await house.room.write('retry');
  house.room.away = false;
  await hear(house, /The film is there/);
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(times(house, /The film is there/)).toBe(1);
});

test('"Try again" under a failure that came after the answer: no second run', async () => {
  const house = await open();
  house.nemo.script({ draft: sampleDraft }, say('The film is there.'));
  await house.room.write('A film about tea.');
  await house.idle();
  const [turn] = house.nemo.received('run_sse').length === 1 ? await ended(house) : [];
  await house.room.press('retry', { value: turn ?? '' });
  await house.idle();
  expect(runs(house)).toBe(1);
  // Whoever asks for it in words gets it once more.
  house.nemo.script(say('Once more.'));
  await house.room.write('retry');
  await hear(house, /Once more/);
  expect(runs(house)).toBe(2);
});

test.each([false, true])(
  'a turn that was given up with its answer on record (export follows: %s): "Try again" says the answer',
  async (exportWanted) => {
    const path = await databaseFile();
    const house = await open({ path });
    house.nemo.script({ draft: sampleDraft }, say('The film is there.'));
    await house.room.write('A film about tea.');
    await house.idle();
    const [turn] = await ended(house);
    for (const said of house.room.said) said.deleted = true;
    await rewrite(
      house,
      path,
      `UPDATE turns SET phase = 'failed', notes = json_set(json_remove(notes, '$.said'),
        '$.reply.exportWanted', json('${exportWanted}'))`,
    );
    const later = await open({ path, nemo: house.nemo, room: house.room });
    await later.room.press('retry', { value: turn ?? '' });
    await later.idle();
    expect(times(later, /The film is there/)).toBe(2);
    expect(runs(later)).toBe(1);
    expect(renders(later)).toHaveLength(exportWanted ? 1 : 0);
    await later.room.press('retry', { value: turn ?? '' });
    await later.idle();
    expect(runs(later)).toBe(1);
    expect(renders(later)).toHaveLength(exportWanted ? 1 : 0);
  },
);

test('it is tried again a little later each time, and never later than the minute in which it must come', async () => {
  const path = await databaseFile();
  const scale = 0.01;
  const house = await open({ path, scale });
  using db = new DatabaseSync(path);
  // Noted as it is parked, so that no delay of this machine makes a pause look longer than it was given.
  db.exec(`CREATE TABLE parked (until INTEGER, ms REAL);
    CREATE TRIGGER parking AFTER UPDATE OF not_before ON turns WHEN new.not_before > 0 BEGIN
      INSERT INTO parked VALUES (new.not_before, new.not_before - unixepoch('subsec') * 1000);
    END`);
  house.room.away = true;
  await house.room.write('A film about tea.');
  const parked = () => db.prepare('SELECT until, ms FROM parked ORDER BY rowid').all();
  await house.room.untilTrue(() => parked().length >= 6);
  house.room.away = false;
  await hear(house, /Your video is ready/);
  await house.idle();
  const pauses = [5_000, 10_000, 20_000, 40_000, 45_000, 45_000].map((ms) => ms * scale);
  const given = parked().slice(0, pauses.length);
  for (const [nth, pause] of pauses.entries()) {
    const until = Number(given[nth]?.['until']);
    // SQLite's clock and ours are read a millisecond apart.
    expect(Number(given[nth]?.['ms'])).toBeLessThanOrEqual(pause + 2);
    if (nth > 0) expect(until - Number(given[nth - 1]?.['until'])).toBeGreaterThanOrEqual(pause);
  }
  db.exec('DROP TRIGGER parking; DROP TABLE parked');
});

/** Ids of the turns that a "Try again" could be about. */
async function ended(house: Awaited<ReturnType<typeof open>>): Promise<string[]> {
  const thread = await house.ledger.thread(toThreadKey('web:w:c:t1'));
  const { lastRequest } = JSON.parse(thread?.project ?? '{}') as { lastRequest?: string };
  return lastRequest ? [lastRequest] : [];
}
