// Over 250 lines: its cases share one setup and read as one list.
/** A plan before anything is made: shown, changed, made once, or cancelled; by buttons and by words. */
import { expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { FOUR_ORDERS, fourPictures, makesFour } from '../../doubles/nemo/planned.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { alice, bob, createRoom, type Said } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { rewrite } from './restarting.ts';
import { gate, hear, open, runs, story, texts, toldAgent, tryAgain } from './support.ts';

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

test('a press that found no room made nothing, and may be pressed once more', async () => {
  const [house, card] = await planned({ rules: { maxQueued: 1 } });
  const held = gate();
  house.nemo.script({ until: held.opened }, say('A lot.'));
  await house.room.write('Would rain look good in it?');
  await house.nemo.arrival('run_sse');
  house.nemo.script(say('Some more.'));
  await house.room.write('Or would snow look better?');
  const value = planIn(card);
  const [full] = await house.room.press('make-plan', { value });
  expect(full).toMatch(/wait/);
  held.open();
  await hear(house, /Some more/);
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(await house.room.press('make-plan', { value })).toEqual([]);
  await house.idle();
  expect(runs(house)).toBe(3);
  expect(card.message.text).toContain('✅ Being made.');
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
  expect(plans(house)).toHaveLength(1);
  expect(story(house)).toContain('还没有开始制作');
});

/** Everything that is done meanwhile is on record, and worked on, in order, by the house that comes next. */
async function meanwhile(
  deeds: (house: House, value: string) => Promise<unknown>,
  options: Parameters<typeof open>[0] = {},
): Promise<House> {
  const path = await databaseFile();
  const [first, card] = await planned({ ...options, path });
  const value = planIn(card);
  await first.conversation.drain(0);
  const given = { ...options, path, nemo: first.nemo, room: first.room };
  const waiting = await open({ ...given, start: false });
  await deeds(waiting, value);
  await waiting.conversation.drain(0);
  const house = await open(given);
  await house.idle();
  return house;
}

test('of two that want the same plan the second finds it gone', async () => {
  const house = await meanwhile(async ({ room }, value) => {
    await room.press('make-plan', { value, by: bob });
    await room.press('cancel-plan', { value });
    await room.write('make it');
  });
  expect(runs(house)).toBe(1);
  const late = 'This plan is being made, or has been made already.';
  expect(house.room.privateTo(alice).map(({ message }) => message.text)).toEqual([late, late]);
});

test('what is said before it is made, and come to later, changes what has been made', async () => {
  const house = await meanwhile(async ({ room }, value) => {
    await room.press('make-plan', { value, by: bob });
    await room.write('make it 30 seconds');
  });
  expect(runs(house)).toBe(2);
  expect(toldAgent(house, 2)).toBe('make it 30 seconds');
});

test('a process that ends after the plan was taken does not make it twice, nor lose it', async () => {
  const path = await databaseFile();
  const [first, card] = await planned({ path });
  first.nemo.once('state', { never: true });
  await first.room.press('make-plan', { value: planIn(card) });
  await first.nemo.arrival('state');
  await first.conversation.drain(0);
  const house = await open({ path, nemo: first.nemo, room: first.room });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toContain('A cup steams.');
});

test('a press is about a plan of its own thread', async () => {
  const [house, card] = await planned();
  await says(house, 'A film about rain.', { thread: 't2' });
  const gone = ['I no longer have that plan. Send the script once more to begin anew.'];
  for (const action of ['make-plan', 'change-plan', 'cancel-plan'] as const) {
    expect(await house.room.press(action, { value: planIn(card), thread: 't2' })).toEqual(gone);
    expect(await house.room.press(action, { value: 'made-up' })).toEqual(gone);
  }
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(card.message.buttons).toHaveLength(3);
});

test('files that are sent to a plan are in it', async () => {
  const [house, card] = await planned();
  const png = { name: 'cup.png', bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDRcup', 'latin1') };
  await says(house, 'portrait, and show this cup at the end', { files: [png] });
  expect(runs(house)).toBe(0);
  const last = plans(house).at(-1);
  expect(card.message.buttons).toEqual([]);
  expect(last?.message.text).toContain('**Scenes** (3)');
  expect(last?.message.text).toContain('**cup.png:** shown as a picture');
  expect(last?.message.text).toContain('“show this cup at the end”');
  await house.room.press('make-plan', { value: newest(house) });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toMatch(/A cup steams\.[\s\S]*cup\.png[\s\S]*show this cup at the end/);
  expect(house.nemo.received('upload')).toHaveLength(1);
  expect(texts(house).filter((text) => /Got \*\*cup/.test(text))).toHaveLength(1);
});

test('a document is read for its scenes, and what is told of it is told once', async () => {
  const house = await open();
  const script = { name: 'tea.txt', bytes: Buffer.from('Scene 1: The hill\n\nScene 2: The cup\n') };
  await says(house, 'plan first', { files: [script] });
  expect(plans(house)[0]?.message.text).toContain('**1** · The hill\n**2** · The cup');
  expect(plans(house)[0]?.message.text).toContain('**tea.txt:** the script');
  await says(house, 'go ahead');
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toContain('Scene 2: The cup');
  expect(texts(house).filter((text) => /Read \*\*tea/.test(text))).toHaveLength(1);
});

test('more than three videos are planned, one can be left out, and the rest is made', async () => {
  const house = await open();
  makesFour(house.nemo);
  await says(house, FOUR_ORDERS, { files: fourPictures });
  expect(runs(house)).toBe(0);
  await says(house, 'drop video 2');
  await says(house, 'make it');
  expect(runs(house)).toBe(3);
  expect(story(house)).toContain('All 3 videos are done.');
  expect(toldAgent(house, 2)).not.toContain('market');
});

test('three videos, and one, are made without a question', async () => {
  const house = await open({ rules: { costNotes: false } });
  makesFour(house.nemo);
  await says(house, 'each: slow and calm', { files: fourPictures.slice(0, 3) });
  expect(runs(house)).toBe(3);
  expect(plans(house)).toEqual([]);
  expect(house.nemo.received('credits')).toEqual([]);
});

/** What such a video took before. */
const LEARNT = { kind: 'video', videos: 1, credits: 96, minutes: 3, seconds: undefined } as const;

test('where more is needed than there is, a plan says so', async () => {
  const house = await open({ learnt: LEARNT });
  await says(house, 'A film about tea.');
  expect(runs(house)).toBe(0);
  expect(plans(house)[0]?.message.text).toContain('more credits than there are');
  expect(plans(house)[0]?.message.text).toContain(
    'Takes about 96 credits and 3 min. Available now: 60 credits.',
  );
  const rich = await open({ learnt: LEARNT });
  rich.nemo.credits = { available: 96, frozen: 0, total: 96 };
  await says(rich, 'A film about tea.');
  expect(runs(rich)).toBe(1);
});

test('a balance that cannot be read is not said, and asks nothing', async () => {
  const house = await open({ learnt: LEARNT });
  house.nemo.on('credits', refused(503, 503, 'busy'));
  await says(house, 'A film about tea.');
  expect(runs(house)).toBe(1);
  await says(house, `${SCRIPT} `, { thread: 't2' });
  const card = await hear(house, PLAN);
  expect(card.message.text).toContain('Takes about 96 credits and 3 min.');
  expect(card.message.text).not.toContain('Available');
});

test('PLAN_FIRST: always before every new video, never before an edit; off only where asked for', async () => {
  const always = await open({ rules: { planFirst: 'always' } });
  await says(always, 'A film about tea.');
  expect(plans(always)[0]?.message.text).toContain('before every new video');
  await says(always, 'make it');
  await says(always, 'Make the title blue.');
  expect(runs(always)).toBe(2);
  const off = await open({ rules: { planFirst: 'off' } });
  makesFour(off.nemo);
  await says(off, FOUR_ORDERS, { files: fourPictures });
  expect(runs(off)).toBe(4);
  await says(off, SCRIPT, { thread: 't2' });
  expect(runs(off)).toBe(4);
});

test('a plan counts for nothing; having it made does, for who does', async () => {
  const house = await open({ rules: { dailyTurns: 1 } });
  await says(house, SCRIPT);
  await says(house, '30 seconds');
  await house.room.press('make-plan', { value: newest(house) });
  await house.idle();
  expect(runs(house)).toBe(1);
  await says(house, SCRIPT, { thread: 't2', by: bob });
  const card = house.room.visible('t2').find(({ message }) => PLAN.test(message.text));
  const value = planIn(card);
  const [refusal] = await house.room.press('make-plan', { value, thread: 't2' });
  expect(refusal).toMatch(/used your one request/);
  await house.room.press('make-plan', { value, thread: 't2', by: bob });
  await house.idle();
  expect(runs(house)).toBe(2);
});

test('a question goes to the agent, and the plan can still be made', async () => {
  const [house, card] = await planned();
  await says(house, 'What would it look like in black and white?');
  expect(runs(house)).toBe(1);
  await says(house, 'make the sky blue');
  expect(runs(house)).toBe(2);
  await house.room.press('make-plan', { value: planIn(card) });
  await house.idle();
  expect(runs(house)).toBe(3);
  expect(toldAgent(house, 3)).toContain('A cup steams.');
});

test('a fresh project ends the plan', async () => {
  const [house, card] = await planned();
  const value = planIn(card);
  await says(house, 'new');
  expect(card.message.text).toContain('✖️ Over');
  expect(await house.room.press('make-plan', { value })).toEqual([
    'This plan is over. Send the script once more to begin anew.',
  ]);
});

test('a place that takes no edits hears that a plan is cancelled', async () => {
  const room = createRoom();
  room.capabilities = { ...room.capabilities, edit: false };
  const house = await open({ room });
  await says(house, SCRIPT);
  await says(house, 'cancel');
  expect(story(house)).toContain('✖️ Cancelled. Nothing was made, and nothing was spent.');
});

test('what failed when it was made is tried again with the plan', async () => {
  const [house] = await planned();
  await says(house, 'no music');
  house.nemo.once('run_sse', refused(402, 2001, 'credits'));
  await says(house, 'make it');
  const failed = await hear(house, /credits/i);
  expect(failed).toBeDefined();
  await says(house, 'try again');
  expect(toldAgent(house, 2)).toMatch(/A cup steams\.[\s\S]*No music\.$/);
});

test('in Chinese', async () => {
  const house = await open();
  await says(house, '先给方案：做一个20秒的竖屏短片。\n\n清晨的茶山。\n\n采茶的手。');
  await says(house, '改成 30 秒，去掉第 2 个场景，不要音乐');
  const card = plans(house).at(-1);
  expect(card?.message.text).toBe(
    '📋 **方案。** 还没有开始制作。\n\n**场景**（1）\n**1** · 清晨的茶山。\n\n**时长：** 约 30 秒\n**画面：** 竖屏 9:16\n**音乐：** 无\n没有提到、由 NemoVideo 决定：标题。\n\n现有 60 积分。\n\n要按这个方案制作吗？也可以直接写下要改的地方。',
  );
  await says(house, '开始吧');
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toMatch(
    /去掉第 2 个场景（“采茶的手。”）。\n视频长约 30 秒。\n不要音乐。$/,
  );
});

test('one that is stopped while it is made can be taken up again as it was', async () => {
  const [house] = await planned();
  await says(house, 'no music');
  house.nemo.once('state', { never: true });
  await house.room.write('make it');
  await house.nemo.arrival('state');
  await house.room.write('stop');
  await house.idle();
  const stopped = await hear(house, /^Stopped\./);
  expect(runs(house)).toBe(0);
  await tryAgain(house, stopped);
  await house.idle();
  expect(toldAgent(house)).toMatch(/A cup steams\.[\s\S]*No music\.$/);
});

test('a script that is too long is asked about first, and its part is planned', async () => {
  const house = await open();
  const scene = `The hill lies in the mist. ${'It is quiet there. '.repeat(20)}`;
  await says(house, `Plan first.\n\n${Array.from({ length: 80 }, () => scene).join('\n\n')}`);
  const asked = await hear(house, /Shall I use the first part/);
  const [first] = asked.message.buttons ?? [];
  const value = (first && 'value' in first.does && first.does.value) || '';
  await house.room.press('first-part', { value });
  await house.idle();
  expect(runs(house)).toBe(0);
  expect(plans(house)[0]?.message.text).toContain('**1** · The hill lies in the mist.');
  await says(house, 'make it');
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toMatch(/^The hill lies in the mist/);
  expect(toldAgent(house).length).toBeLessThan(20_100);
});

test('a plan whose message is forgotten is not made of nothing', async () => {
  const path = await databaseFile();
  const [first, card] = await planned({ path });
  const before = planIn(card);
  await says(first, '45 seconds');
  const value = newest(first);
  await rewrite(first, path, `DELETE FROM turns WHERE id = '${before}'`);
  const house = await open({ path, nemo: first.nemo, room: first.room });
  await house.room.press('make-plan', { value });
  await house.idle();
  expect(runs(house)).toBe(0);
  expect(house.room.privateTo(alice)[0]?.message.text).toContain('no longer have that plan');
});
