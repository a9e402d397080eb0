/**
 * What is called how in a server, from what discord.js keeps of it: its roles and channels, which come with the server
 * and whose changes come with the same intent (`Guilds`). Threads are not kept, so that theirs are not known.
 */
import type { Client } from 'discord.js';
import type { KnownNames } from './message-tokens.ts';

export function namesIn(
  client: Client | undefined,
  guildId: string | undefined,
  us: string,
): KnownNames {
  const guild = guildId === undefined ? undefined : client?.guilds.cache.get(guildId);
  return {
    us,
    // Told by its tag alone: a role of the same name may be anybody's.
    ourRole: guild?.roles.cache.find(({ tags }) => tags?.botId === us)?.id,
    channel: (id) => guild?.channels.cache.get(id)?.name,
    role: (id) => guild?.roles.cache.get(id)?.name,
  };
}
