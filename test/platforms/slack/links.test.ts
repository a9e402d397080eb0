/** Links in Slack: an article, a message that its person sees, and one that they do not. */
import { afterEach, expect, test } from 'vitest';
import { toldAgent } from '../../conversation/scenarios/support.ts';
import { pageFile, startSite } from '../../doubles/pages.ts';
import { startTown, type Town } from './town.ts';

let town: Town | undefined;
afterEach(async () => {
  await town?.close();
  town = undefined;
});

const link = (ts: string, channel = 'C0TEA', host = 'tea-house') =>
  `https://${host}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;

test('an article that Slack wrote as a link is read', async () => {
  const site = await startSite({ '/a': pageFile('news.page') });
  town = await startTown();
  const { slack, house } = town;
  await slack.write(`@bot make a video of this <${site.url}/a>`);
  await slack.until((m) => /Read .*The harbour that never sleeps/.test(m.text));
  await house.idle();
  await site.close();
  expect(toldAgent(house)).toContain(
    `make a video of this ${site.url}/a\n\nThe harbour that never sleeps (${site.url}/a):\n`,
  );
  expect(toldAgent(house)).toContain('Ana Ruiz has sold fish here for thirty years.');
});

test('a link to a message is that message', async () => {
  town = await startTown();
  const { slack, house } = town;
  const ts = await slack.write('A kettle sings at dawn.', { by: 'U0BOB' });
  await slack.write(`@bot film this <${link(ts)}>`);
  await slack.until((m) => /ready|Done/i.test(m.text));
  await house.idle();
  expect(toldAgent(house)).toBe(`film this ${link(ts)}\n\nA kettle sings at dawn.`);
});

test('a message of another workspace is not looked at, and nothing is sent', async () => {
  town = await startTown();
  const { slack, house, nemo } = town;
  const ts = await slack.write('A kettle sings at dawn.', { by: 'U0BOB' });
  await slack.write(`@bot film this <${link(ts, 'C0TEA', 'other')}>`);
  await slack.until((m) => /link to that message/.test(m.text));
  await house.idle();
  expect(nemo.received('run_sse')).toEqual([]);
});
