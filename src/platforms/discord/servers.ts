/**
 * What a server is like. Any process may work on any turn, but the gateway tells each only of its own shards: what
 * another one hears of is asked of Discord, and known for a minute, but for what a person may see.
 */
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Log } from '../../runtime/log.ts';
import type { Api } from './api-calls.ts';
import { Code, codeOf } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { KnownNames } from './message-tokens.ts';
import { NEEDED } from './permissions.ts';

export interface Servers {
  /** Undefined where it cannot be found out; `dm` has none. */
  premiumTier(guild: string): Promise<number | undefined>;
  /** What the tokens of that server's messages stand for; in direct messages it is none. */
  names(guild: string | undefined): Promise<KnownNames>;
  /** Is the person in the server, and may they view the channel? Rejects where Discord does not say. */
  seesChannel(guild: string, channel: string, person: string): Promise<boolean>;
  /** Names of the permissions that are needed and not granted; empty when that cannot be told. */
  missingPermissions(guild: string, channel: string): Promise<readonly string[]>;
}

export interface ServersDeps {
  readonly api: Api;
  readonly gateway: Pick<
    Gateway,
    'hears' | 'guild' | 'names' | 'seesChannel' | 'missingPermissions' | 'botId'
  >;
  readonly log: Log;
}

/** Real milliseconds. */
const FRESH_MS = 60_000;
const DIRECT = 'dm';

const id = z.string();
const bits = z.string().regex(/^\d+$/).transform(BigInt);
const roleShape = z.object({
  id,
  name: z.string(),
  permissions: bits,
  tags: z.object({ bot_id: id.optional() }).optional(),
});
export const guildShape = z.object({
  id,
  owner_id: id,
  premium_tier: z.number(),
  roles: z.array(roleShape),
});
export const channelsShape = z.array(
  z.object({
    id,
    name: z.string().nullish(),
    permission_overwrites: z
      .array(z.object({ id, type: z.number(), allow: bits, deny: bits }))
      .default([]),
  }),
);
export const memberShape = z.object({ roles: z.array(id) });

export interface Server {
  readonly guild: z.infer<typeof guildShape>;
  readonly channels: z.infer<typeof channelsShape>;
}

export function createServers({ api, gateway, log }: ServersDeps): Servers {
  const asked = new LRUCache<string, Promise<Server>>({ max: 200, ttl: FRESH_MS });

  const isElsewhere = (guild: string): boolean => guild !== DIRECT && !gateway.hears(guild);

  function ask(guild: string): Promise<Server> {
    const known = asked.get(guild);
    if (known) return known;
    const answer = read(guild);
    asked.set(guild, answer);
    answer.catch(() => asked.delete(guild));
    return answer;
  }

  async function read(guild: string): Promise<Server> {
    const [told, channels] = await Promise.all([
      api('GET', `/guilds/${guild}`, { kind: 'glance' }),
      api('GET', `/guilds/${guild}/channels`, { kind: 'glance' }),
    ]);
    return { guild: guildShape.parse(told), channels: channelsShape.parse(channels) };
  }

  /** What adorns an answer is not worth its failure. */
  async function perhaps(guild: string): Promise<Server | undefined> {
    try {
      return await ask(guild);
    } catch (error) {
      log.debug('a server of another shard could not be read', { error });
      return undefined;
    }
  }

  async function rolesOf(guild: string, person: string): Promise<readonly string[] | undefined> {
    try {
      const route = `/guilds/${guild}/members/${person}` as const;
      return memberShape.parse(await api('GET', route, { kind: 'glance' })).roles;
    } catch (error) {
      if (codeOf(error) !== Code.unknownMember) throw error;
      return undefined;
    }
  }

  return {
    async premiumTier(guild) {
      if (guild === DIRECT) return undefined;
      if (!isElsewhere(guild)) return gateway.guild(guild)?.premiumTier;
      return (await perhaps(guild))?.guild.premium_tier;
    },

    async names(guild) {
      const here = gateway.names(guild);
      const server = guild !== undefined && isElsewhere(guild) ? await perhaps(guild) : undefined;
      if (!server) return here;
      const { roles } = server.guild;
      return {
        us: here.us,
        ourRole: roles.find(({ tags }) => tags?.bot_id === here.us)?.id,
        channel: (id) => server.channels.find((channel) => channel.id === id)?.name ?? undefined,
        role: (id) => roles.find((role) => role.id === id)?.name,
      };
    },

    async seesChannel(guild, channel, person) {
      if (!isElsewhere(guild)) return gateway.seesChannel(guild, channel, person);
      // Anew each time: who was shut out a moment ago is shown nothing any more.
      const [server, roles] = await Promise.all([read(guild), rolesOf(guild, person)]);
      const granted = roles && grantedIn(server, channel, person, roles);
      return (
        granted?.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory]) ??
        false
      );
    },

    async missingPermissions(guild, channel) {
      if (!isElsewhere(guild)) return gateway.missingPermissions(channel);
      const us = gateway.botId();
      const server = await perhaps(guild);
      const roles = server && (await rolesOf(guild, us));
      const granted = server && roles && grantedIn(server, channel, us, roles);
      if (!granted) return [];
      return Object.entries(NEEDED).flatMap(([name, bit]) => (granted.has(bit) ? [] : [name]));
    },
  };
}

/** As Discord documents it: of the server by roles, then what the channel takes and gives: to all, to roles, to the person. */
export function grantedIn(
  { guild, channels }: Server,
  channel: string,
  person: string,
  roles: readonly string[],
): PermissionsBitField | undefined {
  const place = channels.find(({ id }) => id === channel);
  if (!place) return undefined;
  const theirs = new Set([guild.id, ...roles]);
  const base = new PermissionsBitField(
    guild.roles.filter(({ id }) => theirs.has(id)).map(({ permissions }) => permissions),
  );
  if (guild.owner_id === person || base.has(PermissionFlagsBits.Administrator))
    return new PermissionsBitField(PermissionsBitField.All);
  const overwrites = place.permission_overwrites;
  const apply = (those: typeof overwrites): void => {
    for (const { deny } of those) base.remove(deny);
    for (const { allow } of those) base.add(allow);
  };
  apply(overwrites.filter(({ id }) => id === guild.id));
  apply(overwrites.filter(({ id }) => id !== guild.id && theirs.has(id)));
  apply(overwrites.filter(({ id }) => id === person));
  return base;
}
