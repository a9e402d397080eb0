/**
 * From an event to a message in the ledger. It runs before the event is acknowledged, so it asks
 * Slack for nothing that it can do without: what is missing is read when the turn runs.
 */
import type { Log } from '../../log.ts';
import type { Inbox, IncomingMessage, Material, ThreadRef } from '../chat.ts';
import { fromTs } from './history.ts';
import type { People } from './people.ts';
import {
  isSpoken,
  type MessageEvent,
  materialOf,
  readMessageEnvelope,
  type SlackMessage,
} from './slack-message.ts';
import { mentionedPeople, mentions } from './unescape.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export interface Receiving {
  /** True when the event was a message or a mention; by then it is in the ledger, if it is for us. */
  take(body: unknown): Promise<boolean>;
  /** A message found later in one of our threads. */
  takeMissed(ref: ThreadRef, message: SlackMessage): Promise<void>;
}

export interface ReceivingOptions {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly people: People;
  readonly readMessage: (
    ref: ThreadRef,
    id: string,
    signal: AbortSignal,
  ) => Promise<Material | undefined>;
  /** Told of every message that was taken, for the look after an outage. */
  readonly seen: (ref: ThreadRef, ts: string) => void;
  readonly log: Log;
}

/** Real milliseconds; Slack waits three seconds for all of it. */
const READ_FIRST_MS = 1_500;

export function createReceiving(options: ReceivingOptions): Receiving {
  const { inbox, workspaces, people, readMessage, seen, log } = options;

  async function takeFrom(workspace: Workspace, event: MessageEvent): Promise<void> {
    const message = await addressed(workspace, event);
    if (!message) return;
    await inbox.receive(message);
    seen(message.thread, event.ts);
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
    const mentioned = event.type === 'app_mention' || mentions(event.text ?? '', bot);
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
    const material = await materialFrom(workspace, event);
    const whole = await readIfEmpty(thread, ts, material, mentioned);
    // Who says nothing is greeted in the language of their Slack.
    const silent = whole.text === '' && whole.attachments.length === 0;
    const author = silent ? await people.person(workspace.id, event.user) : { id: event.user };
    const stubs = whole.attachments.some((file) => file.locator['standing'] === 'stub');
    return {
      key: `slack:${workspace.id}:${channel}:${ts}`,
      messageId: ts,
      thread,
      author,
      ...whole,
      ...(mentioned && !isReply ? { begins: true } : {}),
      // Of a mention's two events either may come without the files.
      ...(stubs || (mentioned && whole.attachments.length === 0) ? { incomplete: true } : {}),
      ...(mentioned && isReply && !ours && event.parent_user_id !== bot
        ? { under: event.thread_ts }
        : {}),
      sentAt: fromTs(ts),
    };
  }

  async function materialFrom(workspace: Workspace, message: SlackMessage): Promise<Material> {
    const bot = workspace.botUser;
    const mentioned = mentionedPeople(message.text ?? '', bot);
    const names = mentioned.length > 0 ? await people.names(workspace.id, mentioned) : undefined;
    return materialOf(message, { bot, people: names });
  }

  /** A bare mention is either a cry for help or a file whose event came without it. */
  async function readIfEmpty(
    thread: ThreadRef,
    ts: string,
    material: Material,
    mentioned: boolean,
  ): Promise<Material> {
    if (!mentioned || material.text !== '' || material.attachments.length > 0) return material;
    const signal = AbortSignal.timeout(READ_FIRST_MS);
    try {
      return (await readMessage(thread, ts, signal)) ?? material;
    } catch (error) {
      if (!signal.aborted) throw error;
      log.debug('Slack was too slow to show a message again', { error });
      return material;
    }
  }

  return {
    async take(body) {
      const envelope = readMessageEnvelope(body);
      if (!envelope) return false;
      const workspace = await workspaces.receiving(envelope);
      if (workspace) await takeFrom(workspace, envelope.event);
      return true;
    },
    async takeMissed(ref, message) {
      const workspace = await workspaces.of(ref.workspace);
      // The root comes with every look into a thread; it was somebody's first word long ago.
      if (message.ts === ref.thread) return;
      await takeFrom(workspace, {
        ...message,
        type: 'message',
        channel: ref.channel,
        thread_ts: ref.thread,
      });
    },
  };
}
