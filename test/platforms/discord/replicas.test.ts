// Over 250 lines: its cases share one setup and read as one list.
/** Several processes on one database: servers split between them by shards, or the same shards twice. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { shardOf } from '../../doubles/discord/gateway.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { NemoDouble } from '../../doubles/nemo/world.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Studio, type StudioOptions, startStudio, toldAgent } from './studio.ts';

const Ack = { later: 5, quiet: 6, choices: 8, form: 9 } as const;

const registered = (discord: DiscordDouble) => discord.callsTo('PUT /applications/\\d+/commands');
const runs = (nemo: NemoDouble) => nemo.received('run_sse').length;

/** What the agent was told, run by run. */
const toldAll = (nemo: NemoDouble): string[] =>
  nemo
    .received('run_sse')
    .map(
      ({ json }) =>
        z
          .object({ new_message: z.object({ parts: z.array(z.object({ text: z.string() })) }) })
          .parse(json).new_message.parts[0]?.text ?? '',
    );

/** One hears of the server and works on nothing; the other has the other shard, and does the work. */
async function split(options: StudioOptions = {}) {
  const path = await databaseFile();
  const nemo = await startNemoDouble();
  const discord = await startDiscordDouble({ shards: 2 });
  const mine = shardOf(discord.world.guild.id, 2);
  const shards = (id: number) => ({ settings: { shards: { ids: [id], count: 2 } } });
  const common = { ...options, path, discord, nemo };
  const ears = await startStudio({ ...common, ...shards(mine), start: false });
  const hands = await startStudio({ ...common, ...shards(1 - mine) });
  const close = async () => {
    for (const studio of [hands, ears]) await studio.close();
    await Promise.all([discord.close(), nemo.close()]);
  };
  return { discord, nemo, ears, hands, close };
}

/** Both hear, and both work. */
async function twins(options: StudioOptions = {}) {
  const path = await databaseFile();
  const one = await startStudio({ ...options, path });
  const { discord, nemo } = one;
  const two = await startStudio({ ...options, path, discord, nemo });
  return { one, two, discord, nemo };
}

async function withProject(studio: Studio) {
  const { discord } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const answer = await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  return { asked, answer, thread: discord.thread(asked) };
}

test('a turn of a server whose shard another process has: its boosts count, and its thread is named once', async () => {
  const { discord, nemo, hands, close } = await split({ rules: { autoExport: 'first' } });
  discord.world.guild.premiumTier = 2;
  discord.settings.fileLimit = 50 * 1024 * 1024;
  nemo.mp4 = Buffer.concat([nemo.mp4, Buffer.alloc(11 * 1024 * 1024)]);
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const video = await hands.hear(asked.id, /Video ready/);
  await hands.idle();
  expect(video.files[0]?.bytes.length).toBe(nemo.mp4.length);
  expect(discord.thread(asked).names).toEqual(['A film about tea.', 'Urban Dreams']);
  // One more than is needed: that there is a thread already is told by Discord.
  expect(discord.callsTo('POST /channels/\\d+/messages/\\d+/threads').length).toBeLessThan(3);
  await close();
});

test('a name that a person gave stays, whichever process heard of it', async () => {
  const { discord, nemo, hands, close } = await split();
  nemo.script(say('Hello.'));
  const asked = discord.mention(discord.general, discord.alice, 'Hello there, who are you?');
  await hands.hear(asked.id, /Hello\./);
  await hands.idle();
  discord.rename(discord.thread(asked), 'Our tea film');
  // What is heard of a thread comes in order: by then the name has been heard.
  discord.write(discord.thread(asked), discord.alice, 'A film about tea.');
  await hands.hear(asked.id, /Your video is ready/);
  await hands.idle();
  expect(discord.thread(asked).names.at(-1)).toBe('Our tea film');
  await close();
});

test('names of that server are read in what a message answers, and nobody is shown what they do not see', async () => {
  const { discord, nemo, hands, close } = await split();
  const news = discord.channel('news');
  const role = discord.role('Kettles');
  const above = discord.write(
    discord.general,
    discord.bob,
    `A kettle of <@&${role.id}> sings in <#${news.id}>.`,
  );
  const asked = discord.mention(discord.general, discord.alice, 'film this', { replyTo: above });
  await hands.hear(asked.id, /Your video is ready/);
  await hands.idle();
  expect(toldAgent(nemo)).toContain('A kettle of @Kettles sings in #news.');
  const secret = discord.write(news, discord.bob, 'A secret kettle.');
  const link = `https://discord.com/channels/${discord.general.guild}/${news.id}/${secret.id}`;
  discord.hide(news, discord.alice);
  const hidden = discord.mention(discord.general, discord.alice, `film this ${link}`);
  await hands.hear(hidden.id, /link to that message/);
  await hands.idle();
  expect(runs(nemo)).toBe(1);
  const seen = discord.mention(discord.general, discord.bob, `film this ${link}`);
  await hands.hear(seen.id, /Your video is ready/);
  await hands.idle();
  expect(toldAgent(nemo, 2)).toContain('A secret kettle.');
  await close();
});

test('of several that start at once one registers the commands', async () => {
  const path = await databaseFile();
  const [discord, nemo] = [await startDiscordDouble(), await startNemoDouble()];
  const all = await Promise.all([1, 2, 3].map(() => startStudio({ path, discord, nemo })));
  expect(registered(discord)).toHaveLength(1);
  for (const studio of all) await studio.close();
  await Promise.all([discord.close(), nemo.close()]);
});

test('twins: a press, a form and a command are answered once, and what they ask for is done once', async () => {
  const { one, two, discord, nemo } = await twins();
  const { answer, thread, asked } = await withProject(one);
  const { interactions, alice } = discord;
  const form = interactions.press(answer, 'Change something', alice);
  await discord.until(() => form.ack === Ack.form);
  nemo.script(say('It is bigger now.'));
  interactions.submit(form, alice, thread, 'Make the title bigger');
  await one.hear(asked.id, /It is bigger now/);
  await one.idle();
  expect(runs(nemo)).toBe(2);
  const echoes = discord
    .said(asked.id)
    .filter(({ content }) => /Make the title bigger/.test(content));
  expect(echoes).toHaveLength(1);
  const exported = interactions.press(answer, 'Export MP4', alice);
  await one.hear(asked.id, /Video ready/);
  await one.idle();
  expect(exported.ack).toBe(Ack.quiet);
  expect(nemo.received('render')).toHaveLength(1);
  const status = interactions.slash('status', alice, thread);
  const typed = interactions.complete('status', 'project', '', alice, discord.general);
  await discord.until(() => status.replies.length > 0 && typed.choices !== undefined);
  await two.idle();
  expect(status.replies).toHaveLength(1);
  expect(typed.choices).toHaveLength(1);
  expect(discord.said(asked.id).flatMap(({ files }) => files)).toHaveLength(1);
});

test('twins: a 🎬 is asked about once, and a video that a menu or a form asks for is made once', async () => {
  const { one, discord, nemo } = await twins();
  const { interactions, alice, bob, general } = discord;
  const message = discord.write(general, bob, 'Mountains, mist, and a kettle.');
  discord.react(message, alice, '🎬');
  const question = await one.hear(message.id, /make a video of this message/);
  nemo.script(say('Hello.'));
  interactions.press(question, 'Make it', alice);
  await one.hear(message.id, /Hello\./);
  await discord.until(() => question.deleted);
  await one.idle();
  expect(runs(nemo)).toBe(1);
  const other = discord.write(general, bob, 'A kettle at dawn.');
  const menu = interactions.onMessage('Make a video from this', other, alice);
  await discord.until(() => menu.replies.length > 0);
  const form = interactions.slash('video', alice, general);
  await discord.until(() => form.ack === Ack.form);
  const sent = interactions.submit(form, alice, general, 'A film about rain.');
  await discord.until(() => sent.replies.length > 0);
  await one.idle();
  expect(runs(nemo)).toBe(3);
  expect([menu.replies.length, sent.replies.length]).toEqual([1, 1]);
});

test('each step at another process: what the first has shown works at the second', async () => {
  const path = await databaseFile();
  const [discord, nemo] = [await startDiscordDouble(), await startNemoDouble()];
  const { interactions, alice, general } = discord;
  /** The next step finds another process: the one before has gone. */
  async function next(before?: Studio): Promise<Studio> {
    await before?.down();
    return startStudio({ path, discord, nemo });
  }
  let at = await next();
  const { answer, thread, asked } = await withProject(at);
  const form = interactions.press(answer, 'Change something', alice);
  await discord.until(() => form.ack === Ack.form);
  at = await next(at);
  nemo.script(say('It is bigger now.'));
  interactions.submit(form, alice, thread, 'Make the title bigger');
  await at.hear(asked.id, /It is bigger now/);
  await at.idle();
  const typed = interactions.complete('export', 'project', '', alice, general);
  await discord.until(() => typed.choices !== undefined);
  at = await next(at);
  const [choice] = typed.choices ?? [];
  interactions.slash('export', alice, general, { project: choice?.value ?? '' });
  await at.hear(asked.id, /Video ready/);
  await at.idle();
  const script = interactions.slash('video', alice, general, { ratio: '9:16' });
  await discord.until(() => script.ack === Ack.form);
  at = await next(at);
  const sent = interactions.submit(script, alice, general, 'A film about rain.');
  await discord.until(() => sent.replies.length > 0);
  await at.idle();
  at = await next(at);
  nemo.script({ hang: true });
  discord.write(thread, alice, 'slower');
  await nemo.arrival('run_sse', 4);
  const stopped = interactions.slash('stop', alice, thread);
  await discord.until(() => stopped.replies.length > 0);
  await at.idle();
  await at.close();
  await Promise.all([discord.close(), nemo.close()]);
});

test('Stop that one hears ends the turn that the other works on', async () => {
  const { discord, nemo, hands, close } = await split({ leaseMs: 1_000 });
  nemo.script({ hang: true });
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await nemo.arrival('run_sse');
  const stop = discord.interactions.slash('stop', discord.alice, discord.thread(asked));
  await hands.hear(asked.id, /Stopped/);
  await discord.until(() => stop.replies.length > 0);
  await hands.idle();
  expect(runs(nemo)).toBe(1);
  await close();
});

test('sixty threads at once over two processes: each message is answered once, in order, and seen once', async () => {
  // Two processes and both doubles on a busy machine: a run must not come to its fifteen minutes.
  const { one, two, discord, nemo } = await twins({ scale: 0.02 });
  const people = Array.from({ length: 60 }, (_, n) => discord.person(`p${n}`, `P ${n}`));
  const begun = people.map((person, n) =>
    discord.mention(discord.general, person, `Film ${n}, part 1.`),
  );
  /** Of a third of them more is wished for, faster than it can be made. */
  const talkative = begun.filter((_, n) => n % 3 === 0);
  const threads = talkative.map(async (first, index) => {
    const n = 3 * index;
    await one.hear(first.id, /Your video is ready/);
    const person = people[n] ?? discord.alice;
    discord.write(discord.thread(first), person, `Film ${n}, part 2.`);
    discord.write(discord.thread(first), person, `Film ${n}, part 3.`);
  });
  await Promise.all(threads);
  const due = (n: number) => (n % 3 === 0 ? 3 : 1);
  const ready = (id: string) =>
    discord.said(id).filter(({ content }) => /Your video is ready/.test(content)).length;
  await discord.until(() => begun.every(({ id }, n) => ready(id) >= due(n)));
  await two.idle();
  expect(begun.map(({ id }) => ready(id))).toEqual(begun.map((_, n) => due(n)));
  const told = toldAll(nemo);
  expect(told).toHaveLength(100);
  for (const n of begun.keys()) {
    const parts = told.filter((text) => text.startsWith(`Film ${n}, `));
    expect(parts).toEqual([1, 2, 3].slice(0, due(n)).map((part) => `Film ${n}, part ${part}.`));
  }
  expect(discord.callsTo('POST /channels/\\d+/messages/\\d+/threads').length).toBeLessThan(121);
}, 120_000);
