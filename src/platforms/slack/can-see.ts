/** What a person may see in a workspace, asked of Slack anew each time: people leave, channels are closed. */
import { ChatError, type Person, type Place } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';

/** Further members are not looked at: who is not among these is not known to be one. */
const MOST_PAGES = 10;
const PER_PAGE = 1000;
const QUICK = { attempts: 3 } as const;

/** `ChatPlatform.canSee` for a channel: in Slack all threads of one are seen by the same people. */
export type Sight = (
  place: Place,
  person: Person,
  from: Pick<Place, 'channel'> | undefined,
  signal: AbortSignal,
) => Promise<boolean>;

export function createSight(calls: WebCalls): Sight {
  return async (ref, person, from, signal) => {
    // Whoever acts in a channel sees all of its threads.
    if (from?.channel === ref.channel) return true;
    try {
      return (await isOpenToAll(ref, person, signal)) || (await isMember(ref, person, signal));
    } catch (error) {
      if (!(error instanceof ChatError) || error.reason === 'unreachable') throw error;
      // No such channel, or none that we are told about: either way nothing says that they see it.
      return false;
    }
  };

  /** Everybody in the workspace sees its public channels, but for guests. */
  async function isOpenToAll(
    { workspace, channel: id }: Place,
    person: Person,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { channel } = await calls(
      workspace,
      (client, token) => client.conversations.info({ token, channel: id }),
      { signal, ...QUICK },
    );
    const isPublic = channel?.is_channel === true && channel.is_private === false;
    return isPublic && (await isFullMember(workspace, person, signal));
  }

  async function isFullMember(
    workspace: string,
    person: Person,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const { user } = await calls(
        workspace,
        (client, token) => client.users.info({ token, user: person.id }),
        { signal, ...QUICK },
      );
      const full = user?.is_restricted === false && user.is_ultra_restricted === false;
      return full && user.deleted !== true && !user.is_stranger;
    } catch (error) {
      if (!(error instanceof ChatError) || error.reason === 'unreachable') throw error;
      return false;
    }
  }

  async function isMember(
    { workspace, channel }: Place,
    person: Person,
    signal: AbortSignal,
  ): Promise<boolean> {
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const at = cursor ? { cursor } : {};
      const answer = await calls(
        workspace,
        (client, token) => client.conversations.members({ token, channel, limit: PER_PAGE, ...at }),
        { signal, ...QUICK },
      );
      if (answer.members?.includes(person.id)) return true;
      cursor = answer.response_metadata?.next_cursor;
      if (!cursor) return false;
    }
    return false;
  }
}
