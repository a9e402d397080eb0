/**
 * What "Add App" in Discord grants, for servers and for people: the same as the links of invite-link.ts. Set at Discord
 * on the page "Installation", or by `npm run doctor -- --fix`.
 */
import { ApplicationIntegrationType } from 'discord.js';
import { type Finding, well, wrong } from '../../runtime/finding.ts';
import { type Application, portalPage } from './check-app.ts';
import { type Install, installSettings } from './install-settings.ts';
import { plainCall } from './plain-call.ts';
import type { DiscordSettings } from './settings.ts';

const { integration_types_config: WANTED, description, tags } = installSettings();
const SERVERS = String(ApplicationIntegrationType.GuildInstall);
const PEOPLE = String(ApplicationIntegrationType.UserInstall);
const NAMES: Readonly<Record<string, string>> = { [SERVERS]: 'servers', [PEOPLE]: 'people' };

export function checkInstallSettings(
  app: Application,
  settings: Pick<DiscordSettings, 'token' | 'apiUrl'>,
): Finding {
  const differing = Object.entries(WANTED).flatMap(([kind, { oauth2_install_params: wanted }]) => {
    const problem = problemOf(app, kind, wanted);
    return problem === undefined ? [] : [`for ${NAMES[kind]} ${problem}`];
  });
  if (differing.length === 0) return well('Discord install settings are complete');
  return wrong(
    `Discord install settings: ${differing.join('; ')}`,
    `set them (installation contexts, default install settings): ${portalPage(app, 'installation')}`,
    {
      async fix(signal) {
        await setInstallSettings(settings, signal, app);
        return 'the install settings are those of this version now';
      },
    },
  );
}

/** The whole of that field: what is not named in it is switched off there. What the operator says of the app stays. */
export async function setInstallSettings(
  settings: Pick<DiscordSettings, 'token' | 'apiUrl'>,
  signal: AbortSignal,
  app: Pick<Application, 'description' | 'tags'>,
): Promise<void> {
  const body = {
    integration_types_config: WANTED,
    ...(app.description ? {} : { description }),
    ...(app.tags?.length ? {} : { tags }),
  };
  await plainCall('PATCH', '/applications/@me', { settings, signal, body });
}

function problemOf(app: Application, kind: string, wanted: Install): string | undefined {
  const config = app.integration_types_config?.[kind];
  if (!config) return 'the app cannot be installed';
  const { scopes = [], permissions = '0' } = config.oauth2_install_params ?? {};
  const missing = wanted.scopes.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) return `"Add App" lacks the scopes ${missing.join(', ')}`;
  if (BigInt(/^\d+$/.test(permissions) ? permissions : '0') !== BigInt(wanted.permissions))
    return `"Add App" grants the permissions ${permissions} and should grant ${wanted.permissions}`;
  return undefined;
}
