/** Whom a message in one of our threads is for, as Slack tells it. */
import { afterEach, expect, test } from 'vitest';
import { callsOf } from '../../../src/platforms/slack/calls.ts';
import type { ThreadKey } from '../../../src/runtime/ids.ts';
import { CASES } from '../../conversation/fixtures/whom-for.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startTown, type Town } from './town.ts';

let town: Town | undefined;
afterEach(async () => {
  await town?.close();
  town = undefined;
});

/** Alice's project, in which Bob has written to her. */
async function inCompany(): Promise<Town & { readonly thread: string }> {
  town = await startTown();
  town.nemo.script(say('Hello.'));
  const thread = await town.slack.write('@bot A film about tea.');
  await town.slack.until((m) => /Hello\./.test(m.text));
  await town.house.idle();
  await town.slack.write('<@U0ALICE> nice idea', { thread, by: 'U0BOB' });
  return { ...town, thread };
}

test.each([
  ['<@U0BOB> can you check the spelling?', 'others'],
  ['<@U0BOB|bob> can you check the spelling?', 'others'],
  ['hey <@U0BOB>, the logo?', 'others'],
  ['👋 ok thanks <@U0BOB>!', 'others'],
  [':wave: <@U0BOB>', 'others'],
  ['<!subteam^S0TEAM|@design> please look', 'others'],
  ['<!subteam^S0TEAM> please look', 'others'],
  ['<!here> lunch', 'others'],
  ['你好 <@U0BOB>，看一下', 'others'],
  ['oye <@U0BOB> mira', 'others'],
  ['put <@U0BOB> into the credits', undefined],
  ['make it shorter', undefined],
  ['<https://example.com|brief> for <@U0BOB>', undefined],
  ['', undefined],
] as const)('“%s” calls %s', (text, calls) => {
  expect(callsOf(text, false)).toBe(calls);
  expect(callsOf(text, true)).toBe('us');
});

const toSlack = (text: string): string => text.replaceAll(/@(?:Bob|Anna|Ana|小王)/g, '<@U0BOB>');

test('nothing that people say to each other, and no courtesy, is ever sent', async () => {
  const { slack, house, nemo, thread } = await inCompany();
  const talk = CASES.filter(
    (it) => it.meant !== 'us' && !it.open && !it.brings && !it.alone && it.calls !== 'us',
  ).filter((it) => it.text.includes('@') || it.calls !== 'others');
  expect(talk.length).toBeGreaterThan(100);
  for (const [index, { text }] of talk.entries())
    await slack.write(toSlack(text), { thread, by: index % 2 === 0 ? 'U0BOB' : 'U0ALICE' });
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
  expect(slack.thread(thread).filter((m) => m.bot && !/Hello|Done/.test(m.text))).toEqual([]);
});

test('thanks get a ❤️, and an “ok” that answers nothing a 👍', async () => {
  const { slack, house, nemo, thread } = await inCompany();
  const reactions = (ts: string) => slack.messages.find((m) => m.ts === ts)?.reactions;
  const thanked = await slack.write('thank you :heart:', { thread });
  await slack.untilTrue(() => reactions(thanked)?.has('heart') === true);
  const noted = await slack.write('ok', { thread, by: 'U0BOB' });
  await slack.untilTrue(() => reactions(noted)?.has('+1') === true);
  await slack.redeliver(noted);
  const direct = await slack.write('谢谢', { channel: 'D0ALICE' });
  await slack.untilTrue(() => reactions(direct)?.has('heart') === true);
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
});

test('what is not clear is asked of its author alone, and the press is found after it', async () => {
  const { slack, house, nemo, thread } = await inCompany();
  await slack.write('what do you guys think?', { thread, by: 'U0BOB' });
  await slack.untilTrue(() => slack.ephemerals.length > 0);
  await house.idle();
  const [asked] = slack.ephemerals;
  if (!asked) throw new Error('nobody was asked');
  expect(asked.privateTo).toBe('U0BOB');
  expect(asked.thread_ts).toBe(thread);
  expect(nemo.received('run_sse')).toHaveLength(1);
  await slack.click(asked, /For me/, 'U0ALICE');
  await slack.untilTrue(() => slack.ephemerals.some((m) => /Only/.test(m.text)));
  nemo.script(say('I think it is fine.'));
  await slack.click(asked, /For me/, 'U0BOB');
  await slack.until((m) => /I think it is fine/.test(m.text));
  await slack.click(asked, /For me/, 'U0BOB');
  await slack.untilTrue(() => slack.ephemerals.some((m) => /settled already/.test(m.text)));
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
});

test('“talking to each other” ends the asking, and a mention begins it anew', async () => {
  const { slack, house, nemo, thread } = await inCompany();
  await slack.write('what do you guys think?', { thread, by: 'U0BOB' });
  await slack.untilTrue(() => slack.ephemerals.length > 0);
  await house.idle();
  const [asked] = slack.ephemerals;
  if (!asked) throw new Error('nobody was asked');
  await slack.click(asked, /Talking to each other/, 'U0BOB');
  await slack.untilTrue(() => slack.ephemerals.some((m) => /mention me/.test(m.text)));
  const before = slack.ephemerals.length;
  await slack.write("I'll ask Anna", { thread });
  await house.idle();
  expect(slack.ephemerals).toHaveLength(before);
  nemo.script(say('Gladly.'));
  await slack.write('@bot what would you do?', { thread });
  await slack.until((m) => /Gladly/.test(m.text));
  await house.idle();
  await slack.write("I'll ask Anna", { thread });
  await slack.untilTrue(() => slack.ephemerals.length > before);
});

test('a thread that somebody else began has several people in it', async () => {
  town = await startTown();
  const { slack, house, nemo } = town;
  const thread = await slack.write('Look at this view!', { by: 'U0BOB' });
  nemo.script(say('Hello.'));
  await slack.write('@bot a film about tea', { thread });
  await slack.until((m) => /Hello\./.test(m.text));
  await house.idle();
  await slack.write("I'll ask Anna", { thread });
  await slack.untilTrue(() => slack.ephemerals.length > 0);
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
});

test('of a thread that begins with a message the record is not asked; of one that an edit calls us into it is', async () => {
  town = await startTown();
  const { slack, house } = town;
  const asked: string[] = [];
  const { knows } = house.ledger;
  Object.assign(house.ledger, {
    knows: (thread: ThreadKey) => {
      asked.push(thread);
      return knows.call(house.ledger, thread);
    },
  });
  await slack.write('@bot help', { events: ['app_mention'] });
  await house.idle();
  expect(asked).toEqual([]);
  const edited = { user: 'U0ALICE', ts: '1' };
  const later = await slack.write('@bot help', { events: ['app_mention'], extra: { edited } });
  await house.idle();
  expect(asked).toEqual([expect.stringContaining(later)]);
});
