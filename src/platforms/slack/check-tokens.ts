/** Are Slack's tokens good, and may the app do what it needs to? For the doctor, and for `setup` as each is typed. */
import { z } from 'zod';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';
import { plainCall } from './plain-call.ts';
import { withReason } from './scope-reasons.ts';
import { botScopes, missingScopes, OPTIONAL_SCOPES } from './scopes.ts';
import type { SlackSettings } from './settings.ts';

export type SlackAddress = Pick<SlackSettings, 'apiUrl'>;

const identity = z.object({
  team: z.string().default('the workspace'),
  user: z.string().default('the bot'),
  user_id: z.string().optional(),
  bot_id: z.string().optional(),
});
export type Identity = z.infer<typeof identity>;

export interface BotToken {
  readonly findings: readonly Finding[];
  /** Undefined: the token was refused. */
  readonly identity: Identity | undefined;
}

const GONE: ReadonlySet<string> = new Set(['token_revoked', 'account_inactive', 'token_expired']);

export async function checkBotToken(
  { apiUrl, reactions }: Pick<SlackSettings, 'apiUrl' | 'reactions'>,
  token: string,
  signal: AbortSignal,
): Promise<BotToken> {
  const { ok, error, body, scopes } = await plainCall('auth.test', { apiUrl, token, signal });
  if (!ok) return { findings: [refused(error)], identity: undefined };
  const who = identity.parse(body);
  const findings = [
    well(`Slack knows the bot as ${who.user} in ${who.team}`),
    ...scopeFindings(scopes, reactions.length > 0),
  ];
  return { findings, identity: who };
}

function refused(error: string): Finding {
  const what = `Slack refuses SLACK_BOT_TOKEN (${error})`;
  if (error === 'ratelimited') return weak('Slack is asked too often', 'try again in a minute');
  return GONE.has(error)
    ? wrong(
        what,
        'the app was removed from the workspace, or its token taken back: https://api.slack.com/apps, your app, "Install App", install it again, and copy the Bot User OAuth Token (xoxb-…)',
      )
    : wrong(
        what,
        'copy the Bot User OAuth Token (xoxb-…) again: https://api.slack.com/apps, your app, "Install App"',
      );
}

function scopeFindings(granted: readonly string[] | undefined, reactions: boolean): Finding[] {
  if (!granted)
    return [weak('Slack does not say which scopes the token has', 'try again in a minute')];
  const missing = missingScopes(granted, reactions);
  const refusedOnes = OPTIONAL_SCOPES.filter((scope) => !granted.includes(scope));
  const asked = new Set([...botScopes(reactions), ...OPTIONAL_SCOPES]);
  const surplus = granted.filter((scope) => scope !== '' && !asked.has(scope));
  return [
    ...(missing.length === 0 ? [well('Slack scopes are complete')] : missing.map(lacking)),
    ...refusedOnes.map((scope) =>
      well(`The scope ${withReason(scope)} was not granted`, 'the bot works without it'),
    ),
    ...(surplus.length === 0
      ? []
      : [
          weak(
            `The token has scopes that the bot has no use for: ${surplus.join(', ')}`,
            'take them out under "OAuth & Permissions" of your app, and reinstall it',
          ),
        ]),
  ];
}

const lacking = (scope: string): Finding =>
  wrong(
    `Slack scope missing: ${withReason(scope)}`,
    'run "npm run manifest", paste it under "App Manifest" of your app, and reinstall the app ("Install App")',
  );

const opened = z.object({
  response_metadata: z.object({ messages: z.array(z.string()).default([]) }).optional(),
});

const CURES: Readonly<Record<string, string>> = {
  not_allowed_token_type:
    'this is a token of another kind: make one with the scope connections:write under "Basic Information", "App-Level Tokens" (xapp-…)',
  missing_scope:
    'it lacks the scope connections:write: make another one under "Basic Information", "App-Level Tokens"',
  socket_mode_not_enabled: 'switch it on: https://api.slack.com/apps, your app, "Socket Mode"',
};
const ANY_CURE =
  'make one with the scope connections:write under "Basic Information", "App-Level Tokens" of your app, and switch "Socket Mode" on there';

export async function checkAppToken(
  { apiUrl }: SlackAddress,
  token: string,
  signal: AbortSignal,
): Promise<Finding> {
  const { ok, error, body } = await plainCall('apps.connections.open', { apiUrl, token, signal });
  if (!ok) {
    const what =
      error === 'socket_mode_not_enabled'
        ? 'Socket Mode is off'
        : `Slack refuses SLACK_APP_TOKEN (${error})`;
    return wrong(what, CURES[error] ?? ANY_CURE);
  }
  // Slack opens a socket all the same, and sends nothing through it.
  const messages = opened.parse(body).response_metadata?.messages ?? [];
  return messages.some((message) => /socket mode is not turned on/i.test(message))
    ? weak(
        'Slack opens a socket, but says that Socket Mode is off',
        CURES['socket_mode_not_enabled'] ?? ANY_CURE,
      )
    : well('Slack opens a socket (Socket Mode)');
}

/** An app token says which app it is of; undefined: it does not. */
export const appIdIn = (appToken: string | undefined): string | undefined =>
  /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken ?? '')?.[1];

const botInfo = z.object({ bot: z.object({ app_id: z.string() }) });

/** Undefined where Slack does not say (it takes users:read). */
export async function appIdOfBot(
  { apiUrl }: SlackAddress,
  token: string,
  bot: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (bot === undefined) return undefined;
  const { body } = await plainCall('bots.info', { apiUrl, token, signal, args: { bot } });
  return botInfo.safeParse(body).data?.bot.app_id;
}
