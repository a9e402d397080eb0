/**
 * `npm run manifest [-- https://bot.example.com] [--token-rotation]`: prints the Slack app's manifest for the configured
 * mode. It is needed before there are any tokens, so of the settings only these are looked at.
 */
import { slackManifest } from '../platforms/slack/manifest.ts';
import { appSettings } from '../platforms/slack/settings.ts';
import { givenIn, loadDotEnv } from '../settings/environment.ts';
import { sentencesOf } from '../settings/fields.ts';

loadDotEnv();
const given = process.argv.slice(2);
const rotation = given.includes('--token-rotation');
const address = given.find((it) => it !== '--token-rotation');
const app = appSettings.safeParse(givenIn(process.env));
const problems = app.success ? problemsWith(app.data) : sentencesOf(app.error);
if (!app.success || problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
} else {
  const manifest = slackManifest({ ...app.data, address, rotation });
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
}

function problemsWith({ mode, oauth }: { readonly mode: string; readonly oauth: boolean }) {
  if (address !== undefined && !/^https:\/\/[^/]+/.test(address)) {
    return [`${address}: Slack sends events to https addresses only, like https://bot.example.com`];
  }
  if (rotation && !oauth) {
    return [
      '--token-rotation: tokens that are renewed need an installation by OAuth (SLACK_CLIENT_ID and what goes with it)',
    ];
  }
  if (address !== undefined || (mode === 'socket' && !oauth)) return [];
  const why = mode === 'http' ? 'events come by HTTP' : 'the app is installed by OAuth';
  return [
    `The bot's public address is needed, because ${why}: npm run manifest -- https://bot.example.com`,
  ];
}
