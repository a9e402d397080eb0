/** Discord limits or refuses what only accompanies a conversation: the conversation goes on. */
import { expect, test } from 'vitest';
import { toMessageId } from '../../../src/runtime/ids.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { gate, startStudio } from './studio.ts';

const TEN_MINUTES = 600;
const REACTIONS = '(?:PUT|DELETE) /channels/\\d+/messages/\\d+/reactions/.+';

test('ten minutes without reactions, typing and names hold no answer up', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const limited = { status: 429, retryAfter: TEN_MINUTES, times: 1_000 };
  discord.failNext(REACTIONS, limited);
  discord.failNext('POST /channels/\\d+/typing', limited);
  discord.failNext('PATCH /channels/\\d+', limited);
  const held = gate();
  nemo.script({ heartbeat: true }, { until: held.opened }, say('First is done.'));
  nemo.script(say('Second is done.'));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await nemo.arrival('run_sse');
  discord.write(discord.thread(asked), discord.alice, 'Slower, please.');
  held.open();
  await studio.hear(asked.id, /Second is done/);
  await studio.idle();
  // 👀 twice, 🕓 on and off: none is sent a second time before its ten minutes are over.
  expect(discord.callsTo(REACTIONS).length).toBeLessThanOrEqual(4);
  expect(discord.callsTo('POST /channels/\\d+/typing').length).toBeLessThanOrEqual(2);
});

test('a reaction that is to wait a moment is made by the second try', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  discord.failNext(REACTIONS, { status: 429, retryAfter: 0.01 });
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await discord.until(() => asked.reactions.has('👀'));
  expect(discord.callsTo(REACTIONS)).toHaveLength(2);
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
});

test('reactions follow each other within what Discord foresees', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  discord.settings.reactions = { limit: 1, resetAfter: 0.05 };
  const all = Array.from({ length: 6 }, () =>
    discord.mention(discord.general, discord.alice, 'A film about tea.'),
  );
  await discord.until(() => all.every((message) => message.reactions.has('👀')));
  await studio.idle();
  expect(discord.callsTo(REACTIONS).filter(({ status }) => status === 429)).toEqual([]);
});

test('a thread that is gone gets one more edit, and the answer goes to its person', async () => {
  // Slowly: no two edits fall due while one is on its way, on a busy machine either.
  const studio = await startStudio({ scale: 0.01 });
  const { discord, nemo } = studio;
  const held = gate();
  nemo.script({ heartbeat: true }, { until: held.opened }, say('Here is your film.'));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await nemo.arrival('run_sse');
  await discord.until(() => discord.said(asked.id).length > 0);
  discord.removeChannel(discord.thread(asked));
  const refused = () =>
    discord.calls.filter(
      ({ path, status }) => path.startsWith(`/channels/${asked.id}`) && status >= 400,
    );
  await discord.until(() => refused().length > 0);
  await studio.clock.sleep(400_000);
  const meanwhile = refused().length;
  held.open();
  await studio.hear(discord.dm(discord.alice).id, /Here is your film/);
  await studio.idle();
  // An edit of the status, and at most one sign of typing that was on its way; then the answer.
  expect(meanwhile).toBeLessThanOrEqual(2);
  expect(refused().length).toBeLessThanOrEqual(meanwhile + 1);
});

test('a reaction that Discord limits comes back at once, with the time to wait', async () => {
  const studio = await startStudio({ start: false });
  const { discord, platform } = studio;
  const asked = discord.write(discord.general, discord.alice, 'hi');
  const thread = platform.thread({
    platform: 'discord',
    workspace: discord.world.guild.id,
    channel: discord.general.id,
    thread: asked.id,
  });
  discord.failNext(REACTIONS, { status: 429, retryAfter: TEN_MINUTES });
  const refused = { reason: 'unreachable', retryAfterMs: expect.any(Number) };
  await expect(
    thread.react(toMessageId(`${discord.general.id}/${asked.id}`), 'seen'),
  ).rejects.toMatchObject(refused);
  expect(discord.callsTo(REACTIONS)).toHaveLength(1);
});
