/** An account of one's own on Slack: the form, what it answers, whose credits a video takes, and the end of it all. */
import { afterEach, expect, test } from 'vitest';
import { openOwnAccounts } from '../../../src/conversation/accounts/own-accounts.ts';
import { patient } from '../../conversation/scenarios/support.ts';
import { has, makesVideo } from '../../doubles/nemo/spending.ts';
import { startTown, type Town } from './town.ts';

const MINE = 'nmv_usr_alice_0123456789abcdef_tail';
const SHARED = 'nmv_usr_workspace_0123456789_team';

let town: Town;
afterEach(async () => {
  await town.close();
});

const filled = (deed: string, token: string | null = null) => ({
  deed: { value: { type: 'static_select', selected_option: { value: deed } } },
  token: { value: { type: 'plain_text_input', value: token } },
});

/** Opens the form, sends it, and gives what its person is told in direct messages. */
async function fill(deed: string, token: string | null, by = 'U0ALICE'): Promise<string> {
  const { slack } = town;
  const shown = slack.views.length;
  await slack.command('/nemo', 'account', { by });
  await slack.untilTrue(() => slack.views.length > shown);
  const told = () => slack.messages.filter((m) => m.bot && m.channel === `D${by.slice(1)}`);
  const before = told().length;
  const { answer } = await slack.submit(slack.views.at(-1)?.id ?? '', filled(deed, token), by);
  if (answer?.['response_action'] === 'errors') return JSON.stringify(answer['errors']);
  await slack.untilTrue(() => told().length > before);
  return told().at(-1)?.text ?? '';
}

test('connected by a form, for a person and by an admin for all; disconnected; gone with the workspace', async () => {
  town = await startTown({ timers: patient });
  const { slack, nemo, house } = town;
  has(nemo, 1_000);
  for (const token of [MINE, SHARED]) nemo.tokens.add(token);
  expect(await fill('connect-person', null)).toMatch(/Paste the API token/);
  expect(await fill('connect-person', 'nmv_usr_nobody_0123456789')).toMatch(/does not accept/);
  expect(await fill('connect-person', MINE)).toMatch(/Connected: …tail, 1,000 credits available/);
  expect(await fill('connect-workspace', SHARED)).toMatch(/Only an admin/);
  expect(await fill('connect-workspace', SHARED, 'U0ADMIN')).toMatch(/Connected: …team/);
  expect(JSON.stringify(slack.views.at(-1))).toMatch(/bot’s own NemoVideo account pays here/);
  nemo.script(...makesVideo(nemo, 96));
  const thread = await slack.write('@bot A film about tea.');
  await slack.until((m) => m.thread_ts === thread && /Your video is ready/.test(m.text));
  await house.idle();
  expect(nemo.received('run_sse')[0]?.headers.authorization).toBe(`Bearer ${MINE}`);
  await slack.openHome('home');
  await slack.untilTrue(() => slack.homes.has('U0ALICE'));
  expect(JSON.stringify(slack.homes.get('U0ALICE'))).toMatch(/Your own NemoVideo account pays/);
  expect(await fill('disconnect-person', null)).toMatch(/the token is deleted/);
  await slack.write('Slower, please.', { thread });
  await slack.until((m) => m.thread_ts === thread && /no longer connected/.test(m.text));
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
  const accounts = openOwnAccounts(house.state, true);
  const workspace = { platform: 'slack', workspace: 'T0TEA' };
  expect(await accounts.of(workspace, { whose: 'workspace' })).toBeDefined();
  await slack.event({ type: 'app_uninstalled' });
  const fresh = openOwnAccounts(house.state, true);
  expect(await fresh.of(workspace, { whose: 'workspace' })).toBeUndefined();
  const shown = JSON.stringify([slack.messages, slack.ephemerals, slack.views, house.logged]);
  expect(shown).not.toMatch(/nmv_usr_/);
});
