/** Discord's settings: the names, and what they add up to. */
import { z } from 'zod';
import { text, url } from '../../settings/fields.ts';
import type { CommonSettings } from '../platform-module.ts';

export interface DiscordSettings {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly guildId: string | undefined;
  /** Servers that are served; empty: all. */
  readonly allowedWorkspaces?: readonly string[] | undefined;
  /** Emoji that ask for a video of a message. */
  readonly reactions: readonly string[];
  readonly shards: 'auto' | { readonly ids: readonly number[]; readonly count: number };
}

/** These shards, of so many. */
const SHARDS = /^(\d+(?:,\d+)*)\/(\d+)$/;
const shards = text.superRefine((value, check) => {
  const refuse = (message: string) => check.addIssue({ code: 'custom', message });
  const [, listed = '', count = ''] = SHARDS.exec(value) ?? [];
  const ids = listed.split(',').map(Number);
  const absent = ids.find((id) => id >= Number(count));
  if (value === 'auto') return;
  if (!count) refuse('must be auto, or like 0,1/4 (these shards of four)');
  else if (Number(count) === 0) refuse('must be of at least one shard, like 0/1');
  else if (absent !== undefined) {
    refuse(
      `must name shards that exist: of ${count}, they are 0 to ${Number(count) - 1}, so there is no ${absent}`,
    );
  } else if (new Set(ids).size < ids.length) refuse('must name each shard once');
});

export const discordFields = {
  DISCORD_TOKEN: text.optional(),
  DISCORD_API_URL: url.optional(),
  DISCORD_GUILD_ID: text.regex(/^\d{5,25}$/, 'must be the id of a server (digits)').optional(),
  DISCORD_SHARDS: shards.default('auto'),
};
const discordSchema = z.object(discordFields);

/** Undefined where there is nothing to speak with. */
export function discordSettings(
  e: z.infer<typeof discordSchema>,
  { reactions, allowedWorkspaces }: Pick<CommonSettings, 'reactions'> & Partial<CommonSettings>,
): DiscordSettings | undefined {
  if (!e.DISCORD_TOKEN) return undefined;
  return {
    token: e.DISCORD_TOKEN,
    apiUrl: e.DISCORD_API_URL,
    guildId: e.DISCORD_GUILD_ID,
    reactions,
    allowedWorkspaces,
    shards: shardsOf(e.DISCORD_SHARDS),
  };
}

function shardsOf(value: string): DiscordSettings['shards'] {
  const match = SHARDS.exec(value);
  if (!match?.[1] || !match[2]) return 'auto';
  return { ids: match[1].split(',').map(Number), count: Number(match[2]) };
}
