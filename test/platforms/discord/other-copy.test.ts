/** Two processes on one token: noticed where they have stores of their own, and nowhere else. */
import { expect, test } from 'vitest';
import { createOtherCopy } from '../../../src/platforms/discord/other-copy.ts';
import { messageShape } from '../../../src/platforms/discord/payloads.ts';
import type { Log } from '../../../src/runtime/log.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Studio, startStudio } from './studio.ts';

const WARNING = /another process posts with this DISCORD_TOKEN and has a database of its own/;
const warnings = ({ logged }: Studio) => logged.filter((line) => WARNING.test(line));

async function twoCopies(one: string, other: string): Promise<[Studio, Studio]> {
  const shared = { discord: await startDiscordDouble(), nemo: await startNemoDouble() };
  const studios: [Studio, Studio] = [
    await startStudio({ ...shared, path: one }),
    await startStudio({ ...shared, path: other }),
  ];
  return studios;
}

test('a copy with a database of its own is told of on both sides, once', async () => {
  const [one, other] = await twoCopies(await databaseFile(), await databaseFile());
  const { discord } = one;
  for (const words of ['a film', 'a second film']) {
    const asked = discord.mention(discord.general, discord.alice, words);
    await discord.until(
      () => discord.said(asked.id).filter(({ content }) => /ready/.test(content)).length === 2,
    );
  }
  await one.idle();
  await other.idle();
  for (const copy of [one, other]) {
    expect(copy.platform.warning?.()).toMatch(WARNING);
    expect(copy.platform.warning?.()).not.toContain('double.token');
    expect(copy.platform.trouble()).toBeUndefined();
    expect(warnings(copy)).toHaveLength(1);
  }
});

test('a second process on the same database is no copy', async () => {
  const path = await databaseFile();
  const studios = await twoCopies(path, path);
  const [{ discord }] = studios;
  const asked = discord.mention(discord.general, discord.alice, 'a film');
  await discord.until(() => discord.said(asked.id).some(({ content }) => /ready/.test(content)));
  for (const studio of studios) {
    await studio.idle();
    expect(studio.platform.warning?.()).toBeUndefined();
    expect(warnings(studio)).toEqual([]);
  }
});

test('a restart on the same database is no copy, nor is a reply to a command or an older version', async () => {
  const path = await databaseFile();
  const shared = { discord: await startDiscordDouble(), nemo: await startNemoDouble(), path };
  const before = await startStudio(shared);
  const { discord } = before;
  const asked = discord.mention(discord.general, discord.alice, 'a film');
  await before.hear(asked.id, /ready/);
  await before.down();
  const nonces = [...discord.world.messages.values()].flatMap(({ nonce }) => nonce ?? []);
  expect(nonces.length).toBeGreaterThan(0);
  const after = await startStudio(shared);
  for (const nonce of [...nonces, 'x'.repeat(25)])
    discord.write(discord.general, discord.bot, 'a word', { nonce });
  discord.write(discord.general, discord.bot, 'a reply to a command');
  const again = discord.mention(discord.general, discord.alice, 'a second film');
  await after.hear(again.id, /ready/);
  await after.idle();
  expect(after.platform.warning?.()).toBeUndefined();
});

const BOT = '1';
const posted = (nonce: string, author = BOT) =>
  messageShape.parse({ id: '9', channel_id: '2', author: { id: author }, nonce });

function watch() {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const log: Log = { always: say, error: say, warn: say, info: say, debug: say };
  let at = 0;
  const copy = createOtherCopy({ botId: () => BOT, store: 'storeOne', now: () => at, log });
  const later = (ms: number) => {
    at += ms;
  };
  return { ...copy, said, later };
}

test('the warning ends an hour after the last message of the copy, and comes again with its next', () => {
  const copy = watch();
  copy.look(posted('storeTwo.0123456789abcdef'));
  copy.later(3_000_000);
  copy.look(posted('storeTwo.fedcba9876543210'));
  copy.later(3_000_000);
  expect(copy.warning()).toMatch(WARNING);
  expect(copy.said).toHaveLength(1);
  copy.later(1_000_000);
  expect(copy.warning()).toBeUndefined();
  copy.look(posted('storeTwo.0123456789abcdef'));
  expect(copy.warning()).toMatch(WARNING);
  expect(copy.said).toHaveLength(2);
});

test('what a process on this store has posted says nothing', () => {
  const copy = watch();
  copy.look(posted('storeOne.0123456789abcdef'));
  expect(copy.warning()).toBeUndefined();
});

test('what somebody else writes with such a nonce says nothing', () => {
  const copy = watch();
  copy.look(posted('storeTwo.0123456789abcdef', '2'));
  expect(copy.warning()).toBeUndefined();
});
