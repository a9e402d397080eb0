/** Thumbs under a video on Slack: who votes is told, what they meant is counted, and a workspace without thumbs has its videos. */
import { afterEach, expect, test } from 'vitest';
import { monthOf, openFeedback } from '../../../src/conversation/feedback/feedback.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { startTown, type Town } from './town.ts';

let town: Town;
afterEach(async () => {
  await town.close();
  expect(town.slack.violations).toEqual([]);
});

const place = { platform: 'slack', workspace: 'T0TEA' };
const counted = () => openFeedback(town.house.state).of(place, monthOf(Date.now()));

async function video(unknown?: string): Promise<SeenMessage> {
  town = await startTown({ rules: { autoExport: 'first' } });
  if (unknown) town.slack.unknownBlocks.add(unknown);
  const thread = await town.slack.write('@bot A film about tea in the mountains.');
  const message = await town.slack.until((m) => m.thread_ts === thread && m.files.length > 0);
  await town.house.idle();
  return message;
}

async function told(by: string, deed: () => Promise<unknown>): Promise<SeenMessage | undefined> {
  const mine = () => town.slack.ephemerals.filter((m) => m.privateTo === by);
  const before = mine().length;
  await deed();
  await town.slack.untilTrue(() => mine().length > before);
  return mine().at(-1);
}

test('a vote is counted once for each person, and can be changed; thumbs down asks what should be different', async () => {
  const message = await video();
  const vote = (how: 'good' | 'bad', by = 'U0ALICE') =>
    told(by, () => town.slack.vote(message, how, by));
  expect((await vote('good'))?.text).toContain('good to hear');
  expect((await vote('good', 'U0BOB'))?.text).toContain('good to hear');
  expect((await vote('good'))?.text).toContain('told me that already');
  expect(await counted()).toEqual({ good: 2, bad: 0 });
  const sorry = await vote('bad');
  expect(sorry?.text).toContain('What should be different?');
  expect(await counted()).toEqual({ good: 1, bad: 1 });
  if (!sorry) throw new Error('nothing was said');
  await town.slack.click(sorry, /Change something/);
  await town.slack.untilTrue(() => town.slack.views.length > 0);
  town.nemo.script(say('I made the music louder.'));
  const written = { change: { text: { value: 'make the music louder' } } };
  await town.slack.submit(town.slack.views[0]?.id ?? '', written);
  await town.slack.until((m) => /I made the music louder/.test(m.text));
  await town.house.idle();
  const thread = town.slack.thread(message.thread_ts ?? '').map(({ text }) => text);
  expect(thread).toContainEqual('<@U0ALICE> ✏️ make the music louder');
});

test('a vote for a video that is not of this thread, or a made-up one, counts for nothing', async () => {
  const message = await video();
  const [row] = message.blocks.filter(({ type }) => type === 'context_actions');
  const id = { action_id: 'nemo:feedback:0', block_id: row?.block_id ?? '' };
  for (const value of ['good.made-up', 'best.made-up', 'good', '']) {
    const press = { ...id, ...(value ? { value } : {}) };
    const answer = await told('U0BOB', () => town.slack.press(message, press, 'U0BOB'));
    expect(answer?.text).toContain('no longer know');
  }
  const other = await town.slack.write('@bot A film about rain.');
  await town.slack.until((m) => m.thread_ts === other && m.files.length > 0);
  const [thumbs] = row?.elements ?? [];
  const { value = '' } = thumbs?.positive_button ?? {};
  const foreign = { ...id, block_id: `nemo:T0TEA:C0TEA:${other}:feedback`, value };
  const answer = await told('U0BOB', () => town.slack.press(message, foreign, 'U0BOB'));
  expect(answer?.text).toContain('no longer know');
  expect(await counted()).toEqual({ good: 0, bad: 0 });
});

test('where the workspace knows no thumbs the video comes without them, with all else', async () => {
  const message = await video('context_actions');
  const kinds = message.blocks.map(({ type }) => type);
  expect(kinds).toContain('markdown');
  expect(kinds).toContain('actions');
  expect(kinds).not.toContain('context_actions');
});

test('help and the home page name the operator’s own pages', async () => {
  const links = { support: 'https://acme.test/help', terms: 'https://acme.test/terms' };
  town = await startTown({ rules: { links } });
  const thread = await town.slack.write('@bot help');
  const help = await town.slack.until((m) => m.thread_ts === thread && /Try saying/.test(m.text));
  await town.slack.openHome('home');
  await town.slack.untilTrue(() => town.slack.homes.has('U0ALICE'));
  for (const shown of [help.text, JSON.stringify(town.slack.homes.get('U0ALICE'))]) {
    expect(shown).toContain('https://acme.test/help');
    expect(shown).toContain('https://acme.test/terms');
    expect(shown).not.toContain('privacy');
  }
  // Bob has begun nothing yet.
  await town.slack.openHome('home', 'U0BOB');
  await town.slack.untilTrue(() => town.slack.homes.has('U0BOB'));
  expect(JSON.stringify(town.slack.homes.get('U0BOB'))).toContain('1. Invite me to a channel');
});

test('the form of a video is nobody’s who does not see its place, or has left it', async () => {
  const message = await video();
  const sorry = await told('U0BOB', () => town.slack.vote(message, 'bad', 'U0BOB'));
  if (!sorry) throw new Error('nothing was said');
  await town.slack.click(sorry, /Change something/, 'U0BOB');
  await town.slack.untilTrue(() => town.slack.views.length > 0);
  const channel = town.slack.channels.get('C0TEA');
  if (channel) Object.assign(channel, { private: true, people: new Set(['U0ALICE']) });
  const before = town.slack.thread(message.thread_ts ?? '').length;
  const written = { change: { text: { value: 'make it mine' } } };
  await town.slack.submit(town.slack.views[0]?.id ?? '', written, 'U0BOB');
  await town.slack.until((m) => m.channel === 'D0BOB' && /did not let me do that/.test(m.text));
  await town.house.idle();
  expect(town.slack.thread(message.thread_ts ?? '')).toHaveLength(before);
  expect(town.nemo.received('run_sse')).toHaveLength(1);
});
