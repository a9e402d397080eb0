/** Events, clicks and commands by signed HTTP, and the pages of an OAuth installation, on the app's one port. */
import { HTTPReceiver } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { SlackSettings } from '../../settings.ts';
import { boltLog } from './bolt-log.ts';
import type { Installations } from './installations.ts';
import { BOT_SCOPES, OPTIONAL_SCOPES } from './scopes.ts';
import { clientOptions } from './web-calls.ts';

export const EVENTS_PATH = '/slack/events';
export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

/**
 * Undefined where there is nothing to answer: Socket Mode for one workspace. In Socket Mode with OAuth
 * it serves the pages alone, and takes no events.
 */
export function createWebHooks(
  { mode, signingSecret, oauth, apiUrl }: SlackSettings,
  installations: Installations | undefined,
  log: Log,
): HTTPReceiver | undefined {
  const takesEvents = mode === 'http';
  if (!takesEvents && !oauth) return undefined;
  return new HTTPReceiver({
    signingSecret: signingSecret ?? '',
    signatureVerification: takesEvents,
    endpoints: takesEvents ? [EVENTS_PATH] : [],
    logger: boltLog(log),
    processEventErrorHandler: async ({ error, response }) => {
      log.error('an event was not taken; Slack will send it again', { error });
      if (!response.headersSent) response.writeHead(500).end();
      return false;
    },
    ...(oauth && installations
      ? {
          clientId: oauth.clientId,
          clientSecret: oauth.clientSecret,
          stateSecret: oauth.stateSecret,
          scopes: [...BOT_SCOPES, ...OPTIONAL_SCOPES],
          installationStore: installations.store,
          installerOptions: {
            installPath: INSTALL_PATH,
            redirectUriPath: REDIRECT_PATH,
            clientOptions: clientOptions(apiUrl, boltLog(log)),
            // GovSlack, and a proxy, have their own front door beside their own API.
            ...(apiUrl ? { authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href } : {}),
          },
        }
      : {}),
  });
}

export const pathsOf = ({ mode, oauth }: SlackSettings): ReadonlySet<string> =>
  new Set([...(mode === 'http' ? [EVENTS_PATH] : []), ...(oauth ? [INSTALL_PATH, REDIRECT_PATH] : [])]);
