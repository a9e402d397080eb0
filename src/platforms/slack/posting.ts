/** Posts that are visible once, and edits of which the newest wins. */
import { type MessageId, toMessageId } from '../../runtime/ids.ts';
import type { Log } from '../../runtime/log.ts';
import { newestOnly } from '../../runtime/newest-only.ts';
import {
  ChatError,
  type Delivery,
  type OutgoingMessage,
  type Posted,
  type Repeating,
  type ThreadRef,
} from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { codeOf, isMissing } from './errors.ts';
import { readThread, toTs } from './history.ts';
import { inPlainerForms } from './plainer-forms.ts';
import { type Rendered, render, type Spot } from './render-message.ts';

export interface Posting {
  post(ref: ThreadRef, message: OutgoingMessage, delivery: Delivery): Promise<Posted>;
  edit(
    ref: ThreadRef,
    id: MessageId,
    message: OutgoingMessage,
    repeating?: Repeating,
  ): Promise<void>;
  delete(ref: ThreadRef, id: MessageId, repeating?: Repeating): Promise<void>;
  /** `about` is what its buttons are for, where that is another thread than the one to speak in. */
  postPrivately(ref: Spot, person: string, message: OutgoingMessage, about?: Spot): Promise<void>;
}

/** Each part of a post carries its key where only apps can see it: what makes a repeat recognisable. */
const EVENT_TYPE = 'nemo_bot_post';
/** How far back an earlier attempt of a successor's predecessor may lie. */
const LOOK_BACK_MS = 7 * 86_400_000;
/** An edit, and what is asked before it is repeated: a newer one may be another run's. */
interface Newest extends Repeating {
  readonly part: Rendered;
}
/** Between Slack's clock and ours. */
const CLOCK_SKEW_MS = 120_000;

const QUIET = { unfurl_links: false, unfurl_media: false } as const;

export function createPosting(calls: WebCalls, log: Log): Posting {
  const showNewest = newestOnly<Newest>();

  /** Keys of our posts in the thread since then, with their ids. */
  async function posted(ref: ThreadRef, since: number): Promise<ReadonlyMap<string, MessageId>> {
    const found = new Map<string, MessageId>();
    try {
      for await (const { metadata, ts } of readThread(calls, ref, { oldest: toTs(since) })) {
        const key = metadata?.event_type === EVENT_TYPE ? metadata.event_payload['key'] : undefined;
        if (typeof key === 'string') found.set(key, toMessageId(ts));
      }
    } catch (error) {
      // Without a history to look at, a message twice is better than an answer that never came.
      if (!isMissing(error)) throw error;
      log.warn(
        'Slack does not let the app read its own thread, so a repeated post may show twice',
        { error },
      );
    }
    return found;
  }

  async function postPart(
    ref: ThreadRef,
    part: Rendered,
    key: string,
    { signal, confirm }: Pick<Delivery, 'signal' | 'confirm'>,
  ) {
    const { workspace, channel, thread } = ref;
    const since = Date.now() - CLOCK_SKEW_MS;
    const send = (rendered: Rendered) =>
      calls(
        workspace,
        async (client, token) =>
          (
            await client.chat.postMessage({
              token,
              channel,
              thread_ts: thread,
              ...rendered,
              metadata: { event_type: EVENT_TYPE, event_payload: { key } },
              ...QUIET,
            })
          ).ts,
        { signal, confirm, find: async () => (await posted(ref, since)).get(key) },
      );
    const ts = await inPlainerForms(part, (form) => send(form(part)));
    if (!ts) throw new ChatError('invalid', 'Slack gave no id for a message');
    return toMessageId(ts);
  }

  async function update(ref: ThreadRef, id: MessageId, newest: () => Newest): Promise<void> {
    // The newest is asked for at every attempt: after a wait, what was new is old.
    await inPlainerForms(newest().part, (form) =>
      calls(
        ref.workspace,
        (client, token) =>
          client.chat.update({ token, channel: ref.channel, ts: id, ...form(newest().part) }),
        { confirm: async () => newest().confirm?.() },
      ),
    );
  }

  return {
    async post(ref, message, delivery) {
      const { key, again } = delivery;
      const earlier = again ? await posted(ref, Date.now() - LOOK_BACK_MS) : undefined;
      let last: MessageId | undefined;
      for (const [index, part] of render(message, ref).entries()) {
        const partKey = `${key}#${index}`;
        last = earlier?.get(partKey) ?? (await postPart(ref, part, partKey, delivery));
      }
      if (last === undefined) throw new ChatError('invalid', 'there is nothing to post');
      return { id: last };
    },

    async edit(ref, id, message, { confirm } = {}) {
      const key = `${ref.workspace}:${ref.channel}:${id}`;
      // An edit cannot become several messages: of a longer text the beginning is shown.
      const [part] = render(message, ref);
      if (part) await showNewest(key, { part, confirm }, (newest) => update(ref, id, newest));
    },

    async delete({ workspace, channel }, id, { confirm } = {}) {
      try {
        await calls(workspace, (client, token) => client.chat.delete({ token, channel, ts: id }), {
          confirm,
        });
      } catch (error) {
        if (codeOf(error) !== 'message_not_found') throw error;
      }
    },

    async postPrivately(ref, person, message, about = ref) {
      for (const part of render(message, about)) await privately(ref, person, part);
    },
  };

  /** Ephemeral in the thread; by direct message where the thread, or the person in it, is out of reach. */
  async function privately(ref: Spot, person: string, part: Rendered): Promise<void> {
    const { workspace, channel } = ref;
    const inside = ref.thread ? { thread_ts: ref.thread } : {};
    const alone = channel.startsWith('D');
    try {
      await inPlainerForms(part, (form) =>
        calls(workspace, (client, token) =>
          alone
            ? client.chat.postMessage({ token, channel, ...inside, ...form(part), ...QUIET })
            : client.chat.postEphemeral({
                token,
                channel,
                user: person,
                ...inside,
                ...form(part),
              }),
        ),
      );
    } catch (error) {
      if (!(error instanceof ChatError) || error.reason === 'unreachable' || alone) throw error;
      log.debug('a private reply goes by direct message', { error });
      await inPlainerForms(part, (form) =>
        calls(workspace, (client, token) =>
          client.chat.postMessage({ token, channel: person, ...form(part), ...QUIET }),
        ),
      );
    }
  }
}
