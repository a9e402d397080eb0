/** Forgetting on request and after a while, and handing out what is stored. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { LEFT_MS } from '../../../src/conversation/data/erasures.ts';
import { keysOf } from '../../../src/ledger/forgetting.ts';
import { threadKey } from '../../../src/platforms/chat.ts';
import type { House } from '../../doubles/house.ts';
import { alice, bob } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, hear, open, runs, sessionOfRun } from './support.ts';

const HOUR_MS = 3_600_000;

/** The button that the last card ends with, as it comes back. */
function confirmation({ room }: House) {
  const does = room.answered.at(-1)?.buttons?.at(-1)?.does;
  if (!does || !('action' in does) || does.action !== 'forget') throw new Error('there is no card');
  return { value: does.value ?? '' };
}

const key = ({ room }: House, thread: string) => threadKey(room.refOf(thread));
const recordOf = (house: House, thread: string) =>
  house.ledger.onRecord({ thread: key(house, thread) });
const NONE = { threads: 0, turns: 0, renders: 0 };

test('a thread: a card says how much, a second press deletes it, and the next message begins anew', async () => {
  const house = await open();
  const { room } = house;
  const told = await room.write('A film about tea.');
  await house.idle();
  const [card] = await room.command('forget', { thread: 't1' });
  expect(card).toContain('Delete what I store of this project?');
  expect(card).toContain('1 project, 1 request, 0 exports');
  expect(card).toContain('https://nemovideo.com/nemovideo-privacy-policy');
  expect(await recordOf(house, 't1')).toMatchObject({ threads: 1, turns: 1 });
  const press = confirmation(house);
  expect(await room.press('forget', press)).toEqual(['Deleted. I store nothing of that any more.']);
  expect(await recordOf(house, 't1')).toEqual(NONE);
  expect(await house.ledger.knows(key(house, 't1'))).toBe(false);
  // The same press once more, and the event that is told again.
  await room.write('A film about rain.');
  await house.idle();
  expect(await room.press('forget', press)).toEqual(['That has been deleted already.']);
  await room.write('A film about tea.', { key: told });
  await house.idle();
  expect(await recordOf(house, 't1')).toMatchObject({ threads: 1, turns: 1 });
  expect(runs(house)).toBe(2);
  expect(sessionOfRun(house, 2)).not.toBe(sessionOfRun(house, 1));
});

test('what runs is stopped first, and writes nothing more', async () => {
  const house = await open();
  const { room, nemo } = house;
  const held = gate();
  nemo.script({ heartbeat: true }, { until: held.opened });
  await room.write('A film about tea.');
  await nemo.arrival('run_sse');
  await room.write('Slower, please.');
  await room.command('forget', { thread: 't1' });
  expect((await room.press('forget', confirmation(house)))[0]).toMatch(/^Deleted/);
  held.open();
  await house.idle();
  expect(await recordOf(house, 't1')).toEqual(NONE);
  expect(runs(house)).toBe(1);
});

test('all of mine leaves what others have asked for in the same thread', async () => {
  const house = await open();
  const { room, ledger } = house;
  await room.write('A film about tea.', { thread: 'shared' });
  await house.idle();
  await room.write('Slower, please.', { thread: 'shared', by: bob, calls: 'us' });
  await room.write('A film about rain.', { thread: 'own' });
  await room.write('A film about bread.', { thread: 'his', by: bob });
  await house.idle();
  const [card] = await room.command('forget', { argument: 'all' });
  expect(card).toContain('2 projects, 2 requests');
  expect((await room.press('forget', { ...confirmation(house), thread: 'his' }))[0]).toMatch(
    /^Del/,
  );
  expect(await ledger.onRecord({ platform: 'web', person: alice.id })).toEqual(NONE);
  expect(await recordOf(house, 'own')).toEqual(NONE);
  expect(await recordOf(house, 'shared')).toMatchObject({ threads: 1, turns: 1 });
  expect(await recordOf(house, 'his')).toMatchObject({ threads: 1, turns: 1 });
  expect((await ledger.thread(key(house, 'shared')))?.project).toBeDefined();
  // In a thread of several "this project" is one's own part of it.
  const [part] = await room.command('forget', { thread: 'shared', by: bob });
  expect(part).toContain('store of this project');
});

test('in a thread of others nobody deletes anything but their own', async () => {
  const house = await open();
  const { room } = house;
  await room.write('A film about tea.');
  await house.idle();
  expect(await room.command('forget', { thread: 't1', by: bob })).toEqual([
    'You have asked for nothing in this project, so there is nothing of yours to delete.',
  ]);
  const made = { by: bob, value: `thread ${Date.now().toString(36)}.00000000` };
  expect((await room.press('forget', made))[0]).toMatch(/^You have asked for nothing/);
  expect(await recordOf(house, 't1')).toMatchObject({ turns: 1 });
  const old = `thread ${(Date.now() - 2 * HOUR_MS).toString(36)}.00000000`;
  for (const value of [old, `thread ${(Date.now() + HOUR_MS).toString(36)}.00000000`])
    expect(await room.press('forget', { value })).toEqual([
      'That was shown too long ago. Please ask once more.',
    ]);
  expect(await recordOf(house, 't1')).toMatchObject({ turns: 1 });
});

test('a workspace is an admin’s to delete, at the press as at the card, and no other workspace goes with it', async () => {
  const house = await open();
  const { room, ledger } = house;
  const admin = { ...bob, admin: true };
  await room.write('A film about tea.');
  await room.write('A film about rain.', { thread: 'w2:c/t1' });
  await house.idle();
  const [refused] = await room.command('forget', { argument: 'workspace' });
  expect(refused).toContain('Only an admin of this workspace');
  const [card] = await room.command('forget', { argument: 'workspace', by: admin });
  expect(card).toContain('store of this workspace');
  const press = confirmation(house);
  expect((await room.press('forget', press))[0]).toContain('Only an admin of this workspace');
  expect(await recordOf(house, 't1')).toMatchObject({ turns: 1 });
  await room.command('profile', { thread: 't1', by: admin, argument: 'colab-text-to-video' });
  expect((await room.press('forget', { ...press, by: admin }))[0]).toMatch(/^Deleted/);
  expect(await ledger.onRecord({ platform: 'web', workspace: 'w' })).toEqual(NONE);
  expect(await recordOf(house, 'w2:c/t1')).toMatchObject({ threads: 1, turns: 1 });
  const [profile] = await room.command('profile', { thread: 't1', by: admin });
  expect(profile).not.toContain('**colab-text-to-video**');
  expect(keysOf('web', 'w')).toEqual(['web:w:', 'web:w;']);
});

test('what is interrupted another process brings to its end, and its person is told', async () => {
  const path = await databaseFile();
  const first = await open({ path });
  const { room, nemo } = first;
  await room.write('A film about tea.', { thread: 'one' });
  await room.write('A film about rain.', { thread: 'two' });
  await first.idle();
  await room.command('forget', { argument: 'all', thread: 'one' });
  const erase = first.ledger.erase;
  let calls = 0;
  first.ledger.erase = async (...given) => {
    calls += 1;
    if (calls === 2) throw new Error('the process ends here');
    return erase(...given);
  };
  await room.press('forget', { ...confirmation(first), thread: 'one' });
  const second = await open({ path, room, nemo });
  const mine = { platform: 'web', person: alice.id };
  expect(await second.ledger.onRecord(mine)).toMatchObject({ threads: 1 });
  // Whoever was asked has some time for it.
  await second.conversation.forgetDue(second.clock.now() - HOUR_MS);
  expect(await second.ledger.onRecord(mine)).toMatchObject({ threads: 1 });
  await second.conversation.forgetDue(second.clock.now() + HOUR_MS);
  await second.conversation.forgetDue(second.clock.now() + HOUR_MS);
  expect(await second.ledger.onRecord(mine)).toEqual(NONE);
  expect(room.privateTo(alice).map(({ message }) => message.text)).toEqual([
    'Deleted. I store nothing of that any more.',
  ]);
});

test('a workspace that was left is forgotten after thirty days, unless the bot is back in it', async () => {
  const house = await open();
  const { room, conversation, clock } = house;
  await room.write('A film about tea.', { thread: 'w1:c/t1' });
  await room.write('A film about rain.', { thread: 'w2:c/t1' });
  await house.idle();
  room.platform.isIn = async (workspace) => workspace === 'w2';
  for (const workspace of ['w1', 'w2'])
    await room.inbox().left({ platform: 'web', workspace }, clock.now());
  await conversation.forgetDue(clock.now());
  expect(await recordOf(house, 'w1:c/t1')).toMatchObject({ turns: 1 });
  await conversation.forgetDue(clock.in(LEFT_MS + 1_000));
  expect(await recordOf(house, 'w1:c/t1')).toEqual(NONE);
  expect(await recordOf(house, 'w2:c/t1')).toMatchObject({ turns: 1 });
  // It was taken off the list: nothing is asked about it any more.
  room.platform.isIn = async () => false;
  await conversation.forgetDue(clock.in(2 * LEFT_MS));
  expect(await recordOf(house, 'w2:c/t1')).toMatchObject({ turns: 1 });
});

test('where it cannot be found out whether the bot is back, nothing is deleted yet', async () => {
  const house = await open();
  const { room, conversation, clock } = house;
  await room.write('A film about tea.');
  await house.idle();
  room.platform.isIn = () => Promise.reject(new Error('the chat is away'));
  await room.inbox().left({ platform: 'web', workspace: 'w' }, clock.now());
  await conversation.forgetDue(clock.in(LEFT_MS + 1_000));
  expect(await recordOf(house, 't1')).toMatchObject({ turns: 1 });
  room.platform.isIn = async () => false;
  await conversation.forgetDue(clock.in(LEFT_MS + 1_000));
  expect(await recordOf(house, 't1')).toEqual(NONE);
});

test('the file holds what is stored of its person, nothing of others, and no secret', async () => {
  const house = await open();
  const { room, nemo } = house;
  expect(await room.command('export-data')).toEqual(['I store nothing of that.']);
  const file = { name: 'tea.txt', bytes: Buffer.from('A script.') };
  await room.write('A film about tea.', { files: [file] });
  await house.idle();
  await room.write('export');
  await hear(house, /Video ready!/);
  await room.write('A film about bread.', { thread: 'his', by: bob });
  await house.idle();
  await room.write('With butter, please.', { thread: 'his', calls: 'us' });
  await house.idle();
  const [card] = await room.command('export-data');
  expect(card).toContain('2 projects, 3 requests, 1 export');
  await room.press('export-data');
  const [handed = ''] = room.handed;
  const data = JSON.parse(handed);
  expect(data).toMatchObject({ platform: 'web', person: alice.id, complete: true });
  expect(data.projects).toMatchObject([
    { project: key(house, 'his'), shared: true },
    { project: key(house, 't1'), name: 'A film about tea.' },
  ]);
  expect(data.projects[1].versions).toHaveLength(1);
  expect(data.requests).toMatchObject([
    { asked: 'request', text: 'A film about tea.', files: [{ name: 'tea.txt' }] },
    { asked: 'export', text: 'export' },
    { asked: 'request', text: 'With butter, please.' },
  ]);
  expect(data.requests[0].answer).toMatch(/\w/);
  expect(handed).not.toContain('bread');
  expect(handed).not.toContain(nemo.token);
  const project = (await house.ledger.thread(key(house, 't1')))?.project ?? '{}';
  const { sessionId } = JSON.parse(project);
  expect(handed).not.toContain(sessionId);
  expect(handed).not.toMatch(/https?:\/\/(?!nemovideo)/);
});

test('what cannot be read of it keeps nobody from the rest', async () => {
  const path = await databaseFile();
  const house = await open({ path });
  const { room } = house;
  await room.write('A film about tea.');
  await room.write('A film about rain.', { thread: 't2' });
  await house.idle();
  using db = new DatabaseSync(path);
  db.exec(`UPDATE turns SET notes = '{"v":' WHERE seq = 1`);
  await room.press('export-data');
  const [handed = ''] = room.handed;
  const { requests } = JSON.parse(handed);
  expect(requests).toMatchObject([{ text: 'A film about tea.' }, { text: 'A film about rain.' }]);
  expect(requests.map(({ answer }: { answer?: string }) => answer !== undefined)).toEqual([
    false,
    true,
  ]);
});

test('given in no thread it offers the projects, all of one’s own, and to admins the workspace', async () => {
  const house = await open();
  const { room } = house;
  await room.write('A film about tea.', { thread: 'c/t1' });
  await house.idle();
  const labels = () => room.answered.at(-1)?.buttons?.map(({ label }) => label);
  await room.command('forget', { at: 'c/none' });
  expect(labels()).toEqual(['A film about tea.', 'All of mine']);
  await room.command('forget', { argument: 'the lot', by: { ...alice, admin: true } });
  expect(labels()).toEqual(['All of mine', 'All of this workspace']);
});
