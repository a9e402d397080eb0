/** 🎬 on a message: asked first, of the one who reacted, and then the video comes. */
import { expect, test } from 'vitest';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Studio, startStudio, toldAgent } from './studio.ts';

const runs = (studio: Studio): number => studio.nemo.received('run_sse').length;
const ASKED = /make a video of this message/;

test('asks the one who reacted, and makes it when they press, also after a restart', async () => {
  const path = await databaseFile();
  const first = await startStudio({ path });
  const { discord } = first;
  const message = discord.write(discord.general, discord.bob, 'Mountains, mist, and a kettle.');
  discord.react(message, discord.alice, '🎬');
  const asked = await first.hear(message.id, ASKED);
  expect(asked.notified).toEqual([discord.alice.id]);
  const byBob = discord.interactions.press(asked, 'Make it', discord.bob);
  await discord.until(() => byBob.replies.some(({ text }) => /Only the person/.test(text)));
  // What people write there before is theirs.
  discord.write(discord.thread(message), discord.bob, 'Make it shorter, please.');
  await first.idle();
  expect(runs(first)).toBe(0);
  await first.down();
  const studio = await startStudio({ path, discord, nemo: first.nemo });
  studio.nemo.script(say('Hello.'));
  discord.interactions.press(asked, 'Make it', discord.alice);
  discord.interactions.press(asked, 'Make it', discord.alice);
  await studio.hear(message.id, /Hello\./);
  await discord.until(() => asked.deleted);
  await studio.idle();
  expect(toldAgent(studio.nemo)).toContain('Mountains, mist, and a kettle.');
  expect(runs(studio)).toBe(1);
  studio.nemo.script(say('Shorter now.'));
  discord.write(discord.thread(message), discord.alice, 'Make it shorter, please.');
  await studio.hear(message.id, /Shorter now/);
  await studio.idle();
  expect(runs(studio)).toBe(2);
});

test('is asked once for a message and person; other emoji, bots and our own messages ask nothing', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  studio.nemo.script(say('Hello.'));
  const begun = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const ours = await studio.hear(begun.id, /Hello\./);
  await studio.idle();
  const robot = { ...discord.person('robot', 'Robot'), bot: true };
  const message = discord.write(discord.general, discord.bob, 'Mountains and mist.');
  discord.react(ours, discord.alice, '🎬');
  discord.react(message, robot, '🎬');
  discord.react(message, discord.bot, '🎬');
  discord.react(message, discord.alice, '🎉');
  discord.react(message, discord.alice, '🎬');
  await studio.hear(message.id, ASKED);
  discord.react(message, discord.alice, '🎬');
  discord.react(message, discord.bob, '🎬');
  await discord.until(() => discord.said(message.id).length > 1);
  await studio.idle();
  expect(discord.said(message.id).map((m) => m.notified)).toEqual([
    [discord.alice.id],
    [discord.bob.id],
  ]);
  expect(discord.said(begun.id).filter((m) => ASKED.test(m.content))).toEqual([]);
  expect(runs(studio)).toBe(1);
});

test('under a message that a project waits to begin with, the thread stays the project’s', async () => {
  const studio = await startStudio({ maxRunningTurns: 1 });
  const { discord } = studio;
  const held = Promise.withResolvers<void>();
  studio.nemo.script({ heartbeat: true }, { until: held.promise }, say('First.'));
  discord.mention(discord.general, discord.alice, 'A film about milk.');
  await studio.nemo.arrival('run_sse');
  const waiting = discord.mention(discord.general, discord.bob, 'A film about tea.');
  await discord.until(
    () => discord.callsTo('PUT /channels/.*/messages/.*/reactions/.*').length > 0,
  );
  discord.react(waiting, discord.alice, '🎬');
  await studio.hear(waiting.id, ASKED);
  studio.nemo.script(say('Second.'));
  held.resolve();
  await studio.hear(waiting.id, /Second\./);
  studio.nemo.script(say('Shorter now.'));
  discord.write(discord.thread(waiting), discord.bob, 'Make it shorter, please.');
  await studio.hear(waiting.id, /Shorter now/);
  await studio.idle();
  expect(runs(studio)).toBe(3);
});

test('in a thread of people it is asked there, and in direct messages, too', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const thread = discord.channel('plans', {
    type: 11,
    parent: discord.general.id,
    owner: discord.bob.id,
  });
  const message = discord.write(thread, discord.bob, 'Mountains and mist.');
  discord.react(message, discord.alice, '🎬');
  const asked = await studio.hear(thread.id, ASKED);
  expect(asked.replyTo).toBe(message.id);
  studio.nemo.script(say('Hello.'));
  discord.interactions.press(asked, 'Make it', discord.alice);
  await studio.hear(thread.id, /Hello\./);
  await studio.idle();
  // It stays a thread of people, where we are called by name.
  discord.write(thread, discord.bob, 'Make it shorter.');
  const dm = discord.dm(discord.alice);
  const direct = discord.write(dm, discord.alice, 'help');
  await studio.hear(dm.id, /film|video/);
  discord.react(direct, discord.alice, '🎬');
  await studio.hear(dm.id, ASKED);
  await studio.idle();
  expect(runs(studio)).toBe(1);
});

test('a made-up button reads nothing that its person does not see, and another’s is not theirs', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const secret = discord.channel('secret');
  discord.hide(secret, discord.bob);
  const hidden = discord.write(secret, discord.alice, 'The secret script.');
  const seen = discord.write(discord.general, discord.alice, 'Mountains and mist.');
  discord.react(seen, discord.alice, '🎬');
  const asked = await studio.hear(seen.id, ASKED);
  const packed = (id: string) => BigInt(id).toString(36);
  const id = (channel: string, message: string, person: string) =>
    `v1:make:${[discord.world.guild.id, channel, message].map(packed).join('.')}:${person}:`;
  const pressId = (custom: string) => discord.interactions.pressId(custom, asked, discord.bob);
  const wrong = [
    pressId(id(secret.id, hidden.id, discord.bob.id)),
    pressId(id(discord.general.id, hidden.id, discord.bob.id)),
    pressId(id(discord.general.id, seen.id, discord.alice.id)),
    pressId('v1:make:-::'),
    pressId(`v1:make:-:${discord.bob.id}:`),
  ];
  await discord.until(() => wrong.every(({ replies }) => replies.some(({ text }) => text !== '')));
  await studio.idle();
  expect(discord.callsTo(`GET /channels/${secret.id}/.*`)).toEqual([]);
  expect(runs(studio)).toBe(0);
});

test('where it is switched off, Discord is not asked for reactions at all', async () => {
  const off = await startStudio({ settings: { reactions: [] } });
  const on = await startStudio();
  const bits = (1 << 10) | (1 << 13);
  expect(off.discord.gateway.identifies.map((it) => it & bits)).toEqual([0]);
  expect(on.discord.gateway.identifies.map((it) => it & bits)).toEqual([bits]);
});

test('where the bot is switched off, and for a message of nothing, nobody is asked', async () => {
  const studio = await startStudio({ rules: { channels: ['1'] } });
  const { discord } = studio;
  const message = discord.write(discord.general, discord.bob, 'Mountains and mist.');
  discord.react(message, discord.alice, '🎬');
  discord.interactions.slash('credits', discord.alice, discord.general);
  await studio.idle();
  expect(discord.callsTo('GET /channels/.*/messages/.*')).toEqual([]);
  expect(discord.said(discord.general.id)).toEqual([]);
});
