/** A plan before anything is made: shown, changed, made once, or cancelled; by buttons and by words. */
import { expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { alice, bob, type Said } from '../../doubles/room.ts';
import { databaseFile, hear, open, runs, story, texts, toldAgent } from './support.ts';

const SCRIPT =
  'Plan first: a portrait video of 20 seconds.\n\nTea grows on a misty mountain.\n\nA hand picks it.\n\nA cup steams.';

const PLAN = /📋/;
const plans = (house: House): Said[] =>
  house.room.visible('t1').filter(({ message }) => PLAN.test(message.text));
const planIn = (said: Said | undefined): string => {
  const [button] = said?.message.buttons ?? [];
  return (button && 'action' in button.does && button.does.value) || '';
};
const newest = (house: House): string => planIn(plans(house).at(-1));

async function planned(options: Parameters<typeof open>[0] = {}): Promise<[House, Said]> {
  const house = await open(options);
  await house.room.write(SCRIPT);
  const card = await hear(house, PLAN);
  await house.idle();
  return [house, card];
}

async function says(house: House, text: string, more: Parameters<House['room']['write']>[1] = {}) {
  await house.room.write(text, more);
  await house.idle();
}

test('what is asked for is shown before anything is made', async () => {
  const [house, card] = await planned();
  expect(runs(house)).toBe(0);
  expect(card.message.text).toContain(
    '**Scenes** (3)\n**1** · Tea grows on a misty mountain.\n**2** · A hand picks it.\n**3** · A cup steams.',
  );
  expect(card.message.text).toContain('**Length:** about 20 s');
  expect(card.message.text).toContain('**Shape:** portrait, 9:16');
  expect(card.message.text).toContain('Available now: 60 credits.');
  expect(card.message.mention).toEqual([alice.id]);
  expect(card.message.buttons?.map(({ label }) => label)).toEqual([
    'Make it',
    'Change the plan',
    'Cancel',
  ]);
  expect(texts(house)).toContain('✋ Needs you');
});

test('it is made by one press, with the script as it was sent', async () => {
  const [house, card] = await planned();
  await house.room.press('make-plan', { value: planIn(card), by: bob });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toBe(
    'a portrait video of 20 seconds.\n\nTea grows on a misty mountain.\n\nA hand picks it.\n\nA cup steams.',
  );
  expect(card.message.text).toContain('✅ Being made.');
  expect(card.message.buttons).toEqual([]);
  expect(story(house)).toContain('Your video is ready');
});

test('words change it; what is not known is kept as it was said', async () => {
  const [house, card] = await planned();
  await says(house, 'make it 30 seconds, drop scene 2 and no music');
  await says(house, 'a bit funnier, please', { by: bob });
  expect(runs(house)).toBe(0);
  expect(card.message.text).toContain('↪️ Changed');
  const [, , last] = plans(house);
  expect(last?.message.text).toContain(
    '**Scenes** (2)\n**1** · Tea grows on a misty mountain.\n**3** · A cup steams.',
  );
  expect(last?.message.text).toContain('about 30 s');
  expect(last?.message.text).toContain('**Music:** none');
  expect(last?.message.text).toContain('**Also:** “a bit funnier, please”');
  expect(texts(house).filter((text) => /On it|Done in/.test(text))).toEqual([]);
  await house.room.press('make-plan', { value: newest(house) });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toMatch(
    /A cup steams\.\n\nThese decisions about the video go before anything that is said above:\nLeave out scene 2 \(“A hand picks it\.”\)\.\nThe video is about 30 seconds long\.\nNo music\.\na bit funnier, please$/,
  );
});

test('two presses at once make it once', async () => {
  const [house, card] = await planned();
  const value = planIn(card);
  const answers = await Promise.all([
    house.room.press('make-plan', { value }),
    house.room.press('make-plan', { value, by: bob }),
  ]);
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(answers.flat()).toEqual(['This plan is being made, or has been made already.']);
});

test('a press after a restart', async () => {
  const path = await databaseFile();
  const [first, card] = await planned({ path });
  await first.conversation.drain(0);
  const house = await open({ path, nemo: first.nemo, room: first.room });
  await house.room.press('make-plan', { value: planIn(card), by: bob });
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('an older card says which plan counts', async () => {
  const [house, card] = await planned();
  const value = planIn(card);
  await says(house, '45 seconds');
  const late = await house.room.press('make-plan', { value });
  expect(late).toEqual(['This plan was changed. Please use the newest one, further down.']);
  await house.idle();
  expect(runs(house)).toBe(0);
});

test('cancelled by a button, by words, and by "stop"', async () => {
  for (const cancel of [
    (house: House) => house.room.press('cancel-plan', { value: newest(house), by: bob }),
    (house: House) => says(house, 'cancel the plan'),
    (house: House) => says(house, 'stop'),
  ]) {
    const [house, card] = await planned();
    const value = planIn(card);
    await cancel(house);
    await house.idle();
    expect(card.message.text).toContain('✖️ Cancelled. Nothing was made, and nothing was spent.');
    expect(card.message.buttons).toEqual([]);
    const late = 'This plan was cancelled. Send the script once more to begin anew.';
    expect(await house.room.press('make-plan', { value })).toEqual([late]);
    expect(runs(house)).toBe(0);
  }
});

test('"make it" is an answer to a plan', async () => {
  const [house] = await planned();
  await says(house, 'ok, make it');
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toContain('A cup steams.');
});

test('"plan first" alone is about the script of the thread', async () => {
  const house = await open();
  await says(house, 'plan first');
  expect(story(house)).toContain('There is nothing to plan yet.');
  await says(house, 'A film about tea.\n\nAnother scene with rain.');
  expect(runs(house)).toBe(1);
  await says(house, '先给方案');
  expect(runs(house)).toBe(1);
  expect(
    plans(house).length + texts(house).filter((text) => text.includes('还没有开始制作')).length,
  ).toBe(1);
});
