/** Slack's settings: the names, what has to go together, and what they add up to. */
import { z } from 'zod';
import { choice, emojis, REACTION_DEFAULT, text, url } from '../../settings/fields.ts';
import type { CommonSettings } from '../platform-module.ts';
import { problemWithPrefix } from './command-names.ts';

export interface SlackSettings {
  readonly mode: 'socket' | 'http';
  readonly botToken: string | undefined;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly oauth:
    | { readonly clientId: string; readonly clientSecret: string; readonly stateSecret: string }
    | undefined;
  readonly apiUrl: string | undefined;
  /** Only these may install the app; empty: all. */
  readonly allowedWorkspaces: readonly string[];
  /** Renames the slash commands. */
  readonly commandPrefix: string | undefined;
  /** Names of the emoji that ask for a video of a message. */
  readonly reactions: readonly string[];
}

const mode = choice(['socket', 'http']).optional();
const commandPrefix = text
  .superRefine((value, check) => {
    const problem = problemWithPrefix(value);
    if (problem) check.addIssue({ code: 'custom', message: problem });
  })
  .optional();

export const slackFields = {
  SLACK_BOT_TOKEN: text
    .startsWith('xoxb-', 'must begin with xoxb- (Slack app, "OAuth & Permissions")')
    .optional(),
  SLACK_APP_TOKEN: text
    .startsWith(
      'xapp-',
      'must begin with xapp- (Slack app, "Basic Information", "App-Level Tokens")',
    )
    .optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_MODE: mode,
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_STATE_SECRET: text.optional(),
  SLACK_COMMAND_PREFIX: commandPrefix,
  SLACK_API_URL: url.transform((v) => `${v}/`).optional(),
};
const slackSchema = z.object(slackFields);
type SlackEnv = z.infer<typeof slackSchema>;

export function slackProblems(e: SlackEnv, { encryptionKey }: CommonSettings): string[] {
  const problems: string[] = [];
  const oauth = [e.SLACK_CLIENT_ID, e.SLACK_CLIENT_SECRET, e.SLACK_STATE_SECRET];
  if (oauth.some(Boolean) && !oauth.every(Boolean)) {
    problems.push(
      'SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET belong together: set all three, or none',
    );
  }
  if (oauth.every(Boolean) && !encryptionKey) {
    problems.push(
      'ENCRYPTION_KEY: needed to store the tokens of several Slack workspaces: openssl rand -base64 32',
    );
  }
  if (e.SLACK_MODE === 'socket' && !e.SLACK_APP_TOKEN)
    problems.push('SLACK_APP_TOKEN: needed for SLACK_MODE=socket');
  if (e.SLACK_MODE === 'http' && !e.SLACK_SIGNING_SECRET)
    problems.push('SLACK_SIGNING_SECRET: needed for SLACK_MODE=http');
  if (e.SLACK_BOT_TOKEN && !e.SLACK_APP_TOKEN && !e.SLACK_SIGNING_SECRET) {
    problems.push(
      'SLACK_BOT_TOKEN alone is not enough: add SLACK_APP_TOKEN (Socket Mode, no public address needed) or SLACK_SIGNING_SECRET (HTTP)',
    );
  }
  if (
    !e.SLACK_BOT_TOKEN &&
    !oauth.every(Boolean) &&
    (e.SLACK_APP_TOKEN || e.SLACK_SIGNING_SECRET)
  ) {
    problems.push('SLACK_BOT_TOKEN: missing (Slack app, "OAuth & Permissions", begins with xoxb-)');
  }
  return problems;
}

/** Undefined where there is nothing to speak with. */
export function slackSettings(
  e: SlackEnv,
  { allowedWorkspaces, reactions }: CommonSettings,
): SlackSettings | undefined {
  const {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
  } = e;
  const oauth =
    clientId && clientSecret && stateSecret ? { clientId, clientSecret, stateSecret } : undefined;
  if (!e.SLACK_BOT_TOKEN && !oauth) return undefined;
  return {
    mode: e.SLACK_MODE ?? (e.SLACK_APP_TOKEN ? 'socket' : 'http'),
    botToken: e.SLACK_BOT_TOKEN,
    appToken: e.SLACK_APP_TOKEN,
    signingSecret: e.SLACK_SIGNING_SECRET,
    oauth,
    apiUrl: e.SLACK_API_URL,
    allowedWorkspaces,
    commandPrefix: e.SLACK_COMMAND_PREFIX,
    reactions,
  };
}

/** The manifest is needed before there are any tokens, so of those it only matters which are there. */
const appFields = z.object({
  SLACK_MODE: mode,
  SLACK_COMMAND_PREFIX: commandPrefix,
  SLACK_APP_TOKEN: text.optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_CLIENT_ID: text.optional(),
  REACTION: emojis.prefault(REACTION_DEFAULT),
});

/** What the app has to be like at Slack. Without any token it is Socket Mode, which needs no address. */
export const appSettings = appFields.transform((e) => ({
  mode: e.SLACK_MODE ?? (e.SLACK_APP_TOKEN || !e.SLACK_SIGNING_SECRET ? 'socket' : 'http'),
  oauth: e.SLACK_CLIENT_ID !== undefined,
  prefix: e.SLACK_COMMAND_PREFIX,
  reactions: e.REACTION.length > 0,
}));
