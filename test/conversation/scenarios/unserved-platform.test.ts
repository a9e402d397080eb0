/** What was begun in a platform that this process does not serve is left to one that does. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { threadKey } from '../../../src/platforms/chat.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { alice, createRoom } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { hear, open, runs } from './support.ts';

test('a turn of another platform is neither ended nor tried, and runs where that platform is served', async () => {
  const path = await databaseFile();
  const teams = createRoom('teams');
  const away = await open({ path, room: teams, start: false });
  await teams.write('A film about the harbour.', { key: 'teams-1' });
  const { nemo } = away;

  const here = await open({ path, nemo });
  nemo.script(say('A lamp, as you asked.'));
  await here.room.write('A film about lamps.', { key: 'web-1' });
  await hear(here, /A lamp, as you asked/);
  await here.room.command('stop', { thread: 't1' });
  expect(await here.ledger.unfinished(threadKey(teams.refOf('t1')))).toMatchObject([
    { platform: 'teams', phase: 'accepted', stopRequested: false },
  ]);
  using db = new DatabaseSync(path, { timeout: 5_000 });
  const claims = "SELECT fence, crashes FROM turns WHERE platform = 'teams'";
  expect(db.prepare(claims).all()).toEqual([{ fence: 0, crashes: 0 }]);
  expect(teams.said).toEqual([]);
  expect(runs(here)).toBe(1);
  // The readers of the record know it as they know their own.
  const overview = await here.conversation.inbox.overview(
    { platform: 'web', workspace: 'w' },
    alice,
  );
  expect(overview.recent.map(({ thread }) => thread.platform)).toEqual(['web']);

  nemo.script(say('The harbour, as you asked.'));
  const there = await open({ path, nemo, room: teams });
  await hear(there, /The harbour, as you asked/);
  await there.idle();
  const { recent } = await there.conversation.inbox.overview(
    { platform: 'web', workspace: 'w' },
    alice,
  );
  expect(recent.map(({ thread, name }) => [thread.platform, name])).toEqual([
    ['teams', 'A film about the harbour.'],
  ]);
});
