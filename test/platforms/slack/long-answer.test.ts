/** An answer of more than four messages, as a Slack thread shows it. */
import { afterEach, expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

test('its beginning, with the buttons, and a file with all of it', async () => {
  town = await startTown({ mode: 'socket' });
  const { slack, nemo, house } = town;
  const words = 'A kettle sings in the morning, and the mist answers it. '.repeat(300).trim();
  nemo.script({ draft: sampleDraft }, say(words));
  const thread = await slack.write('@bot A film about tea.');
  await house.idle();
  const said = slack.thread(thread);
  const files = said.flatMap((message) => message.files);
  expect(files.map(({ name }) => name)).toContain('answer.md');
  expect(files.find(({ name }) => name === 'answer.md')?.bytes.toString()).toBe(words);
  const answers = said.map(({ blocks }) => JSON.stringify(blocks));
  const [answer, ...others] = answers.filter((blocks) => blocks.includes('A kettle sings'));
  expect(others).toEqual([]);
  expect(answer).toContain('The whole answer is in the file');
  expect(answer).toContain('Timeline');
  expect(answer).toContain('Export MP4');
  expect(slack.violations).toEqual([]);
});
