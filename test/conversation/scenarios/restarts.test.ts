/**
 * The house goes down in every phase of a turn and another one opens on the same database: no message is
 * sent twice, no video delivered twice, no turn lost. Where a graceful end would leave other traces
 * than a crash, the traces of the crash are written into the file.
 */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { ChatError } from '../../../src/platforms/chat.ts';
import type { House, HouseOptions } from '../../doubles/house.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say, toolCall } from '../../doubles/nemo/steps.ts';
import { withMusic } from './drafts.ts';
import { databaseFile, gate, hear, open, runs, story, texts, times } from './support.ts';

const png = (name: string) => ({
  name,
  bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
});
const names = (house: House) =>
  house.nemo.received('upload').flatMap((r) => r.parts?.map((p) => p.filename) ?? []);

async function first(
  options: HouseOptions = {},
): Promise<{ house: House; next(): Promise<House> }> {
  const path = await databaseFile();
  const house = await open({ path, ...options });
  return {
    house,
    /** Down without any grace, and up again. */
    async next() {
      await house.conversation.drain(0);
      return open({
        ...options,
        path,
        nemo: house.nemo,
        room: house.room,
        start: true,
      });
    },
  };
}

/** What a crash leaves behind in the file. */
async function rewrite(house: House, path: string, ...statements: string[]): Promise<void> {
  await house.conversation.drain(0);
  const db = new DatabaseSync(path);
  for (const statement of statements) db.exec(statement);
  db.close();
}
const UNFINISHED = "finished_at = NULL, owner = 'dead', lease_until = 0 WHERE lane = 'ordered'";

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
    `UPDATE turns SET phase = 'answered', notes = json_set(notes, '$.answered', json('false')), ${UNFINISHED}`,
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

test('exporting without an answer to the order: looked up, and ordered anew when it never arrived', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  house.nemo.once('render', { never: true });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('render');
  const later = await next();
  await hear(later, /Video ready!/);
  await later.idle();
  expect(times(later, /Your video is ready/)).toBe(1);
  expect(times(later, /Video ready!/)).toBe(1);
  expect(runs(later)).toBe(1);
});

test('exporting, the order arrived but its answer did not: the same job', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  house.nemo.once('render', (request, world) => {
    world.renders.set(String((request.json as { id: string }).id), { polls: 0 });
    return { never: true };
  });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('render');
  const later = await next();
  await hear(later, /Video ready!/);
  await later.idle();
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('case 70: exporting with a render id: that job is looked at, and delivered in its thread', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  house.nemo.renderPlan = [{ status: 'processing', progress: 10 }];
  await house.room.write('A film about tea.', { thread: 't7' });
  await house.nemo.arrival('render-state');
  const later = await next();
  house.nemo.renderPlan = [{ status: 'completed' }];
  const video = await hear(later, /Video ready!/);
  await later.idle();
  expect(video.thread).toContain('t7');
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('case 70: a watched render goes on being watched', async () => {
  const { house, next } = await first({ draft: sampleDraft, scale: 0.0005 });
  house.nemo.script(say('All set.'));
  house.nemo.renderPlan = [{ status: 'processing', progress: 10 }];
  await house.room.write('A film about tea.');
  await house.room.write('export');
  await hear(house, /taking longer than usual/);
  const later = await next();
  house.nemo.renderPlan = [{ status: 'completed' }];
  await hear(later, /Video ready!/);
  await later.idle();
  expect(house.nemo.received('render')).toHaveLength(1);
  expect(times(later, /Video ready!/)).toBe(1);
});

test.each(['ready', 'delivered'])(
  'case 70: a watched render that was posted, but still marked "%s", is not posted again',
  async (phase) => {
    const path = await databaseFile();
    const house = await open({ path, draft: sampleDraft, scale: 0.0005 });
    house.nemo.script(say('All set.'));
    house.nemo.renderPlan = [{ status: 'processing', progress: 10 }];
    await house.room.write('A film about tea.');
    await house.room.write('export');
    await hear(house, /taking longer than usual/);
    house.nemo.renderPlan = [{ status: 'completed' }];
    await hear(house, /Video ready!/);
    await house.idle();
    await rewrite(
      house,
      path,
      `UPDATE turns SET phase = 'accepted', ${UNFINISHED.replace('ordered', 'immediate')}`,
      `UPDATE renders SET phase = '${phase}'`,
    );
    const later = await open({ path, nemo: house.nemo, room: house.room });
    await later.idle();
    expect(times(later, /Video ready!/)).toBe(1);
    expect(await later.ledger.renders('web:w:c:t1')).toMatchObject([{ phase: 'delivered' }]);
  },
);

test('ready: the finished file is fetched and delivered, once', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  house.nemo.once('file', { never: true });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('file');
  const later = await next();
  const video = await hear(later, /Video ready!/);
  await later.idle();
  expect(video.file?.bytes).toBe(house.nemo.mp4.length);
  expect(times(later, /Video ready!/)).toBe(1);
  expect(house.nemo.received('render')).toHaveLength(1);
});

test.each(['ready', 'delivered'])(
  'delivered, but the crash came with the render still marked "%s": no second delivery',
  async (phase) => {
    const path = await databaseFile();
    const house = await open({ path, rules: { autoExport: 'first' } });
    await house.room.write('A film about tea.');
    await hear(house, /Video ready!/);
    await house.idle();
    await rewrite(
      house,
      path,
      `UPDATE turns SET phase = 'exporting', ${UNFINISHED}`,
      `UPDATE renders SET phase = '${phase}'`,
    );
    const later = await open({
      path,
      nemo: house.nemo,
      room: house.room,
      rules: { autoExport: 'first' },
    });
    await later.idle();
    expect(times(later, /Video ready!/)).toBe(1);
    expect(house.nemo.received('render')).toHaveLength(1);
    expect(texts(later)).toContainEqual(expect.stringMatching(/^✅ Done/));
  },
);

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
