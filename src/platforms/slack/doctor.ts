/** What the doctor asks Slack: are the tokens good, and may the app do what it needs to? */
import { z } from 'zod';
import type { Finding } from '../../runtime/finding.ts';
import { missingScopes } from './scopes.ts';
import type { SlackSettings } from './settings.ts';

const answer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
  user: z.string().optional(),
});

export async function checkSlack(settings: SlackSettings, signal: AbortSignal): Promise<Finding[]> {
  const { botToken, appToken, mode, oauth } = settings;
  const findings: Finding[] = [];
  if (botToken) findings.push(...(await checkBotToken(settings, botToken, signal)));
  if (mode === 'socket' && appToken) findings.push(await checkAppToken(settings, appToken, signal));
  if (mode === 'http') {
    findings.push({
      ok: true,
      what: 'Slack sends events by HTTP',
      hint: 'a public https address must reach /slack/events on PORT',
    });
  }
  if (oauth) findings.push({ ok: true, what: 'Slack workspaces are added at /slack/install' });
  return findings;
}

async function checkBotToken(
  settings: SlackSettings,
  token: string,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { body, scopes } = await call(settings, 'auth.test', token, signal);
  if (!body.ok) {
    return [
      {
        ok: false,
        what: `Slack refuses SLACK_BOT_TOKEN (${body.error})`,
        hint: 'copy the Bot User OAuth Token again: your app, "Install App"',
      },
    ];
  }
  const missing = missingScopes(scopes, settings.reactions.length > 0);
  return [
    { ok: true, what: `Slack knows the bot as ${body.user} in ${body.team}` },
    missing.length === 0
      ? { ok: true, what: 'Slack scopes are complete' }
      : {
          ok: false,
          what: `Slack scopes are missing: ${missing.join(', ')}`,
          hint: 'run "npm run manifest", paste it under "App Manifest" of your app, and reinstall the app',
        },
  ];
}

async function checkAppToken(
  settings: SlackSettings,
  token: string,
  signal: AbortSignal,
): Promise<Finding> {
  const { body } = await call(settings, 'apps.connections.open', token, signal);
  return body.ok
    ? { ok: true, what: 'Slack opens a socket (Socket Mode)' }
    : {
        ok: false,
        what: `Slack refuses SLACK_APP_TOKEN (${body.error})`,
        hint: 'it needs the scope connections:write, and Socket Mode must be switched on in the app',
      };
}

async function call({ apiUrl }: SlackSettings, method: string, token: string, signal: AbortSignal) {
  const response = await fetch(new URL(method, apiUrl ?? 'https://slack.com/api/'), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    signal,
  });
  const scopes = response.headers
    .get('x-oauth-scopes')
    ?.split(',')
    .map((scope) => scope.trim());
  return { body: answer.parse(await response.json()), scopes };
}
