/** A budget of a server as its people read it: the warning in the thread, the refusal to one person alone. */
import { expect, test } from 'vitest';
import { patient } from '../../conversation/scenarios/support.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { transcript } from '../../doubles/discord/transcript.ts';
import { has, makesVideo } from '../../doubles/nemo/spending.ts';
import { startStudio } from './studio.ts';

test('a budget of the server that is nearly used up, and then is', async () => {
  const discord = await startDiscordDouble();
  const studio = await startStudio({
    timers: patient,
    rules: { budgets: { workspace: 110, channel: 0, person: 0 }, admins: [discord.alice.id] },
    discord,
  });
  const { nemo } = studio;
  has(nemo, 1000);
  nemo.script(...makesVideo(nemo, 96));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /⚠️ This workspace has used 96 of its 110/);
  await studio.idle();
  nemo.script(...makesVideo(nemo, 20));
  const other = discord.mention(discord.general, discord.bob, 'A film about bread.');
  await studio.hear(other.id, /Your video is ready/);
  await studio.idle();
  discord.mention(discord.general, discord.bob, 'A film about salt.');
  const dm = discord.dm(discord.bob).id;
  await studio.hear(dm, /ask the admin/);
  await studio.idle();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const told = transcript(discord, 'A budget', ['the thread', asked.id], ['to Bob alone', dm]);
  await expect(told.replaceAll(`(${zone})`, '(zone)')).toMatchFileSnapshot(
    'transcripts/a-budget.md',
  );
  expect(nemo.received('run_sse')).toHaveLength(2);
  await studio.close();
  await discord.close();
});
