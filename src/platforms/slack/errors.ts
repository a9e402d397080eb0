/** Slack's error codes as the port's errors: one table, for every method that is called. */
import { webApi } from '@slack/bolt';
import { ChatError } from '../chat.ts';

/** Slack said no. Messages name the method's code and, for a missing scope, the scope; never a token. */
export class SlackRefusal extends ChatError {
  override name = 'SlackRefusal';
  readonly code: string;
  constructor(reason: ChatError['reason'], code: string, detail: string, options?: ErrorOptions) {
    super(reason, `Slack refused: ${code}${detail}`, options);
    this.code = code;
  }
}

/** The place, or our way into it, no longer exists. */
const GONE = [
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'channel_is_archived',
  // What an edit hears in an archived or deleted channel.
  'is_inactive',
  'thread_not_found',
  'invalid_thread_ts',
  'user_not_found',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'team_not_found',
  'app_uninstalled',
] as const;

/** The place is there, but this is not for us to do in it. */
const FORBIDDEN = [
  'access_denied',
  'cannot_dm_bot',
  'ekm_access_denied',
  'messages_tab_disabled',
  'method_not_supported_for_channel_type',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authorized',
  'org_login_required',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'team_access_not_granted',
  'user_not_in_channel',
] as const;

/** Slack's own trouble: nothing is known about what was done. */
const OWN_TROUBLE = [
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
] as const;

const RATE_LIMITED = ['ratelimited', 'rate_limited', 'message_limit_exceeded'] as const;

/** The token itself is what Slack does not take: nothing was done. */
const TOKEN_REFUSED = [
  'account_inactive',
  'invalid_auth',
  'token_expired',
  'token_revoked',
] as const;

/** Codes that say "your blocks, not your text". */
const BAD_BLOCKS = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'] as const;

const has = (list: readonly string[], code: string): boolean => list.includes(code);

/** What became of one attempt at a call. */
export type RetryVerdict =
  /** For good. */
  | { readonly type: 'refused'; readonly error: ChatError }
  /** Not done; may be tried again after so many real milliseconds. */
  | { readonly type: 'wait'; readonly ms: number }
  /** Perhaps done: the answer did not come, or makes no sense. */
  | { readonly type: 'lost' };

/** Without a figure from Slack. */
const RATE_LIMIT_MS = 5_000;

export function judge(error: unknown): RetryVerdict {
  if (error instanceof ChatError) return { type: 'refused', error };
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { type: 'wait', ms: error.retryAfter * 1000 };
  }
  if (error instanceof webApi.WebAPIPlatformError) return judgeCode(error);
  if (error instanceof webApi.WebAPIHTTPError || error instanceof webApi.WebAPIRequestError) {
    return { type: 'lost' };
  }
  // The client's own error for a 429 without a usable Retry-After.
  if (error instanceof Error && error.message.startsWith('Retry header')) {
    return { type: 'wait', ms: RATE_LIMIT_MS };
  }
  throw error;
}

function judgeCode(error: InstanceType<typeof webApi.WebAPIPlatformError>): RetryVerdict {
  const code = error.data.error;
  // An HTML page or an empty body behind a 200 ends up here as "the error".
  if (!/^[a-z0-9_.:]{1,80}$/.test(String(code)) || has(OWN_TROUBLE, code)) return { type: 'lost' };
  if (has(RATE_LIMITED, code)) return { type: 'wait', ms: RATE_LIMIT_MS };
  return { type: 'refused', error: new SlackRefusal(reasonOf(code), code, neededScope(error)) };
}

export function reasonOf(code: string): ChatError['reason'] {
  if (has(GONE, code)) return 'gone';
  return has(FORBIDDEN, code) ? 'forbidden' : 'invalid';
}

function neededScope({ data }: InstanceType<typeof webApi.WebAPIPlatformError>): string {
  const { needed } = data as { needed?: unknown };
  return typeof needed === 'string' ? `, the app lacks the scope ${needed}` : '';
}

export const isBadBlocks = (error: unknown): boolean =>
  error instanceof SlackRefusal && has(BAD_BLOCKS, error.code);

/** Does this refusal mean that asking again later gives the same answer? */
export const isMissing = (error: unknown): boolean =>
  error instanceof SlackRefusal &&
  [
    'missing_scope',
    'not_authorized',
    'unknown_method',
    'not_allowed_token_type',
    'access_denied',
  ].includes(error.code);

export const isTokenRefused = (error: unknown): boolean =>
  error instanceof SlackRefusal && has(TOKEN_REFUSED, error.code);

export const codeOf = (error: unknown): string | undefined =>
  error instanceof SlackRefusal ? error.code : undefined;
