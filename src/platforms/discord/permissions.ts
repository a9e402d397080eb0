/** Who may do what where, as discord.js reckons it from roles and channels. */
import { type Client, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { Code, codeOf } from './errors.ts';

export const NEEDED = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Create Public Threads': PermissionFlagsBits.CreatePublicThreads,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
};

/** Names of the permissions that we need and lack; empty when that cannot be told. */
export function missingPermissions(client: Client | undefined, id: string): readonly string[] {
  const channel = client?.channels.cache.get(id);
  if (!channel || channel.isDMBased() || !client?.user) return [];
  const granted = channel.permissionsFor(client.user.id) ?? new PermissionsBitField();
  return Object.entries(NEEDED).flatMap(([name, bit]) => (granted.has(bit) ? [] : [name]));
}

/** Is the person in the server, and may they view the channel and what was written in it? Rejects where Discord does not say. */
export async function seesChannel(
  client: Client | undefined,
  guildId: string,
  channelId: string,
  person: string,
): Promise<boolean> {
  const guild = client?.guilds.cache.get(guildId);
  if (!guild?.available) throw new Error('the server is not in view at the moment');
  const channel = guild.channels.cache.get(channelId);
  if (!channel) return false;
  try {
    const member = await guild.members.fetch({ user: person, force: true, cache: false });
    return channel
      .permissionsFor(member)
      .has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory]);
  } catch (error) {
    if (codeOf(error) !== Code.unknownMember) throw error;
    return false;
  }
}
