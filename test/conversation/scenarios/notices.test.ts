/** "Still working" and the status are there for as long as their turn is at work, whatever happens to its worker. */
import { expect, test } from 'vitest';
import { ChatError } from '../../../src/platforms/chat.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { first, rewrite } from './restarting.ts';
import { gate, hear, open, texts, times } from './support.ts';

const NOTICE = /Still working/;

/** The notice is in the thread, and its worker never learnt its id. */
async function noticed(options: Parameters<typeof first>[0] = {}) {
  const { house, next } = await first(options);
  const heard = gate();
  house.nemo.script({ heartbeat: true }, { until: heard.opened }, say('All done.'));
  house.room.lostReplies = [NOTICE];
  await house.room.write('A film about tea.');
  const notice = await hear(house, NOTICE);
  house.room.lostReplies = [];
  return { house, next, notice, heard };
}

test('the worker dies between the post of the notice and its note: the next one removes it', async () => {
  const { next, notice } = await noticed();
  const later = await next();
  await later.room.untilTrue(() => notice.deleted);
  await later.idle();
  expect(texts(later)).not.toContainEqual(expect.stringMatching(NOTICE));
});

test('the answer to the post of the notice was lost: it is removed all the same', async () => {
  const { house, notice, heard } = await noticed();
  heard.open();
  await hear(house, /All done/);
  await house.idle();
  expect(notice.deleted).toBe(true);
  expect(texts(house)).not.toContainEqual(expect.stringMatching(NOTICE));
});

test('the answer comes while the post of the notice is on its way: it goes as soon as it is there', async () => {
  const house = await open();
  const heard = gate();
  const slow = gate();
  const onItsWay = gate();
  house.room.posting = async ({ text }) => {
    if (!NOTICE.test(text)) return;
    onItsWay.open();
    await slow.opened;
  };
  house.nemo.script({ heartbeat: true }, { until: heard.opened }, say('All done.'));
  await house.room.write('A film about tea.');
  await onItsWay.opened;
  heard.open();
  await hear(house, /All done/);
  slow.open();
  await house.idle();
  expect(texts(house)).not.toContainEqual(expect.stringMatching(NOTICE));
  expect(times(house, NOTICE)).toBe(1);
});

test('the chat is away when the notice is to go: it goes later', async () => {
  const { house, next } = await first({ leaseMs: 100 });
  house.nemo.script({ heartbeat: true }, { hang: true });
  await house.room.write('A film about tea.');
  const notice = await hear(house, NOTICE);
  await house.room.untilTrue(() => notice.versions.length > 1);
  house.room.away = true;
  const later = await next();
  await later.room.untilTrue(() => later.room.attempts > 3);
  house.room.away = false;
  await later.idle();
  expect(notice.deleted).toBe(true);
});

test('everything gets there but the removal of the notice: it is removed before the turn is over', async () => {
  const house = await open();
  const heard = gate();
  house.nemo.script({ heartbeat: true }, { until: heard.opened }, say('All done.'));
  house.room.deleting = async () => {
    const isEnded = texts(house).some((text) => /^✅ Done/.test(text));
    if (!isEnded) throw new ChatError('unreachable', 'no answer to a removal');
  };
  await house.room.write('A film about tea.');
  await hear(house, NOTICE);
  heard.open();
  await hear(house, /All done/);
  await house.idle();
  expect(texts(house)).not.toContainEqual(expect.stringMatching(NOTICE));
  expect(times(house, /All done/)).toBe(1);
});

test('a turn that is given up leaves neither a notice nor a status at work', async () => {
  const path = await databaseFile();
  const house = await open({ path });
  house.nemo.script({ heartbeat: true }, { hang: true });
  await house.room.write('A film about tea.');
  const notice = await hear(house, NOTICE);
  await house.room.untilTrue(() => notice.versions.length > 1);
  await rewrite(house, path, 'UPDATE turns SET crashes = 13');
  notice.deleted = false;
  const later = await open({ path, nemo: house.nemo, room: house.room });
  await hear(later, /Something went wrong on my side/);
  await later.idle();
  expect(texts(later)).toContain('⚠️ Failed');
});
