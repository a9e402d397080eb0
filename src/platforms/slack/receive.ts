/**
 * From an event to a message in the ledger. It runs before the event is acknowledged, so it asks
 * Slack for nothing: what is missing is read when the turn runs.
 */

import { toMessageId } from '../../runtime/ids.ts';
import { createInOrder } from '../../runtime/in-order.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import { type Inbox, type IncomingMessage, type ThreadRef, withForwarded } from '../chat.ts';
import { callsOf } from './calls.ts';
import { messageKey } from './event-keys.ts';
import { isOnlyHinted } from './file-locator.ts';
import { fromTs } from './history.ts';
import {
  type ChangeEvent,
  isSpoken,
  isTombstone,
  type MessageEvent,
  readChangeEnvelope,
  readMessageEnvelope,
  type SlackMessage,
} from './payloads.ts';
import type { People } from './people.ts';
import { readMessage } from './read-message.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export interface Receiving {
  /** True when the event was about a message; by then it is in the ledger, if it is for us. */
  take(body: unknown): Promise<boolean>;
  /** A message found later in one of our threads, or the one that would have begun it. */
  takeMissed(ref: ThreadRef, message: SlackMessage): Promise<void>;
  /** Has nothing been put on record since an event failed because nothing could be written? */
  isAway(): boolean;
}

export interface ReceivingOptions {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly people: People;
  /** Told of every message that was taken, for the look after an outage. */
  readonly seen: (ref: ThreadRef, ts: string) => void;
  /** Told of every one that could not be put on record. */
  readonly failed: (ref: ThreadRef, ts: string) => void;
  /** An outage of the store begins. */
  readonly onAway: () => void;
  /** Something is on record again after it; Slack may have given up meanwhile. */
  readonly onBack: () => void;
}

/** Slack tells of previews of links, and of answers that were counted, too. */
const isAsBefore = (before: SlackMessage, now: SlackMessage): boolean =>
  before.text === now.text && (before.files?.length ?? 0) === (now.files?.length ?? 0);

export function createReceiving(options: ReceivingOptions): Receiving {
  const { inbox, workspaces, people, seen, failed, onAway, onBack } = options;
  const inOrder = createInOrder();
  let isAway = false;

  /** Messages of a channel come into the inbox in the order in which Slack told them. */
  async function takeFrom(
    event: MessageEvent,
    workspaceOf: () => Promise<Workspace | undefined>,
  ): Promise<void> {
    const begun = await inOrder(event.channel, async () => {
      const workspace = await workspaceOf();
      const message = workspace && (await addressed(workspace, event));
      // In an object, so that the next message waits for the look and not for the disk.
      return message && { message, onRecord: inbox.receive(message, true) };
    });
    if (!begun) return;
    const { message, onRecord } = begun;
    try {
      await onRecord;
    } catch (error) {
      failed(message.thread, event.ts);
      if (isStoreOutage(error) && !isAway) {
        isAway = true;
        onAway();
      }
      throw error;
    }
    seen(message.thread, event.ts);
    if (!isAway) return;
    isAway = false;
    onBack();
  }

  /** The event as a message to us, or undefined when it is not meant for us. */
  async function addressed(
    workspace: Workspace,
    event: MessageEvent,
  ): Promise<IncomingMessage | undefined> {
    const bot = workspace.botUser;
    if (!isSpoken(event, bot)) return undefined;
    const { channel, ts } = event;
    const direct = event.channel_type === 'im' || channel.startsWith('D');
    const reading = readMessage(event, bot);
    const mentioned = event.type === 'app_mention' || reading.mentionsUs;
    const thread: ThreadRef = {
      platform: 'slack',
      workspace: workspace.id,
      channel,
      thread: event.thread_ts ?? ts,
    };
    const isReply = event.thread_ts !== undefined && event.thread_ts !== ts;
    // Only a reply without a place of its own has to ask whose thread this is.
    const ours = isReply && !direct ? await inbox.knows(thread) : direct;
    if (!mentioned && !ours) return undefined;
    const { names, unasked } = people.atHand(workspace.id, reading.people);
    const material = reading.material(names);
    const hinted = withForwarded(material).attachments.some(isOnlyHinted);
    // Of a mention's two events either may come without the files.
    const withoutFiles = mentioned && material.attachments.length === 0;
    return {
      key: messageKey(workspace.id, channel, ts),
      messageId: toMessageId(ts),
      thread,
      author: { id: event.user },
      ...material,
      calls: callsOf(event.text ?? '', mentioned || direct),
      ...(mentioned && !isReply ? { begins: true, first: event.edited === undefined } : {}),
      ...(hinted || withoutFiles || unasked ? { incomplete: true } : {}),
      ...(unasked ? { unnamed: true } : {}),
      ...(mentioned && isReply && !ours && event.parent_user_id !== bot
        ? { under: toMessageId(thread.thread) }
        : {}),
      sentAt: fromTs(ts),
    };
  }

  /** A message was edited or deleted; it comes behind whatever was told of its channel before. */
  async function takeChange(
    event: ChangeEvent,
    workspaceOf: () => Promise<Workspace | undefined>,
  ): Promise<void> {
    const begun = await inOrder(event.channel, async () => {
      const workspace = await workspaceOf();
      return workspace && { onRecord: changed(workspace, event) };
    });
    await begun?.onRecord;
  }

  async function changed({ id, botUser }: Workspace, event: ChangeEvent): Promise<void> {
    const { channel } = event;
    if (event.subtype === 'message_deleted')
      return inbox.withdraw(messageKey(id, channel, event.deleted_ts));
    const { message, previous_message: before } = event;
    const key = messageKey(id, channel, message.ts);
    if (isTombstone(message)) return inbox.withdraw(key);
    if (!isSpoken(message, botUser) || (before && isAsBefore(before, message))) return;
    const direct = event.channel_type === 'im' || channel.startsWith('D');
    await inbox.revise(key, () => {
      const reading = readMessage(message, botUser);
      const { names, unasked } = people.atHand(id, reading.people);
      const material = reading.material(names);
      const hinted = withForwarded(material).attachments.some(isOnlyHinted);
      return {
        ...material,
        calls: callsOf(message.text ?? '', reading.mentionsUs || direct),
        ...(hinted || unasked ? { incomplete: true } : {}),
        ...(unasked ? { unnamed: true } : {}),
      };
    });
  }

  return {
    async take(body) {
      const change = readChangeEnvelope(body);
      if (change) {
        await takeChange(change.event, () => workspaces.receiving(change));
        return true;
      }
      const envelope = readMessageEnvelope(body);
      if (!envelope) return false;
      await takeFrom(envelope.event, () => workspaces.receiving(envelope));
      return true;
    },
    async takeMissed(ref, message) {
      const { channel, thread } = ref;
      const event = { ...message, type: 'message', channel, thread_ts: thread } as const;
      await takeFrom(event, () => workspaces.of(ref.workspace));
    },
    isAway: () => isAway,
  };
}
