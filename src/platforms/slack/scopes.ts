/** What the app asks of a workspace; the manifest and the checks at the start read the same list. */
export const BOT_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'mpim:history',
  'mpim:read',
  'reactions:read',
  'reactions:write',
] as const;

/** Without these everything works; with them people are called by their names and languages. */
export const OPTIONAL_SCOPES = ['users:read'] as const;

/** Nothing is asked for that is not used: `reactions` are listened to, or not. */
export const botScopes = (reactions: boolean): string[] =>
  BOT_SCOPES.filter((scope) => reactions || scope !== 'reactions:read');

/** `granted` as Slack lists it with every answer; undefined when it does not say. */
export const missingScopes = (
  granted: readonly string[] | undefined,
  reactions: boolean,
): string[] => (granted ? botScopes(reactions).filter((scope) => !granted.includes(scope)) : []);
