/** What is stored: deleted and handed out by commands and buttons, and forgotten after a removal. */
import { afterEach, expect, test } from 'vitest';
import { LEFT_MS } from '../../../src/conversation/data/erasures.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { Answered, Clickable } from '../../doubles/slack/people.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { startTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

async function answerTo({ responses }: Answered, privateTo = 'U0ALICE'): Promise<Clickable> {
  await town.slack.untilTrue(() => responses.length > 0);
  const [response] = responses;
  const blocks = (response?.['blocks'] ?? []) as SeenMessage['blocks'];
  return { ts: '1.1', channel: 'C0TEA', text: String(response?.['text']), blocks, privateTo };
}

/** The next message that only one person sees, after a click. */
async function toldAfter(click: () => Promise<unknown>): Promise<SeenMessage> {
  const { slack } = town;
  const before = slack.ephemerals.length;
  await click();
  await slack.untilTrue(() => slack.ephemerals.length > before);
  const told = slack.ephemerals.at(-1);
  if (!told) throw new Error('it was there a moment ago');
  return told;
}

const stored = (scope: Parameters<Town['house']['ledger']['onRecord']>[0]) =>
  town.house.ledger.onRecord(scope);
const keyOf = (thread: string) => toThreadKey(`slack:T0TEA:C0TEA:${thread}`);

test('a project, all of mine, a workspace: each by a command, a card and a click', async () => {
  town = await startTown();
  const { slack, house } = town;
  const tea = await slack.write('@bot A film about tea.');
  const bread = await slack.write('@bot A film about bread.');
  const his = await slack.write('@bot A film about rain.', { by: 'U0BOB' });
  await house.idle();
  const offers = await answerTo(await slack.command('/nemo', 'forget'));
  const card = await toldAfter(() => slack.click(offers, /about tea/));
  expect(card.text).toContain('Delete what I store of this project?');
  expect(await stored({ thread: keyOf(tea) })).toMatchObject({ turns: 1 });
  expect((await toldAfter(() => slack.click(card, /Delete this project/))).text).toMatch(
    /^Deleted/,
  );
  expect(await stored({ thread: keyOf(tea) })).toEqual({ threads: 0, turns: 0, renders: 0 });
  // Events that Slack tells once more begin nothing.
  await slack.replay();
  await house.idle();
  expect(await stored({ thread: keyOf(tea) })).toMatchObject({ turns: 0 });

  const all = await answerTo(await slack.command('/nemo', 'forget all'));
  expect(all.text).toContain('1 project, 1 request');
  await toldAfter(() => slack.click(all, /Delete all of mine/));
  expect(await stored({ thread: keyOf(bread) })).toMatchObject({ turns: 0 });
  expect(await stored({ thread: keyOf(his) })).toMatchObject({ turns: 1 });

  const refused = await answerTo(await slack.command('/nemo', 'forget workspace'));
  expect(refused.text).toContain('Only an admin of this workspace');
  const by = 'U0ADMIN';
  const whole = await answerTo(await slack.command('/nemo', 'forget workspace', { by }), by);
  const told = await toldAfter(() =>
    slack.click({ ...whole, privateTo: 'U0BOB' }, /workspace/, 'U0BOB'),
  );
  expect(told.text).toContain('Only an admin of this workspace');
  await toldAfter(() => slack.click(whole, /workspace/, by));
  expect(await stored({ platform: 'slack', workspace: 'T0TEA' })).toMatchObject({ turns: 0 });
  await slack.write('@bot A film about tea.', { thread: tea });
  await house.idle();
  expect(await stored({ thread: keyOf(tea) })).toMatchObject({ threads: 1, turns: 1 });
  expect(slack.violations).toEqual([]);
});

test('what is stored comes as a file by direct message', async () => {
  town = await startTown();
  const { slack, house, nemo } = town;
  await slack.write('@bot A film about tea.');
  await slack.write('@bot A film about rain.', { by: 'U0BOB' });
  await house.idle();
  const card = await answerTo(await slack.command('/nemo', 'export-data'));
  expect(card.text).toContain('1 project, 1 request');
  expect((await toldAfter(() => slack.click(card, /Give me the file/))).text).toContain('directly');
  const sent = await slack.until((m) => m.files.length > 0);
  expect(sent.channel).toMatch(/^D/);
  const [file] = sent.files;
  const text = file?.bytes.toString('utf8') ?? '';
  expect(JSON.parse(text).requests).toMatchObject([{ text: 'A film about tea.' }]);
  expect(text).not.toContain(nemo.token);
  expect(text).not.toMatch(/xox|rain/);
  expect(slack.violations).toEqual([]);
});

test('a workspace that the app was removed from is forgotten after thirty days, unless it is back', async () => {
  town = await startTown({ mode: 'http' });
  const { slack, house } = town;
  await slack.write('@bot A film about tea.');
  await house.idle();
  const workspace = { platform: 'slack', workspace: 'T0TEA' };
  const removed = () => slack.event({ type: 'app_uninstalled' }, { team_id: 'T0TEA' });
  const later = () => house.clock.in(LEFT_MS + 60_000);
  expect((await removed()).acked).toBe(true);
  await house.conversation.forgetDue();
  expect(await stored(workspace)).toMatchObject({ turns: 1 });
  // Its token is taken: the app is there again.
  await house.conversation.forgetDue(later());
  expect(await stored(workspace)).toMatchObject({ turns: 1 });
  await removed();
  slack.tokens.clear();
  await house.conversation.forgetDue(later());
  expect(await stored(workspace)).toEqual({ threads: 0, turns: 0, renders: 0 });
});
