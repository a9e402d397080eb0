// Over 250 lines: its cases share one setup and read as one list.
/**
 * Through every command, option, button and form on Discord with the wrong person, the wrong place and made-up ids:
 * nothing is given away, and nothing is changed. What is walked through are the lists that the bot itself works by.
 */
import { ApplicationCommandType, PermissionFlagsBits } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { ThreadRef } from '../../src/platforms/chat.ts';
import { commandsBody } from '../../src/platforms/discord/commands.ts';
import { customId, PRESSABLE_ACTIONS, packThread } from '../../src/platforms/discord/custom-ids.ts';
import { type DiscordDouble, startDiscordDouble } from '../doubles/discord/discord-double.ts';
import type { Used } from '../doubles/discord/interactions.ts';
import type { DoubleChannel, DoubleMessage, DoubleUser } from '../doubles/discord/world.ts';
import { gate, type Studio, startStudio } from '../platforms/discord/studio.ts';

const NONE = 'I know of no project of yours here. Mention me with a script to begin.';
const NOT_YOU = 'You are not on the list of people who may use me here. An admin can add you.';
const NOT_HERE = 'I am not switched on in this channel. An admin can allow it.';
/** What the projects of the double are made of, and what opens them. */
const SECRETS = /tea|timelapse|Urban|claim|ct=|Working|credits:|available/i;

const commands = z
  .array(
    z.object({
      name: z.string(),
      type: z.number(),
      options: z
        .array(z.object({ name: z.string(), autocomplete: z.boolean().optional() }))
        .default([]),
    }),
  )
  .parse(commandsBody('global'));

/** One person in one place, who may make a client say whatever they like. */
interface Intruder {
  readonly discord: DiscordDouble;
  readonly by: DoubleUser;
  readonly where: DoubleChannel;
  /** A message of the bot's that they see. */
  readonly under: DoubleMessage;
  /** What they name. */
  readonly claim: ThreadRef | string | undefined;
}

type Deed = (it: Intruder) => Used;

const packed = ({ claim }: Intruder): string =>
  claim === undefined ? '' : typeof claim === 'string' ? claim : packThread(claim);

/** The id of a button that has been put together by hand. */
const idOf = (it: Intruder, action: (typeof PRESSABLE_ACTIONS)[number]): string => {
  const [version, name, , more, mark] = customId({ action, thread: undefined, more: 'x' }).split(
    ':',
  );
  return [version, name, packed(it) || '-', more, mark].join(':');
};

const slash =
  (name: string, options: Record<string, string> = {}): Deed =>
  ({ discord, by, where, ...it }) => {
    const project = packed({ discord, by, where, ...it });
    return discord.interactions.slash(name, by, where, {
      ...options,
      ...(project ? { project } : {}),
    });
  };
const pressed =
  (action: (typeof PRESSABLE_ACTIONS)[number]): Deed =>
  (it) =>
    it.discord.interactions.pressId(idOf(it, action), it.under, it.by);
const sent =
  (action: 'send-change' | 'send-plan-change' | 'send-script' | 'send-account'): Deed =>
  (it) =>
    it.discord.interactions.submitId(idOf(it, action), it.by, it.where, 'Make it red.');

/** `names` marks what can name a project. */
const COMMANDS: Readonly<Record<string, { deed: Deed; names?: true }>> = {
  video: { deed: slash('video', { script: 'A secret film.' }) },
  credits: { deed: slash('credits') },
  status: { deed: slash('status'), names: true },
  export: { deed: slash('export'), names: true },
  versions: { deed: slash('versions'), names: true },
  help: { deed: slash('help') },
  new: { deed: slash('new'), names: true },
  stop: { deed: slash('stop'), names: true },
  forget: { deed: slash('forget'), names: true },
  'export-data': { deed: slash('export-data') },
  'video-settings': { deed: slash('video-settings', { profile: 'ai-to-video-free' }) },
  account: { deed: slash('account', { do: 'disconnect-workspace' }) },
  admin: { deed: slash('admin', { order: 'pause' }) },
  brand: { deed: slash('brand', { name: 'Mine' }) },
  'Make a video from this': {
    deed: ({ discord, by, under }) =>
      discord.interactions.onMessage('Make a video from this', under, by),
  },
};
const FORMLESS: Deed = slash('video');

const PRESSES: Readonly<Record<(typeof PRESSABLE_ACTIONS)[number], Deed>> = {
  export: pressed('export'),
  timeline: pressed('timeline'),
  change: pressed('change'),
  editor: pressed('editor'),
  status: pressed('status'),
  stop: pressed('stop'),
  new: pressed('new'),
  retry: pressed('retry'),
  credits: pressed('credits'),
  captions: pressed('captions'),
  prompt: pressed('prompt'),
  'first-part': pressed('first-part'),
  gist: pressed('gist'),
  'words-alone': pressed('words-alone'),
  suggested: pressed('suggested'),
  shape: pressed('shape'),
  'for-us': pressed('for-us'),
  'for-them': pressed('for-them'),
  versions: pressed('versions'),
  compare: pressed('compare'),
  'make-plan': pressed('make-plan'),
  'change-plan': pressed('change-plan'),
  'cancel-plan': pressed('cancel-plan'),
  feedback: pressed('feedback'),
  forget: pressed('forget'),
  'export-data': pressed('export-data'),
  desk: pressed('desk'),
  'send-change': sent('send-change'),
  'send-plan-change': sent('send-plan-change'),
  'send-script': sent('send-script'),
  'send-account': sent('send-account'),
  // Offered to whoever makes it up.
  make: (it) =>
    it.discord.interactions.pressId(
      idOf(it, 'make').replace(':x:', `:${it.by.id}:`),
      it.under,
      it.by,
    ),
};

test('everything that is registered, and every action, is in the tables', () => {
  expect(Object.keys(COMMANDS)).toEqual(commands.map(({ name }) => name));
  expect(Object.keys(PRESSES)).toEqual([...PRESSABLE_ACTIONS]);
  for (const { name, type, options } of commands) {
    const naming = options.filter(({ autocomplete }) => autocomplete).map((it) => it.name);
    expect(naming, name).toEqual(COMMANDS[name]?.names ? ['project'] : []);
    expect(Object.values(ApplicationCommandType)).toContain(type);
  }
});

const doubles: DiscordDouble[] = [];
afterEach(async () => {
  for (const discord of doubles.splice(0)) await discord.close();
});

interface Walk {
  readonly studio: Studio;
  readonly discord: DiscordDouble;
  readonly mallory: DoubleUser;
  /** Alice's project, in a channel and in her direct messages; and messages of the bot's in both. */
  readonly thread: DoubleChannel;
  readonly answer: DoubleMessage;
  readonly project: ThreadRef;
  readonly direct: ThreadRef;
  readonly directAnswer: DoubleMessage;
}

async function begin(rules: (discord: DiscordDouble) => object = () => ({})): Promise<Walk> {
  const discord = await startDiscordDouble();
  doubles.push(discord);
  const mallory = discord.person('mallory', 'Mallory');
  const studio = await startStudio({ discord, rules: rules(discord) });
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const answer = await studio.hear(asked.id, /Your video is ready/);
  const dm = discord.dm(discord.alice);
  discord.write(dm, discord.alice, 'A film about tea at home.');
  const directAnswer = await studio.hear(dm.id, /Your video is ready/);
  await studio.idle();
  const of = (workspace: string, channel: string, thread: string): ThreadRef => ({
    platform: 'discord',
    workspace,
    channel,
    thread,
  });
  return {
    studio,
    discord,
    mallory,
    thread: discord.thread(asked),
    answer,
    project: of(discord.world.guild.id, discord.general.id, asked.id),
    direct: of('dm', dm.id, dm.id),
    directAnswer,
  };
}

/** Resolves with what the person was shown, when there is something. */
async function shown({ discord }: Walk, used: Used): Promise<string> {
  await discord.until(
    () => used.replies.length > 0 || used.modal !== undefined || used.choices !== undefined,
  );
  return [
    ...used.replies.map(({ text }) => text),
    ...(used.modal ? ['(a form)'] : []),
    ...(used.choices ?? []).map(({ name }) => name),
  ].join('\n');
}

/** What anybody could see, and what the backend and the record have been told. */
async function stateOf({ discord, studio }: Walk) {
  await studio.idle();
  const messages = [...discord.world.messages.values()].filter(
    (m) => m.author.id === discord.bot.id,
  );
  return {
    messages: messages.map(({ channel, content }) => `${channel}: ${content}`),
    threads: [...discord.world.channels.keys()],
    asked: studio.nemo.requests.map(({ path }) => path),
  };
}

/** Actions that open a form before anything is looked at. */
const FORMS: ReadonlySet<string> = new Set(['change', 'change-plan']);

async function walk(
  it: Walk,
  intruder: Omit<Intruder, 'discord'>,
  deeds: Readonly<Record<string, Deed>>,
  answer: string,
  form = false,
): Promise<void> {
  const before = await stateOf(it);
  const all = Object.entries(deeds).map(async ([name, deed]) => {
    const told = await shown(it, deed({ discord: it.discord, ...intruder }));
    expect(told, name).toBe(form && FORMS.has(name) ? '(a form)' : answer);
    expect(told, name).not.toMatch(SECRETS);
  });
  await Promise.all(all);
  expect(await stateOf(it)).toEqual(before);
}

const naming = Object.fromEntries(
  Object.entries(COMMANDS).flatMap(([name, { deed, names }]) => (names ? [[name, deed]] : [])),
);
// What is made of a message names no project; test/platforms/discord/reactions.test.ts has its ids. Everybody's own data
// is theirs wherever they are: test/platforms/discord/data.test.ts. The desk and an account are about none.
const {
  'send-script': _script,
  'send-account': _account,
  make: _make,
  desk: _desk,
  'export-data': _data,
  ...claiming
} = PRESSES;

test('a person of another server, an admin there, with the id of a foreign project', async () => {
  const it = await begin();
  const { discord, mallory, studio } = it;
  const where = discord.server('Elsewhere', [mallory]);
  discord.world.admins.add(mallory.id);
  const first = discord.mention(where, mallory, 'help');
  const under = await studio.hear(first.id, /Try saying/);
  const there = discord.thread(first);
  for (const claim of [it.project, it.direct])
    await walk(
      it,
      { by: mallory, where: there, under, claim },
      { ...naming, ...claiming },
      NONE,
      true,
    );
  // Their own server's name before somebody else's thread makes it none of theirs.
  const mixed = { ...it.project, workspace: where.guild ?? '', channel: where.id };
  await walk(
    it,
    { by: mallory, where: there, under, claim: mixed },
    { ...naming, ...claiming },
    NONE,
    true,
  );
});

test('a person of the same server, with the id of a project of a channel that they do not see', async () => {
  const it = await begin();
  const { discord, mallory, studio } = it;
  const lobby = discord.channel('lobby');
  const first = discord.mention(lobby, mallory, 'help');
  const under = await studio.hear(first.id, /Try saying/);
  const there = discord.thread(first);
  discord.hide(discord.general, mallory);
  await walk(
    it,
    { by: mallory, where: there, under, claim: it.project },
    { ...naming, ...claiming },
    NONE,
    true,
  );
});

test('the person who began it, when they have been shut out of its channel or have left', async () => {
  const it = await begin();
  const { discord, studio } = it;
  const lobby = discord.channel('lobby');
  const first = discord.mention(lobby, discord.alice, 'help');
  const under = await studio.hear(first.id, /Try saying/);
  const there = discord.thread(first);
  const alice = { by: discord.alice, where: there, under, claim: it.project };
  const status = await shown(it, slash('status')({ discord, ...alice }));
  expect(status).toContain('Nothing is running');
  discord.hide(discord.general, discord.alice);
  await walk(it, alice, { ...naming, ...claiming }, NONE, true);
  discord.general.hiddenFrom.clear();
  discord.world.left.add(discord.alice.id);
  await walk(it, alice, { ...naming, ...claiming }, NONE, true);
});

test('from one’s own direct messages, with the id of another person’s', async () => {
  const it = await begin();
  const { discord, mallory, studio } = it;
  const dm = discord.dm(mallory);
  discord.write(dm, mallory, 'help');
  const under = await studio.hear(dm.id, /Try saying/);
  for (const claim of [it.direct, it.project])
    await walk(
      it,
      { by: mallory, where: dm, under, claim },
      { ...naming, ...claiming },
      NONE,
      true,
    );
});

test('ids that are made up', async () => {
  const it = await begin();
  const { discord } = it;
  const alice = { by: discord.alice, where: it.thread, under: it.answer };
  const none = { ...it.project, thread: '99' };
  for (const claim of ['nonsense', '0.0.0', 'zzzzzzzzzzzzz.1.1', none])
    await walk(it, { ...alice, claim }, { ...naming, ...claiming }, NONE, true);
});

test('the desk is for admins, and what concerns all servers for the operator', async () => {
  const it = await begin();
  const { discord, mallory } = it;
  const desk = PRESSES.desk;
  const admin = (order: string, more = {}) => slash('admin', { order, ...more });
  const deny = admin('deny', { channel: discord.general.id });
  const brand = slash('brand', { name: 'Mine' });
  const deeds = { desk, pause: admin('pause'), deny, look: slash('admin'), brand };
  const in_ = { under: it.answer, where: it.thread };
  const ONLY = 'Only an admin can change this.';
  await walk(it, { ...in_, by: mallory, claim: undefined }, deeds, ONLY);
  await walk(it, { ...in_, by: mallory, claim: it.project }, { desk }, ONLY);
  discord.world.admins.add(mallory.id);
  const all = { pause: admin('pause everywhere'), look: admin('everywhere') };
  const operator = 'Only whoever runs this bot can do that everywhere.';
  await walk(it, { ...in_, by: mallory, claim: undefined }, all, operator);
});

test('a person who is not on the list', async () => {
  const it = await begin((discord) => ({ users: [discord.alice.id] }));
  const { discord, mallory } = it;
  const everything = {
    ...Object.fromEntries(Object.entries(COMMANDS).map(([name, { deed }]) => [name, deed])),
    ...Object.fromEntries(Object.entries(PRESSES).map(([name, deed]) => [`press ${name}`, deed])),
    'video without a script': FORMLESS,
  };
  const in_ = { by: mallory, under: it.answer, claim: it.project };
  await walk(it, { ...in_, where: it.thread }, everything, NOT_YOU);
  await walk(it, { ...in_, where: discord.general }, everything, NOT_YOU);
});

test('a channel that is not on the list', async () => {
  const it = await begin((discord) => ({
    channels: [discord.general.id, discord.dm(discord.alice).id],
  }));
  const { discord } = it;
  const lobby = discord.channel('lobby');
  const under = discord.write(lobby, discord.bob, 'A quiet place.');
  const everything = {
    ...Object.fromEntries(Object.entries(COMMANDS).map(([name, { deed }]) => [name, deed])),
    ...Object.fromEntries(Object.entries(PRESSES).map(([name, deed]) => [`press ${name}`, deed])),
    'video without a script': FORMLESS,
  };
  await walk(
    it,
    { by: discord.alice, where: lobby, under, claim: it.project },
    everything,
    NOT_HERE,
  );
});

test('what is suggested while typing: own projects, in places that are switched on, without the backend', async () => {
  const it = await begin((discord) => ({ users: [discord.alice.id, discord.bob.id] }));
  const { discord, studio, mallory } = it;
  const asked = studio.nemo.requests.length;
  for (const name of Object.keys(naming)) {
    const list = async (by: DoubleUser) => {
      const used = discord.interactions.complete(name, 'project', '', by, discord.general);
      await discord.until(() => used.choices !== undefined);
      return used.choices?.map((choice) => choice.name);
    };
    expect(await list(discord.alice)).toEqual(['A film about tea.']);
    expect(await list(discord.bob)).toEqual([]);
    expect(await list(mallory)).toEqual([]);
  }
  expect(studio.nemo.requests.length).toBe(asked);
});

test('the words of a form are repeated without calling anybody', async () => {
  const it = await begin();
  const { discord, studio } = it;
  const form = pressed('change')({
    discord,
    by: discord.alice,
    where: it.thread,
    under: it.answer,
    claim: it.project,
  });
  await discord.until(() => form.modal !== undefined);
  discord.interactions.submit(
    form,
    discord.alice,
    it.thread,
    `<@${discord.bob.id}> @everyone look`,
  );
  const echo = await studio.hear(it.thread.id, /@everyone look/);
  await studio.idle();
  expect(echo.notified).toEqual([]);
});

test('a private thread under a channel that all see is for those who were added to it', async () => {
  const it = await begin();
  const { discord, studio, mallory } = it;
  const secret = discord.channel('secret', {
    type: 12,
    parent: discord.general.id,
    owner: discord.alice.id,
    added: new Set([discord.alice.id]),
  });
  discord.mention(secret, discord.alice, 'A film about tea.');
  await studio.hear(secret.id, /Your video is ready/);
  const claim = { ...it.project, thread: secret.id };
  const there = { where: it.thread, under: it.answer, claim };
  await walk(it, { by: mallory, ...there }, { ...naming, ...claiming }, NONE, true);
  const status = slash('status')({ discord, by: discord.alice, ...there });
  expect(await shown(it, status)).toContain('Nothing is running');
});

test('where no thread can be made, whoever sees the channel presses the buttons in it', async () => {
  const it = await begin();
  const { discord, studio, mallory } = it;
  const flat = discord.channel('flat', { denied: PermissionFlagsBits.CreatePublicThreads });
  discord.mention(flat, discord.alice, 'A film about rain.');
  const answer = await studio.hear(flat.id, /Your video is ready/);
  await studio.idle();
  const timeline = discord.interactions.press(answer, 'Timeline', mallory);
  expect(await shown(it, timeline)).toContain('timelapse');
});

test('an answer that has to come by direct message brings no buttons that would be refused there', async () => {
  const it = await begin();
  const { discord, studio } = it;
  const late = gate();
  studio.nemo.on('state', async () => {
    await late.opened;
    return undefined;
  });
  const used = discord.interactions.slash('status', discord.bob, it.thread);
  await discord.until(() => used.ack !== undefined);
  discord.interactions.expireTokens();
  late.open();
  const told = await studio.hear(discord.dm(discord.bob).id, /Nothing is running/);
  expect(told.components).toEqual([]);
});
