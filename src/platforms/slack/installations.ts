/** Where the app is installed, when it is offered to several workspaces: kept encrypted in the state. */
import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import { z } from 'zod';
import type { State } from '../../state/state.ts';
import type { TakeTurns } from '../../state/turn-taking.ts';
import { ChatError } from '../chat.ts';

const named = z.object({ id: z.string(), name: z.string().optional() });

/** Of an installation only what is needed to speak there; the installer's own token is not kept. */
const record = z.object({
  team: named.optional(),
  enterprise: named.optional(),
  isEnterpriseInstall: z.boolean(),
  installer: z.string(),
  appId: z.string().optional(),
  /** Epoch milliseconds; not in records of earlier versions. */
  installedAt: z.number().optional(),
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
  /** Those that were seen to come under the organisation's installation. */
  teamsOf(enterprise: string): Promise<readonly string[]>;
  /** The app was removed: its tokens are forgotten, unless it was installed anew since. */
  forget(removed: Removal): Promise<void>;
}

export interface Removal {
  readonly team: string | undefined;
  readonly enterprise: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The SDK renews what ends within two hours; before that moment nobody gets there alone. */
const RENEWED_MS = 2 * 3_600_000 + 60_000;

/** Throws where no encryption key is set. */
export function openInstallations(state: State, takeTurns: TakeTurns): Installations {
  const installed = state.map('slack-installations', record, { secret: true });
  const organisations = state.map('slack-organisations', z.string());
  /** What is being renewed here, as it was before. */
  const renewing = new Map<string, Record>();
  let renew: Authorize | undefined;

  async function find(workspace: string): Promise<Found | undefined> {
    const own = await installed.get(workspace);
    if (own) return { key: workspace, stored: own };
    const enterprise = await organisations.get(workspace);
    const shared = enterprise && (await installed.get(enterprise));
    return shared ? { key: enterprise, stored: shared } : undefined;
  }

  /** A token for renewing is good once: one process renews, and those that wait find the new one. */
  async function authorizeAlone(authorize: Authorize, { key }: Found) {
    let authorized: Awaited<ReturnType<Authorize>> | undefined;
    await takeTurns(`slack-renew ${key}`, async () => {
      const stored = await installed.get(key);
      if (!stored) return;
      renewing.set(key, stored);
      try {
        authorized = await authorize(queryOf({ key, stored }));
      } finally {
        renewing.delete(key);
      }
    });
    return authorized ?? {};
  }

  async function forgetBefore(key: string, at: number): Promise<boolean> {
    for (;;) {
      const stored = await installed.get(key);
      if (stored && (stored.installedAt ?? 0) > at) return false;
      if (!stored || (await installed.swap(key, stored, undefined))) return true;
    }
  }

  const store: InstallationStore = {
    async storeInstallation(installation) {
      const next = toRecord(installation);
      const key = keyOf(next.isEnterpriseInstall, next.team?.id, next.enterprise?.id);
      const before = renewing.get(key);
      // What was removed, or installed anew, while it was renewed stays that.
      if (before) await installed.swap(key, before, { ...next, installedAt: before.installedAt });
      else await installed.set(key, { ...next, installedAt: Date.now() });
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
      const found = await find(workspace);
      if (!found || !renew) return undefined;
      const { refreshToken, expiresAt = Number.POSITIVE_INFINITY } = found.stored.bot;
      const isEnding = refreshToken !== undefined && expiresAt * 1000 - RENEWED_MS < Date.now();
      if (!isEnding) return installedAs(await renew(queryOf(found)));
      const renewed = installedAs(await authorizeAlone(renew, found));
      // The SDK gives the old one where Slack did not renew it. That is good until its end, long before which it is tried.
      if (renewed?.token === found.stored.bot.token && expiresAt * 1000 <= Date.now())
        throw new ChatError('unreachable', 'Slack did not renew the token');
      return renewed;
    },
    async belongsTo(team, enterprise) {
      if ((await organisations.get(team)) !== enterprise) await organisations.set(team, enterprise);
    },
    async teamsOf(enterprise) {
      const teams: string[] = [];
      for (const team of await organisations.keys(''))
        if ((await organisations.get(team)) === enterprise) teams.push(team);
      return teams;
    },
    async forget({ team, enterprise, at }) {
      if (team && (await forgetBefore(team, at))) await organisations.delete(team);
      if (enterprise && !team) await forgetBefore(enterprise, at);
    },
  };
}

const installedAs = ({
  botToken,
  botId,
  botUserId,
}: Awaited<ReturnType<Authorize>>): Installed | undefined =>
  botToken && botUserId ? { token: botToken, botUser: botUserId, botId } : undefined;

interface Found {
  readonly key: string;
  readonly stored: Record;
}

const queryOf = ({ key, stored }: Found): InstallationQuery<boolean> =>
  stored.isEnterpriseInstall
    ? { teamId: undefined, enterpriseId: key, isEnterpriseInstall: true }
    : { teamId: key, enterpriseId: stored.enterprise?.id, isEnterpriseInstall: false };

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
