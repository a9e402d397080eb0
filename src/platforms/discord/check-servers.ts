/** What the bot may do in its servers, and in their channels. */
import { z } from 'zod';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';
import { inviteLink } from './invite-link.ts';
import { NEEDED } from './permissions.ts';
import { plainCall } from './plain-call.ts';
import { channelsShape, grantedIn, guildShape, memberShape } from './servers.ts';
import type { DiscordSettings } from './settings.ts';

/** Each takes three calls. */
const MOST_SERVERS = 20;
const MOST_CHANNELS_TOLD = 10;
/** Text and announcements; where a thread is begun. */
const TEXT_TYPES: ReadonlySet<number> = new Set([0, 5]);

const listed = z.array(z.object({ id: z.string(), name: z.string() }));
const typed = z.array(z.object({ id: z.string(), type: z.number() }));

interface Asked {
  readonly settings: Pick<DiscordSettings, 'token' | 'apiUrl'>;
  readonly signal: AbortSignal;
}

export interface Place {
  readonly id: string;
  readonly name: string;
  /** Names of permissions that the bot needs there and lacks. */
  readonly lacks: readonly string[];
}

export interface ServerLook {
  readonly id: string;
  readonly name: string;
  /** Everywhere in it. */
  readonly lacks: readonly string[];
  /** Those that the bot sees: of private ones it is meant to know nothing. */
  readonly places: readonly Place[];
}

export async function lookAtServers(
  asked: Asked,
  bot: string,
): Promise<{ readonly servers: readonly ServerLook[]; readonly more: boolean }> {
  const path = `/users/@me/guilds?limit=${MOST_SERVERS + 1}` as const;
  const all = listed.parse(await plainCall('GET', path, asked));
  const servers: ServerLook[] = [];
  for (const { id, name } of all.slice(0, MOST_SERVERS))
    servers.push(await lookAtServer(asked, bot, id, name));
  return { servers, more: all.length > MOST_SERVERS };
}

async function lookAtServer(
  asked: Asked,
  bot: string,
  id: string,
  name: string,
): Promise<ServerLook> {
  const [told, list, member] = await Promise.all([
    plainCall('GET', `/guilds/${id}`, asked),
    plainCall('GET', `/guilds/${id}/channels`, asked),
    plainCall('GET', `/guilds/${id}/members/${bot}`, asked),
  ]);
  const guild = guildShape.parse(told);
  const channels = channelsShape.parse(list);
  const { roles } = memberShape.parse(member);
  const kinds = new Map(typed.parse(list).map((each) => [each.id, each.type]));
  const lacksIn = (of: typeof channels, channel: string): string[] => {
    const granted = grantedIn({ guild, channels: of }, channel, bot, roles);
    return Object.entries(NEEDED).flatMap(([permission, bit]) =>
      granted?.has(bit) ? [] : [permission],
    );
  };
  return {
    id,
    name,
    // Of a channel that neither takes nor gives.
    lacks: lacksIn([{ id, name: null, permission_overwrites: [] }], id),
    places: channels
      .filter((channel) => TEXT_TYPES.has(kinds.get(channel.id) ?? -1))
      .map((channel) => ({
        id: channel.id,
        name: channel.name ?? channel.id,
        lacks: lacksIn(channels, channel.id),
      }))
      .filter(({ lacks }) => !lacks.includes('View Channel')),
  };
}

export async function checkServers(asked: Asked, app: string): Promise<readonly Finding[]> {
  const { servers, more } = await lookAtServers(asked, app);
  if (servers.length === 0)
    return [weak('The bot is in no server', `invite it: ${inviteLink(app)}`)];
  return [
    ...servers.flatMap((server) => told(server, app)),
    ...(more ? [well(`It is in more servers than ${MOST_SERVERS}: those were not looked at`)] : []),
  ];
}

function told({ id, name, lacks, places }: ServerLook, app: string): Finding[] {
  if (lacks.length > 0)
    return [
      wrong(
        `In the server ${name} the bot lacks ${lacks.join(', ')}`,
        `give them to its role there, or invite it anew: ${inviteLink(app)}&guild_id=${id}`,
      ),
    ];
  const lacking = places.filter((place) => place.lacks.length > 0);
  const rest = lacking.length - MOST_CHANNELS_TOLD;
  if (lacking.length === 0)
    return [
      well(`In the server ${name} the bot may do all it needs, in ${places.length} channels`),
    ];
  return [
    ...lacking
      .slice(0, MOST_CHANNELS_TOLD)
      .map((place) =>
        weak(
          `In #${place.name} of ${name} the bot lacks ${place.lacks.join(', ')}`,
          `"Edit Channel", "Permissions" there: allow them to the bot's role; leave it where the bot is not wanted`,
        ),
      ),
    ...(rest > 0 ? [well(`The same in ${rest} more channels of ${name}`)] : []),
  ];
}
