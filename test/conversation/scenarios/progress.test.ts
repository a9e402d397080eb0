/** The status message between two events: it goes on telling the time. */
import { expect, test } from 'vitest';
import type { ChatPlatform } from '../../../src/platforms/chat.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { createRoom } from '../../doubles/room.ts';
import { gate, open, texts } from './support.ts';

test('the elapsed time is brought up to date although nothing happens', async () => {
  const house = await open();
  const done = gate();
  house.nemo.script({ until: done.opened }, say('Here it is.'));
  await house.room.write('A film about tea.');
  const told = () =>
    new Set(house.room.everSeen().filter((text) => /^Working · \d+ (?:s|min)/.test(text))).size;
  await house.room.untilTrue(() => told() >= 3);
  done.open();
  await house.idle();
  expect(told()).toBeGreaterThanOrEqual(3);
});

/** Turns of the event loop: what needs nobody else has happened after them. */
async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('a notice that is still on its way when the answer comes is taken away, too', async () => {
  const room = createRoom();
  const [posted, removing, removed] = [gate(), gate(), gate()];
  let notices = 0;
  /** The first notice takes its time, and shows although it was looked for meanwhile; so does its removal. */
  const slow: ChatPlatform = {
    ...room.platform,
    thread(ref) {
      const thread = room.platform.thread(ref);
      return {
        ...thread,
        async post(message, delivery) {
          if (!/Still working/.test(message.text)) return thread.post(message, delivery);
          notices += 1;
          if (notices > 1) return thread.post(message, delivery);
          await posted.opened;
          return thread.post(message, { ...delivery, key: `${delivery.key}, late` });
        },
        async delete(id) {
          removing.open();
          await removed.opened;
          await thread.delete(id);
        },
      };
    },
  };
  const house = await open({ room, platform: () => slow });
  const done = gate();
  house.nemo.script({ until: done.opened }, say('Here it is.'));
  await room.write('A film about tea.');
  while (notices === 0) await turns(1);
  done.open();
  await room.until((said) => said.message.text.includes('Here it is.'));
  await Promise.race([removing.opened, turns(300)]);
  posted.open();
  await room.until((said) => /Still working/.test(said.message.text));
  await turns(100);
  removed.open();
  await house.idle();
  expect(texts(house).filter((text) => /Still working/.test(text))).toEqual([]);
});
