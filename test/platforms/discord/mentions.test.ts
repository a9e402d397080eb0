/** What counts as calling us: our account, the role that goes with it, and a mention that came by an edit. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { ThreadKey } from '../../../src/runtime/ids.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Studio, startStudio, toldAgent } from './studio.ts';

const ours = ({ discord }: Studio) => `<@&${discord.world.roles.find(({ ofBot }) => ofBot)?.id}>`;

test('a mention of our own role begins a video, and is no part of what is asked', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const asked = discord.write(discord.general, discord.alice, `${ours(studio)} a film about milk`);
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(toldAgent(studio.nemo)).toBe('a film about milk');
});

test('other roles call groups of people, also one that bears our name', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const editors = discord.role('Editors');
  const namesake = discord.role('Nemo');
  discord.write(discord.general, discord.alice, `<@&${editors.id}> a film about milk?`);
  discord.write(discord.general, discord.alice, `<@&${namesake.id}> a film about milk?`);
  const asked = discord.mention(discord.general, discord.alice, `for <@&${editors.id}>: tea`);
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
  expect(toldAgent(nemo)).toBe('for @Editors: tea');
});

test('a role that was renamed is called by its new name', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const role = discord.role('Editors');
  discord.renameRole(role, 'Cutters');
  const asked = discord.mention(discord.general, discord.alice, `tea, for <@&${role.id}>`);
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(toldAgent(studio.nemo)).toBe('tea, for @Cutters');
});

test('without the intent a mention of our role is answered with how to reach us', async () => {
  const studio = await startStudio({ withoutContent: true });
  const { discord, nemo } = studio;
  const asked = discord.write(discord.general, discord.alice, `${ours(studio)} a film`);
  await studio.hear(asked.id, /I cannot read messages here unless you mention me/);
  await studio.idle();
  expect(nemo.received('run_sse')).toEqual([]);
});

test('a mention added by an edit begins the video of that message, once', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const text = 'a film about milk';
  const asked = discord.write(discord.general, discord.alice, text);
  discord.edit(asked, `<@${discord.bot.id}> ${text}`);
  await studio.hear(asked.id, /Your video is ready/);
  discord.edit(asked, `<@${discord.bot.id}> ${text} and tea`);
  discord.unfurl(asked, []);
  discord.redeliver(asked);
  nemo.script(say('Now tea.'));
  discord.mention(discord.thread(asked), discord.alice, 'tea, please');
  await studio.hear(asked.id, /Now tea/);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
  expect(toldAgent(nemo)).toBe(text);
});

test('an edit of a message that is on record changes nothing about it, also after a restart', async () => {
  const path = await databaseFile();
  const first = await startStudio({ path });
  const { discord, nemo } = first;
  const asked = discord.mention(discord.general, discord.alice, 'a film about milk');
  await first.hear(asked.id, /Your video is ready/);
  const followUp = discord.write(discord.thread(asked), discord.alice, 'Make the cow blue.');
  await discord.until(() => nemo.received('run_sse').length === 2);
  await first.idle();
  await first.down();
  const again = await startStudio({ path, discord, nemo });
  discord.edit(asked, `<@${discord.bot.id}> a film about milk!`);
  discord.edit(followUp, `<@${discord.bot.id}> Make the cow blue!`);
  nemo.script(say('Now tea.'));
  discord.write(discord.thread(asked), discord.alice, 'tea, please');
  await again.hear(asked.id, /Now tea/);
  await again.idle();
  expect(nemo.received('run_sse')).toHaveLength(3);
});

test('what Discord adds to a message, and edits that bring no mention, begin nothing', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const link = 'https://shop.example/tea';
  const plain = discord.write(discord.general, discord.alice, `milk ${link}`);
  discord.unfurl(plain, [{ type: 'link', url: link }]);
  discord.edit(plain, `milk, or tea ${link}`);
  // Called us by an edit long ago, when nobody listened; it is pinned today.
  const old = discord.write(discord.general, discord.alice, 'coffee');
  discord.edit(old, `<@${discord.bot.id}> coffee`, new Date(Date.now() - 3_600_000));
  const asked = discord.mention(discord.general, discord.alice, 'water');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
  expect(toldAgent(nemo)).toBe('water');
});

test('no intent is asked for that the README does not explain', async () => {
  const studio = await startStudio();
  const names = {
    1: 'Guilds',
    512: 'Guild Messages',
    1024: 'Guild Message Reactions',
    4096: 'Direct Messages',
    8192: 'Direct Message Reactions',
    32768: 'Message Content',
  };
  const asked = studio.discord.gateway.identifies[0] ?? 0;
  const bits = Object.keys(names).map(Number);
  expect(asked).toBe(bits.reduce((sum, bit) => sum | bit, 0));
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  for (const name of Object.values(names))
    expect(readme).toMatch(new RegExp(`^ *\\| ${name}`, 'm'));
});

test('of a thread that begins with a message the record is not asked; of one that an edit calls us into it is', async () => {
  const studio = await startStudio();
  const { discord, ledger } = studio;
  const asked: string[] = [];
  const { knows } = ledger;
  Object.assign(ledger, {
    knows: (thread: ThreadKey) => {
      asked.push(thread);
      return knows.call(ledger, thread);
    },
  });
  const begun = discord.mention(discord.general, discord.alice, 'help');
  await studio.hear(begun.id, /Try saying/);
  expect(asked).toEqual([]);
  const later = discord.write(discord.general, discord.alice, 'help');
  discord.edit(later, `<@${discord.bot.id}> help`);
  await studio.hear(later.id, /Try saying/);
  expect(asked).toEqual([expect.stringContaining(later.id)]);
});
