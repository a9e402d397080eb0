/** Whose thread is it: what a client says a command or a press is about, and what it may say. */
import { expect, test } from 'vitest';
import { writeJob } from '../../../src/conversation/job.ts';
import type { ThreadPlace } from '../../../src/ledger/ledger.ts';
import { BUTTON_ACTIONS, type ThreadRef, threadKey } from '../../../src/platforms/chat.ts';
import { toTurnId } from '../../../src/runtime/ids.ts';
import type { House } from '../../doubles/house.ts';
import { alice, bob } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { withMusic } from './drafts.ts';
import { gate, hear, open, runs } from './support.ts';

/** The desk is about none; its own tests are in admin-desk.test.ts. */
const PRESSES = BUTTON_ACTIONS.filter((action) => action !== 'desk');
const NONE = 'I know of no project of yours here. Mention me with a script to begin.';
const ABOUT_PROJECTS = ['status', 'export', 'new', 'stop'] as const;

/** Alice's project in another channel, and nothing else. */
async function withProject(options: Parameters<typeof open>[0] = {}): Promise<House> {
  const house = await open({ draft: withMusic, ...options });
  await house.room.write('A film about tea.', { thread: 'other/t9' });
  await house.idle();
  return house;
}

/** Nothing is shown, sent or put on record while this runs. */
async function changesNothing(house: House, deeds: () => Promise<void>): Promise<void> {
  const [said, asked, sessions] = [house.room.said.length, house.nemo.requests.length, runs(house)];
  await deeds();
  await house.idle();
  expect(house.room.said.length).toBe(said);
  expect(house.nemo.requests.length).toBe(asked);
  expect(runs(house)).toBe(sessions);
}

test.each([
  ['another person’s', 'other/t9', bob],
  ['one of another workspace', 'w2:other/t9', alice],
  ['one that there is not', 'other/t404', alice],
])('%s project reads like one that does not exist', async (_whose, claim, by) => {
  const house = await withProject();
  await changesNothing(house, async () => {
    for (const name of ABOUT_PROJECTS)
      expect(await house.room.command(name, { by, claim }), name).toEqual([NONE]);
    // Everybody's own data is theirs, whatever else they name: forgetting.test.ts.
    for (const action of PRESSES.filter((each) => each !== 'export-data'))
      expect(await house.room.press(action, { by, claim, value: 'A film.' }), action).toEqual([
        NONE,
      ]);
    const material = { text: 'Make it red.', attachments: [] };
    expect(await house.room.press('change', { by, claim, material })).toEqual([NONE]);
  });
});

test('an admin of another workspace is nobody here', async () => {
  const house = await withProject();
  const first = gate();
  house.nemo.script({ heartbeat: true }, { until: first.opened });
  await house.room.write('Slower.', { thread: 'other/t9' });
  await hear(house, /Working/);
  const by = { ...bob, admin: true };
  expect(await house.room.command('stop', { by, at: 'w2:c/x', claim: 'other/t9' })).toEqual([NONE]);
  const [running] = await house.ledger.unfinished(threadKey(house.room.refOf('other/t9')));
  expect(running?.stopRequested).toBe(false);
  first.open();
  await house.idle();
});

test('one’s own project works from another channel of its workspace', async () => {
  const house = await withProject();
  expect((await house.room.command('status', { claim: 'other/t9' }))[0]).toContain(
    'Nothing is running',
  );
  expect((await house.room.press('editor', { claim: 'other/t9' }))[0]).toContain(
    '/workspace/claim',
  );
  await house.room.press('change', {
    claim: 'other/t9',
    material: { text: 'Make the title bigger.', attachments: [] },
  });
  await house.idle();
  expect(runs(house)).toBe(2);
});

test('…while its person still sees it', async () => {
  const house = await withProject();
  house.room.sees = async () => false;
  await changesNothing(house, async () => {
    for (const name of ABOUT_PROJECTS) {
      expect(await house.room.command(name, { claim: 'other/t9' })).toEqual([NONE]);
      expect(await house.room.command(name, { at: 'third/x' })).toEqual([NONE]);
    }
    expect(await house.room.press('editor', { claim: 'other/t9' })).toEqual([NONE]);
  });
});

test('…and where that cannot be found out, nothing is done', async () => {
  const house = await withProject();
  house.room.sees = () => Promise.reject(new Error('nobody knows'));
  await changesNothing(house, async () => {
    const [answer] = await house.room.command('export', { claim: 'other/t9' });
    expect(answer).toContain('Please try again in a moment.');
  });
});

test('a project in a channel that is switched off is out of reach, from wherever', async () => {
  const path = await databaseFile();
  const { nemo, room } = await withProject({ path });
  const rules = { channels: ['c', 'third'] };
  const strict = await open({ rules, path, nemo, room });
  expect(await strict.room.command('status', { claim: 'other/t9' })).toEqual([NONE]);
  expect(await strict.room.command('status', { at: 'third/x' })).toEqual([NONE]);
  expect(await strict.conversation.inbox.recent(strict.room.refOf('c/x'), alice)).toEqual([]);
});

test.each(['retry', 'first-part', 'gist'] as const)(
  '"%s" repeats turns of the thread it is pressed in, and no other’s',
  async (action) => {
    const house = await withProject();
    const theirs = await turnOf(house);
    await changesNothing(house, async () => {
      for (const value of [theirs, 'made-up'])
        expect(await house.room.press(action, { by: bob, value })).toEqual([
          'There is nothing to repeat.',
        ]);
    });
  },
);

/** Also where the record itself says to: a button of an earlier version, or a database put together by hand. */
test('a turn of another thread is not repeated by a turn on record', async () => {
  const house = await withProject();
  const thread = house.room.refOf('t1');
  await house.ledger.append({
    key: 'by-hand',
    thread: placeOf(thread),
    lane: 'ordered',
    requester: bob.id,
    payload: writeJob({
      task: { type: 'retry', turn: toTurnId(await turnOf(house)) },
      message: { key: 'by-hand', thread, author: bob, text: 'retry', attachments: [], sentAt: 0 },
    }),
  });
  await hear(house, /There is nothing to repeat/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

const placeOf = (thread: ThreadRef): ThreadPlace => ({
  key: threadKey(thread),
  platform: thread.platform,
  workspace: thread.workspace,
  channel: thread.channel,
  ref: thread.thread,
});

/** The id of Alice's first turn. */
async function turnOf(house: House): Promise<string> {
  const thread = house.room.refOf('other/t9');
  const said = { key: 'room:in1', thread, author: alice, text: '', attachments: [], sentAt: 0 };
  const appended = await house.ledger.append({
    key: 'room:in1',
    thread: placeOf(thread),
    lane: 'ordered',
    requester: alice.id,
    payload: writeJob({ task: { type: 'request' }, message: said }),
  });
  if (appended.outcome !== 'known') throw new Error(`the turn was ${appended.outcome}`);
  return appended.turn.id;
}

test('an example without its words begins nothing', async () => {
  const house = await withProject();
  await changesNothing(house, async () => {
    expect((await house.room.press('prompt'))[0]).toContain('neither words nor files');
  });
});

test('what would begin is asked for first, and begins once', async () => {
  const house = await open({ rules: { users: [alice.id], channels: ['c'], dailyTurns: 1 } });
  const { mayBegin } = house.conversation.inbox;
  const place = house.room.refOf('c/x');
  const refusal = (text: string) => ({ refused: { text: expect.stringContaining(text) } });
  expect(await mayBegin({ person: bob, place, key: 'k' })).toEqual(refusal('not on the list'));
  const off = { ...place, channel: 'off' };
  expect(await mayBegin({ person: alice, place: off, key: 'k' })).toEqual(
    refusal('not switched on'),
  );
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => mayBegin({ person: alice, place, key: 'k' })),
  );
  expect(answers.sort()).toEqual(['again', 'again', 'again', 'yes']);
  await house.room.write('A film about tea.');
  await house.idle();
  expect(await mayBegin({ person: alice, place, key: 'k2' })).toEqual(refusal('your one request'));
});

test('a home page shows nothing to those who may not use the bot; many looks are one question', async () => {
  const house = await open({ rules: { users: [alice.id] } });
  const { overview } = house.conversation.inbox;
  const refused = await overview({ platform: 'web', workspace: 'w' }, bob);
  expect(refused.refused).toContain('not on the list');
  expect(refused).toMatchObject({ credits: undefined, recent: [], examples: [], help: '' });
  expect(house.nemo.received('credits')).toHaveLength(0);
  const shown = await Promise.all(
    Array.from({ length: 20 }, () => overview({ platform: 'web', workspace: 'w' }, alice)),
  );
  expect(new Set(shown.map(({ credits }) => credits?.includes('60 available')))).toEqual(
    new Set([true]),
  );
  expect(house.nemo.received('credits')).toHaveLength(1);
});

test('who asks for the credits is told the present figure, whatever was shown a moment ago', async () => {
  const house = await open();
  await house.conversation.inbox.overview({ platform: 'web', workspace: 'w' }, alice);
  await house.room.command('credits');
  await house.room.command('credits');
  expect(house.nemo.received('credits')).toHaveLength(3);
});

test('projects alone are told without asking the backend', async () => {
  const house = await withProject();
  const asked = house.nemo.requests.length;
  for (let n = 0; n < 20; n += 1) {
    const list = await house.conversation.inbox.recent(house.room.refOf('c/x'), alice);
    expect(list.map(({ name }) => name)).toEqual(['A film about tea.']);
  }
  expect(house.nemo.requests.length).toBe(asked);
});
