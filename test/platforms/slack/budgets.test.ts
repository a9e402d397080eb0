/** A budget of a channel as its people read it: the warning, the credits, the refusal that names whom to ask. */
import { afterEach, expect, test } from 'vitest';
import { patient } from '../../conversation/scenarios/support.ts';
import { has, makesVideo } from '../../doubles/nemo/spending.ts';
import { storyOf } from './story.ts';
import { startTown, type Town } from './town.ts';

let town: Town;
afterEach(async () => {
  await town.close();
});

test('a budget that is nearly used up, and then is', async () => {
  const budgets = { workspace: 0, channel: 120, person: 0 };
  town = await startTown({
    timers: patient,
    rules: { budgets, admins: ['U0BOB', '12345678901234567'] },
  });
  const { slack, nemo, house } = town;
  has(nemo, 1000);
  nemo.script(...makesVideo(nemo, 96));
  const thread = await slack.write('@bot A film about tea.');
  await slack.until((m) => m.thread_ts === thread && /⚠️/.test(m.text));
  await house.idle();
  nemo.script(...makesVideo(nemo, 40));
  await slack.write('Slower, please.', { thread });
  await slack.untilTrue(() => nemo.received('run_sse').length === 2);
  await house.idle();
  await slack.write('And a title.', { thread });
  await slack.untilTrue(() => slack.ephemerals.some((m) => /ask the admin/.test(m.text)));
  await slack.write('credits', { thread });
  await slack.untilTrue(() => slack.ephemerals.some((m) => /This channel: 136/.test(m.text)));
  await house.idle();
  const people = slack.thread(thread).filter((m) => !m.bot && /tea|Slower/.test(m.text));
  await slack.untilTrue(() => people.every((m) => m.reactions.has('eyes')));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const story = storyOf(slack, 'A budget', thread).replaceAll(`(${zone})`, '(zone)');
  await expect(story).toMatchFileSnapshot('transcripts/a-budget.md');
  expect(nemo.received('run_sse')).toHaveLength(2);
  expect(slack.violations).toEqual([]);
});
