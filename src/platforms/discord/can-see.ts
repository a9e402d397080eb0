/** What a person may see, asked of Discord anew each time: roles change, people leave. */
import type { ChatPlatform } from '../chat.ts';
import type { Api } from './api-calls.ts';
import { directChannel } from './direct-messages.ts';
import { Code, codeOf } from './errors.ts';
import { channelShape, isThreadType, PRIVATE_THREAD } from './payloads.ts';
import type { Servers } from './servers.ts';

/** Discord says that there is no such thing, which is not the same as not saying what there is. */
const ABSENT: ReadonlySet<number | undefined> = new Set([Code.unknownChannel, Code.unknownMember]);

export interface SightDeps {
  readonly api: Api;
  readonly servers: Pick<Servers, 'seesChannel'>;
}

export function createSight({ api, servers }: SightDeps): ChatPlatform['canSee'] {
  return async (ref, person, _from, signal) => {
    const { workspace, channel, thread } = ref;
    // All direct messages share one workspace; each channel of them belongs to one person.
    if (workspace === 'dm') return (await directChannel(api, person.id, signal)) === channel;
    if (!(await servers.seesChannel(workspace, channel, person.id))) return false;
    const found = await lookUp(`/channels/${thread}`, signal);
    // Where no thread can be made, a project is a message of its channel.
    if (found === undefined) return true;
    const { type, parent_id: parent, guild_id: guild } = channelShape.parse(found);
    if (!isThreadType(type) || parent !== channel || guild !== workspace) return false;
    if (type !== PRIVATE_THREAD) return true;
    return (await lookUp(`/channels/${thread}/thread-members/${person.id}`, signal)) !== undefined;
  };

  async function lookUp(route: `/${string}`, signal: AbortSignal): Promise<unknown> {
    try {
      return await api('GET', route, { signal, kind: 'glance' });
    } catch (error) {
      if (!ABSENT.has(codeOf(error))) throw error;
      return undefined;
    }
  }
}
