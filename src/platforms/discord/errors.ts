/** Discord's refusals as the port's errors: one table. */
import { DiscordAPIError, RateLimitError } from 'discord.js';
import { ChatError } from '../chat.ts';

/** Codes of https://discord.com/developers/docs/topics/opcodes-and-status-codes#json that decide something here. */
export const Code = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMember: 10007,
  unknownMessage: 10008,
  unknownUser: 10013,
  unknownWebhook: 10015,
  unknownInteraction: 10062,
  entityTooLarge: 40005,
  alreadyAcknowledged: 40060,
  missingAccess: 50001,
  noDirectMessages: 50007,
  missingPermissions: 50013,
  invalidForm: 50035,
  wrongChannelType: 50024,
  threadArchived: 50083,
  threadExists: 160004,
  threadLocked: 160005,
  tooManyThreads: 160006,
} as const;

const GONE: ReadonlySet<number> = new Set([
  Code.unknownChannel,
  Code.unknownGuild,
  Code.missingAccess,
]);

const FORBIDDEN: ReadonlySet<number> = new Set([
  Code.noDirectMessages,
  Code.missingPermissions,
  Code.threadArchived,
  Code.threadLocked,
  50006, // empty or forbidden message
  50278, // no shared server with the person
  90001, // the person blocked reactions of ours
]);

/** The JSON code of Discord's refusal; undefined where the call did not get that far. */
export const codeOf = (error: unknown): number | undefined =>
  error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : undefined;

/** True where trying again may help: no answer, a broken one, or a fault on Discord's side. */
export const isPassing = (error: unknown): boolean => !(error instanceof DiscordAPIError);

/** `guildDown`: Discord itself announced that the server is out; its refusals then say nothing. */
export function asChatError(error: unknown, doing: string, guildDown = false): ChatError {
  if (error instanceof ChatError) return error;
  const because = error instanceof Error ? error.message : String(error);
  return new ChatError(reasonOf(error, guildDown), `${doing}: ${because}`, {
    cause: error,
    ...(error instanceof RateLimitError ? { retryAfterMs: error.retryAfter } : {}),
  });
}

function reasonOf(error: unknown, guildDown: boolean): ChatError['reason'] {
  if (!(error instanceof DiscordAPIError) || error.status === 401) return 'unreachable';
  const code = codeOf(error) ?? 0;
  if (guildDown && (GONE.has(code) || FORBIDDEN.has(code))) return 'unreachable';
  if (GONE.has(code)) return 'gone';
  if (FORBIDDEN.has(code) || error.status === 403) return 'forbidden';
  return 'invalid';
}
