/** Events, clicks and commands by signed HTTP, and the pages of an OAuth installation, on the app's one port. */
import { HTTPReceiver, type webApi } from '@slack/bolt';
import type { Log } from '../../runtime/log.ts';
import { clientOptions } from './api-calls.ts';
import { boltLog } from './bolt-log.ts';
import { createAdmission } from './install-policy.ts';
import type { Installations } from './installations.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './registered-names.ts';
import { botScopes, OPTIONAL_SCOPES } from './scopes.ts';
import type { SlackSettings } from './settings.ts';

export const NOT_TAKEN = 'an event was not taken; Slack will send it again';

/** Undefined in Socket Mode. */
export function createEventHook(
  { mode, signingSecret }: SlackSettings,
  log: Log,
): HTTPReceiver | undefined {
  if (mode !== 'http') return undefined;
  return new HTTPReceiver({
    signingSecret: signingSecret ?? '',
    endpoints: EVENTS_PATH,
    logger: boltLog(log),
    processEventErrorHandler: async ({ error, response }) => {
      log.error(NOT_TAKEN, { error });
      if (!response.headersSent) response.writeHead(500).end();
      return false;
    },
  });
}

/**
 * The two pages of an installation; undefined for one workspace. A receiver of its own in either mode,
 * one that receives nothing: Bolt takes no `authorize` of ours beside a receiver that can install.
 */
export function createInstallPages(
  { oauth, apiUrl, allowedWorkspaces, reactions }: SlackSettings,
  installations: Installations | undefined,
  client: webApi.WebClient,
  log: Log,
): HTTPReceiver | undefined {
  if (!oauth || !installations) return undefined;
  const pages = new HTTPReceiver({
    signingSecret: '',
    signatureVerification: false,
    endpoints: [],
    logger: boltLog(log),
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    stateSecret: oauth.stateSecret,
    scopes: [...botScopes(reactions.length > 0), ...OPTIONAL_SCOPES],
    installationStore: installations.store,
    installerOptions: {
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      clientOptions: clientOptions(apiUrl, boltLog(log)),
      callbackOptions: { afterInstallation: createAdmission(allowedWorkspaces, client, log) },
      // GovSlack, and a proxy, have their own front door beside their own API.
      ...(apiUrl ? { authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href } : {}),
    },
  });
  if (pages.installer) installations.use(pages.installer.authorize);
  return pages;
}
