/** Reactions, signs of life and status edits: nothing waits for them, and they end where the place does. */
import { expect, test } from 'vitest';
import { ChatError } from '../../../src/platforms/chat.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { createRoom } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { rewrite } from './restarting.ts';
import { gate, hear, open, runs, times } from './support.ts';

test('reactions and signs of life that never come back hold up no message and no answer', async () => {
  const house = await open();
  const never = gate();
  house.room.decoration = () => never.opened;
  house.nemo.script(say('First is done.'));
  house.nemo.script(say('Second is done.'));
  house.nemo.script(say('Third is done.'));
  await house.room.write('A film about tea.');
  await house.room.write('Slower, please.');
  await house.room.write('And a blue title.');
  await hear(house, /Third is done/);
  await house.idle();
  expect(house.room.reactions).toEqual([]);
  never.open();
});

test('a 🕓 that its worker could not take away any more goes when the message is begun', async () => {
  const path = await databaseFile();
  const { room, nemo } = await open({ path }).then(async (house) => {
    house.nemo.script({ heartbeat: true }, { hang: true });
    await house.room.write('A film about tea.');
    await house.nemo.arrival('run_sse');
    await house.room.write('Slower, please.', { key: 'b' });
    await house.room.untilTrue(() => house.room.reactions.some((it) => it.reaction === 'queued'));
    const ended = "phase = 'delivered', owner = NULL, finished_at = 1 WHERE seq = 1";
    await rewrite(house, path, `UPDATE turns SET ${ended}`, 'UPDATE turns SET accepted_at = 1');
    return house;
  });
  nemo.script(say('Slower now.'));
  const house = await open({ path, room, nemo });
  await hear(house, /Slower now/);
  await house.idle();
  await room.untilTrue(() => room.reactions.some((it) => it.reaction === 'queued' && !it.on));
  expect(room.reactions.filter((it) => it.reaction === 'queued')).toEqual([
    { messageId: 'b', reaction: 'queued', on: true },
    { messageId: 'b', reaction: 'queued', on: false },
  ]);
});

test('a sign that is refused is tried a second time, and no third time', async () => {
  const house = await open();
  let tries = 0;
  house.room.decoration = async () => {
    tries += 1;
    throw new ChatError('unreachable', 'the platform is busy', { retryAfterMs: 1 });
  };
  await house.room.write('credits', { key: 'a' });
  await house.room.write('A film about tea.', { key: 'b' });
  await house.idle();
  // 👀, and the sign of life, which its end replaces where it still waits.
  await house.close();
  expect(tries).toBeGreaterThan(0);
  expect(tries).toBeLessThanOrEqual(6);
});

test.each(['edit', 'post'] as const)(
  'a place that is gone in mid-turn is left alone until there is an answer (%s)',
  async (heartbeatMode) => {
    const room = createRoom();
    // A notice is due after two minutes: the place has to be gone before, also on a busy machine.
    const house = await open({ room, scale: 0.004, rules: { heartbeatMode } });
    const held = gate();
    house.nemo.script({ heartbeat: true }, { until: held.opened }, say('Here is your film.'));
    await room.write('A film about tea.');
    await house.nemo.arrival('run_sse');
    room.gone = true;
    await room.untilTrue(() => room.refused.length > 0);
    expect(room.refused).toHaveLength(1);
    // Minutes in which there would be many edits, and three notices.
    await house.clock.sleep(400_000);
    held.open();
    const told = await room.until(
      (said) => said.privateTo !== undefined && /Here is/.test(said.message.text),
    );
    await house.idle();
    expect(told.message.text).toMatch(/^About “A film about tea/);
    expect(told.message.text).not.toMatch(/Next:/);
    expect(told.message.buttons?.filter(({ does }) => 'action' in does) ?? []).toEqual([]);
    expect(room.refused).toEqual(['edit', 'post']);
    expect(runs(house)).toBe(1);
    expect(times(house, /Still working/)).toBe(0);
  },
);

test('where the place is gone from the start, no status and no notice goes directly, but the answer does', async () => {
  const room = createRoom();
  const house = await open({ room, rules: { heartbeatMode: 'post' } });
  const held = gate();
  house.nemo.script({ heartbeat: true }, { until: held.opened }, say('Here is your film.'));
  room.gone = true;
  await room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  await house.clock.sleep(400_000);
  held.open();
  await room.until((said) => said.privateTo !== undefined && /Here is/.test(said.message.text));
  await house.idle();
  expect(room.said.filter((said) => said.privateTo !== undefined)).toHaveLength(1);
});
