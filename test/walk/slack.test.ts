// Over 250 lines: its cases share one setup and read as one list.
/**
 * Through every command, button, shortcut, form and event on Slack with the wrong person, the wrong place and made-up
 * ids: nothing is given away, and nothing is changed. What is walked through are the lists that the bot itself
 * works by.
 */
import { afterEach, expect, test } from 'vitest';
import { BUTTON_ACTIONS, type ButtonAction } from '../../src/platforms/chat.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { COMMAND_NAMES } from '../../src/platforms/web/wire.ts';
import type { Clickable } from '../doubles/slack/people.ts';
import { type SlackDouble, startSlackDouble } from '../doubles/slack/slack-double.ts';
import type { SeenMessage } from '../doubles/slack/world.ts';
import { startTown, type Town, type TownOptions } from '../platforms/slack/town.ts';

const NONE = 'I know of no project of yours here. Mention me with a script to begin.';
const NOT_YOU = 'You are not on the list of people who may use me here. An admin can add you.';
const NOT_HERE = 'I am not switched on in this channel. An admin can allow it.';
const SECRETS = /\btea\b|timelapse|Urban|claim|ct=|Working|Credits:|available/i;

const { features, settings } = slackManifest({ mode: 'socket', oauth: false });

interface Intruder {
  readonly slack: SlackDouble;
  readonly by: string;
  readonly channel: string;
  /** A message that they see. */
  readonly under: SeenMessage;
  /** The row's id as their client says it is. */
  readonly row: string;
}
type Deed = (it: Intruder) => Promise<unknown>;

const slash =
  (command: string, text = ''): Deed =>
  ({ slack, by, channel }) =>
    slack.command(command, text, { by, channel });
const pressed =
  (action: ButtonAction, value?: string): Deed =>
  ({ slack, by, under, row }) =>
    slack.press(
      under,
      { action_id: `nemo:${action}:0`, block_id: row, ...(value ? { value } : {}) },
      by,
    );

const COMMANDS: Readonly<Record<string, Deed>> = {
  '/nemo': slash('/nemo', 'video A secret film'),
  '/video': slash('/video', 'A secret film'),
  '/credits': slash('/credits'),
  '/acme-status': slash('/acme-status'),
  '/acme-export': slash('/acme-export'),
  '/acme-help': slash('/acme-help'),
  '/acme-new': slash('/acme-new'),
  '/acme-stop': slash('/acme-stop'),
};
const WORDS: Readonly<Record<string, Deed>> = Object.fromEntries(
  COMMAND_NAMES.map((word) => [`/nemo ${word}`, slash('/nemo', word)]),
);

const PRESSES: Readonly<Record<ButtonAction, Deed>> = {
  export: pressed('export'),
  timeline: pressed('timeline'),
  change: pressed('change'),
  editor: pressed('editor'),
  status: pressed('status'),
  stop: pressed('stop'),
  new: pressed('new'),
  retry: pressed('retry', 'made-up'),
  credits: pressed('credits'),
  captions: pressed('captions'),
  prompt: pressed('prompt', 'A secret film'),
  suggested: pressed('suggested', 'made-up.0'),
  shape: pressed('shape', 'made-up.portrait'),
  'first-part': pressed('first-part', 'made-up'),
  'for-us': pressed('for-us', 'made-up'),
  'for-them': pressed('for-them', 'made-up'),
  versions: pressed('versions'),
  compare: pressed('compare'),
  'make-plan': pressed('make-plan', 'made-up'),
  'change-plan': pressed('change-plan', 'made-up'),
  'cancel-plan': pressed('cancel-plan', 'made-up'),
  feedback: pressed('feedback', 'good.made-up'),
  forget: pressed('forget', 'made-up'),
  'export-data': pressed('export-data'),
  gist: pressed('gist', 'made-up'),
  'words-alone': pressed('words-alone', 'made-up'),
  desk: pressed('desk', 'pause'),
};
// About no thread: whose it is does not depend on what is named. Everybody's own data is theirs wherever they are:
// test/platforms/slack/data.test.ts.
const { desk, 'export-data': _data, ...CLAIMING } = PRESSES;
const DESK: Readonly<Record<string, Deed>> = {
  desk,
  'stop everything': pressed('desk', 'stop made-up'),
  'pause all': pressed('desk', 'pause everywhere'),
  'deny all': pressed('desk', 'deny channel C0TEA'),
  typed: slash('/nemo', 'admin deny here'),
};

const SHORTCUTS: Readonly<Record<string, Deed>> = {
  make_video: ({ slack, by, under }) => slack.shortcut('make_video', { by, message: under }),
  new_video: ({ slack, by }) => slack.shortcut('new_video', { by }),
};

const home: Deed = ({ slack, by }) => slack.openHome('home', by);
const written: Deed = ({ slack, by, channel }) =>
  slack.write('@bot A secret film', { by, channel });
const EVENTS: Readonly<Record<string, Deed | 'the place itself' | 'the installation'>> = {
  app_home_opened: home,
  app_mention: written,
  app_uninstalled: 'the installation',
  'message.channels': written,
  'message.groups': written,
  'message.im': ({ slack, by }) => slack.write('A secret film', { by, channel: `D${by.slice(1)}` }),
  'message.mpim': written,
  // Whoever reacts sees the message; its own test has the rest (platforms/slack/reactions.test.ts).
  reaction_added: 'the place itself',
  tokens_revoked: 'the installation',
  // Its thread comes from Slack: who presses that Stop sees it.
  agent_session_stopped: 'the place itself',
};

const missing = (table: object, all: readonly string[] = []) => all.filter((it) => !(it in table));

test('everything that the manifest declares, and every action, is in the tables', () => {
  expect(
    missing(
      COMMANDS,
      features.slash_commands?.map(({ command }) => command),
    ),
  ).toEqual([]);
  expect(
    missing(
      SHORTCUTS,
      features.shortcuts?.map((it) => it.callback_id),
    ),
  ).toEqual([]);
  expect(missing(EVENTS, settings.event_subscriptions.bot_events)).toEqual([]);
  expect(missing(PRESSES, BUTTON_ACTIONS)).toEqual([]);
});

interface Walk {
  readonly town: Town;
  readonly slack: SlackDouble;
  /** The row of Alice's project, in a channel that Bob is not in, and the root of its thread. */
  readonly row: string;
  readonly root: SeenMessage;
  /** A message of the bot's in the channel that all are in. */
  readonly under: SeenMessage;
}

const open: Walk[] = [];
afterEach(async () => {
  for (const { town, slack } of open.splice(0)) {
    await town.close();
    await slack.close();
    expect(slack.violations).toEqual([]);
    expect(town.house.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  }
});

async function begin(options: TownOptions = {}): Promise<Walk> {
  const slack = await startSlackDouble();
  slack.channels.set('C0VAULT', {
    id: 'C0VAULT',
    name: 'vault',
    member: true,
    archived: false,
    private: true,
    people: new Set(['U0ALICE']),
  });
  const town = await startTown({ ...options, slack });
  const ts = await slack.write('@bot A film about tea.', { channel: 'C0VAULT' });
  await slack.until((m) => m.thread_ts === ts && /Your video is ready/.test(m.text));
  const asked = await slack.write('@bot help');
  const under = await slack.until((m) => m.thread_ts === asked && /Try saying/.test(m.text));
  await town.house.idle();
  const root = await slack.until((m) => m.ts === ts);
  const it: Walk = { town, slack, row: `nemo:T0TEA:C0VAULT:${ts}`, root, under };
  open.push(it);
  return it;
}

/** What others than the person could see, and what the backend has been told. */
async function stateOf({ town, slack }: Walk, by: string) {
  await town.house.idle();
  const mine = `D${by.slice(1)}`;
  const seen = slack.messages.filter((m) => m.bot && m.channel !== mine);
  return {
    messages: seen.map(({ channel, text }) => `${channel}: ${text}`),
    asked: town.nemo.requests.map(({ path }) => path),
  };
}

/** All that this person alone has been shown so far. */
function shownTo({ slack }: Walk, by: string): string[] {
  return [
    ...slack.ephemerals.filter((m) => m.privateTo === by).map(({ text }) => text),
    ...slack.messages.filter((m) => m.channel === `D${by.slice(1)}` && m.bot).map((m) => m.text),
    ...slack.answered.filter((it) => it.by === by).map(({ text }) => text),
    ...slack.views.filter((it) => it.by === by).map(({ view }) => JSON.stringify(view)),
    ...(slack.homes.has(by) ? [JSON.stringify(slack.homes.get(by))] : []),
  ];
}

/** What is in the first list more often than in the second. */
function without(list: readonly string[], earlier: readonly string[]): string[] {
  const rest = [...earlier];
  return list.filter((text) => {
    const at = rest.indexOf(text);
    if (at < 0) return true;
    rest.splice(at, 1);
    return false;
  });
}

async function walk(
  it: Walk,
  intruder: Omit<Intruder, 'slack'>,
  deeds: Readonly<Record<string, Deed>>,
  answer: string,
): Promise<void> {
  const { slack } = it;
  const before = await stateOf(it, intruder.by);
  for (const [name, deed] of Object.entries(deeds)) {
    const earlier = shownTo(it, intruder.by);
    await deed({ slack, ...intruder });
    await slack.untilTrue(() => shownTo(it, intruder.by).length > earlier.length);
    const told = without(shownTo(it, intruder.by), earlier);
    for (const text of told) expect(text, name).toContain(answer);
    expect(told.join(), name).not.toMatch(SECRETS);
  }
  expect(await stateOf(it, intruder.by)).toEqual(before);
}

const deedsOf = (events: typeof EVENTS): Record<string, Deed> =>
  Object.fromEntries(
    Object.entries(events).flatMap(([name, deed]) =>
      typeof deed === 'string' ? [] : [[name, deed]],
    ),
  );

test('a press in one channel that names the thread of another', async () => {
  const it = await begin();
  const { under, row } = it;
  await walk(it, { by: 'U0BOB', channel: 'C0TEA', under, row }, CLAIMING, NONE);
  await walk(it, { by: 'U0ADMIN', channel: 'C0TEA', under, row }, CLAIMING, NONE);
  const alone: Clickable & SeenMessage = { ...under, privateTo: 'U0BOB' };
  await walk(it, { by: 'U0BOB', channel: 'C0TEA', under: alone, row }, CLAIMING, NONE);
});

test('rows that are made up', async () => {
  const it = await begin();
  const { under, root } = it;
  for (const row of [
    'nemo:T0TEA:C0TEA:17.000001',
    'nemo:T0TEA:C0NONE:17.000001',
    `nemo:T0OTHER:C0VAULT:${root.ts}`,
    `nemo:T0OTHER:C0TEA:${under.thread_ts}`,
  ])
    await walk(it, { by: 'U0ALICE', channel: 'C0TEA', under, row }, CLAIMING, NONE);
});

test('the person who began it, when they are no longer in its channel; before that it works', async () => {
  const it = await begin();
  const { slack, under, row } = it;
  const alice = { by: 'U0ALICE', channel: 'C0TEA', under, row };
  await PRESSES.editor({ slack, ...alice });
  await slack.untilTrue(() => slack.ephemerals.some((m) => /workspace\/claim/.test(m.text)));
  expect(slack.ephemerals.at(-1)?.channel).toBe('C0TEA');
  slack.channels.get('C0VAULT')?.people?.delete('U0ALICE');
  await walk(it, alice, CLAIMING, NONE);
  const newest = {
    '/acme-status': slash('/acme-status'),
    '/acme-export': slash('/acme-export'),
    '/acme-stop': slash('/acme-stop'),
  };
  await walk(it, alice, newest, NONE);
});

test('a public channel is open to all of the workspace but guests', async () => {
  const it = await begin();
  const { slack, under, row } = it;
  const vault = slack.channels.get('C0VAULT');
  if (vault) vault.private = false;
  vault?.people?.delete('U0ALICE');
  const alice = { slack, by: 'U0ALICE', channel: 'C0TEA', under, row };
  await PRESSES.timeline(alice);
  await slack.untilTrue(() => slack.ephemerals.some((m) => /Urban Dreams/.test(m.text)));
  slack.users.set('U0ALICE', { id: 'U0ALICE', name: 'Alice', guest: true });
  await walk(it, alice, CLAIMING, NONE);
});

test('where Slack cannot say who sees what, nothing is done', async () => {
  const it = await begin();
  const { slack, under, row } = it;
  for (let n = 0; n < 3; n += 1) slack.fail('conversations.info', { status: 500 });
  const { timeline } = PRESSES;
  await walk(it, { by: 'U0ALICE', channel: 'C0TEA', under, row }, { timeline }, 'Please try again');
  slack.scopes = slack.scopes.filter((scope) => scope !== 'groups:read');
  await walk(it, { by: 'U0ALICE', channel: 'C0TEA', under, row }, { timeline }, NONE);
});

const everything: Readonly<Record<string, Deed>> = {
  ...COMMANDS,
  ...WORDS,
  ...PRESSES,
  ...SHORTCUTS,
  ...deedsOf(EVENTS),
};

test('the desk is for admins, and what concerns all workspaces for the operator', async () => {
  const it = await begin();
  const { slack, under, row, town } = it;
  const bob = { by: 'U0BOB', channel: 'C0TEA', under, row };
  await walk(it, bob, DESK, 'Only an admin can change this.');
  const outside = 'nemo:T0TEA:C0TEA:';
  await walk(it, { ...bob, row: outside }, DESK, 'Only an admin can change this.');
  slack.users.set('U0FAR', { id: 'U0FAR', name: 'Far', admin: true, team: 'T0FAR' });
  await walk(it, { ...bob, by: 'U0FAR' }, DESK, 'Only an admin can change this.');
  const all = {
    pause: pressed('desk', 'pause everywhere'),
    look: pressed('desk', 'everywhere'),
    typed: slash('/nemo', 'admin resume everywhere'),
  };
  const only = 'Only whoever runs this bot can do that everywhere.';
  await walk(it, { ...bob, by: 'U0ADMIN' }, all, only);
  await town.house.idle();
});

test('a person who is not on the list', async () => {
  const it = await begin({ rules: { users: ['U0ALICE'] } });
  const { under, row } = it;
  await walk(it, { by: 'U0BOB', channel: 'C0TEA', under, row }, everything, NOT_YOU);
  const outside = 'nemo:T0TEA:C0TEA:';
  const { prompt } = PRESSES;
  await walk(it, { by: 'U0BOB', channel: 'C0TEA', under, row: outside }, { prompt, desk }, NOT_YOU);
});

test('a channel that is not on the list', async () => {
  const it = await begin({ rules: { channels: ['C0VAULT', 'C0TEA'] } });
  const { slack, row } = it;
  slack.channels.set('C0OFF', { id: 'C0OFF', name: 'off', member: true, archived: false });
  const ts = await slack.write('A quiet place.', { channel: 'C0OFF' });
  const under = await slack.until((m) => m.ts === ts);
  // The menu's form and the home page are in no channel.
  const { new_video: _form, app_home_opened: _home, ...there } = everything;
  await walk(it, { by: 'U0ALICE', channel: 'C0OFF', under, row }, there, NOT_HERE);
});

const filled = (channel: string) => ({
  script: { text: { type: 'plain_text_input', value: 'A secret film' } },
  where: { channel: { type: 'conversations_select', selected_conversation: channel } },
});

test('a form that says it is to be posted where its person is not', async () => {
  const it = await begin();
  const { slack, town } = it;
  await slack.shortcut('new_video', { by: 'U0BOB' });
  await slack.untilTrue(() => slack.views.length === 1);
  for (const channel of ['C0VAULT', 'D0ALICE']) {
    await slack.submit(slack.views[0]?.id ?? '', filled(channel), 'U0BOB');
    await slack.until((m) => m.channel === 'D0BOB' && /Your video is ready/.test(m.text));
    await town.house.idle();
  }
  const elsewhere = slack.messages.filter((m) => m.bot && /secret/.test(m.text));
  expect(new Set(elsewhere.map(({ channel }) => channel))).toEqual(new Set(['D0BOB']));
});

test('a form that was opened before its person was taken off the list', async () => {
  const users = ['U0ALICE', 'U0BOB'];
  const it = await begin({ rules: { users } });
  const { slack } = it;
  await slack.shortcut('new_video', { by: 'U0BOB' });
  await slack.untilTrue(() => slack.views.length === 1);
  users.pop();
  const send: Deed = () => slack.submit(slack.views[0]?.id ?? '', filled('C0TEA'), 'U0BOB');
  await walk(
    it,
    { by: 'U0BOB', channel: 'C0TEA', under: it.under, row: it.row },
    { send },
    NOT_YOU,
  );
});

test.each([
  ['a shortcut', SHORTCUTS['make_video']],
  ['a command', COMMANDS['/video']],
  ['an example', pressed('prompt', 'A secret film')],
])('four replays of %s are one post', async (_what, deed) => {
  const it = await begin();
  const { slack, town, under } = it;
  const before = slack.messages.filter((m) => m.bot).length;
  const runs = town.nemo.received('run_sse').length;
  await deed?.({ slack, by: 'U0BOB', channel: 'C0TEA', under, row: 'nemo:T0TEA:C0TEA:' });
  await Promise.all([1, 2, 3, 4].map(() => slack.replay()));
  await slack.until((m) => m.bot && /🎬/.test(m.text));
  await expect.poll(() => town.nemo.received('run_sse').length).toBe(runs + 1);
  await town.house.idle();
  const begun = slack.messages
    .filter((m) => m.bot)
    .slice(before)
    .filter((m) => /🎬.*video/.test(m.text));
  expect(begun.filter((m) => !/raw video/.test(m.text))).toHaveLength(1);
});

test('forms of the desk that somebody else sends', async () => {
  const it = await begin();
  const { slack, under, row } = it;
  await slack.command('/nemo', 'admin brand', { by: 'U0ADMIN' });
  await slack.untilTrue(() => slack.views.length === 1);
  await slack.command('/nemo', 'admin rules', { by: 'U0ADMIN' });
  await slack.untilTrue(() => slack.views.length === 2);
  const [brand, rules] = slack.views.map(({ id }) => id);
  const name = { name: { value: { value: 'Mine' } } };
  const deny = {
    ruling: { value: { selected_option: { value: 'deny' } } },
    people: { value: { selected_users: ['U0ALICE'] } },
  };
  const forms: Record<string, Deed> = {
    brand: () => slack.submit(brand ?? '', name, 'U0BOB'),
    rules: () => slack.submit(rules ?? '', deny, 'U0BOB'),
    // They open for admins alone.
    opens: slash('/nemo', 'admin brand'),
  };
  await walk(
    it,
    { by: 'U0BOB', channel: 'C0TEA', under, row },
    forms,
    'Only an admin can change this.',
  );
  expect(slack.views).toHaveLength(2);
});

test('who administers another workspace is no admin of this one', async () => {
  const it = await begin();
  const { slack, under } = it;
  slack.users.set('U0FAR', { id: 'U0FAR', name: 'Far', admin: true, team: 'T0FAR' });
  const far = { by: 'U0FAR', channel: 'C0TEA', under, row: it.row };
  const choose = slash('/nemo', 'profile ai-to-video-free');
  await walk(it, far, { choose }, 'Only an admin can change this.');
});
