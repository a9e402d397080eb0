/** The end of an installation. Taken in front of Bolt, which would look for the tokens that are gone. */
import { z } from 'zod';
import type { Log } from '../../runtime/log.ts';
import type { Inbox } from '../chat.ts';
import type { Installations } from './installations.ts';
import type { Workspaces } from './workspaces.ts';

const removal = z.object({
  type: z.literal('event_callback'),
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  /** Epoch seconds. */
  event_time: z.number().nullish(),
  authorizations: z.array(z.object({ is_enterprise_install: z.boolean().nullish() })).nullish(),
  event: z.union([
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(z.string()).nullish() }),
    }),
  ]),
});

interface RemovalDeps {
  readonly installations: Installations | undefined;
  readonly workspaces: Workspaces;
  readonly inbox: Pick<Inbox, 'left'>;
  readonly log: Log;
}

/** True when the event was one of these. */
export async function takeRemoval(
  body: unknown,
  { installations, workspaces, inbox, log }: RemovalDeps,
): Promise<boolean> {
  const { success, data } = removal.safeParse(body);
  if (!success) return false;
  const { event, authorizations } = data;
  // People who take back their own tokens leave ours alone.
  if (event.type === 'tokens_revoked' && !event.tokens.bot?.length) return true;
  const wholeOrganisation = authorizations?.[0]?.is_enterprise_install === true;
  const team = wholeOrganisation ? undefined : (data.team_id ?? undefined);
  const enterprise = data.enterprise_id ?? undefined;
  log.warn('the Slack app was removed, or its token taken back', { team, enterprise });
  // Told late, or once more: an installation that was made since stays.
  const at = data.event_time == null ? Number.POSITIVE_INFINITY : (data.event_time + 1) * 1000;
  const teams = team || !enterprise ? [] : ((await installations?.teamsOf(enterprise)) ?? []);
  const removed = [team, enterprise, ...teams].flatMap((id) => id ?? []);
  // First, since the event comes again where it fails: a token that is gone tells nobody that the rest is to go, too.
  for (const id of wholeOrganisation ? removed : removed.slice(0, 1))
    await inbox.left({ platform: 'slack', workspace: id }, at);
  await installations?.forget({ team, enterprise, at });
  for (const id of removed) workspaces.forget(id);
  return true;
}
