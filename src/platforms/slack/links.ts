import type { ThreadRef } from '../chat.ts';
import type { Workspaces } from './workspaces.ts';

/** The address of a message as Slack's own "copy link" gives it; undefined where the workspace's is unknown. */
export async function linkTo(workspaces: Workspaces, ref: ThreadRef): Promise<string | undefined> {
  const base = await workspaces.url(ref.workspace);
  return base
    ? new URL(`/archives/${ref.channel}/p${ref.thread.replace('.', '')}`, base).href
    : undefined;
}
