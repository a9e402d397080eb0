/** The desk of admins: what it shows, who may use it, and what pausing, stopping, allowing and denying come to. */
import { expect, test } from 'vitest';
import { threadKey } from '../../../src/platforms/chat.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { alice, bob } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, hear, open, runs } from './support.ts';

/** Administers the place, and is nothing to the operator. */
const ada = { id: 'U-ada', name: 'Ada', admin: true };
const root = { id: 'U-root', name: 'Root' };

type House = Awaited<ReturnType<typeof open>>;
const desk = async (house: House, argument?: string, by: typeof alice = ada) =>
  (await house.room.command('admin', { by, ...(argument ? { argument } : {}) })).join();
const heardBy = (house: House, who: typeof alice) =>
  house.room.privateTo(who).map(({ message }) => message.text);
const buttonsOf = (house: House) =>
  (house.room.answered.at(-1)?.buttons ?? []).map(({ label, does }) => [
    label,
    'action' in does ? does.value : undefined,
  ]);

const PAUSED = /^I am paused by an admin and take nothing new for now/;

test('it shows what runs and waits, newest first behind what is at work, and stops it', async () => {
  const house = await open({ scale: 0.02 });
  const first = gate();
  house.nemo.script({ heartbeat: true }, { until: first.opened });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  await house.room.write('And a title.', { by: bob });
  expect(await desk(house)).toMatch(
    /▶️ New requests are taken\.\n\n\*\*At work and waiting\*\* \(2\)\n\*\*1\*\* · \[A film about tea\.\]\(https:\/\/room\.test\/c\/t1\) · Alice · (?:goes to NemoVideo|is being made), asked .* ago\n\*\*2\*\* · .* · Bob · waits, asked/,
  );
  const [stop1, stop2] = buttonsOf(house).filter(([label]) => label?.startsWith('Stop'));
  expect(stop1?.[0]).toBe('Stop 1');
  // Nobody else may, and a made-up id is nobody's.
  expect(await house.room.press('desk', { by: bob, value: `${stop1?.[1]}` })).toEqual([
    'Only an admin can change this.',
  ]);
  expect((await house.room.press('desk', { by: ada, value: 'stop made-up' }))[0]).toMatch(
    /^I know of no such request here/,
  );
  // One that waits is ended in words when it is its turn, and never runs.
  expect((await house.room.press('desk', { by: ada, value: `${stop2?.[1]}` }))[0]).toMatch(
    /^⏹️ It is being stopped[\s\S]*is being stopped, asked/,
  );
  expect((await house.room.press('desk', { by: ada, value: `${stop1?.[1]}` }))[0]).toMatch(/^⏹️/);
  await house.idle();
  const stopped = house.room.visible().filter(({ message }) => /stays charged/.test(message.text));
  expect(stopped.map(({ message }) => message.mention)).toEqual([[alice.id], [bob.id]]);
  expect(runs(house)).toBe(1);
  expect((await house.room.press('desk', { by: ada, value: `${stop1?.[1]}` }))[0]).toMatch(
    /^It is over already/,
  );
  expect(await desk(house)).toContain('Nothing is at work, and nothing waits');
});

test('a turn of another workspace is none of an admin’s, and one of the operator’s', async () => {
  const house = await open({ rules: { admins: [root.id] }, start: false });
  await house.room.write('A film about tea.');
  const [turn] = await house.ledger.unfinished(threadKey(house.room.refOf('t1')));
  const stop = async (by: typeof alice) => {
    const answers: string[] = [];
    await house.room.inbox().press({
      key: 'far',
      action: 'desk',
      value: `stop ${turn?.id}`,
      person: by,
      platform: 'web',
      workspace: 'elsewhere',
      channel: 'c',
      respond: async ({ text }) => void answers.push(text),
    });
    return answers.join();
  };
  expect(await stop(ada)).toMatch(/^I know of no such request here/);
  expect((await house.ledger.unfinished(threadKey(house.room.refOf('t1'))))[0]).toMatchObject({
    stopRequested: false,
  });
  expect(await stop(root)).toMatch(/^⏹️ It is being stopped/);
  house.conversation.start();
  await house.idle();
  expect(runs(house)).toBe(0);
});

test('an event that comes again while paused is the request that it was', async () => {
  const house = await open({ start: false });
  await house.room.write('A film about tea.', { key: 'tea' });
  const again = () => house.room.press('prompt', { value: 'Slower.', key: 'slower' });
  expect(await again()).toEqual([]);
  await desk(house, 'pause');
  await house.room.write('A film about tea.', { key: 'tea' });
  expect(await again()).toEqual([]);
  house.conversation.start();
  await desk(house, 'resume');
  await house.idle();
  expect(heardBy(house, alice)).toEqual([]);
  expect(runs(house)).toBe(2);
});

test('who spent what this month, per person and channel', async () => {
  const house = await open({ start: false });
  await house.room.write('A film about tea.', { by: bob, thread: 't9' });
  const [turn] = await house.ledger.unfinished(threadKey(house.room.refOf('t9')));
  if (!turn) throw new Error('nothing is on record');
  const spending = { turn: turn.id, thread: turn.thread, account: 'a' };
  await house.ledger.beginSpending(spending, 60_000);
  await house.ledger.endSpending(spending, { was: 100, is: 58 });
  expect(await desk(house)).toMatch(
    /People: Bob 42 credits\nChannels: \[c\]\(https:\/\/room\.test\/c\/t9\) 42 credits/,
  );
});

test('paused, new requests are answered once, by whichever way they come; looking and stopping go on', async () => {
  const path = await databaseFile();
  const house = await open({ path, draft: sampleDraft, scale: 0.02 });
  const first = gate();
  house.nemo.script({ heartbeat: true }, { until: first.opened }, say('The tea film is done.'));
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  await house.room.write('And a title.');
  expect(await desk(house, 'pause', bob)).toBe('Only an admin can change this.');
  expect(await desk(house, 'pause')).toMatch(/^⏸️ Paused[\s\S]*⏸️ Paused here since/);
  await house.room.write('A film about bread.', { by: bob, thread: 't2', key: 'bread' });
  await house.room.until(({ message }) => PAUSED.test(message.text));

  // The same event once more, also after the pause, is the same request.
  await house.room.write('A film about bread.', { by: bob, thread: 't2', key: 'bread' });
  expect(heardBy(house, bob)).toEqual([expect.stringMatching(PAUSED)]);
  expect(await house.room.press('export')).toEqual([expect.stringMatching(PAUSED)]);
  expect(await house.room.press('prompt', { value: 'A film.' })).toEqual([
    expect.stringMatching(PAUSED),
  ]);
  expect((await house.room.command('new', { thread: 't1' }))[0]).toMatch(PAUSED);
  const place = { platform: 'web', workspace: 'w', channel: 'c' } as const;
  expect(await house.conversation.inbox.mayBegin({ person: bob, place, key: 'x' })).toEqual({
    refused: { text: expect.stringMatching(PAUSED) },
  });
  expect((await house.room.command('status', { thread: 't1' }))[0]).toMatch(/Working on it/);
  expect((await house.room.press('credits'))[0]).toMatch(/60 available/);
  expect((await house.room.command('help'))[0]).toMatch(/Try saying/);
  // What was at work comes to its end; what waited waits, also in a process that starts now.
  first.open();
  await hear(house, /The tea film is done/);
  await house.conversation.drain(0);
  const next = await open({ path, nemo: house.nemo, room: house.room, scale: 0.02 });
  next.nemo.script(say('The title is in.'));
  expect(await desk(next)).toMatch(/Paused here since[\s\S]*waits, asked/);
  expect(runs(next)).toBe(1);
  expect(await desk(next, 'resume')).toMatch(/^▶️ Resumed/);
  await hear(next, /The title is in/);
  await next.idle();
  await next.room.write('A film about bread.', { by: bob, thread: 't2', key: 'bread' });
  await next.idle();
  expect(runs(next)).toBe(2);
});

test('paused everywhere by the operator, a place cannot resume itself; one that waits can be stopped', async () => {
  const house = await open({ rules: { admins: [root.id] }, start: false });
  await house.room.write('A film about tea.');
  expect(await desk(house, 'pause everywhere')).toBe(
    'Only whoever runs this bot can do that everywhere.',
  );
  expect(await desk(house, 'pause everywhere', root)).toMatch(/Paused everywhere since/);
  const { park } = house.ledger;
  const parked = new Promise<void>((resolve) => {
    house.ledger.park = async (...given) => {
      await park(...given);
      resolve();
    };
  });
  house.conversation.start();
  await parked;
  expect(await desk(house, 'resume')).toMatch(/Paused everywhere since/);
  expect(buttonsOf(house).map(([label]) => label)).toEqual([
    'Refresh',
    'Brand kit',
    'Allow and deny',
    'Stop 1',
  ]);
  const [, value] = buttonsOf(house).at(-1) ?? [];
  await house.room.press('desk', { by: ada, value: `${value}` });
  await hear(house, /stays charged/);
  await house.idle();
  expect(runs(house)).toBe(0);
  expect(await desk(house, 'everywhere', root)).toContain('all workspaces');
});

test('what an admin denies counts for more than the settings, what they allow is let in besides them', async () => {
  const house = await open({ rules: { channels: ['c'], users: [alice.id, 'U-eve'] } });
  const visit = async (by: typeof alice) =>
    (await house.room.command('help', { by, at: 'c/none' })).join();
  expect(await visit(bob)).toMatch(/not on the list/);
  expect(await desk(house, `allow person ${bob.id}`, { ...alice, admin: true })).toContain(
    '`U-bob` may use me now.',
  );
  expect(await visit(bob)).toMatch(/Try saying/);
  await desk(house, `deny person ${bob.id}`, { ...alice, admin: true });
  expect(await visit(bob)).toMatch(/not on the list/);
  const admin = { ...alice, admin: true };
  expect(await desk(house, 'deny here', admin)).toMatch(
    /nothing new in channel `c`[\s\S]*Channels that are denied\*\*: `c`[\s\S]*People who are denied\*\*: `U-bob`/,
  );
  expect(await visit(alice)).toMatch(/not switched on in this channel/);
  await house.room.write('A film about tea.');
  await house.idle();
  expect(runs(house)).toBe(0);
  // Who has shut the door can open it again from the same place.
  await desk(house, 'reset here', admin);
  await desk(house, `reset person ${bob.id}`, admin);
  expect(await visit(alice)).toMatch(/Try saying/);
  expect(await visit(bob)).toMatch(/not on the list/);
  const eve = { id: 'U-eve', name: 'Eve' };
  expect(await visit(eve)).toMatch(/Try saying/);
  await desk(house, 'deny person U-eve', admin);
  expect(await visit(eve)).toMatch(/not on the list/);
  expect(await desk(house, 'deny the whole world now please', admin)).toMatch(
    /^I do not understand/,
  );
});

test('of admins that decide at the same moment, at two processes, none undoes what another has done', async () => {
  const path = await databaseFile();
  const here = await open({ path });
  const there = await open({ path, nemo: here.nemo });
  await Promise.all(
    Array.from({ length: 8 }, (_, n) => desk(n % 2 ? here : there, `deny person U-${n}`)),
  );
  const ids = /People who are denied\*\*: (.*)/
    .exec(await desk(here))?.[1]
    ?.split(', ')
    .sort();
  expect(ids).toEqual(Array.from({ length: 8 }, (_, n) => `\`U-${n}\``));
});
