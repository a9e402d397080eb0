/** What is stored cannot be read in mid-run: the person still hears something. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { writeJob } from '../../../src/conversation/job.ts';
import { threadKey } from '../../../src/platforms/chat.ts';
import type { House } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { ready } from './exporting.ts';
import { hear, open, runs, story } from './support.ts';

const PLAIN = /Something went wrong on my side/;

/** Overwrites what is stored behind the bot's back, as a damaged disk does. */
function spoil(path: string, sql: string, value: string): void {
  using db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  expect(db.prepare(sql).run(value).changes).toBeGreaterThan(0);
}

const PROJECTS = 'UPDATE threads SET project = ?';

test('the trial account: the failure is told without asking for it again', async () => {
  const path = await databaseFile();
  const house = await open({ anonymous: true, path });
  await house.room.write('A film about tea.');
  await house.idle();
  const next = await open({ anonymous: true, path, nemo: house.nemo, room: house.room });
  const sql = "UPDATE state SET value = ? WHERE namespace = 'anonymous-account'";
  spoil(path, sql, 'v2:0123456789abcdef:AAAA');
  await next.room.write('A film about bread.', { thread: 't2' });
  const said = await hear(next, /not answering/);
  expect(said.message.mention).toEqual(['U-alice']);
  await next.idle();
});

test('the thread, while a failure is being told: plain words, and a way to try again', async () => {
  const path = await databaseFile();
  const house = await ready({ path });
  house.nemo.on('state', () => {
    // The project is to be emptied, and has no row any more.
    spoil(path, 'DELETE FROM threads WHERE thread = ?', 'web:w:c:t1');
    return refused(404, 1002, 'session not found');
  });
  await house.room.write('export');
  const said = await hear(house, PLAIN);
  expect(said.message.mention).toEqual(['U-alice']);
  expect(said.message.buttons?.map(({ does }) => does)).toMatchObject([{ action: 'retry' }]);
  await house.idle();
  const logged = house.logged.join('\n');
  expect(logged).toContain('a failure could not be explained');
});

test('the project, before the turn can begin: it is tried thrice, then ended with plain words', async () => {
  const path = await databaseFile();
  const house = await open({ path, start: false, leaseMs: 200 });
  await house.room.write('A film about tea.');
  spoil(path, PROJECTS, 'spoilt');
  house.conversation.start();
  await hear(house, PLAIN);
  await house.idle();
  expect(story(house).match(/Something went wrong/g)).toHaveLength(1);
  expect(house.logged.join('\n')).not.toContain('spoilt');
  putDownTwice(house);
});

test('what was asked: its person is told, by the record of the thread, and what waits behind it is done', async () => {
  const path = await databaseFile();
  const house = await open({ path, start: false, leaseMs: 200 });
  await house.room.write('A film about tea.');
  await house.room.write('And a title.');
  spoil(path, 'UPDATE turns SET payload = ? WHERE seq = 1', '{"task":');
  house.nemo.script(say('The title is there.'));
  house.conversation.start();
  await hear(house, /The title is there/);
  await house.idle();
  const told = house.room.said.filter(({ message }) => PLAIN.test(message.text));
  expect(told.map(({ message }) => message.mention)).toEqual([['U-alice']]);
  // What it was cannot be repeated, either.
  expect(told[0]?.message.buttons ?? []).toEqual([]);
  expect(runs(house)).toBe(1);
  putDownTwice(house);
});

test('whose platform is not served here: it is left to a process that serves it, and holds nobody up', async () => {
  const house = await open({ start: false });
  const elsewhere = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '1.0' } as const;
  const author = { id: 'U1' };
  const appended = await house.ledger.append({
    key: 'of-slack',
    thread: {
      key: threadKey(elsewhere),
      platform: elsewhere.platform,
      workspace: elsewhere.workspace,
      channel: elsewhere.channel,
      ref: elsewhere.thread,
    },
    lane: 'ordered',
    requester: author.id,
    payload: writeJob({
      task: { type: 'request' },
      message: {
        key: 'of-slack',
        thread: elsewhere,
        author,
        text: 'A film.',
        attachments: [],
        sentAt: 0,
      },
    }),
  });
  if (appended.outcome !== 'new') throw new Error(`the turn was ${appended.outcome}`);
  house.conversation.start();
  house.nemo.script(say('The tea is there.'));
  await house.room.write('A film about tea.');
  await hear(house, /The tea is there/);
  const served = { platforms: ['slack'], lane: 'ordered' } as const;
  const claim = await house.ledger.claim('one that serves it', served);
  expect(claim).toMatchObject({ turn: { id: appended.turn.id }, crashes: 0, resumed: false });
  if (claim) await house.ledger.finish(claim, 'delivered');
  await house.idle();
});

/** Every other test expects that no turn ever is put down. */
function putDownTwice({ logged }: House): void {
  const putDown = /a turn was put down/;
  expect(logged.filter((line) => putDown.test(line))).toHaveLength(2);
  logged.splice(0, Infinity, ...logged.filter((line) => !putDown.test(line)));
}
