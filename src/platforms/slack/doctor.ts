/** What the doctor asks Slack: tokens, scopes, the way events come, and whether the app is what we want it to be. */
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';
import { checkManifest } from './check-manifest.ts';
import { appIdIn, appIdOfBot, checkAppToken, checkBotToken } from './check-tokens.ts';
import { EVENTS_PATH, INSTALL_PATH } from './registered-names.ts';
import type { SlackSettings } from './settings.ts';

/** Thirty-two hexadecimal digits, as Slack gives them out. */
const SIGNING_SECRET = /^[0-9a-f]{32}$/;

export async function checkSlack(
  settings: SlackSettings,
  signal: AbortSignal,
  configToken: string | undefined,
): Promise<readonly Finding[]> {
  const { botToken, appToken, mode, oauth } = settings;
  const bot = botToken ? await checkBotToken(settings, botToken, signal) : undefined;
  const findings: Finding[] = [...(bot?.findings ?? [])];
  if (mode === 'socket' && appToken) findings.push(await checkAppToken(settings, appToken, signal));
  if (mode === 'http') findings.push(...byHttp(settings));
  if (oauth) findings.push(well(`Slack workspaces are added at ${INSTALL_PATH}`));
  const ofBot =
    botToken && bot?.identity
      ? await appIdOfBot(settings, botToken, bot.identity.bot_id, signal)
      : undefined;
  const ofSocket = mode === 'socket' ? appIdIn(appToken) : undefined;
  if (ofBot && ofSocket && ofBot !== ofSocket)
    findings.push(
      wrong(
        `SLACK_APP_TOKEN is of the app ${ofSocket}, and SLACK_BOT_TOKEN of the app ${ofBot}`,
        `take both from one app: https://api.slack.com/apps/${ofBot}/general`,
      ),
    );
  // Of an app whose token is refused there is nothing more to be told.
  if (botToken && !bot?.identity) return findings;
  const appId = ofBot ?? ofSocket;
  return [...findings, ...(await checkManifest({ settings, appId, configToken, signal }))];
}

function byHttp({ signingSecret }: SlackSettings): readonly Finding[] {
  const arrives = well(
    'Slack sends events by HTTP',
    `a public https address must reach ${EVENTS_PATH} on PORT`,
  );
  if (signingSecret === undefined || SIGNING_SECRET.test(signingSecret)) return [arrives];
  const kind = /^x(?:ox|app)/.test(signingSecret) ? 'It is a token. ' : '';
  return [
    arrives,
    (kind === '' ? weak : wrong)(
      `SLACK_SIGNING_SECRET does not look like one: ${kind}Slack's have 32 digits of 0-9 and a-f`,
      'copy the Signing Secret: https://api.slack.com/apps, your app, "Basic Information", "App Credentials"; with a wrong one every event is refused',
    ),
  ];
}
