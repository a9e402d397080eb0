/** Budgets in credits: a warning once, a refusal that names whom to ask, and what goes on all the same. */
import { expect, test } from 'vitest';
import type { House, HouseOptions } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { has, makesVideo } from '../../doubles/nemo/spending.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { alice, bob, createRoom } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, hear, open, patient, runs, texts, times } from './support.ts';

const limits = (over: Partial<Record<'workspace' | 'channel' | 'person', number>>) => ({
  workspace: 0,
  channel: 0,
  person: 0,
  ...over,
});

async function start({ rules, ...options }: HouseOptions): Promise<House> {
  const house = await open({ timers: patient, ...options, ...(rules ? { rules } : {}) });
  has(house.nemo, 10_000);
  return house;
}

async function film(house: House, credits: number, thread = 't1', by = alice): Promise<void> {
  house.nemo.script(...makesVideo(house.nemo, credits));
  await house.room.write('A film about tea.', { thread, by });
  await house.idle();
}

const toldTo = (house: House, who = alice) => house.room.privateTo(who).at(-1)?.message;

test('a channel: a warning at 80 %, once; at 100 % a refusal, and all that is free goes on', async () => {
  const house = await start({
    rules: { budgets: limits({ channel: 200 }), admins: ['U-root', 'somebody-elsewhere'] },
  });
  await film(house, 100);
  expect(times(house, /⚠️/)).toBe(0);
  await film(house, 70, 't2');
  const warning = await hear(house, /^⚠️ This channel has used 170 of its 200 credits/);
  expect(warning.message.mention).toEqual(['U-root']);
  expect(await house.room.command('credits', { thread: 't1' })).toEqual([
    expect.stringContaining('This channel: 170 of 200 credits this month.'),
  ]);
  await film(house, 30, 't3', bob);
  expect(times(house, /⚠️/)).toBe(1);
  await house.room.write('A film about salt.', { thread: 't4', by: bob });
  await house.idle();
  expect(toldTo(house, bob)).toEqual({
    text: expect.stringMatching(
      /^This channel has used 200 of its 200 credits for this month, so I begin nothing new .* ask the admin named above/,
    ),
    mention: ['U-root'],
  });
  expect(runs(house)).toBe(3);
  expect(await house.room.press('prompt', { value: 'Slower.' })).toEqual([
    expect.stringMatching(/^This channel has used 200 of its 200/),
  ]);
  await house.room.write('export', { thread: 't1' });
  await hear(house, /Video ready!/);
  for (const word of ['status', 'help', 'versions']) await house.room.write(word);
  await hear(house, /\*\*Try saying\*\*/);
  await house.room.write('A film about bread.', { thread: 'elsewhere/t1' });
  await house.idle();
  expect(runs(house)).toBe(4);
});

test('a person: told privately; the admins of the operator have none of their own, but the place has one for all', async () => {
  const house = await start({
    rules: { budgets: limits({ person: 50, workspace: 150 }), admins: [bob.id] },
  });
  await film(house, 50);
  expect(toldTo(house)?.text).toMatch(/^⚠️ You have used 50 of your 50 credits.*From now on/);
  await film(house, 50);
  expect(toldTo(house)?.text).toMatch(/^You have used 50 of your 50 credits/);
  await film(house, 60, 't2', bob);
  await film(house, 60, 't3', bob);
  expect(runs(house)).toBe(3);
  await film(house, 60, 't3', bob);
  expect(toldTo(house, bob)?.text).toMatch(/^This workspace has used 160 of its 150 credits/);
  expect(runs(house)).toBe(3);
});

test('a request that is looked at for its budgets is not overtaken by the word after it', async () => {
  const room = createRoom();
  const read = Promise.withResolvers<void>();
  const house = await open({
    room,
    rules: { budgets: limits({ workspace: 1_000 }), autoExport: 'never' },
    platform({ state }) {
      const map = state.map.bind(state);
      // Whose account pays is asked of the store, which takes its time.
      state.map = (name, ...shape) => {
        const made = map(name, ...shape);
        const get: typeof made.get = async (key) => {
          if (name === 'own-accounts') await read.promise;
          return made.get(key);
        };
        return { ...made, get };
      };
      return room.platform;
    },
  });
  const both = [room.write('A film about tea.'), room.write('export')];
  await house.clock.sleep(10_000);
  read.resolve();
  await Promise.all(both);
  await house.idle();
  expect(house.nemo.received('run_sse')).toHaveLength(1);
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('twenty mentions at the same moment, and two processes: each is told, none runs; the warning is given once', async () => {
  const path = await databaseFile();
  const options = { path, rules: { budgets: limits({ workspace: 100 }) } };
  const house = await start(options);
  const other = await open({ ...options, nemo: house.nemo, room: house.room });
  await film(house, 90);
  expect(times(house, /⚠️/)).toBe(1);
  await film(other, 20, 't2');
  expect(times(house, /⚠️/)).toBe(1);
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      house.room.write('A film about salt.', { thread: `n${n}` }),
    ),
  );
  await house.idle();
  expect(house.room.privateTo(alice)).toHaveLength(20);
  expect(runs(house)).toBe(2);
});

test('what could not be measured counts for what such work takes: at the same time, and after a stop', async () => {
  const house = await start({
    rules: { budgets: limits({ channel: 300 }), costNotes: false },
    scale: 0.02,
    learnt: { kind: 'video', videos: 1, credits: 90, minutes: 4, seconds: undefined },
  });
  const held = gate();
  house.nemo.script({ heartbeat: true }, { until: held.opened }, ...makesVideo(house.nemo, 96));
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  expect((await house.room.command('credits', { thread: 't1' }))[0]).toContain(
    'This channel: about 90 of 300 credits this month.',
  );
  house.nemo.script(...makesVideo(house.nemo, 50));
  await house.room.write('A film about bread.', { thread: 't2' });
  await house.room.until(({ message: { text } }) => /Done in/.test(text));
  held.open();
  await house.idle();
  expect((await house.room.command('credits', { thread: 't1' }))[0]).toContain(
    'This channel: about 180 of 300 credits this month.',
  );
  expect(house.room.everSeen().join('\n')).not.toMatch(/Done.*credits/);
});

test('a request that was turned away counts for nothing; without anything learnt, neither does what was not measured', async () => {
  const house = await start({
    rules: { budgets: limits({ channel: 100 }) },
    learnt: { kind: 'video', videos: 1, credits: 90, minutes: 4, seconds: undefined },
  });
  house.nemo.once('run_sse', refused(402, 2001, 'credits'));
  await house.room.write('A film about tea.');
  await house.idle();
  const credits = async (thread: string) => (await house.room.command('credits', { thread }))[0];
  expect(await credits('t1')).toContain('This channel: 0 of 100 credits this month.');
  house.nemo.script(say('Hello.'));
  await house.room.write('Slower, please.', { thread: 't2' });
  await house.idle();
  expect(await credits('t2')).toContain('This channel: 0 of 100 credits this month.');
});

test('a plan is refused at its press as a request is', async () => {
  const house = await start({ rules: { budgets: limits({ channel: 100 }) } });
  await house.room.write('plan first: A film about tea.');
  const card = await hear(house, /Shall I make it/);
  await house.idle();
  await film(house, 100, 't2');
  const make = card.message.buttons?.[0]?.does;
  const value = make && 'value' in make ? make.value : undefined;
  expect(await house.room.press('make-plan', value === undefined ? {} : { value })).toEqual([
    expect.stringMatching(/^This channel has used 100 of its 100 credits/),
  ]);
  expect(runs(house)).toBe(1);
  expect(texts(house).join('\n')).toContain('Nothing is made yet');
});

test('in Chinese', async () => {
  const house = await start({ rules: { budgets: limits({ person: 50 }) } });
  await film(house, 50);
  await house.room.write('做一个关于茶的短片。', { thread: 't2' });
  await house.idle();
  expect(toldTo(house)?.text).toMatch(/^你本月的预算是 50 积分，已用 50/);
});
