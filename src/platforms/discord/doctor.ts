/** What the doctor asks Discord: token, intents, install settings, commands, permissions; and the links that bring the bot in. */
import { type Finding, weak, well } from '../../runtime/finding.ts';
import { appFindings, lookAtApp } from './check-app.ts';
import { checkCommands } from './check-commands.ts';
import { checkInstallSettings } from './check-install.ts';
import { checkServers } from './check-servers.ts';
import { inviteLink, userInstallLink } from './invite-link.ts';
import { DiscordRefused } from './plain-call.ts';
import type { DiscordSettings } from './settings.ts';

export async function checkDiscord(
  settings: DiscordSettings,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const look = await lookAtApp(settings, signal);
  if ('refused' in look) return [look.refused];
  const { app } = look;
  const [commands, servers] = await Promise.all([
    perhaps('The commands', () => checkCommands(app.id, settings, signal)),
    perhaps('What the bot may do in its servers', () => checkServers({ settings, signal }, app.id)),
  ]);
  return [
    ...appFindings(app),
    checkInstallSettings(app, settings),
    ...commands,
    ...servers,
    well('Invite the bot to a server', inviteLink(app.id)),
    well('Use its commands everywhere, for yourself', userInstallLink(app.id)),
  ];
}

/** What is refused in one part leaves the others to be told. */
async function perhaps(
  what: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof DiscordRefused)) throw error;
    return [weak(`${what} cannot be looked at: ${error.message}`, 'try again in a minute')];
  }
}
