import { type MessageId, toMessageId } from '../../runtime/ids.ts';
import type { ChatPlatform, ThreadRef } from '../chat.ts';
import type { Workspaces } from './workspaces.ts';

/** The address of a message as Slack's own "copy link" gives it; undefined where the workspace's is unknown. */
export async function linkTo(workspaces: Workspaces, ref: ThreadRef): Promise<string | undefined> {
  const base = await workspaces.url(ref.workspace);
  return base
    ? new URL(`/archives/${ref.channel}/p${ref.thread.replace('.', '')}`, base).href
    : undefined;
}

/** The same of a message in the thread. */
export async function linkToMessage(
  workspaces: Workspaces,
  { channel, thread, workspace }: ThreadRef,
  message: MessageId,
): Promise<string | undefined> {
  const base = await workspaces.url(workspace);
  if (!base) return undefined;
  const link = new URL(`/archives/${channel}/p${message.replace('.', '')}`, base);
  link.search = new URLSearchParams({ thread_ts: thread, cid: channel }).toString();
  return link.href;
}

/** The message that such an address names: its channel and timestamp, and the thread that it stands in. */
export function messageIn(url: string):
  | {
      readonly host: string;
      readonly channel: string;
      readonly ts: string;
      readonly thread: string;
    }
  | undefined {
  const { host, pathname, searchParams } = new URL(url);
  if (!host.endsWith('.slack.com')) return undefined;
  const [, channel, seconds, micros] =
    /^\/archives\/([A-Z0-9]{1,30})\/p(\d{10})(\d{6})\/?$/.exec(pathname) ?? [];
  if (channel === undefined) return undefined;
  const ts = `${seconds}.${micros}`;
  const given = searchParams.get('thread_ts') ?? '';
  return { host, channel, ts, thread: /^\d{10}\.\d{6}$/.test(given) ? given : ts };
}

export interface LinkedDeps extends Pick<ChatPlatform, 'canSee' | 'readMessage'> {
  readonly workspaces: Workspaces;
}

/** Only within the workspace that the person writes from: nothing tells who they are in another. */
export function createLinkedMessage({
  workspaces,
  canSee,
  readMessage,
}: LinkedDeps): NonNullable<ChatPlatform['linkedMessage']> {
  return async ({ platform, workspace, channel: from }, person, url, signal) => {
    const found = messageIn(url);
    if (!found) return undefined;
    const own = await workspaces.url(workspace);
    if (!own || new URL(own).host !== found.host) return 'hidden';
    const { channel, thread, ts } = found;
    const ref = { platform, workspace, channel, thread };
    if (!(await canSee(ref, person, { channel: from }, signal))) return 'hidden';
    return (await readMessage(ref, toMessageId(ts), signal)) ?? 'hidden';
  };
}
