/** The desk of admins on Slack: by the command and by the buttons under its answer. */
import { afterEach, expect, test } from 'vitest';
import { say } from '../../doubles/nemo/steps.ts';
import type { Clickable } from '../../doubles/slack/people.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

const towns: Town[] = [];
afterEach(async () => {
  for (const town of towns.splice(0)) {
    await town.close();
    expect(town.slack.violations).toEqual([]);
    expect(town.house.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  }
});

async function begin(options: TownOptions = {}): Promise<Town> {
  const town = await startTown({ scale: 0.02, ...options });
  towns.push(town);
  return town;
}

/** What the command has answered its person. */
async function desk(
  { slack }: Town,
  text: string,
  by = 'U0ADMIN',
): Promise<Clickable & SeenMessage> {
  const { responses } = await slack.command('/nemo', `admin ${text}`.trim(), { by });
  await slack.untilTrue(() => responses.length > 0);
  const [response] = responses;
  if (!response) throw new Error('no answer');
  return {
    ...response,
    channel: 'C0TEA',
    privateTo: by,
  } as never;
}

const labels = (message: Pick<SeenMessage, 'blocks'>) =>
  message.blocks.flatMap((block) => block.elements ?? []).map((it) => it.text?.text);

/** Presses the button of that label; resolves with what is shown next. */
async function press(
  town: Town,
  message: Clickable & SeenMessage,
  label: string,
): Promise<SeenMessage> {
  const { slack } = town;
  const before = slack.ephemerals.length;
  const block = message.blocks.find((it) => it.elements?.some((el) => el.text?.text === label));
  const element = block?.elements?.find((it) => it.text?.text === label);
  if (!element) throw new Error(`no button ${label} among ${labels(message).join()}`);
  await slack.press(message, { ...element, block_id: block?.block_id } as never, 'U0ADMIN');
  await slack.untilTrue(() => slack.ephemerals.length > before);
  const shown = slack.ephemerals.at(-1);
  if (!shown) throw new Error('nothing was shown');
  return shown;
}

test('somebody’s turn is stopped from the desk by an admin; nobody else sees it', async () => {
  const town = await begin();
  const { slack, nemo } = town;
  nemo.script({ heartbeat: true }, { hang: true });
  const ts = await slack.write('@bot A film about tea.');
  await nemo.arrival('run_sse');
  expect((await desk(town, '', 'U0BOB')).text).toBe('Only an admin can change this.');
  const shown = await desk(town, '');
  expect(shown.text).toMatch(/At work and waiting\*\* \(1\)[\s\S]*A film about tea[\s\S]*Alice/);
  expect(labels(shown)).toEqual(['Pause here', 'Refresh', 'Stop 1']);
  const done = await press(town, shown, 'Stop 1');
  expect(done.text).toMatch(/^⏹️ It is being stopped/);
  expect(done.privateTo).toBe('U0ADMIN');
  await slack.until((m) => m.thread_ts === ts && /stays charged/.test(m.text));
  await town.house.idle();
});

test('paused and resumed, by button and by word; a channel is denied and let in again', async () => {
  const town = await begin();
  const { slack, nemo } = town;
  const paused = await press(town, await desk(town, ''), 'Pause here');
  expect(paused.text).toMatch(/⏸️ Paused here since/);
  expect(labels(paused)).toEqual(['Resume here', 'Refresh']);
  const told = (words: RegExp, by = 'U0BOB') =>
    slack.untilTrue(() => slack.ephemerals.some((m) => m.privateTo === by && words.test(m.text)));
  await slack.write('@bot A film about tea.', { by: 'U0BOB' });
  await told(/^I am paused by an admin/);
  const { responses } = await slack.command('/video', 'A film about bread.', { by: 'U0BOB' });
  await slack.untilTrue(() => responses.length > 0);
  expect(responses[0]?.['text']).toMatch(/^I am paused by an admin/);
  expect((await desk(town, 'resume')).text).toMatch(/^▶️ Resumed/);
  expect((await desk(town, 'deny here')).text).toMatch(/Channels that are denied.*C0TEA/);
  await slack.write('@bot A film about tea.', { by: 'U0BOB' });
  await told(/not switched on in this channel/);
  await town.house.idle();
  expect(nemo.received('run_sse')).toHaveLength(0);
  await desk(town, 'reset here');
  nemo.script(say('The tea film is done.'));
  const ts = await slack.write('@bot A film about tea.', { by: 'U0BOB' });
  await slack.until((m) => m.thread_ts === ts && /The tea film is done/.test(m.text));
  await town.house.idle();
});
