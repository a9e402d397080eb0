import { expect, test } from 'vitest';
import { ChatError } from '../../../src/platforms/chat.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { House } from '../../doubles/house.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say, toolCall } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { withMusic } from './drafts.ts';
import { first, rewrite, UNFINISHED } from './restarting.ts';
import { gate, hear, open, runs, story, texts, times } from './support.ts';

const png = (name: string) => ({
  name,
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
});
const names = (house: House) =>
  house.nemo.received('upload').flatMap((r) => r.parts?.map((p) => p.filename) ?? []);

test('accepted: runs from the start, once', async () => {
  const { house, next } = await first({ start: false });
  await house.room.write('A film about tea.');
  const later = await next();
  await later.idle();
  expect(runs(later)).toBe(1);
  expect(times(later, /Your video is ready/)).toBe(1);
});

test('preparing: a file that the session holds is not uploaded again', async () => {
  const { house, next } = await first();
  house.nemo.once('upload', () => undefined);
  house.nemo.once('upload', { never: true });
  await house.room.write('Use these.', { files: [png('a.png'), png('b.png')] });
  await house.nemo.arrival('upload', 2);
  const later = await next();
  await later.idle();
  expect(names(later)).toEqual(['a.png', 'b.png', 'b.png']);
  expect(house.nemo.received('session')).toHaveLength(1);
  expect(runs(later)).toBe(1);
});

test('sending: never sent again; the state tells what became of it', async () => {
  const { house, next } = await first({ draft: withMusic });
  house.nemo.once('run_sse', { never: true });
  await house.room.write('Add a title.');
  await house.nemo.arrival('run_sse');
  const later = await next();
  for (const session of house.nemo.sessions.values()) session.draft = sampleDraft;
  await later.idle();
  expect(runs(later)).toBe(1);
  expect(story(later)).toMatch(/restarted while working on this[\s\S]*Title added: "Urban Dreams"/);
});

test('case 86: streaming, work done meanwhile: told, not sent again', async () => {
  const { house, next } = await first({ draft: withMusic });
  house.nemo.script(toolCall('edit_multitrack', 'e'), { hang: true });
  await house.room.write('Add a title.');
  await hear(house, /editing the timeline/);
  const later = await next();
  for (const session of house.nemo.sessions.values()) session.draft = sampleDraft;
  await later.idle();
  expect(runs(later)).toBe(1);
  expect(story(later)).toContain('Title added: "Urban Dreams"');
  expect(times(later, /^⏸️ Interrupted/)).toBe(1);
  expect(texts(later)).not.toContainEqual(expect.stringMatching(/Interrupted/));
});

test('case 86: streaming, nothing done: said, with a way to try again', async () => {
  const { house, next } = await first({ draft: withMusic });
  house.nemo.script({ heartbeat: true }, { hang: true });
  await house.room.write('Add a title.');
  await house.nemo.arrival('run_sse');
  const later = await next();
  const answer = await hear(later, /restarted while working on this/);
  await later.idle();
  expect(answer.message.text).not.toContain('connection');
  expect(answer.message.buttons?.[0]?.label).toBe('Try again');
  expect(texts(later)).toContain('⚠️ Failed');
  expect(runs(later)).toBe(1);
});

test('recovering: goes on looking, sends nothing', async () => {
  const { house, next } = await first({ draft: withMusic });
  house.nemo.script(toolCall('edit_multitrack', 'e'), { drop: true });
  await house.room.write('Add a title.');
  await hear(house, /looking at what got done/);
  const later = await next();
  for (const session of house.nemo.sessions.values()) session.draft = sampleDraft;
  await later.idle();
  expect(runs(later)).toBe(1);
  expect(times(later, /Title added/)).toBe(1);
});

test('answered, not posted yet: the answer on record is posted, once', async () => {
  const { house } = await first({ draft: withMusic, leaseMs: 100 });
  let looks = 0;
  house.nemo.on('state', () => {
    looks += 1;
    // From the look after the close on, the chat is out of reach for one post: that of the answer.
    if (looks === 2) house.room.refusals.push(new ChatError('unreachable', 'down'));
    return undefined;
  });
  house.nemo.script({ draft: sampleDraft }, say('The title is in.'));
  await house.room.write('Add a title.');
  await hear(house, /The title is in/);
  await house.idle();
  expect(times(house, /The title is in/)).toBe(1);
  expect(runs(house)).toBe(1);
});

test('answered and posted, not marked: no second post', async () => {
  const path = await databaseFile();
  const house = await open({ path });
  await house.room.write('A film about tea.');
  await house.idle();
  await rewrite(
    house,
    path,
    `UPDATE turns SET phase = 'answered', notes = json_remove(notes, '$.said'), ${UNFINISHED}`,
  );
  const later = await open({ path, nemo: house.nemo, room: house.room });
  await later.idle();
  expect(times(later, /Your video is ready/)).toBe(1);
  expect(runs(later)).toBe(1);
});

test('a turn that needed its person or failed is not called done by the next house', async () => {
  const path = await databaseFile();
  const house = await open({ path });
  house.nemo.script({ heartbeat: true });
  await house.room.write('A film about tea.');
  await house.idle();
  await rewrite(house, path, `UPDATE turns SET phase = 'answered', ${UNFINISHED}`);
  const later = await open({ path, nemo: house.nemo, room: house.room });
  await later.idle();
  expect(texts(later)).toContain('⚠️ Failed');
});

test('a graceful end waits for an open stream, and its words are not lost', async () => {
  const { house } = await first();
  const done = gate();
  house.nemo.script(
    { heartbeat: true },
    { until: done.opened },
    { draft: sampleDraft },
    say('First is done.'),
  );
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  const drained = house.conversation.drain(10_000);
  done.open();
  await drained;
  expect(story(house)).toContain('First is done.');
  expect(await house.nemo.runEnd(1)).toBe(false);
  expect(await house.ledger.countUnfinished()).toBe(0);
});

test('a graceful end whose grace runs out puts the turn down; nothing is sent twice', async () => {
  const { house, next } = await first({ draft: withMusic });
  house.nemo.script(toolCall('edit_multitrack', 'e'), { hang: true });
  await house.room.write('Add a title.');
  await hear(house, /editing the timeline/);
  await house.conversation.drain(10);
  expect(await house.ledger.unfinished(toThreadKey('web:w:c:t1'))).toMatchObject([
    { phase: 'streaming' },
  ]);
  expect(texts(house)).toContainEqual(expect.stringMatching(/^⏸️ Interrupted/));
  const later = await next();
  for (const session of house.nemo.sessions.values()) session.draft = sampleDraft;
  await hear(later, /Title added/);
  await later.idle();
  expect(runs(later)).toBe(1);
});

test('a graceful end leaves the export of a finished answer to the next house', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  const done = gate();
  house.nemo.script(
    { heartbeat: true },
    { until: done.opened },
    { draft: sampleDraft },
    say('First is done.'),
  );
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  const drained = house.conversation.drain(10_000);
  done.open();
  await drained;
  const later = await next();
  await hear(later, /Video ready!/);
  await later.idle();
  expect(times(later, /First is done/)).toBe(1);
  expect(runs(later)).toBe(1);
});

test('what waited in the queue is worked on in order by the next house', async () => {
  const { house, next } = await first();
  house.nemo.script({ heartbeat: true }, { hang: true });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  await house.room.write('Slower, please.');
  await house.room.write('And a blue title.');
  const later = await next();
  house.nemo.script(say('Second is done.'));
  house.nemo.script(say('Third is done.'));
  await hear(later, /Third is done/);
  await later.idle();
  expect(story(later).indexOf('Second is done')).toBeLessThan(
    story(later).indexOf('Third is done'),
  );
  expect(runs(later)).toBe(3);
});

test('two houses on one database share the work: every message is sent once', async () => {
  const path = await databaseFile();
  const house = await open({ path });
  const twin = await open({ path, nemo: house.nemo, room: house.room });
  const threads = ['a', 'b', 'c', 'd'];
  await Promise.all(
    threads.flatMap((thread) => [
      house.room.write(`A film about ${thread}.`, { thread }),
      house.room.write(`Slower ${thread}, please.`, { thread }),
    ]),
  );
  await Promise.all([house.idle(), twin.idle()]);
  expect(runs(house)).toBe(2 * threads.length);
  expect(house.nemo.received('session')).toHaveLength(threads.length);
});

test('a turn that brought down worker after worker is ended, and its person is told', async () => {
  const path = await databaseFile();
  const house = await open({ path, start: false });
  await house.room.write('A film about tea.');
  await rewrite(house, path, 'UPDATE turns SET crashes = 13');
  const later = await open({ path, nemo: house.nemo, room: house.room });
  await hear(later, /Something went wrong on my side/);
  await later.idle();
  expect(runs(later)).toBe(0);
  expect(later.logged.join('\n')).toContain('begun too often');
});
