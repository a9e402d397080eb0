/** Whose token speaks where: one workspace from the settings, or many that installed the app by OAuth. */
import { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../runtime/log.ts';
import { ChatError } from '../chat.ts';
import type { Installations } from './installations.ts';
import type { Envelope } from './payloads.ts';
import { retryFirstCalls } from './retry-policy.ts';
import { missingScopes } from './scopes.ts';

export interface Workspace {
  readonly id: string;
  readonly token: string;
  /** Our user there: what people mention, and whose posts are ours. */
  readonly botUser: string;
  readonly botId: string | undefined;
}

export interface Workspaces {
  /** Checks the token, where there is one. Rejects with a sentence for the operator. */
  open(): Promise<void>;
  /** Rejects with `ChatError` 'gone' where the app is not installed. */
  of(workspace: string): Promise<Workspace>;
  /** The workspace that an event was sent to us for; undefined when it is none of ours. */
  receiving(envelope: Envelope): Promise<Workspace | undefined>;
  /** `https://team.slack.com/`, for links to messages; undefined where Slack does not say. */
  url(workspace: string): Promise<string | undefined>;
  /** Its token was turned away. True: another is on record by now, as after an installation that another process took. */
  replaced(workspace: string, token: string): Promise<boolean>;
  /** The app was removed there: what is remembered of it no longer holds. */
  forget(workspace: string): void;
}

/** `reactions`: are they listened to? */
export function oneWorkspace(
  token: string,
  client: webApi.WebClient,
  log: Log,
  reactions: boolean,
): Workspaces {
  let only: (Workspace & { readonly url: string | undefined }) | undefined;
  const opened = (): NonNullable<typeof only> => {
    if (!only) throw new Error('Slack is asked for something before its token was checked');
    return only;
  };
  return {
    async open() {
      const told = await askWho(client, token);
      const missing = missingScopes(told.response_metadata?.scopes, reactions);
      if (missing.length > 0) {
        log.warn(
          `the Slack app lacks scopes: ${missing.join(', ')}. Add them under "OAuth & Permissions" and reinstall it`,
        );
      }
      if (!told.team_id || !told.user_id)
        throw new Error('Slack: the bot token belongs to no workspace');
      only = { id: told.team_id, token, botUser: told.user_id, botId: told.bot_id, url: told.url };
    },
    of: async () => opened(),
    receiving: async () => opened(),
    url: async () => opened().url,
    replaced: async () => false,
    forget() {},
  };
}

async function askWho(client: webApi.WebClient, token: string) {
  try {
    return await retryFirstCalls(() => client.auth.test({ token }));
  } catch (error) {
    const reason =
      error instanceof webApi.WebAPIPlatformError
        ? `Slack does not accept SLACK_BOT_TOKEN (${error.data.error}): copy it again from "OAuth & Permissions"`
        : 'Slack cannot be reached: check the network, and SLACK_API_URL if it is set';
    throw new Error(reason, { cause: error });
  }
}

/** A look into the store for every call would be slow, and a token may be renewed by another process. */
const FRESH_MS = 60_000;
const MOST_KEPT = 500;
/** A workspace may be renamed. */
const URL_MS = 3_600_000;

export function installedWorkspaces(
  installations: Installations,
  client: webApi.WebClient,
): Workspaces {
  const kept = new LRUCache<string, Workspace>({ max: MOST_KEPT, ttl: FRESH_MS, ttlResolution: 0 });
  const urls = new LRUCache<string, { readonly url: string | undefined }>({
    max: MOST_KEPT,
    ttl: URL_MS,
  });

  async function of(id: string): Promise<Workspace> {
    const known = kept.get(id);
    if (known) return known;
    const installed = await installations.authorize(id);
    if (!installed) {
      kept.delete(id);
      throw new ChatError('gone', `the app is not installed in the workspace ${id}`);
    }
    const workspace = { id, ...installed };
    kept.set(id, workspace);
    return workspace;
  }

  return {
    open: async () => {},
    of,
    async receiving(envelope) {
      const [first] = envelope.authorizations ?? [];
      const team = first?.team_id ?? envelope.context_team_id ?? envelope.team_id;
      const enterprise = first?.enterprise_id ?? undefined;
      if (first?.is_enterprise_install && team && enterprise) {
        await installations.belongsTo(team, enterprise);
      }
      const id = team ?? enterprise;
      if (!id) return undefined;
      return of(id).catch((error: unknown) => {
        // What cannot be told right now is for Slack to send again.
        if (error instanceof ChatError && error.reason === 'gone') return undefined;
        throw error;
      });
    },
    async url(id) {
      const known = urls.get(id);
      if (known) return known.url;
      const { token } = await of(id);
      const told = await client.auth.test({ token });
      urls.set(id, { url: told.url });
      return told.url;
    },
    async replaced(id, token) {
      if (kept.get(id)?.token === token) kept.delete(id);
      try {
        return (await of(id)).token !== token;
      } catch (error) {
        if (!(error instanceof ChatError)) throw error;
        return false;
      }
    },
    forget(id) {
      kept.delete(id);
      urls.delete(id);
    },
  };
}
