import type { ThreadRef } from '../chat.ts';
import type { Places } from './thread-places.ts';

const CHANNELS = 'https://discord.com/channels';

/** As Discord's own "copy link" gives it; clients show such an address as the thread's name. */
export async function linkTo(places: Pick<Places, 'known'>, ref: ThreadRef): Promise<string> {
  const { workspace, channel, thread } = ref;
  if (workspace === 'dm') return `${CHANNELS}/@me/${channel}`;
  // Where no thread is, or none yet, the project is the message that it began with.
  const isThread = (await places.known(thread))?.mode === 'thread';
  return `${CHANNELS}/${workspace}/${isThread ? thread : `${channel}/${thread}`}`;
}
