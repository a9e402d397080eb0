/** What is stored: deleted and handed out by commands and buttons, and forgotten after a removal. */
import { expect, test } from 'vitest';
import { LEFT_MS } from '../../../src/conversation/data/erasures.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { Used } from '../../doubles/discord/interactions.ts';
import { type Studio, startStudio } from './studio.ts';

async function answer({ discord }: Studio, used: Used) {
  await discord.until(() => used.replies.length > 0);
  const [reply] = used.replies;
  if (!reply) throw new Error('it was there a moment ago');
  return reply;
}

/** Under an answer that only its person sees. */
async function pressIn(studio: Studio, used: Used, label: RegExp, by = studio.discord.alice) {
  const { discord } = studio;
  const { components } = await answer(studio, used);
  const button = components
    .flatMap((row) => row.components)
    .find((each) => label.test(each.label ?? ''));
  const seen = discord.write(discord.general, discord.bob, 'Lovely weather.');
  const pressed = discord.interactions.pressId(button?.custom_id ?? '', seen, by);
  return answer(studio, pressed);
}

test('a project, all of mine, a server: each by a command, a card and a press', async () => {
  const studio = await startStudio();
  const { discord, ledger } = studio;
  const { interactions, alice, bob, general, world } = discord;
  const keyOf = (thread: string) =>
    toThreadKey(`discord:${world.guild.id}:${general.id}:${thread}`);
  const begun: Record<string, string> = {};
  for (const [what, by] of [
    ['tea', alice],
    ['bread', alice],
    ['rain', bob],
  ] as const) {
    const { id } = discord.mention(general, by, `A film about ${what}.`);
    begun[what] = id;
    await studio.hear(id, /Your video is ready/);
    await studio.idle();
  }
  const turnsOf = async (what: string) =>
    (await ledger.onRecord({ thread: keyOf(begun[what] ?? '') })).turns;
  const thread = discord.world.channels.get(begun['tea'] ?? '') ?? general;
  const card = interactions.slash('forget', alice, thread);
  expect((await answer(studio, card)).text).toContain('Delete what I store of this project?');
  expect(await turnsOf('tea')).toBe(1);
  expect((await pressIn(studio, card, /Delete this project/)).text).toMatch(/^Deleted/);
  expect(await turnsOf('tea')).toBe(0);
  expect((await pressIn(studio, card, /Delete this project/)).text).toContain('already');

  const mine = interactions.slash('forget', alice, general, { what: 'mine' });
  expect((await answer(studio, mine)).text).toContain('1 project, 1 request');
  expect((await pressIn(studio, mine, /Delete all of mine/)).text).toMatch(/^Deleted/);
  expect([await turnsOf('bread'), await turnsOf('rain')]).toEqual([0, 1]);

  const refused = interactions.slash('forget', alice, general, { what: 'workspace' });
  expect((await answer(studio, refused)).text).toContain('Only an admin');
  world.admins.add(bob.id);
  const whole = interactions.slash('forget', bob, general, { what: 'workspace' });
  expect((await pressIn(studio, whole, /workspace/, alice)).text).toContain('Only an admin');
  expect(await turnsOf('rain')).toBe(1);
  expect((await pressIn(studio, whole, /workspace/, bob)).text).toMatch(/^Deleted/);
  expect(await turnsOf('rain')).toBe(0);
});

test('what is stored comes as a file that only its person sees', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const { interactions, alice, bob, general } = discord;
  for (const [by, text] of [
    [alice, 'A film about tea.'],
    [bob, 'A film about rain.'],
  ] as const) {
    const { id } = discord.mention(general, by, text);
    await studio.hear(id, /Your video is ready/);
    await studio.idle();
  }
  const card = interactions.slash('export-data', alice, general);
  const { text, files } = await pressIn(studio, card, /Give me the file/);
  expect(text).toContain('what I store of you');
  expect(files.map(({ name }) => name)).toEqual(['nemo-data.json']);
  const content = Buffer.from(files[0]?.bytes ?? []).toString('utf8');
  expect(JSON.parse(content).requests).toMatchObject([{ text: 'A film about tea.' }]);
  expect(content).not.toContain(nemo.token);
  expect(content).not.toContain('rain');
});

test('a server that the bot was removed from is forgotten after thirty days; one that is out is kept', async () => {
  const studio = await startStudio();
  const { discord, conversation, clock, ledger } = studio;
  const { gateway, world, general } = discord;
  const asked = discord.mention(general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  const server = { platform: 'discord', workspace: world.guild.id };
  /** From when it is asked: a loaded machine takes minutes of product time for what comes before. */
  const later = () => clock.in(LEFT_MS + 60_000);
  /** Events come in order: what was told before is known when this has been answered. */
  const caughtUp = async () => {
    const dm = discord.dm(discord.bob);
    const before = discord.said(dm.id).length;
    discord.write(dm, discord.bob, 'help');
    await discord.until(() => discord.said(dm.id).length > before);
  };
  const told: string[] = [];
  const noted: Promise<void>[] = [];
  const { left } = conversation.inbox;
  conversation.inbox.left = (where, at) => {
    told.push(where.workspace);
    const note = left(where, at);
    noted.push(note);
    return note;
  };
  gateway.dispatch('GUILD_DELETE', () => ({ id: world.guild.id, unavailable: true }));
  await caughtUp();
  expect(told).toEqual([]);
  world.removedFrom.add(world.guild.id);
  await conversation.forgetDue(later());
  expect(await ledger.onRecord(server)).toMatchObject({ turns: 1 });
  gateway.dispatch('GUILD_DELETE', () => ({ id: world.guild.id }));
  await caughtUp();
  expect(told).toEqual([world.guild.id]);
  await Promise.all(noted);
  await conversation.forgetDue();
  expect(await ledger.onRecord(server)).toMatchObject({ turns: 1 });
  await conversation.forgetDue(later());
  expect(await ledger.onRecord(server)).toEqual({ threads: 0, turns: 0, renders: 0 });
});
