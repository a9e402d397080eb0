/**
 * `npm run manifest [-- https://bot.example.com]`: prints the Slack app's manifest for the configured
 * mode. It is needed before there are any tokens, so of the settings only these are looked at.
 */
import { slackManifest } from '../platforms/slack/manifest.ts';
import { commandPrefix } from '../settings/schema.ts';
import { loadDotEnv } from '../settings/settings.ts';

loadDotEnv();
const { SLACK_MODE, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID, SLACK_COMMAND_PREFIX } =
  process.env;
const mode =
  SLACK_MODE === 'http' || (!SLACK_MODE && !SLACK_APP_TOKEN && SLACK_SIGNING_SECRET)
    ? 'http'
    : 'socket';
const oauth = Boolean(SLACK_CLIENT_ID);
const address = process.argv[2];
const prefix = commandPrefix.optional().safeParse(SLACK_COMMAND_PREFIX?.trim() || undefined);

const problem = problemWith();
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  const manifest = slackManifest({ mode, address, oauth, prefix: prefix.data });
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
}

function problemWith(): string | undefined {
  if (prefix.error) return `SLACK_COMMAND_PREFIX: ${prefix.error.issues[0]?.message}`;
  if (address !== undefined && !/^https:\/\/[^/]+/.test(address)) {
    return `${address}: Slack sends events to https addresses only, like https://bot.example.com`;
  }
  if (address !== undefined || (mode === 'socket' && !oauth)) return undefined;
  const why = mode === 'http' ? 'events come by HTTP' : 'the app is installed by OAuth';
  return `The bot's public address is needed, because ${why}: npm run manifest -- https://bot.example.com`;
}
