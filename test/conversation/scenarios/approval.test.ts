/** APPROVE_OVER: what is estimated to take many credits is made when an admin agrees, by a press or in words, and not before. */
import { expect, test } from 'vitest';
import type { Sample } from '../../../src/conversation/cost/averages.ts';
import type { Person } from '../../../src/platforms/chat.ts';
import type { House, HouseOptions } from '../../doubles/house.ts';
import { has } from '../../doubles/nemo/spending.ts';
import { alice, bob, type Said } from '../../doubles/room.ts';
import { hear, open, runs } from './support.ts';

const root: Person = { id: 'U-root', name: 'Root' };
/** By the platform's word, in that workspace. */
const boss: Person = { id: 'U-boss', name: 'Boss', admin: true };
const learnt: Sample = { kind: 'video', videos: 1, credits: 96, minutes: 4, seconds: undefined };

async function start(over: HouseOptions = {}): Promise<House> {
  const rules = { approveOver: 90, admins: [root.id], ...over.rules };
  const house = await open({ learnt, ...over, rules });
  // Enough, so that no plan is shown for want of them.
  has(house.nemo, 10_000);
  return house;
}

const planIn = (card: Said): string => {
  const does = card.message.buttons?.[0]?.does;
  return (does && 'action' in does && does.value) || '';
};

async function asks(house: House, text = 'A film about tea.', by = alice): Promise<Said> {
  await house.room.write(text, { by });
  const card = await hear(house, /An admin has to agree/);
  await house.idle();
  return card;
}

test('a press of others is told so, one of an admin has it made; once it is over nothing is left of the question', async () => {
  const house = await start();
  const card = await asks(house);
  expect(card.message.text).toContain('Takes about 96 credits');
  expect(card.message.mention).toEqual([alice.id, root.id]);
  const press = (by: Person) => house.room.press('make-plan', { by, value: planIn(card) });
  for (const by of [alice, bob])
    expect(await press(by)).toEqual([expect.stringMatching(/^Only an admin can have this made/)]);
  expect(house.room.answered.at(-1)?.mention).toEqual([root.id]);
  await house.idle();
  expect(runs(house)).toBe(0);
  expect(await press(boss)).toEqual([]);
  await hear(house, /Your video is ready/);
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(card.message.text).not.toMatch(/An admin has to agree|Shall I make it/);
});

test('in words: "make it" of the one who asked changes nothing, and the plan is there still; of an admin it counts', async () => {
  const house = await start();
  await asks(house);
  await house.room.write('make it');
  await house.room.until((said) => said.privateTo === alice.id);
  await house.idle();
  expect(house.room.privateTo(alice).at(-1)?.message.text).toMatch(/^Only an admin/);
  expect(runs(house)).toBe(0);
  await house.room.write('make it', { by: root, calls: 'us' });
  await hear(house, /Your video is ready/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('a plan that was asked for, and one that was changed, are no way around it', async () => {
  const house = await start();
  const card = await asks(house, 'Plan first: a film about tea.');
  expect(await house.room.press('make-plan', { value: planIn(card) })).toHaveLength(1);
  await house.room.write('portrait');
  const changed = await house.room.until(
    ({ id, message: { text } }) => id !== card.id && /An admin has to agree/.test(text),
  );
  await house.idle();
  expect(await house.room.press('make-plan', { value: planIn(changed) })).toHaveLength(1);
  expect(runs(house)).toBe(0);
});

test.each<[string, HouseOptions, Person]>([
  ['an admin', {}, root],
  ['where nothing was learnt of such work', { learnt: { ...learnt, kind: 'edit' } }, alice],
  ['what takes no more than that', { rules: { approveOver: 96 } }, alice],
])('%s: made at once', async (_who, over, by) => {
  const house = await start(over);
  await house.room.write('A film about tea.', { by });
  await hear(house, /Your video is ready/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('several videos count together, and an edit by what edits take', async () => {
  const house = await start({ rules: { approveOver: 100 } });
  const files = ['one', 'two'].map((name) => ({
    name: `${name}.png`,
    bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
  }));
  await house.room.write('one video each', { files });
  const card = await hear(house, /An admin has to agree|Your video is ready/);
  await house.idle();
  expect(card.message.text).toMatch(/about 192 credits.*\n+An admin has to agree/);
  expect(runs(house)).toBe(0);
  const edits = await start({ learnt: { ...learnt, kind: 'edit', credits: 120 } });
  await edits.room.write('A film about tea.');
  await hear(edits, /Your video is ready/);
  await edits.idle();
  await edits.room.write('Make all of it new.');
  await hear(edits, /An admin has to agree/);
  await edits.idle();
  expect(runs(edits)).toBe(1);
});
