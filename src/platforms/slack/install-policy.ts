/**
 * Which workspaces may install the app. Slack names the workspace only together with its token, so a stranger's
 * token has been given out when we hear of it: it is taken back, and nothing of it is kept.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Installation, webApi } from '@slack/bolt';
import type { Log } from '../../runtime/log.ts';
import type { InstallPages } from './install-pages.ts';
import { retryFirstCalls } from './retry-policy.ts';

/** False: the installation is not to be stored; the browser has its answer. Made for the SDK's `afterInstallation`. */
export type Admission = (
  installation: Installation<'v1' | 'v2', boolean>,
  options: unknown,
  req: IncomingMessage,
  res: ServerResponse,
) => Promise<boolean>;

/** An organisation's installation counts by the organisation's own id: it reaches all its workspaces. */
export function createAdmission(
  allowed: readonly string[],
  client: webApi.WebClient,
  pages: Pick<InstallPages, 'closed'>,
  log: Log,
): Admission {
  async function takeBack(token: string, id: string | undefined): Promise<void> {
    try {
      await retryFirstCalls(() => client.auth.revoke({ token }));
    } catch (error) {
      log.error('the token of a refused workspace could not be revoked; it was not kept', {
        workspace: id,
        error,
      });
    }
  }

  return async ({ team, enterprise, isEnterpriseInstall, bot, user }, _options, req, res) => {
    const id = isEnterpriseInstall ? enterprise?.id : team?.id;
    if (allowed.length === 0 || (id !== undefined && allowed.includes(id))) return true;
    log.warn('a workspace outside ALLOWED_WORKSPACES tried to install the app', { workspace: id });
    const tokens = [bot?.token, user.token].filter((token) => token !== undefined);
    await Promise.all(tokens.map((token) => takeBack(token, id)));
    pages.closed(req, res);
    return false;
  };
}
