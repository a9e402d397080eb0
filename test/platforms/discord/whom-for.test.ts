/** Whom a message in one of our threads is for, as Discord tells it. */
import { expect, test } from 'vitest';
import { callsOf } from '../../../src/platforms/discord/calls.ts';
import { messageShape } from '../../../src/platforms/discord/payloads.ts';
import { CASES } from '../../conversation/fixtures/whom-for.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Studio, startStudio, toldAgent } from './studio.ts';

/** Alice's project, in which Bob has written to her. */
async function inCompany(options: Parameters<typeof startStudio>[0] = {}) {
  const studio = await startStudio(options);
  const { discord } = studio;
  studio.nemo.script(say('Hello.'));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Hello\./);
  await studio.idle();
  const thread = discord.thread(asked);
  const first = discord.write(thread, discord.bob, `<@${discord.alice.id}> nice idea`);
  return { studio, discord, thread, first };
}

const runs = (studio: Studio): number => studio.nemo.received('run_sse').length;

const given = (content: string, more: object = {}) =>
  messageShape.parse({
    id: '5',
    channel_id: '6',
    author: { id: '1' },
    content,
    mentions: [],
    ...more,
  });
const reply = (author: object) => ({
  type: 19,
  message_reference: { type: 0, message_id: '4', channel_id: '6' },
  referenced_message: { id: '4', author },
});

test.each([
  ['<@2> can you check the spelling?', {}, 'others'],
  ['hey <@!2>, the logo?', {}, 'others'],
  ['<@&77> please look', {}, 'others'],
  ['@here lunch', {}, 'others'],
  ['thanks @everyone', {}, 'others'],
  ['谢谢 <@2>', {}, 'others'],
  ['<:tea:12> <@2> mira', {}, 'others'],
  ['make it shorter', reply({ id: '2' }), 'others'],
  ['make it shorter', reply({ id: '1' }), undefined],
  ['make it shorter', reply({ id: '3', bot: true }), undefined],
  ['put <@2> into the credits', {}, undefined],
  ['make it shorter', {}, undefined],
] as const)('“%s” %j calls %s', (content, more, calls) => {
  expect(callsOf(given(content, more), false)).toBe(calls);
  expect(callsOf(given(content, more), true)).toBe('us');
});

test('nothing that people say to each other, and no courtesy, is ever sent', async () => {
  const { studio, discord, thread } = await inCompany();
  const talk = CASES.filter(
    (it) => it.meant !== 'us' && !it.open && !it.brings && !it.alone && it.calls !== 'us',
  ).filter((it) => it.text.includes('@') || it.calls !== 'others');
  expect(talk.length).toBeGreaterThan(100);
  const people = [discord.bob, discord.alice];
  for (const [index, { text }] of talk.entries()) {
    const content = text.replaceAll(/@(?:Bob|Anna|Ana|小王)/g, `<@${discord.bob.id}>`);
    discord.write(thread, people[index % 2] ?? discord.bob, content);
  }
  const last = discord.write(thread, discord.bob, 'thanks!');
  await discord.until(() => last.reactions.has('❤️'));
  await studio.idle();
  expect(runs(studio)).toBe(1);
});

test('a reply to a person is theirs, and the line that it answers is not read', async () => {
  const { studio, discord, thread, first } = await inCompany();
  discord.write(thread, discord.alice, 'make it shorter', { replyTo: first });
  const last = discord.write(thread, discord.bob, 'thanks!');
  await discord.until(() => last.reactions.has('❤️'));
  await studio.idle();
  expect(runs(studio)).toBe(1);
  expect(discord.callsTo(`GET /channels/${thread.id}/messages/${first.id}`)).toEqual([]);
});

test('a reply to us, and a mention in a reply to a person, are for us', async () => {
  const { studio, discord, thread, first } = await inCompany();
  const answer = await studio.hear(thread.id, /Hello\./);
  studio.nemo.script(say('Gladly.'));
  discord.write(thread, discord.bob, 'what would you do?', { replyTo: answer });
  await studio.hear(thread.id, /Gladly\./);
  await studio.idle();
  studio.nemo.script(say('As you say.'));
  discord.mention(thread, discord.bob, 'do what she says', { replyTo: first });
  await studio.hear(thread.id, /As you say\./);
  await studio.idle();
  expect(toldAgent(studio.nemo, 2)).toBe('what would you do?');
  expect(runs(studio)).toBe(3);
});

test('thanks get a ❤️, and an “ok” that answers nothing a 👍', async () => {
  const { studio, discord, thread } = await inCompany();
  const thanked = discord.write(thread, discord.alice, 'thank you!!');
  await discord.until(() => thanked.reactions.has('❤️'));
  const noted = discord.write(thread, discord.bob, 'ok');
  await discord.until(() => noted.reactions.has('👍'));
  const called = discord.mention(discord.general, discord.bob, 'thanks!');
  await discord.until(() => called.reactions.has('❤️'));
  const direct = discord.write(discord.dm(discord.alice), discord.alice, 'gracias');
  await discord.until(() => direct.reactions.has('❤️'));
  await studio.idle();
  expect(runs(studio)).toBe(1);
});

test('what is not clear is asked in the thread, also across a restart, and the question goes', async () => {
  const path = await databaseFile();
  const { studio: first, discord, thread } = await inCompany({ path });
  discord.write(thread, discord.bob, 'what do you guys think?');
  const asked = await first.hear(thread.id, /is that for me/);
  await first.idle();
  expect(asked.notified).toEqual([discord.bob.id]);
  expect(runs(first)).toBe(1);
  await first.down();
  const studio = await startStudio({ path, discord, nemo: first.nemo });
  const byAlice = discord.interactions.press(asked, 'For me', discord.alice);
  await discord.until(() => byAlice.replies.some(({ text }) => /Only/.test(text)));
  studio.nemo.script(say('I think it is fine.'));
  discord.interactions.press(asked, 'For me', discord.bob);
  await studio.hear(thread.id, /I think it is fine/);
  await discord.until(() => asked.deleted);
  await studio.idle();
  expect(runs(studio)).toBe(2);
});

test('“talking to each other” ends the asking', async () => {
  const { studio, discord, thread } = await inCompany();
  discord.write(thread, discord.bob, 'what do you guys think?');
  const asked = await studio.hear(thread.id, /is that for me/);
  await studio.idle();
  const press = discord.interactions.press(asked, 'Talking to each other', discord.bob);
  await discord.until(() => press.replies.some(({ text }) => /mention me/.test(text)));
  await discord.until(() => asked.deleted);
  discord.write(thread, discord.alice, "I'll ask Anna");
  const last = discord.write(thread, discord.alice, 'thanks!');
  await discord.until(() => last.reactions.has('❤️'));
  await studio.idle();
  expect(discord.said(thread.id).filter((m) => /is that for me/.test(m.content))).toEqual([]);
  expect(runs(studio)).toBe(1);
});
