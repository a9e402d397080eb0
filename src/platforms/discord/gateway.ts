/**
 * The connection that events come by. It is replaced as a whole when Discord takes an intent away or
 * when it has gone deaf; posting does not depend on it.
 */
import {
  type Client,
  Events,
  type GatewayDispatchEvents,
  ShardClientUtil,
  Status,
} from 'discord.js';
import type { Clock } from '../../runtime/clock.ts';
import { withDeadline, within } from '../../runtime/deadline.ts';
import type { Log } from '../../runtime/log.ts';
import { type RetryPolicy, retry } from '../../runtime/retry.ts';
import { createClient, forgetThreadsOf } from './client.ts';
import { endingFor, endingOf, NO_CONTENT } from './gateway-endings.ts';
import { namesIn } from './known-names.ts';
import type { KnownNames } from './message-tokens.ts';
import { guildCreateShape } from './payloads.ts';
import { missingPermissions, seesChannel } from './permissions.ts';
import type { DiscordSettings } from './settings.ts';
import type { Transport } from './transport.ts';

export interface Gateway {
  /** Resolves when events arrive. Rejects with a sentence for the operator. */
  connect(): Promise<void>;
  close(): Promise<void>;
  /** Empty until the first connection. */
  botId(): string;
  applicationId(): string;
  /** False when the portal withholds what people write. */
  hasContent(): boolean;
  /** Undefined while all is well, else what is wrong, in words. */
  trouble(): string | undefined;
  /** Does this process hear of the server? Where it does not, the three below know nothing of it. */
  hears(guild: string): boolean;
  guild(id: string): { readonly available: boolean; readonly premiumTier: number } | undefined;
  /** What the tokens of that server's messages stand for; in direct messages it is none. */
  names(guild: string | undefined): KnownNames;
  /** Type of a channel that is no thread; undefined for threads and what is not known. */
  channelType(id: string): number | undefined;
  /** Is the person in the server, and may they view the channel? Rejects where Discord does not say. */
  seesChannel(guild: string, channel: string, person: string): Promise<boolean>;
  /** Names of the permissions that are needed and not granted; empty when that cannot be told. */
  missingPermissions(channel: string): readonly string[];
}

export interface GatewayOptions {
  readonly settings: DiscordSettings;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  /** Real milliseconds without a sign of life after which the connection is made anew. */
  readonly silenceMs: number;
  readonly onEvent: (name: EventName, data: unknown) => void;
}

const EVENTS = [
  'READY',
  'GUILD_CREATE',
  'GUILD_DELETE',
  'THREAD_CREATE',
  'THREAD_UPDATE',
  'THREAD_LIST_SYNC',
  'MESSAGE_CREATE',
  'MESSAGE_UPDATE',
  'MESSAGE_DELETE',
  'MESSAGE_DELETE_BULK',
  'MESSAGE_REACTION_ADD',
  'INTERACTION_CREATE',
] as const;
export type EventName = (typeof EVENTS)[number];

/** Real milliseconds for one try to log in, and for leaving; product milliseconds before each further try. */
const LOGIN_MS = 90_000;
const FAREWELL_MS = 3_000;
const LOGIN_PAUSES = [1_000, 5_000, 15_000, 30_000];

export function openGateway(options: GatewayOptions): Gateway {
  const { settings, clock, log } = options;
  const closing = new AbortController();
  let content = true;
  let client: Client | undefined;
  let me = { bot: '', application: '' };
  let fatal: string | undefined;
  let watch: NodeJS.Timeout | undefined;
  let replacing: Promise<void> | undefined;
  let connectedAt = 0;
  /** Epoch milliseconds at which each shard was last known to be well. */
  const goodAt = new Map<number, number>();

  /** One login with a fresh client; how it ended comes from the gateway's close code where there is one. */
  async function login(): Promise<void> {
    await leave();
    closing.signal.throwIfAborted();
    const attempt = createClient(settings, options.transport, content);
    client = attempt;
    let up = false;
    const ready = new Promise<void>((resolve, reject) => {
      attempt.once(Events.ClientReady, () => resolve());
      attempt.on(Events.ShardDisconnect, ({ code }) => {
        if (up && attempt === client) return void lost(code);
        reject(endingFor(code) ?? new Error(`the gateway closed with code ${code}`));
      });
    });
    const reported = (error: Error) => log.warn('the gateway reported an error', { error });
    attempt.on(Events.Error, reported);
    attempt.on(Events.ShardError, reported);
    for (const name of EVENTS) {
      attempt.ws.on(name as GatewayDispatchEvents, (data: unknown) => {
        // A client that was left while it was connecting may come back to life once more.
        if (attempt !== client) return;
        if (attempt.user && attempt.application) {
          me = { bot: attempt.user.id, application: attempt.application.id };
        }
        if (name === 'GUILD_CREATE') dropThreads(attempt, data);
        options.onEvent(name, data);
      });
    }
    await withDeadline(
      {
        ms: LOGIN_MS,
        signal: closing.signal,
        late: () => new Error('the gateway does not answer'),
      },
      () => Promise.all([attempt.login(settings.token), ready]),
    );
    me = { bot: attempt.user?.id ?? '', application: attempt.application?.id ?? '' };
    up = true;
    connectedAt = Date.now();
    goodAt.clear();
  }

  /** A peer that is gone does not answer a farewell; the toolkit would wait half a minute for it. */
  async function leave(): Promise<void> {
    await within(FAREWELL_MS, undefined, async () => client?.destroy());
  }

  /** The client files a server's threads right after this event has been given to its listeners. */
  function dropThreads(of: Client, data: unknown): void {
    const ids = guildCreateShape.parse(data).threads.map(({ id }) => id);
    if (ids.length > 0) setImmediate(() => forgetThreadsOf(of, ids));
  }

  /** Without what people write, where the portal withholds that. */
  async function loginAsAllowed(): Promise<void> {
    try {
      await login();
    } catch (error) {
      if (endingOf(error) !== NO_CONTENT || !content) throw error;
      content = false;
      log.warn(NO_CONTENT.message);
      await login();
    }
  }

  async function connect(tries: number): Promise<void> {
    const policy: RetryPolicy = {
      tries,
      pauses: LOGIN_PAUSES,
      clock,
      signal: closing.signal,
      again: (error) => endingOf(error) === undefined,
      onPause: (error) => log.warn('Discord cannot be reached yet', { error }),
    };
    try {
      await retry(policy, loginAsAllowed);
    } catch (error) {
      if (closing.signal.aborted) throw error;
      throw endingOf(error) ?? new Error('Discord cannot be reached.', { cause: error });
    }
  }

  /** Closed for good by Discord while we were connected. */
  async function lost(code: number): Promise<void> {
    log.error('Discord closed the connection', { code });
    await replace();
  }

  /** Keeps trying: the way back must not need a restart. */
  function replace(): Promise<void> {
    replacing ??= connect(Number.POSITIVE_INFINITY)
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        fatal = error instanceof Error ? error.message : String(error);
        log.error(fatal);
      })
      .finally(() => {
        replacing = undefined;
      });
    return replacing;
  }

  /**
   * Heartbeats are answered every 41 seconds, whatever else goes on; a shard that has none, or that stays
   * between two connections, is deaf, and the toolkit does not always notice.
   */
  function look(): void {
    const wellAt = shardsOf(client).map(({ id, status, lastPingTimestamp }) => {
      const beat = Math.max(lastPingTimestamp, connectedAt);
      if (status === Status.Ready) goodAt.set(id, beat);
      return goodAt.get(id) ?? connectedAt;
    });
    const silence = Date.now() - Math.min(...wellAt);
    if (replacing || fatal || silence < options.silenceMs) return;
    log.error('the gateway has gone silent; connecting anew', { silence });
    void replace();
  }

  return {
    async connect() {
      await connect(LOGIN_PAUSES.length + 1);
      watch = setInterval(look, Math.max(50, options.silenceMs / 5));
    },
    async close() {
      closing.abort(new Error('closing'));
      clearInterval(watch);
      await replacing;
      await leave();
    },
    botId: () => me.bot,
    applicationId: () => me.application,
    hasContent: () => content,
    trouble() {
      if (fatal) return fatal;
      const shards = shardsOf(client);
      const up = shards.length > 0 && shards.every((shard) => shard.status === Status.Ready);
      return up ? undefined : 'not connected to Discord at the moment';
    },
    hears: (id) =>
      client?.ws.shards.has(
        ShardClientUtil.shardIdForGuildId(id, client.options.shardCount ?? 1),
      ) ?? false,
    guild(id) {
      const guild = client?.guilds.cache.get(id);
      return guild && { available: guild.available, premiumTier: guild.premiumTier };
    },
    names: (guild) => namesIn(client, guild, me.bot),
    channelType: (id) => client?.channels.cache.get(id)?.type,
    seesChannel: (guild, channel, person) => seesChannel(client, guild, channel, person),
    missingPermissions: (channel) => missingPermissions(client, channel),
  };
}

const shardsOf = (client: Client | undefined) => [...(client?.ws.shards.values() ?? [])];
