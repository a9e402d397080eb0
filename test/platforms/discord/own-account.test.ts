/** An account of one's own on Discord: `/account`, its form, whose credits a video takes, and the end with the server. */
import { expect, test } from 'vitest';
import { openOwnAccounts } from '../../../src/conversation/accounts/own-accounts.ts';
import { patient } from '../../conversation/scenarios/support.ts';
import { has, makesVideo } from '../../doubles/nemo/spending.ts';
import { startStudio } from './studio.ts';

const MINE = 'nmv_usr_alice_0123456789abcdef_tail';
const SHARED = 'nmv_usr_server_0123456789_team';

test('connected by a form, for a person and by an admin for the server; gone with the server, kept in an outage', async () => {
  const studio = await startStudio({ timers: patient });
  const { discord, nemo, state } = studio;
  const { alice, bob, general, interactions, world } = discord;
  has(nemo, 1_000);
  for (const token of [MINE, SHARED]) nemo.tokens.add(token);
  world.admins.add(bob.id);

  const answered = async (used: ReturnType<typeof interactions.slash>): Promise<string> => {
    await discord.until(() => used.replies.length > 0);
    return used.replies.at(-1)?.text ?? '';
  };
  const connect = async (deed: string, by: typeof alice, token: string): Promise<string> => {
    const asked = interactions.slash('account', by, general, { do: deed });
    await discord.until(() => asked.modal !== undefined);
    return answered(interactions.submit(asked, by, general, token));
  };

  expect(await connect('connect-person', alice, 'nmv_usr_nobody_0123456789')).toMatch(/not accept/);
  expect(await connect('connect-person', alice, MINE)).toMatch(/^✅ Connected: …tail/);
  expect(await connect('connect-workspace', alice, SHARED)).toMatch(/^Only an admin/);
  expect(await connect('connect-workspace', bob, SHARED)).toMatch(/^✅ Connected: …team/);
  expect(await answered(interactions.slash('account', alice, general))).toMatch(
    /Connected for you: …tail\nConnected for this workspace: …team/,
  );
  nemo.script(...makesVideo(nemo, 96));
  const asked = discord.mention(general, alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  expect(nemo.received('run_sse')[0]?.headers.authorization).toBe(`Bearer ${MINE}`);
  const gone = interactions.slash('account', alice, general, { do: 'disconnect-person' });
  expect(await answered(gone)).toMatch(/the token is deleted/);

  const kept = () =>
    openOwnAccounts(state, true).of(
      { platform: 'discord', workspace: world.guild.id },
      { whose: 'workspace' },
    );
  /** Events come in order: what was told before has been taken when this is answered. */
  const settled = async (nth: number) => {
    const dm = discord.dm(bob);
    discord.write(dm, bob, 'credits');
    await discord.until(() => discord.said(dm.id).length >= nth);
  };
  discord.gateway.dispatch('GUILD_DELETE', () => ({ id: world.guild.id, unavailable: true }));
  await settled(1);
  expect(await kept()).toBeDefined();
  discord.gateway.dispatch('GUILD_DELETE', () => ({ id: world.guild.id }));
  await settled(2);
  expect(await kept()).toBeUndefined();
});
