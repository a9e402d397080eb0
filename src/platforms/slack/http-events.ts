/** Events, clicks and commands by signed HTTP, and the pages of an OAuth installation, on the app's one port. */
import { HTTPReceiver, type Installation, type webApi } from '@slack/bolt';
import type { Log } from '../../runtime/log.ts';
import { clientOptions } from './api-calls.ts';
import { boltLog } from './bolt-log.ts';
import type { InstallPages } from './install-pages.ts';
import { createAdmission } from './install-policy.ts';
import type { Installations } from './installations.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './registered-names.ts';
import { botScopes, OPTIONAL_SCOPES } from './scopes.ts';
import type { SlackSettings } from './settings.ts';
import type { Welcome } from './welcome.ts';

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

export interface InstallPagesDeps {
  readonly settings: SlackSettings;
  readonly installations: Installations | undefined;
  readonly client: webApi.WebClient;
  readonly pages: InstallPages;
  readonly welcome: Pick<Welcome, 'want' | 'say'>;
  readonly log: Log;
}

/**
 * The two pages of an installation; undefined for one workspace. A receiver of its own in either mode,
 * one that receives nothing: Bolt takes no `authorize` of ours beside a receiver that can install.
 */
export function createInstallPages({
  settings: { oauth, apiUrl, allowedWorkspaces, reactions },
  installations,
  client,
  pages,
  welcome,
  log,
}: InstallPagesDeps): HTTPReceiver | undefined {
  if (!oauth || !installations) return undefined;
  const admit = createAdmission(allowedWorkspaces, client, pages, log);
  const receiver = new HTTPReceiver({
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
      renderHtmlForInstallPath: pages.add,
      callbackOptions: {
        async afterInstallation(installation, options, req, res) {
          if (!(await admit(installation, options, req, res))) return false;
          const workspace = workspaceOf(installation);
          if (workspace) await welcome.want(workspace, installation.user.id);
          return true;
        },
        success(installation, _options, req, res) {
          const { appId: app, team, enterprise, user } = installation;
          pages.installed(req, res, { app, team: team ?? enterprise });
          const workspace = workspaceOf(installation);
          // The browser has its answer; and what is said by this never rejects.
          if (workspace) void welcome.say(workspace, user.id);
        },
        failure(error, _options, req, res) {
          // What it was is in the log already.
          if (error.code === DENIED) pages.denied(req, res);
          else pages.failed(req, res);
        },
      },
      // GovSlack, and a proxy, have their own front door beside their own API.
      ...(apiUrl ? { authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href } : {}),
    },
  });
  if (receiver.installer) installations.use(receiver.installer.authorize);
  return receiver;
}

/** The SDK's code for somebody who has said no at Slack. */
const DENIED = 'slack_oauth_installer_authorization_error';

/** As it is kept: an organisation's counts for all its workspaces. */
const workspaceOf = ({
  isEnterpriseInstall,
  team,
  enterprise,
}: Installation<'v1' | 'v2', boolean>): string | undefined =>
  isEnterpriseInstall ? enterprise?.id : team?.id;
