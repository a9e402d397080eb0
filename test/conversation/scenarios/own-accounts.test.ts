/** Accounts that people connect: whose credits are spent, what happens without them, and what nobody may do with another's. */
import { expect, test } from 'vitest';
import type { AccountOrder, Person } from '../../../src/platforms/chat.ts';
import type { House, HouseOptions } from '../../doubles/house.ts';
import { has, makesVideo } from '../../doubles/nemo/spending.ts';
import { alice, bob } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { hear, open, patient, runs, texts } from './support.ts';

const MINE = 'nmv_usr_alice_0123456789abcdef_tail';
const NEWER = `${MINE}~next`;
const ANOTHER = 'nmv_usr_other_0123456789_else';
const SHARED = 'nmv_usr_workspace_0123456789_team';
const root: Person = { id: 'U-root', name: 'Root' };

async function start(options: HouseOptions = {}): Promise<House> {
  const house = await open({ timers: patient, rules: { admins: [root.id] }, ...options });
  for (const token of [MINE, SHARED]) house.nemo.tokens.add(token);
  has(house.nemo, 1_000);
  return house;
}

const order = async (
  house: House,
  does: AccountOrder['does'],
  by: Person,
  over: Partial<AccountOrder> = {},
): Promise<string> => {
  const place = { platform: 'web', workspace: 'w', channel: 'c' };
  const asked = { ...place, person: by, does, whose: 'person', ...over } as const;
  return (await house.conversation.inbox.account(asked)).text;
};

async function film(house: House, by: Person, thread: string, credits = 50): Promise<void> {
  house.nemo.script(...makesVideo(house.nemo, credits));
  await house.room.write('A film about tea.', { thread, by });
  await house.idle();
}

/** Whose token the nth run went out with. */
const payerOfRun = (house: House, nth: number): string | undefined =>
  house.nemo.received('run_sse')[nth - 1]?.headers['authorization']?.replace('Bearer ', '');

test('a person before the workspace before the operator; a thread stays with the account that it was begun with', async () => {
  const house = await start();
  await film(house, alice, 't1');
  expect(await order(house, 'connect', root, { whose: 'workspace', token: SHARED })).toMatch(
    /^✅ Connected: …team, 950 credits available/,
  );
  await film(house, alice, 't2');
  expect(await order(house, 'connect', alice, { token: ` ${MINE} ` })).toMatch(
    /^✅ Connected: …tail/,
  );
  await film(house, alice, 't3');
  await film(house, bob, 't4');
  await film(house, alice, 't1');
  await film(house, alice, 't2');
  expect([1, 2, 3, 4, 5, 6].map((nth) => payerOfRun(house, nth))).toEqual([
    house.nemo.token,
    SHARED,
    MINE,
    SHARED,
    house.nemo.token,
    SHARED,
  ]);
  const credits = async (thread: string, by = alice) =>
    (await house.room.command('credits', { thread, by }))[0];
  expect(await credits('t3')).toMatch(/Your own NemoVideo account pays for this project/);
  expect(await credits('t3', bob)).toMatch(/account of the person who began it pays/);
  expect(await credits('t2')).toMatch(/account of this workspace pays for this project/);
  expect(await credits('t2')).toMatch(/Used: 100 credits in this thread/);
  expect(await credits('t1')).not.toMatch(/pays/);
  expect((await house.room.command('help'))[0]).toContain(
    'Your own NemoVideo account pays for what you begin here.',
  );
  expect(await order(house, 'show', alice)).toMatch(
    /Connected for you: …tail\nConnected for this workspace: …team/,
  );
});

test('disconnected: the thread stands still in words, and no other account pays; "new" begins afresh', async () => {
  const house = await start();
  await order(house, 'connect', alice, { token: MINE });
  await film(house, alice, 't1');
  expect(await order(house, 'disconnect', alice)).toMatch(
    /^✅ Disconnected, and the token is deleted/,
  );
  expect(await order(house, 'disconnect', alice)).toMatch(/no account connected/);
  await house.room.write('Slower, please.');
  await hear(house, /no longer connected, so nothing was done: no other account pays/);
  await house.idle();
  expect(runs(house)).toBe(1);
  expect((await house.room.press('status'))[0]).toMatch(/no longer connected/);
  await house.room.write('new');
  await house.idle();
  await film(house, alice, 't1');
  expect(payerOfRun(house, 2)).toBe(house.nemo.token);
});

test('another token: of the same account the thread goes on, of another it stands still', async () => {
  const house = await start();
  await order(house, 'connect', alice, { token: MINE });
  await film(house, alice, 't1');
  for (const token of [ANOTHER, NEWER]) house.nemo.tokens.add(token);
  await order(house, 'connect', alice, { token: ANOTHER });
  await house.room.write('Slower, please.');
  await hear(house, /no longer connected, so nothing was done/);
  await house.idle();
  expect(runs(house)).toBe(1);
  await order(house, 'connect', alice, { token: NEWER });
  await film(house, alice, 't1');
  expect(payerOfRun(house, 2)).toBe(NEWER);
});

test("nobody spends of another person's account, in a thread that both are in; looking is free", async () => {
  const house = await start();
  await order(house, 'connect', alice, { token: MINE });
  await film(house, alice, 't1');
  await house.room.write('Make it longer.', { by: bob });
  await hear(house, /only they can have something made in it/);
  await house.idle();
  expect(runs(house)).toBe(1);
  expect((await house.room.press('editor', { by: bob }))[0]).toMatch(/only they can/);
  expect((await house.room.press('status', { by: bob }))[0]).toMatch(/Timeline/);
  house.nemo.script(...makesVideo(house.nemo, 50));
  await house.room.write('Make it slower.', { calls: 'us' });
  await house.idle();
  expect(runs(house)).toBe(2);
});

test('what is refused: a token that NemoVideo refuses, words, the workspace by others than admins', async () => {
  const house = await start();
  expect(await order(house, 'connect', alice, { token: 'nmv_usr_nobody_0123456789' })).toMatch(
    /does not accept this token, so it was not kept/,
  );
  expect(await order(house, 'connect', alice, { token: 'my token' })).toMatch(/does not look like/);
  expect(await order(house, 'connect', alice)).toMatch(/does not look like/);
  const whose = 'workspace' as const;
  expect(await order(house, 'connect', bob, { whose, token: SHARED })).toMatch(/^Only an admin/);
  await order(house, 'connect', root, { whose, token: SHARED });
  expect(await order(house, 'disconnect', bob, { whose })).toMatch(/^Only an admin/);
  expect(await order(house, 'show', bob)).toMatch(/Connected for this workspace: …team/);
  await film(house, alice, 't1');
  expect(payerOfRun(house, 1)).toBe(SHARED);
});

test('who may not use the bot here is shown no form, and connects nothing', async () => {
  const house = await start({ rules: { users: [bob.id] } });
  for (const does of ['show', 'connect', 'disconnect'] as const)
    expect(await order(house, does, alice, { token: MINE })).toMatch(/^You are not on the list/);
  expect(house.nemo.received('credits')).toEqual([]);
});

test('an expired token of a connected account says who has to do something, and tries no other', async () => {
  const house = await start();
  await order(house, 'connect', alice, { token: MINE });
  await film(house, alice, 't1');
  house.nemo.tokens.delete(MINE);
  await house.room.write('Slower, please.');
  await hear(house, /no longer accepts the token of the connected account/);
  await house.idle();
  expect(house.nemo.received('anonymous-token')).toEqual([]);
});

test("a workspace that the bot leaves takes its accounts along, and no other's; told late, what was connected since stays", async () => {
  const path = await databaseFile();
  const house = await start({ path });
  const { inbox } = house.conversation;
  await order(house, 'connect', alice, { token: MINE });
  await order(house, 'connect', root, { whose: 'workspace', token: SHARED, workspace: 'w2' });
  await inbox.left({ platform: 'web', workspace: 'w' }, Date.now() - 60_000);
  expect(await order(house, 'show', alice)).toContain('Connected for you');
  await inbox.left({ platform: 'web', workspace: 'w' }, Date.now());
  expect(await order(house, 'show', alice)).not.toContain('Connected for you');
  expect(await order(house, 'show', root, { workspace: 'w2' })).toContain('…team');
  const other = await open({ path, nemo: house.nemo, room: house.room });
  expect(await order(other, 'show', root, { workspace: 'w2' })).toContain('…team');
});

test('what a person pays of their own is in no budget, and no budget refuses it', async () => {
  const budgets = { workspace: 60, channel: 0, person: 0 };
  const house = await start({ rules: { budgets } });
  await order(house, 'connect', alice, { token: MINE });
  await film(house, alice, 't1', 100);
  await film(house, alice, 't2', 100);
  await film(house, bob, 't3', 60);
  await film(house, bob, 't4', 60);
  await film(house, alice, 't5', 60);
  expect([1, 2, 3, 4].map((nth) => payerOfRun(house, nth))).toEqual([
    MINE,
    MINE,
    house.nemo.token,
    MINE,
  ]);
  expect(house.room.privateTo(bob).at(-1)?.message.text).toMatch(/used 60 of its 60 credits/);
  expect(texts(house).join('\n')).not.toMatch(/⚠️/);
});
