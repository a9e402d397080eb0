/** Two processes on one database: one hears what is written, the other works on it. */
import { expect, test } from 'vitest';
import { machineTimers } from '../../../src/runtime/clock.ts';
import { type House, recorder } from '../../doubles/house.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, hear, open } from './support.ts';

/** The one that works, and from then on the one that hears. */
async function two(): Promise<House> {
  const path = await databaseFile();
  const working = await open({ path });
  await open({ path, room: working.room, nemo: working.nemo, start: false });
  return working;
}

test('the mark of a message that waits comes after its turn has begun elsewhere: it is taken away again', async () => {
  const house = await two();
  const { room, nemo } = house;
  const run = gate();
  nemo.script({ until: run.opened }, say('The first.'));
  nemo.script(say('The second.'));
  await room.write('A film about tea.');
  await nemo.arrival('run_sse');
  const mark = gate();
  const held: Promise<unknown>[] = [mark.opened];
  room.decoration = async () => held.shift();
  const second = await room.write('Add a title.');
  while (held.length > 0) await new Promise((resolve) => setImmediate(resolve));
  run.open();
  await hear(house, /The second/);
  await house.idle();
  mark.open();
  const marks = () =>
    room.reactions.filter((it) => it.messageId === second && it.reaction === 'queued');
  await room.untilTrue(() => marks().some(({ on }) => on));
  await room.untilTrue(() => marks().at(-1)?.on === false);
  expect(marks().at(-1)).toMatchObject({ on: false });
});

test('a greeting that waited has its mark taken away by the process that answers it, where the one before died over that', async () => {
  const path = await databaseFile();
  const hearing = await open({ path, start: false });
  const { room, nemo, ledger } = hearing;
  await room.write('A film about tea.');
  const greeting = await room.write('', { late: true });
  const marks = () =>
    room.reactions.filter((it) => it.messageId === greeting && it.reaction === 'queued');
  await room.untilTrue(() => marks().at(-1)?.on === true);
  const over = Promise.withResolvers<void>();
  const dying = ledger.dispatch({
    platforms: [room.platform.name],
    limit: 1,
    log: recorder([]),
    async run({ claim }) {
      if (claim.turn.payload.includes(greeting)) {
        over.resolve();
        return { how: 'parked', notBefore: 0 };
      }
      await ledger.finish(claim, 'delivered');
      return { how: 'finished' };
    },
  });
  dying.start();
  await over.promise;
  await dying.drain(0);
  expect(marks().at(-1)).toMatchObject({ on: true });
  const later = { ...machineTimers, now: () => Date.now() + 60_000 };
  const working = await open({ path, room, nemo, timers: later });
  await working.idle();
  await room.untilTrue(() => marks().at(-1)?.on === false);
  expect(nemo.received('run_sse')).toHaveLength(0);
});
