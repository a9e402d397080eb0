/**
 * What "Add App" in Discord grants, for servers and for people: the same as the links of invite-link.ts. Set at Discord
 * on the page "Installation", or by `npm run doctor -- --fix`.
 */
import { ApplicationIntegrationType, OAuth2Scopes } from 'discord.js';
import { type Finding, well, wrong } from '../../runtime/finding.ts';
import { type Application, portalPage } from './check-app.ts';
import { INVITE_PERMISSIONS } from './invite-link.ts';
import { plainCall } from './plain-call.ts';
import type { DiscordSettings } from './settings.ts';

interface Install {
  readonly scopes: readonly string[];
  readonly permissions: string;
}

const SERVERS = String(ApplicationIntegrationType.GuildInstall);
const PEOPLE = String(ApplicationIntegrationType.UserInstall);

const WANTED: Readonly<Record<string, Install>> = {
  [SERVERS]: {
    scopes: [OAuth2Scopes.ApplicationsCommands, OAuth2Scopes.Bot],
    permissions: INVITE_PERMISSIONS.toString(),
  },
  [PEOPLE]: { scopes: [OAuth2Scopes.ApplicationsCommands], permissions: '0' },
};
const NAMES: Readonly<Record<string, string>> = { [SERVERS]: 'servers', [PEOPLE]: 'people' };

export function checkInstallSettings(
  app: Application,
  settings: Pick<DiscordSettings, 'token' | 'apiUrl'>,
): Finding {
  const differing = Object.entries(WANTED).flatMap(([kind, wanted]) => {
    const problem = problemOf(app, kind, wanted);
    return problem === undefined ? [] : [`for ${NAMES[kind]} ${problem}`];
  });
  if (differing.length === 0) return well('Discord install settings are complete');
  return wrong(
    `Discord install settings: ${differing.join('; ')}`,
    `set them (installation contexts, default install settings): ${portalPage(app, 'installation')}`,
    {
      async fix(signal) {
        await setInstallSettings(settings, signal);
        return 'the install settings are those of this version now';
      },
    },
  );
}

/** The whole of that field: what is not named in it is switched off there. */
export async function setInstallSettings(
  settings: Pick<DiscordSettings, 'token' | 'apiUrl'>,
  signal: AbortSignal,
): Promise<void> {
  const config = Object.fromEntries(
    Object.entries(WANTED).map(([kind, wanted]) => [kind, { oauth2_install_params: wanted }]),
  );
  const body = { integration_types_config: config };
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
