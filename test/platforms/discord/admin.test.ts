/** The desk of admins on Discord: `/admin` with its options, and the buttons under its answer. */
import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { commandsBody } from '../../../src/platforms/discord/commands.ts';
import type { Used } from '../../doubles/discord/interactions.ts';
import { transcript } from '../../doubles/discord/transcript.ts';
import type { DoubleUser } from '../../doubles/discord/world.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { type Studio, startStudio, toldAgent } from './studio.ts';

async function shown({ discord }: Studio, used: Used): Promise<string> {
  await discord.until(() => used.replies.length > 0);
  return used.replies.map(({ text }) => text).join('\n');
}

const desk = async (studio: Studio, options: Record<string, string> = {}, by?: DoubleUser) => {
  const { discord } = studio;
  const used = discord.interactions.slash('admin', by ?? discord.bob, discord.general, options);
  return { text: await shown(studio, used), used };
};

/** A button under an answer that its person alone sees. */
function press({ discord }: Studio, { used }: { used: Used }, label: string): Used {
  const buttons = used.replies.at(-1)?.components.flatMap((row) => row.components) ?? [];
  const button = buttons.find((it) => 'label' in it && it.label === label);
  if (!button || !('custom_id' in button)) throw new Error(`no button ${label}`);
  const under = discord.write(discord.general, discord.bob, 'What is going on here?');
  return discord.interactions.pressId(`${button.custom_id}`, under, discord.bob);
}

test('/admin is shown to whoever manages the server', () => {
  const admin = commandsBody('global').find((it) => 'name' in it && it.name === 'admin');
  expect(admin).toMatchObject({
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  });
});

test('somebody’s turn is stopped by an admin, and by nobody else', async () => {
  const studio = await startStudio({ scale: 0.02 });
  const { discord, nemo } = studio;
  nemo.script({ heartbeat: true }, { hang: true });
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await nemo.arrival('run_sse');
  expect((await desk(studio)).text).toBe('Only an admin can change this.');
  discord.world.admins.add(discord.bob.id);
  const looked = await desk(studio);
  expect(looked.text).toMatch(/At work and waiting\*\* \(1\)[\s\S]*A film about tea[\s\S]*Alice/);
  expect(await shown(studio, press(studio, looked, 'Stop 1'))).toMatch(/^⏹️ It is being stopped/);
  await studio.hear(asked.id, /stays charged/);
  await studio.idle();
});

test('paused and resumed; a channel and a person are denied and let in again', async () => {
  const studio = await startStudio({ scale: 0.02 });
  const { discord, nemo } = studio;
  discord.world.admins.add(discord.bob.id);
  const looked = await desk(studio);
  expect(await shown(studio, press(studio, looked, 'Pause here'))).toMatch(/Paused here since/);
  const by = (who: DoubleUser, name: string, options = {}) =>
    shown(studio, discord.interactions.slash(name, who, discord.general, options));
  const video = () => by(discord.alice, 'video', { script: 'A film about tea.' });
  expect(await video()).toMatch(/^I am paused by an admin/);
  expect(await by(discord.alice, 'credits')).toMatch(/60 available/);
  expect((await desk(studio, { order: 'resume' })).text).toMatch(/^▶️ Resumed/);
  const channel = discord.general.id;
  expect((await desk(studio, { order: 'deny', channel })).text).toContain(`\`${channel}\``);
  expect(await video()).toBe('I am not switched on in this channel. An admin can allow it.');
  // The admin's own door stays open.
  expect((await desk(studio, { order: 'reset', channel })).text).toContain(
    'the settings count again',
  );
  await desk(studio, { order: 'deny', person: discord.alice.id });
  expect(await video()).toMatch(/not on the list of people/);
  await desk(studio, { order: 'reset', person: discord.alice.id });
  expect(nemo.received('run_sse')).toHaveLength(0);
  nemo.script(say('The tea film is done.'));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /The tea film is done/);
  await studio.idle();
});

test('a brand is set by its command, and joins the first request: in the plan, in words, with its logo', async () => {
  const studio = await startStudio({ scale: 0.02, draft: sampleDraft });
  const { discord, nemo } = studio;
  discord.world.admins.add(discord.bob.id);
  const brand = (options: Parameters<typeof discord.interactions.slash>[3], by = discord.bob) =>
    shown(studio, discord.interactions.slash('brand', by, discord.general, options));
  expect(await brand({ name: 'Mallory' }, discord.alice)).toBe('Only an admin can change this.');
  const logo = discord.attach({
    name: 'logo.png',
    bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDRlogo', 'latin1'),
  });
  expect(await brand({ name: 'Tea House', colours: '#2f6f4f', logo })).toMatch(
    /^It is kept\.[\s\S]*Tea House[\s\S]*there is one/,
  );
  expect(await brand({ voice: 'a calm woman' })).toMatch(/Tea House[\s\S]*a calm woman/);
  const asked = discord.mention(discord.general, discord.alice, 'plan first: a film about tea.');
  const card = await studio.hear(asked.id, /Nothing is made yet/);
  await studio.idle();
  nemo.script(say('The tea film is done.'));
  discord.interactions.press(card, 'Make it', discord.alice);
  await studio.hear(asked.id, /The tea film is done/);
  await studio.idle();
  await expect(
    transcript(discord, 'A brand in a first request', ['the thread', asked.id]),
  ).toMatchFileSnapshot('transcripts/brand.md');
  expect(toldAgent(nemo)).toMatch(/Name: Tea House\.[\s\S]*brand-logo\.png is our logo/);
  expect(await brand({ remove: 'all' })).toMatch(/has no brand yet/);
});
