/** A thread of ours as the conversation uses it. */

import type { Clock } from '../../runtime/clock.ts';
import { type MessageId, toMessageId } from '../../runtime/ids.ts';
import { newestOnly } from '../../runtime/newest-only.ts';
import {
  ChatError,
  type ChatThread,
  type Delivery,
  FileRefused,
  type OutgoingMessage,
  type Posted,
  type Reaction,
  type Repeating,
  type ThreadRef,
} from '../chat.ts';
import { createActivity } from './activity.ts';
import type { Api } from './api-calls.ts';
import type { Values } from './button-values.ts';
import { markOf, readMessageId } from './custom-ids.ts';
import type { Direct } from './direct-messages.ts';
import { asChatError, Code, codeOf, isPassing } from './errors.ts';
import type { FileLimits } from './file-size-limit.ts';
import type { SendFile } from './files-out.ts';
import type { Gateway } from './gateway.ts';
import type { PostOrder, Send } from './posting.ts';
import { type Body, LONGEST_TEXT, render } from './render-message.ts';
import type { Servers } from './servers.ts';
import type { Places } from './thread-places.ts';

export interface ThreadDeps {
  readonly api: Api;
  readonly gateway: Gateway;
  readonly servers: Servers;
  readonly places: Places;
  readonly values: Values;
  readonly send: Send;
  readonly sendFile: SendFile;
  readonly direct: Direct;
  readonly limits: FileLimits;
  readonly clock: Clock;
}

/** An edit, and what is asked before it is repeated. */
interface Newest extends Repeating {
  readonly body: Body;
}

const EMOJI: Record<Reaction, string> = { seen: '👀', queued: '🕓', thanks: '❤️', noted: '👍' };

export function openThread(deps: ThreadDeps, ref: ThreadRef): ChatThread {
  const { api, gateway, places, values, limits } = deps;
  const activity = createActivity(api, deps.clock);
  const showNewest = newestOnly<Newest>();
  const guild = () => gateway.guild(ref.workspace);

  /** Every call of a thread ends here: the port's errors out, whatever came in. */
  async function telling<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FileRefused) throw error;
      throw asChatError(error, doing, guild()?.available === false);
    }
  }

  async function postParts(
    message: OutgoingMessage,
    delivery: Delivery,
    first: (order: PostOrder) => Promise<string>,
  ): Promise<Posted> {
    activity.stop();
    const spot = await places.spot(ref);
    const mark = markOf(delivery.key);
    const { parts, values: texts } = render(message, ref, mark);
    await values.keep(texts);
    const postPart = async (post: typeof first, body: Body, key: string): Promise<string> => {
      const posted = await post({ ...spot, body, mark, delivery: { ...delivery, key } });
      if (spot.replyTo) await places.noteReply(posted, ref);
      return posted;
    };
    const [head, ...others] = parts;
    let last = await postPart(first, head, delivery.key);
    for (const [index, body] of others.entries())
      last = await postPart(deps.send, body, `${delivery.key}#${index + 1}`);
    return { id: toMessageId(last) };
  }

  async function editOnce(target: string, id: string, { body, confirm }: Newest): Promise<void> {
    try {
      await api('PATCH', `/channels/${target}/messages/${id}`, { body, confirm });
    } catch (error) {
      if (codeOf(error) !== Code.threadArchived) throw error;
      // A thread that went to sleep in mid-turn: an edit does not wake it, opening it does.
      await api('PATCH', `/channels/${target}`, { body: { archived: false } });
      await api('PATCH', `/channels/${target}/messages/${id}`, { body, confirm });
    }
  }

  async function reaction(
    method: 'PUT' | 'DELETE',
    messageId: MessageId,
    which: Reaction,
  ): Promise<void> {
    const at = readMessageId(messageId);
    if (!at) throw new ChatError('invalid', `there is no message ${messageId}`);
    const emoji = encodeURIComponent(EMOJI[which]);
    await telling('a reaction was refused', () =>
      api(method, `/channels/${at.channel}/messages/${at.message}/reactions/${emoji}/@me`, {
        kind: 'glance',
      }),
    );
  }

  return {
    ref,
    limits: async () => ({
      fileBytes: limits.of(ref.workspace, await deps.servers.premiumTier(ref.workspace)),
    }),
    capabilities: {
      edit: true,
      react: true,
      privateReply: false,
      files: true,
      textChars: LONGEST_TEXT,
      draws: false,
      privateFiles: true,
    },

    post: (message, delivery) =>
      telling('a message could not be posted', () => postParts(message, delivery, deps.send)),

    postFile: (source, message, delivery) =>
      telling('a file could not be posted', () =>
        postParts(message, delivery, (order) =>
          deps.sendFile({ ...order, source, workspace: ref.workspace }),
        ),
      ),

    edit: (id, message, { confirm } = {}) =>
      telling('an edit was refused', async () => {
        if (!id) throw new ChatError('invalid', 'that message was sent elsewhere');
        const { target } = await places.spot(ref);
        const { parts, values: texts } = render(message, ref);
        await values.keep(texts);
        await showNewest(id, { body: parts[0], confirm }, (newest) =>
          editOnce(target, id, newest()),
        );
      }),

    delete: (id, { confirm } = {}) =>
      telling('a message could not be removed', async () => {
        const { target } = await places.spot(ref);
        try {
          await api('DELETE', `/channels/${target}/messages/${id}`, { confirm });
        } catch (error) {
          if (codeOf(error) !== Code.unknownMessage) throw error;
        }
      }),

    postPrivately: (person, message) =>
      telling('a private message could not be sent', () => deps.direct(ref, person, message)),

    react: (messageId, which) => reaction('PUT', messageId, which),
    unreact: (messageId, which) => reaction('DELETE', messageId, which),

    async nameAfter(title) {
      const place = await places.knownNow(ref.thread);
      const name = title.slice(0, NAME_LENGTH).toWellFormed().trim();
      if (!place?.own || place.mode !== 'thread' || place.named || name === '') return;
      await telling('a thread could not be named', async () => {
        const refusal = await api('PATCH', `/channels/${ref.thread}`, {
          body: { name },
          kind: 'glance',
        }).then(
          () => undefined,
          (error: unknown) => {
            if (isPassing(error)) throw error;
            return error;
          },
        );
        // Discord allows two new names in ten minutes; one in a thread's life is enough.
        await places.change(ref.thread, (known) => ({ ...known, named: true }));
        if (refusal !== undefined) throw refusal;
      });
    },

    async showActivity(label) {
      if (label === undefined) return activity.stop();
      const { target } = await places.spot(ref);
      await telling('typing was refused', () => activity.start(target));
    },
  };
}

const NAME_LENGTH = 100;
