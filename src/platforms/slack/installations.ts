/** Where the app is installed, when it is offered to several workspaces: kept encrypted in the state. */
import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import { z } from 'zod';
import type { State } from '../../state/state.ts';

const named = z.object({ id: z.string(), name: z.string().optional() });

/** Of an installation only what is needed to speak there; the installer's own token is not kept. */
const record = z.object({
  team: named.optional(),
  enterprise: named.optional(),
  isEnterpriseInstall: z.boolean(),
  installer: z.string(),
  appId: z.string().optional(),
  bot: z.object({
    token: z.string(),
    refreshToken: z.string().optional(),
    /** Epoch seconds. */
    expiresAt: z.number().optional(),
    scopes: z.array(z.string()),
    id: z.string(),
    userId: z.string(),
  }),
});
type Record = z.infer<typeof record>;

export interface Installed {
  readonly token: string;
  readonly botUser: string;
  readonly botId: string | undefined;
}

/** What the OAuth helper of the SDK offers for looking up, and renewing, a token. */
export type Authorize = (query: InstallationQuery<boolean>) => Promise<{
  botToken?: string;
  botId?: string;
  botUserId?: string;
}>;

export interface Installations {
  readonly store: InstallationStore;
  /** The SDK renews tokens that are about to expire; it is handed in once it exists. */
  use(authorize: Authorize): void;
  /** Undefined: not installed there. */
  authorize(workspace: string): Promise<Installed | undefined>;
  /** Remembers that a team's events come under an installation of its whole organisation. */
  belongsTo(team: string, enterprise: string): Promise<void>;
  /** The app was removed: its tokens are forgotten. */
  forget(team: string | undefined, enterprise: string | undefined): Promise<void>;
}

/** Throws where no encryption key is set. */
export function openInstallations(state: State): Installations {
  const installed = state.map('slack-installations', record, { secret: true });
  const organisations = state.map('slack-organisations', z.string());
  let renew: Authorize | undefined;

  async function queryOf(workspace: string): Promise<InstallationQuery<boolean> | undefined> {
    const own = await installed.get(workspace);
    if (own) {
      return own.isEnterpriseInstall
        ? { teamId: undefined, enterpriseId: workspace, isEnterpriseInstall: true }
        : { teamId: workspace, enterpriseId: own.enterprise?.id, isEnterpriseInstall: false };
    }
    const enterprise = await organisations.get(workspace);
    if (!enterprise || !(await installed.get(enterprise))) return undefined;
    return { teamId: undefined, enterpriseId: enterprise, isEnterpriseInstall: true };
  }

  const store: InstallationStore = {
    async storeInstallation(installation) {
      const next = toRecord(installation);
      await installed.set(
        keyOf(next.isEnterpriseInstall, next.team?.id, next.enterprise?.id),
        next,
      );
    },
    async fetchInstallation(query) {
      const found = await installed.get(
        keyOf(query.isEnterpriseInstall, query.teamId, query.enterpriseId),
      );
      if (!found) throw new Error('the app is not installed there');
      return fromRecord(found);
    },
    async deleteInstallation(query) {
      await installed.delete(keyOf(query.isEnterpriseInstall, query.teamId, query.enterpriseId));
    },
  };

  return {
    store,
    use(authorize) {
      renew = authorize;
    },
    async authorize(workspace) {
      const query = await queryOf(workspace);
      if (!query || !renew) return undefined;
      const { botToken, botId, botUserId } = await renew(query);
      return botToken && botUserId ? { token: botToken, botUser: botUserId, botId } : undefined;
    },
    async belongsTo(team, enterprise) {
      if ((await organisations.get(team)) !== enterprise) await organisations.set(team, enterprise);
    },
    async forget(team, enterprise) {
      if (team) {
        await installed.delete(team);
        await organisations.delete(team);
      }
      if (enterprise && !team) await installed.delete(enterprise);
    },
  };
}

function keyOf(
  organisation: boolean,
  team: string | undefined,
  enterprise: string | undefined,
): string {
  const key = organisation ? enterprise : team;
  if (!key) throw new Error('an installation without a workspace');
  return key;
}

function toRecord(installation: Installation): Record {
  const { team, enterprise, user, bot, appId, isEnterpriseInstall = false } = installation;
  return record.parse({ team, enterprise, isEnterpriseInstall, installer: user.id, appId, bot });
}

function fromRecord({
  team,
  enterprise,
  isEnterpriseInstall,
  installer,
  appId,
  bot,
}: Record): Installation {
  const { refreshToken, expiresAt, ...lasting } = bot;
  const common = {
    user: { id: installer, token: undefined, scopes: undefined },
    bot: {
      ...lasting,
      ...(refreshToken ? { refreshToken } : {}),
      ...(expiresAt ? { expiresAt } : {}),
    },
    tokenType: 'bot' as const,
    authVersion: 'v2' as const,
    isEnterpriseInstall,
    ...(appId ? { appId } : {}),
  };
  return {
    ...common,
    team: isEnterpriseInstall ? undefined : withName(team),
    enterprise: withName(enterprise),
  } as Installation<'v2', boolean>;
}

const withName = (given: Record['team']) =>
  given ? { id: given.id, ...(given.name ? { name: given.name } : {}) } : undefined;
