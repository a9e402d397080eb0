/** The desk of admins on Slack: by the command and by the buttons under its answer. */
import { afterEach, expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { Clickable } from '../../doubles/slack/people.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { storyOf } from './story.ts';
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

async function kept({ slack, house }: Town, title: string, thread: string): Promise<void> {
  await house.idle();
  const people = slack.thread(thread).filter((m) => !m.bot);
  await slack.untilTrue(() => people.every((m) => m.reactions.has('eyes')));
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  await expect(storyOf(slack, title, thread)).toMatchFileSnapshot(`transcripts/${name}.md`);
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
  await slack.click(message, new RegExp(`^${label}$`), 'U0ADMIN');
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
  expect(labels(shown)).toEqual(['Pause here', 'Refresh', 'Brand kit', 'Allow and deny', 'Stop 1']);
  const done = await press(town, shown, 'Stop 1');
  expect(done.text).toMatch(/^⏹️ It is being stopped/);
  expect(done.privateTo).toBe('U0ADMIN');
  await slack.until((m) => m.thread_ts === ts && /stays charged/.test(m.text));
  await kept(town, 'A turn is stopped by an admin', ts);
});

test('paused and resumed, by button and by word; a channel is denied and let in again', async () => {
  const town = await begin();
  const { slack, nemo } = town;
  const paused = await press(town, await desk(town, ''), 'Pause here');
  expect(paused.text).toMatch(/⏸️ Paused here since/);
  expect(labels(paused)).toEqual(['Resume here', 'Refresh', 'Brand kit', 'Allow and deny']);
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

const line = (value: string) => ({ value: { type: 'plain_text_input', value } });

test('a brand is kept by its form, and joins the first request: in the plan, in words, with its logo', async () => {
  const town = await begin({ draft: sampleDraft });
  const { slack, nemo } = town;
  await slack.click(await desk(town, ''), /^Brand kit$/, 'U0ADMIN');
  await slack.untilTrue(() => slack.views.length === 1);
  const logo = slack.keep({
    name: 'logo.png',
    mimetype: 'image/png',
    bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDRlogo', 'latin1'),
  });
  const filled = {
    name: line('Tea House'),
    colours: line('#2f6f4f'),
    logo: { files: { type: 'file_input', files: [logo] } },
  };
  await slack.submit(slack.views[0]?.id ?? '', filled, 'U0ADMIN');
  await slack.untilTrue(() => slack.ephemerals.some((m) => /^It is kept/.test(m.text)));
  expect(slack.ephemerals.at(-1)?.text).toMatch(/Tea House[\s\S]*Logo:\*\* there is one/);
  // It opens as it is.
  await slack.command('/nemo', 'admin brand', { by: 'U0ADMIN' });
  await slack.untilTrue(() => slack.views.length === 2);
  expect(JSON.stringify(slack.views[1]?.view)).toContain('"initial_value":"Tea House"');
  const ts = await slack.write('@bot plan first: a film about tea.');
  const card = await slack.until((m) => m.thread_ts === ts && /Brand:/.test(m.text));
  await town.house.idle();
  nemo.script(say('The tea film is done.'));
  await slack.click(card, /^Make it$/, 'U0ALICE');
  await slack.until((m) => m.thread_ts === ts && /The tea film is done/.test(m.text));
  await kept(town, 'A brand in a first request', ts);
  const [run] = nemo.received('run_sse');
  expect(JSON.stringify(run?.json)).toMatch(/Name: Tea House\..*brand-logo\.png is our logo/);
  expect(nemo.received('upload')).toHaveLength(1);
});

test('channels and people are denied by a form', async () => {
  const town = await begin();
  const { slack } = town;
  await slack.click(await desk(town, ''), /^Allow and deny$/, 'U0ADMIN');
  await slack.untilTrue(() => slack.views.length === 1);
  const filled = {
    ruling: { value: { type: 'static_select', selected_option: { value: 'deny' } } },
    channels: { value: { type: 'multi_conversations_select', selected_conversations: ['C0TEA'] } },
    people: { value: { type: 'multi_users_select', selected_users: ['U0BOB'] } },
  };
  await slack.submit(slack.views[0]?.id ?? '', filled, 'U0ADMIN');
  await slack.untilTrue(() => slack.ephemerals.length > 0);
  expect(slack.ephemerals[0]?.text).toMatch(
    /^I take nothing new in channel `C0TEA` any more\.\n\nI take nothing new from `U0BOB` any more\./,
  );
});
