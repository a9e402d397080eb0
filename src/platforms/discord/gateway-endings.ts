/** The ways in which Discord closes the gateway for good, in words for the operator. */
import { GatewayCloseCodes } from 'discord.js';

export class GatewayEnding extends Error {
  override name = 'GatewayEnding';
}

const PORTAL = 'https://discord.com/developers/applications';

/** Not the end: everything but reading along works without it. */
export const NO_CONTENT = new GatewayEnding(
  `Discord does not let the bot read messages: the Message Content Intent is switched off. To switch it on, open ${PORTAL}, choose the application, then Bot, then "Message Content Intent", save, and restart the bot. Until then it answers mentions, replies, direct messages and commands only.`,
);

const BAD_TOKEN = new GatewayEnding(
  `DISCORD_TOKEN is not valid. Copy the token anew: ${PORTAL}, the application, Bot, "Reset Token".`,
);

/** Undefined where the code is no end. */
export function endingFor(code: number): GatewayEnding | undefined {
  switch (code) {
    case GatewayCloseCodes.DisallowedIntents:
      return NO_CONTENT;
    case GatewayCloseCodes.AuthenticationFailed:
      return BAD_TOKEN;
    case GatewayCloseCodes.InvalidShard:
      return new GatewayEnding('Discord refused the shards: check DISCORD_SHARDS.');
    case GatewayCloseCodes.ShardingRequired:
      return new GatewayEnding(
        'The bot is in too many servers for one shard: set DISCORD_SHARDS to auto.',
      );
    case GatewayCloseCodes.InvalidAPIVersion:
    case GatewayCloseCodes.InvalidIntents:
      return new GatewayEnding(
        `Discord refused the connection (code ${code}): the bot needs an update.`,
      );
    default:
      return undefined;
  }
}

/** The ending behind a failed login: by close code, or by what discord.js says about the token. */
export function endingOf(error: unknown): GatewayEnding | undefined {
  if (error instanceof GatewayEnding) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'TokenInvalid' ? BAD_TOKEN : undefined;
}
