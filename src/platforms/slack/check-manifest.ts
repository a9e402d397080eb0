/** The app at Slack beside the manifest that this version wants: commands, events, scopes, the address. */
import { z } from 'zod';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';
import { checkRequestUrl } from './check-request-url.ts';
import { commandNames } from './command-names.ts';
import { type SlackManifest, slackManifest } from './manifest.ts';
import {
  type Exported,
  exportManifest,
  type ManifestAccess,
  updateManifest,
} from './manifest-calls.ts';
import { type Drift, manifestDrift } from './manifest-drift.ts';
import type { SlackSettings } from './settings.ts';

export interface ManifestCheck {
  readonly settings: SlackSettings;
  /** Undefined: it could not be found out. */
  readonly appId: string | undefined;
  readonly configToken: string | undefined;
  readonly signal: AbortSignal;
}

/** As many as are read; the rest is told by their number. */
const MOST_TOLD = 8;

export async function checkManifest(check: ManifestCheck): Promise<readonly Finding[]> {
  const { settings, appId, configToken, signal } = check;
  const { any, video, credits } = commandNames(settings.commandPrefix);
  const names = `${any}, ${video} and ${credits}`;
  if (configToken === undefined)
    return [
      well(
        `The commands are ${names}, where the app has the manifest of this version`,
        'whether it has can be told with a configuration token (https://api.slack.com/apps, "Your App Configuration Tokens"): SLACK_CONFIG_TOKEN=xoxe.xoxp-… npm run doctor',
      ),
    ];
  if (appId === undefined)
    return [
      weak(
        'Which app the tokens belong to cannot be told, so its manifest was not looked at',
        'grant the scope users:read, or use Socket Mode',
      ),
    ];
  const access = { apiUrl: settings.apiUrl, token: configToken, signal };
  const found = await exportManifest(access, appId);
  if ('failed' in found)
    return [
      wrong(
        `The manifest of the app ${appId} cannot be read (${found.failed})`,
        'SLACK_CONFIG_TOKEN has to be of the workspace, and of a person, that made the app',
      ),
    ];
  const ours = wanted(settings, found.manifest);
  const drifts = manifestDrift({ ...ours }, found.manifest);
  const reached = await reaches(settings, ours, signal);
  if (drifts.length === 0)
    return [
      well(`The app ${appId} has the manifest of this version, with the commands ${names}`),
      ...reached,
    ];
  const fix = fixOf(access, appId, ours, found.manifest);
  const rest = drifts.length - MOST_TOLD;
  return [
    ...drifts.slice(0, MOST_TOLD).map((each, index) => told(each, index === 0 ? fix : {})),
    ...(rest > 0 ? [weak(`The manifest differs in ${rest} more places`, CURE)] : []),
    ...reached,
  ];
}

/** By HTTP, where the app knows an address. */
async function reaches(
  { mode, signingSecret }: SlackSettings,
  { settings }: SlackManifest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { request_url: url } = settings.event_subscriptions;
  if (mode !== 'http' || url === undefined || signingSecret === undefined) return [];
  return [await checkRequestUrl(url, signingSecret, signal)];
}

const CURE =
  'run "npm run manifest" (with the bot\'s address where events come by HTTP), paste it under "App Manifest" of your app, and reinstall it where Slack asks for that';

function told({ path, says, wording }: Drift, fix: Pick<Finding, 'fix'>): Finding {
  const what = `The app's manifest differs from ours: ${path} ${says}`;
  if (wording) return weak(what, `leave it where it was meant so, or: ${CURE}`, fix);
  const isName = path.startsWith('features.slash_commands');
  return wrong(
    what,
    isName ? `${CURE}; SLACK_COMMAND_PREFIX says what the commands are called` : CURE,
    fix,
  );
}

const addresses = z.object({
  settings: z
    .object({ event_subscriptions: z.object({ request_url: z.url().optional() }).optional() })
    .optional(),
  oauth_config: z.object({ redirect_urls: z.array(z.url()).default([]) }).optional(),
});

/** The bot's own address is known to the app alone. */
function wanted(settings: SlackSettings, theirs: Exported): SlackManifest {
  const { data } = addresses.safeParse(theirs);
  const address =
    data?.settings?.event_subscriptions?.request_url ?? data?.oauth_config?.redirect_urls[0];
  return slackManifest({
    mode: settings.mode,
    address: address && new URL(address).origin,
    oauth: settings.oauth !== undefined,
    prefix: settings.commandPrefix,
    reactions: settings.reactions.length > 0,
  });
}

/** Names and colours that the operator has chosen stay. By HTTP the address has to be known. */
function fixOf(
  access: ManifestAccess,
  appId: string,
  ours: SlackManifest,
  theirs: Exported,
): Pick<Finding, 'fix'> {
  const { event_subscriptions: events } = ours.settings;
  if (!ours.settings.socket_mode_enabled && events.request_url === undefined) return {};
  const kept = z
    .object({
      display_information: z.record(z.string(), z.unknown()).optional(),
      features: z.object({ bot_user: z.record(z.string(), z.unknown()).optional() }).optional(),
    })
    .safeParse(theirs).data;
  const manifest = {
    ...ours,
    display_information: kept?.display_information ?? ours.display_information,
    features: { ...ours.features, bot_user: kept?.features?.bot_user ?? ours.features.bot_user },
  };
  return {
    async fix(signal) {
      const again = await updateManifest({ ...access, signal }, appId, manifest);
      return again
        ? `the app ${appId} has the manifest of this version now; install it again, because its scopes are others: https://api.slack.com/apps/${appId}/install-on-team`
        : `the app ${appId} has the manifest of this version now`;
    },
  };
}
