import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { readJob } from '../../../src/conversation/job.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { House, HouseOptions } from '../../doubles/house.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { alice, bob } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { rewrite } from './restarting.ts';
import { gate, hear, open, runs, story, texts, times, toldAgent } from './support.ts';

/** A thread whose first run is open until the gate is. */
async function busy(options: HouseOptions = {}) {
  const house = await open(options);
  const first = gate();
  house.nemo.script(
    { heartbeat: true },
    { until: first.opened },
    { draft: sampleDraft },
    say('First is done.'),
  );
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  return { house, finish: first.open };
}
const order = (house: House, ...words: string[]) => words.map((w) => story(house).indexOf(w));

test('case 79: three follow-ups wait with 🕓, the first answer counts them, and they run in order', async () => {
  const { house, finish } = await busy();
  for (const name of ['Second', 'Third', 'Fourth']) house.nemo.script(say(`${name} is done.`));
  const ids = [
    await house.room.write('Slower, please.'),
    await house.room.write('And a blue title.'),
    await house.room.write('And more rain.', { by: bob, calls: 'us' }),
  ];
  for (const messageId of ids)
    expect(house.room.reactions).toContainEqual({ messageId, reaction: 'queued', on: true });
  expect(runs(house)).toBe(1);
  finish();
  const first = await hear(house, /First is done/);
  expect(first.message.text).toContain('3 more messages are waiting; they come next, in order.');
  await hear(house, /Fourth is done/);
  await house.idle();
  const places = order(house, 'First is done', 'Second is done', 'Third is done', 'Fourth is done');
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(toldAgent(house, 3)).toBe('And a blue title.');
  await house.room.untilTrue(() =>
    ids.every((id) =>
      house.room.reactions.some((r) => r.messageId === id && r.reaction === 'queued' && !r.on),
    ),
  );
});

test('stop ends the turn at once, says what stays charged, and the next message goes on', async () => {
  const { house } = await busy();
  house.nemo.script(say('Second is done.'));
  await house.room.write('Slower, please.');
  await house.room.write('stop');
  const stopped = await hear(house, /what was already charged stays charged/);
  expect(stopped.message.mention).toEqual([alice.id]);
  expect(await house.nemo.runEnd(1)).toBe(true);
  await hear(house, /Second is done/);
  await house.idle();
  expect(texts(house)).toContain('⏹️ Stopped');
  expect(story(house)).not.toContain('First is done');
});

test.each([
  ['one that waited already, its turn noted', 'before', ''],
  ['one that came later, its turn not decided', 'after', ", notes = ''"],
])('a stop that is worked on again after a crash does not hit %s', async (_which, when, also) => {
  const path = await databaseFile();
  const { house } = await busy({ path });
  house.nemo.script({ heartbeat: true }, { hang: true });
  if (when === 'before') await house.room.write('Slower, please.');
  await house.room.write('stop');
  await hear(house, /what was already charged stays charged/);
  if (when === 'after') await house.room.write('Slower, please.');
  await house.nemo.arrival('run_sse', 2);
  await rewrite(
    house,
    path,
    `UPDATE turns SET finished_at = NULL, phase = 'accepted', owner = 'dead', lease_until = 0${also}
     WHERE lane = 'immediate'`,
  );
  const later = await open({ path, nemo: house.nemo, room: house.room });
  for (const session of house.nemo.sessions.values()) session.draft = sampleDraft;
  await later.idle();
  const db = new DatabaseSync(path);
  const stopped = db.prepare("SELECT stop_by AS by FROM turns WHERE lane = 'ordered' ORDER BY seq");
  expect(stopped.all().map(({ by }) => by)).toEqual([alice.id, null]);
  db.close();
});

test('the Stop button does the same, and answers the one who pressed', async () => {
  const { house } = await busy();
  expect(await house.room.press('stop')).toEqual(['Stopping…']);
  await hear(house, /stays charged/);
  await house.idle();
});

test('a Stop button stops the turn that it stands under, and no later one', async () => {
  const { house } = await busy();
  house.nemo.script({ heartbeat: true }, { hang: true });
  await house.room.write('Slower, please.');
  const [status] = house.room.said.flatMap(({ message }) => message.buttons ?? []);
  const value = status && 'action' in status.does ? status.does.value : undefined;
  if (value === undefined) throw new Error('the button names no turn');
  expect(await house.room.press('stop', { value })).toEqual(['Stopping…']);
  await house.nemo.arrival('run_sse', 2);
  expect(await house.room.press('stop', { value })).toEqual([
    'That one has ended already. To stop what is running now, write "stop".',
  ]);
  const elsewhere = { value, thread: 't2' };
  expect(await house.room.press('stop', elsewhere)).toEqual([
    'Nothing is running, so there is nothing to stop.',
  ]);
  expect(await house.room.press('stop')).toEqual(['Stopping…']);
  await house.idle();
});

test('stop by somebody else is refused privately; the turn goes on', async () => {
  const { house, finish } = await busy();
  expect(await house.room.press('stop', { by: bob })).toEqual([
    'Only Alice or an admin can stop this.',
  ]);
  await house.room.write('stop', { by: bob });
  await house.room.until(
    (said) => said.privateTo === bob.id && /Only Alice/.test(said.message.text),
  );
  finish();
  await hear(house, /First is done/);
  await house.idle();
});

test.each([
  ['of the settings', { by: bob }, { admins: [bob.id] }],
  ['of the place', { by: { ...bob, admin: true } }, {}],
])('stop by an admin %s is accepted', async (_whose, who, rules) => {
  const { house } = await busy({ rules });
  await house.room.write('停止', who);
  await hear(house, /stays charged/);
  await house.idle();
});

test('stop when nothing runs is said to have nothing to do', async () => {
  const house = await open();
  expect(await house.room.press('stop')).toEqual([
    'Nothing is running, so there is nothing to stop.',
  ]);
});

test('stop said while nobody works on the turn keeps it from being sent', async () => {
  const house = await open({ start: false });
  await house.room.write('A film about tea.');
  expect(await house.room.press('stop')).toEqual(['Stopping…']);
  house.conversation.start();
  await hear(house, /Stopped\. What was/);
  await house.idle();
  expect(runs(house)).toBe(0);
});

test('stop during an export ends it; a later export joins the same job', async () => {
  const house = await open({ draft: sampleDraft });
  house.nemo.script(say('All set.'));
  await house.room.write('A film about tea.');
  await house.idle();
  house.nemo.renderPlan = [{ status: 'processing', progress: 20 }];
  await house.room.write('export');
  await house.nemo.arrival('render-state');
  await house.room.write('stop');
  await hear(house, /stays charged/);
  house.nemo.renderPlan = [{ status: 'completed' }];
  await house.room.write('export');
  await hear(house, /Video ready!/);
  await house.idle();
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('status, credits and help are answered while a turn runs', async () => {
  const { house, finish } = await busy();
  await house.room.write('status');
  await hear(house, /^Working on it/);
  await house.room.write('credits');
  await house.room.until(
    (said) => said.privateTo === alice.id && /60 available/.test(said.message.text),
  );
  await house.room.write('help');
  await hear(house, /Try saying/);
  expect(story(house)).not.toContain('First is done');
  finish();
  await hear(house, /First is done/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('two messages of one moment are put on record in their order, although more is looked up for the first', async () => {
  const house = await open({ start: false });
  await Promise.all(['use the gist', 'Slower, please.'].map((text) => house.room.write(text)));
  const waiting = await house.ledger.unfinished(toThreadKey('web:w:c:t1'));
  expect(waiting.map(({ payload }) => readJob(payload).message.text)).toEqual([
    'use the gist',
    'Slower, please.',
  ]);
});

test('case 87: the same message delivered twice makes one turn', async () => {
  const house = await open();
  await house.room.write('A film about tea.', { key: 'same' });
  await house.room.write('A film about tea.', { key: 'same' });
  await house.idle();
  await house.room.write('A film about tea.', { key: 'same' });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(times(house, /Your video is ready/)).toBe(1);
});

test('a message that starts with // or !aside is for the people', async () => {
  const house = await open();
  await house.room.write('// what do you think, Bob?');
  await house.room.write('!aside looks good');
  await house.idle();
  expect(house.room.said).toEqual([]);
  expect(house.room.reactions).toEqual([]);
});

test('threads do not wait for each other', async () => {
  const { house, finish } = await busy();
  await house.room.write('A film about bread.', { thread: 't2' });
  await hear(house, /Your video is ready/);
  expect(story(house)).not.toContain('First is done');
  finish();
  await house.idle();
});
