/** Commands in a channel: about its newest project, named with a link, and a choice of the others. */
import { afterEach, expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { Answered, Clickable } from '../../doubles/slack/people.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { startTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

/** Two projects of Alice's in the same channel. */
async function withTwo(): Promise<string[]> {
  town = await startTown({ mode: 'socket' });
  const { slack, nemo, house } = town;
  const begun: string[] = [];
  for (const text of ['A film about milk.', 'A film about tea.']) {
    nemo.script({ draft: sampleDraft }, say('Your video is ready.'));
    begun.push(await slack.write(`@bot ${text}`));
    await house.idle();
  }
  return begun;
}

/** The answer to a command, as its person sees it in the channel. */
async function answerTo({ responses }: Answered, channel = 'C0TEA'): Promise<Clickable> {
  await town.slack.untilTrue(() => responses.length > 0);
  const [response] = responses;
  const blocks = (response?.['blocks'] ?? []) as SeenMessage['blocks'];
  return { ts: '1.1', channel, text: String(response?.['text']), blocks, privateTo: 'U0ALICE' };
}

test('/nemo status names the newest with its address; a click on another shows that one', async () => {
  const [, tea = ''] = await withTwo();
  const { slack } = town;
  const answer = await answerTo(await slack.command('/nemo', 'status'));
  expect(answer.text).toMatch(/^Project “A film about tea\.”: https:\S+\/archives\/C0TEA\/p\d+\n/);
  expect(answer.text).toContain(`p${tea.replace('.', '')}`);
  const seen = slack.ephemerals.length;
  await slack.click(answer, /A film about milk/);
  await slack.untilTrue(() => slack.ephemerals.length > seen);
  expect(slack.ephemerals.at(-1)?.text).toContain('Nothing is running');
  expect(slack.violations).toEqual([]);
});

test('/nemo export elsewhere renders nothing until its person has chosen', async () => {
  const [, tea = ''] = await withTwo();
  const { slack, nemo, house } = town;
  const used = await slack.command('/nemo', 'export 1080p', { channel: 'C0AWAY' });
  const answer = await answerTo(used, 'C0AWAY');
  expect(answer.text).toContain('Which project do you mean?');
  await house.idle();
  expect(nemo.received('render')).toHaveLength(0);
  await slack.click(answer, /A film about tea/);
  await slack.until((m) => m.thread_ts === tea && m.files.length > 0);
  expect(JSON.stringify(nemo.received('render')[0]?.json)).toContain('1080');
  // The bot is no member there, so that its answer goes to the person directly.
  await slack.until((m) => /On it/.test(m.text) && m.channel.startsWith('D'));
  expect(slack.violations).toEqual([]);
});
