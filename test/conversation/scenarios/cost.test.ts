/** What a run has cost is said where the difference of two balances is surely its own, and nowhere else. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openCosts } from '../../../src/conversation/cost/estimate.ts';
import type { House } from '../../doubles/house.ts';
import { ok, refused } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { has as set, takes as taking } from '../../doubles/nemo/spending.ts';
import { type Step, say } from '../../doubles/nemo/steps.ts';
import { alice } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { withTitle } from './drafts.ts';
import { first } from './restarting.ts';
import { edit, gate, hear, open, patient, times } from './support.ts';

/** What is held is not to run into the fifteen minutes of a run. */
const SLOWLY = 0.02;

const has = ({ nemo }: House, available: number, frozen = 0): void => set(nemo, available, frozen);

/** The backend takes so many at that moment of a run. */
const takes = ({ nemo }: House, credits: number): Step => taking(nemo, credits);

const makes = (house: House, credits: number): Step[] => [
  { draft: sampleDraft },
  takes(house, credits),
  say('Your video is ready!'),
];

const statusOf = (house: House, thread = 't1'): string[] =>
  house.room
    .visible(thread)
    .map(({ message }) => message.text)
    .filter((text) => /^(✅ Done in|⚠️ Failed|⏹️)/.test(text))
    .map((text) => text.replace(/Done in [^·]*?( · |$)/, 'Done$1'));

async function says(house: House, text: string, thread = 't1'): Promise<void> {
  await house.room.write(text, { thread });
  await house.idle();
}

test('a video and its edit: each says what it cost, and the credits say what thread and month used', async () => {
  const house = await open({ timers: patient });
  has(house, 1000);
  house.nemo.script(...makes(house, 96));
  await says(house, 'A film about tea.');
  house.nemo.script(...edit(withTitle('Tea')), takes(house, 51), say('A title is in.'));
  await says(house, 'Add a title.');
  expect(statusOf(house)).toEqual(['✅ Done · 96 credits', '✅ Done · 51 credits']);
  house.nemo.script(...makes(house, 100));
  await says(house, 'A film about bread.', 't2');
  expect(await house.room.command('credits', { thread: 't1' })).toEqual([
    expect.stringContaining('Used: 147 credits in this thread, 247 credits this month.'),
  ]);
  await says(house, 'credits');
  expect(house.room.privateTo(alice).at(-1)?.message.text).toContain('147 credits in this thread');
});

test('the first video with its export is one figure; an export that is free adds nothing', async () => {
  const house = await open({ timers: patient, rules: { autoExport: 'first' } });
  has(house, 1000);
  house.nemo.script(...makes(house, 96));
  await says(house, 'A film about tea.');
  await hear(house, /Video ready/);
  expect(statusOf(house)).toEqual(['✅ Done · 96 credits']);
  await says(house, 'export 1080p');
  expect(statusOf(house)).toEqual(['✅ Done · 96 credits', '✅ Done']);
});

test('two threads at the same time: neither is told what both have spent', async () => {
  const house = await open({ timers: patient, scale: SLOWLY });
  has(house, 1000);
  const held = gate();
  house.nemo.script({ draft: sampleDraft }, { until: held.opened }, ...makes(house, 96));
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  house.nemo.script(...makes(house, 50));
  await house.room.write('A film about bread.', { thread: 't2' });
  await house.room.until((said) => /Done/.test(said.message.text));
  held.open();
  await house.idle();
  expect([...statusOf(house), ...statusOf(house, 't2')]).toEqual(['✅ Done', '✅ Done']);
  house.nemo.script(...makes(house, 40));
  await says(house, 'A film about salt.', 't3');
  expect(statusOf(house, 't3')).toEqual(['✅ Done · 40 credits']);
  expect(await house.room.command('credits', { thread: 't3' })).toEqual([
    expect.stringContaining('Used: 40 credits in this thread, at least 40 credits this month.'),
  ]);
});

test('two processes at the same time: neither is told', async () => {
  const path = await databaseFile();
  const house = await open({ path, scale: SLOWLY });
  has(house, 1000);
  const held = gate();
  house.nemo.script({ draft: sampleDraft }, { until: held.opened }, ...makes(house, 96));
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  const other = await open({ path, scale: SLOWLY, nemo: house.nemo, room: house.room });
  house.nemo.script(...makes(house, 50));
  await other.room.write('A film about bread.', { thread: 't2' });
  await house.room.until((said) => /Done/.test(said.message.text));
  held.open();
  await house.idle();
  expect([...statusOf(house), ...statusOf(house, 't2')]).toEqual(['✅ Done', '✅ Done']);
});

test.each<[string, (house: House) => Step[]]>([
  ['somebody topped up', (house) => [takes(house, -500)]],
  ['credits are set aside for something else', (house) => [{ call: () => has(house, 904, 40) }]],
  ['nothing was taken', () => []],
  [
    'the second look fails',
    (house) => [
      takes(house, 96),
      { call: () => house.nemo.on('credits', refused(503, 503, 'busy')) },
    ],
  ],
  [
    'the second look is never answered',
    (house) => [takes(house, 96), { call: () => house.nemo.on('credits', { never: true }) }],
  ],
  [
    'the second look says no number',
    (house) => [takes(house, 96), { call: () => house.nemo.on('credits', ok({ frozen: 0 })) }],
  ],
])('%s: nothing is said', async (_why, then) => {
  const house = await open();
  has(house, 1000);
  house.nemo.script({ draft: sampleDraft }, ...then(house), say('Your video is ready!'));
  await says(house, 'A film about tea.');
  expect(statusOf(house)).toEqual(['✅ Done']);
  expect(times(house, /Your video is ready/)).toBe(1);
});

test.each<[string, (house: House) => void]>([
  ['fails', (house) => house.nemo.on('credits', refused(500, 500, 'no'))],
  ['is never answered', (house) => house.nemo.on('credits', { never: true })],
])('a first look that %s keeps nobody, and nothing is said', async (_how, breaks) => {
  const house = await open();
  has(house, 1000);
  breaks(house);
  house.nemo.script(
    { draft: sampleDraft },
    { call: () => house.nemo.on('credits', () => undefined) },
    takes(house, 96),
    say('Your video is ready!'),
  );
  await says(house, 'A film about tea.');
  expect(statusOf(house)).toEqual(['✅ Done']);
});

test('what was taken between two turns makes the next one doubtful, and no later one', async () => {
  const house = await open({ timers: patient });
  has(house, 1000);
  house.nemo.script(...makes(house, 96));
  await says(house, 'A film about tea.');
  has(house, 700);
  house.nemo.script(...edit(withTitle('Tea')), takes(house, 50));
  await says(house, 'Add a title.');
  house.nemo.script(...edit(withTitle('Salt')), takes(house, 40));
  await says(house, 'Call it Salt.');
  expect(statusOf(house)).toEqual(['✅ Done · 96 credits', '✅ Done', '✅ Done · 40 credits']);
});

test('a run that was stopped may go on at the backend: who comes next is not told', async () => {
  const house = await open();
  has(house, 1000);
  house.nemo.script({ heartbeat: true }, { hang: true });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  await says(house, 'stop');
  house.nemo.script(...makes(house, 96));
  await says(house, 'A film about bread.', 't2');
  expect(statusOf(house, 't2')).toEqual(['✅ Done']);
});

test('a request that was turned away spends nothing, and keeps nobody from being told', async () => {
  const house = await open({ timers: patient });
  has(house, 1000);
  house.nemo.once('run_sse', refused(402, 2001, 'credits'));
  await says(house, 'A film about tea.');
  house.nemo.script(...makes(house, 96));
  await says(house, 'A film about bread.', 't2');
  expect(statusOf(house, 't2')).toEqual(['✅ Done · 96 credits']);
});

test('a crash in between: the successor answers, and tells no cost', async () => {
  const { house, next } = await first();
  has(house, 1000);
  house.nemo.script({ draft: sampleDraft }, takes(house, 96), { hang: true });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  const successor = await next();
  await hear(successor, /restarted while/);
  await successor.idle();
  expect(statusOf(successor)).toEqual(['✅ Done']);
});

test('with few credits a first video begins all the same, and its person is warned once in the thread', async () => {
  const house = await open({ timers: patient });
  has(house, 60);
  const held = gate();
  house.nemo.script({ until: held.opened }, say('What kind of tea?'));
  await house.room.write('A film about tea.');
  await hear(house, /Only 60 credits are left, and a video takes about 100/);
  held.open();
  await house.idle();
  house.nemo.script(...makes(house, 50));
  await says(house, 'Green tea.');
  await says(house, 'A film about bread.');
  expect(times(house, /credits are left/)).toBe(1);
  expect(house.nemo.received('run_sse')).toHaveLength(3);
});

test.each([
  ['with enough credits', (house: House) => has(house, 100)],
  ['where the balance cannot be had', (house: House) => house.nemo.on('credits', { never: true })],
])('%s nobody is warned', async (_when, prepare) => {
  const house = await open();
  prepare(house);
  await says(house, 'A film about tea.');
  expect(times(house, /credits are left/)).toBe(0);
});

test('COST_NOTES=off: the balance is not looked at, and nothing is said of it', async () => {
  const house = await open({ rules: { costNotes: false } });
  has(house, 60);
  house.nemo.script(...makes(house, 50));
  await says(house, 'A film about tea.');
  expect(statusOf(house)).toEqual(['✅ Done']);
  expect(house.nemo.received('credits')).toEqual([]);
  expect((await house.room.command('credits', { thread: 't1' }))[0]).not.toMatch(/Used/);
});

test('in Chinese', async () => {
  const house = await open({ timers: patient });
  has(house, 1000);
  house.nemo.script({ draft: sampleDraft }, takes(house, 96), say('茶山的短片做好了。'));
  await says(house, '做一个关于茶的短片。');
  expect(house.room.everSeen().join('\n')).toMatch(/✅ 完成，用时 .+ · 96 积分/);
});

test('what videos and edits cost is learnt where it was measured, and only there', async () => {
  const house = await open({ timers: patient, rules: { autoExport: 'first' } });
  const costs = openCosts(house.state);
  const account = `operator:${createHash('sha256').update(house.nemo.token).digest('base64url').slice(0, 16)}`;
  const estimate = costs.estimate(account);
  const video = { kind: 'video', seconds: 20, videos: 1 } as const;
  has(house, 1000);
  house.nemo.script({ draft: sampleDraft }, say('Your video is ready!'));
  await says(house, 'A film about tea.');
  expect(await estimate(video)).toBeUndefined();
  house.nemo.script(...makes(house, 96));
  await says(house, 'A film about bread.', 't2');
  house.nemo.script(...edit(withTitle('Tea')), takes(house, 40));
  await says(house, 'Add a title.', 't2');
  expect((await estimate(video))?.credits).toBe(192);
  expect((await estimate({ ...video, kind: 'edit' }))?.credits).toBe(40);
});

test('an export that took long is over for the account once it is delivered', async () => {
  const house = await open({ draft: sampleDraft, scale: 0.0005, timers: patient });
  has(house, 1000);
  house.nemo.script(say('Hello.'));
  await says(house, 'hello there, little film');
  house.nemo.renderPlan = [{ status: 'processing', progress: 50 }];
  await house.room.write('export');
  await hear(house, /taking longer than usual/);
  house.nemo.script(...makes(house, 96));
  await house.room.write('A film about bread.', { thread: 't2' });
  await hear(house, /Your video is ready/);
  await house.room.until(({ message: { text } }) => /✅ Done/.test(text) && !/credits/.test(text));
  house.nemo.renderPlan = [{ status: 'completed' }];
  await hear(house, /Video ready!/);
  await house.idle();
  house.nemo.script(...makes(house, 80));
  await says(house, 'A film about salt.', 't3');
  expect([...statusOf(house, 't2'), ...statusOf(house, 't3')]).toEqual([
    '✅ Done',
    '✅ Done · 80 credits',
  ]);
});
