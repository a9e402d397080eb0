/** Where an interaction happened, as Discord itself says. Pure. */
import { ChannelType, InteractionContextType } from 'discord.js';
import type { Place, ThreadRef } from '../chat.ts';
import { type InteractionPayload, isThreadType } from './payloads.ts';

/** For a Discord thread the channel under which it hangs. */
export function placeOf({ guild_id: guild, channel }: InteractionPayload): Place {
  const parent = channel && isThreadType(channel.type) ? channel.parent_id : undefined;
  // The parent of a channel that is no thread is a mere category.
  return {
    platform: 'discord',
    workspace: guild ?? 'dm',
    channel: parent ?? channel?.id ?? '',
  };
}

/** The Discord thread, or our direct messages with the person; undefined in a channel proper. */
export function threadIn(interaction: InteractionPayload): ThreadRef | undefined {
  const { guild_id: guild, channel, context } = interaction;
  if (!channel) return undefined;
  const place = placeOf(interaction);
  if (guild) {
    const inside = isThreadType(channel.type) && channel.parent_id;
    return inside ? { ...place, thread: channel.id } : undefined;
  }
  // Direct messages between others look the same, but for their context.
  const others = context === InteractionContextType.PrivateChannel;
  return channel.type === ChannelType.DM && !others ? { ...place, thread: channel.id } : undefined;
}
