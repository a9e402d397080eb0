/**
 * From the page's store to the bot's inbox. The person's message is stored here first and marked as
 * taken only when the inbox has it: whatever breaks in between, it is handed over again, and the
 * inbox takes each key once. Those of one conversation are handed over in the order of their coming.
 */

import { machineTimers, sleepOn } from '../../runtime/clock.ts';
import { toMessageId } from '../../runtime/ids.ts';
import { createInOrder } from '../../runtime/in-order.ts';
import { retry } from '../../runtime/retry.ts';
import { isDatabaseTrouble } from '../../runtime/sqlite/database.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { Attachment, CommandName, Inbox, Person, Respond, ThreadRef } from '../chat.ts';
import { messageKey } from './event-keys.ts';
import type { FileLocator } from './file-locator.ts';
import type { PlaygroundStore } from './store.ts';
import { bodyOf, type MessageRow } from './stored-message.ts';
import { COMMAND_NAMES, type WireFile } from './wire.ts';

/** All who use the page are one person to the bot. */
export const YOU = 'you';

/**
 * Without a password it is the one person at this machine: what there is to administer is theirs. Behind
 * a password it is whoever was told it, and an admin only by the operator's list.
 */
export const you = (locale: string | undefined, atThisMachine: boolean): Person => ({
  id: YOU,
  name: 'You',
  locale,
  admin: atThisMachine,
});

export const refOf = (thread: string): ThreadRef => ({
  platform: 'web',
  workspace: 'local',
  channel: 'playground',
  thread,
});

export const attachmentOf = ({ id, name, bytes, mime }: WireFile): Attachment => ({
  id,
  name,
  bytes,
  mime,
  locator: { file: id } satisfies FileLocator,
});

export const respondIn =
  (store: PlaygroundStore, thread: string): Respond =>
  async (message) => {
    store.addFromBot({ thread, body: bodyOf(message), private: true });
  };

export interface HandOver {
  /** Resolves when the inbox has it, or it is kept because nothing can be written at present. */
  deliver(row: MessageRow, locale: string | undefined): Promise<void>;
  /** No more can be kept: the page is told before its message is stored. */
  isFull(): boolean;
  /** Hands over what is kept once more; what is left then is in the store for the next start. */
  end(): Promise<void>;
}

export interface DeliveryDeps {
  readonly store: PlaygroundStore;
  readonly inbox: Inbox;
  readonly person: (locale: string | undefined) => Person;
  readonly onError: (error: unknown) => void;
  readonly mostKept?: number | undefined;
}

interface Kept {
  readonly row: MessageRow;
  readonly locale: string | undefined;
}

/** Rows that wait for the bot's store; their text is in the page's own. */
const MOST_KEPT = 500;
/** Real milliseconds before the next try and before those that follow; the last one is repeated. */
const FIRST_PAUSE = 500;
const PAUSES = [1_000, 2_000, 5_000];
const clock = sleepOn(machineTimers);

/** Nothing is wrong with the message: one of the two databases takes no writes. */
const isPassing = (error: unknown): boolean => isStoreOutage(error) || isDatabaseTrouble(error);

export function createDelivery(deps: DeliveryDeps): HandOver {
  const { store, inbox, person, onError, mostKept = MOST_KEPT } = deps;
  const underway = new Map<string, Promise<void>>();
  const inOrder = createInOrder();
  /** By conversation, in order. */
  const kept = new Map<string, Kept[]>();
  const ending = new AbortController();
  let retrying: Promise<void> | undefined;

  async function handOver({ row, locale }: Kept): Promise<void> {
    const key = messageKey(row.id);
    const thread = refOf(row.thread);
    const author = person(locale);
    if (row.body.kind === 'command') {
      const { name, argument } = commandOf(row.body.text);
      const respond = respondIn(store, row.thread);
      const { platform, workspace, channel } = thread;
      await inbox.command({
        key,
        name,
        argument,
        person: author,
        platform,
        workspace,
        channel,
        thread,
        respond,
      });
    } else {
      const attachments = row.body.files.map(attachmentOf);
      const { text } = row.body;
      const sentAt = row.created_at;
      await inbox.receive(
        {
          key,
          messageId: toMessageId(row.id),
          thread,
          author,
          text,
          attachments,
          calls: 'us',
          sentAt,
        },
        true,
      );
    }
    store.markTaken(row.id);
  }

  async function handOverOrKeep(message: Kept): Promise<void> {
    const { thread } = message.row;
    const before = kept.get(thread);
    if (before) return void before.push(message);
    try {
      await handOver(message);
    } catch (error) {
      if (!isPassing(error)) throw error;
      onError(error);
      kept.set(thread, [message]);
      retrying ??= handOverLater();
    }
  }

  /** Begins with a pause, behind a try that failed. A shutdown does not wait for one, and has one last try. */
  async function handOverLater(): Promise<void> {
    const { signal } = ending;
    const policy = { tries: Infinity, pauses: PAUSES, clock, signal, again: isPassing };
    try {
      while (kept.size > 0) {
        await clock.sleep(FIRST_PAUSE, signal);
        await retry(policy, handOverKept);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      await handOverKept().catch(onError);
    }
    retrying = undefined;
  }

  /** Rejects where one cannot be written yet; it and what is behind it are kept. */
  async function handOverKept(): Promise<void> {
    for (const [thread, messages] of kept) {
      for (let next = messages[0]; next; next = messages[0]) {
        try {
          await handOver(next);
        } catch (error) {
          if (isPassing(error)) throw error;
          // The page offers to send it again.
          onError(error);
        }
        messages.shift();
      }
      kept.delete(thread);
    }
  }

  return {
    /** A second call for the same message joins the first. */
    deliver(row, locale) {
      if (row.taken || kept.get(row.thread)?.some((waiting) => waiting.row.id === row.id))
        return Promise.resolve();
      const known = underway.get(row.id);
      if (known !== undefined) return known;
      const message = { row, locale };
      // What a command says is said at once, whatever waits before it.
      const work =
        row.body.kind === 'command'
          ? handOver(message)
          : inOrder(row.thread, () => handOverOrKeep(message));
      const done = work.finally(() => underway.delete(row.id));
      underway.set(row.id, done);
      return done;
    },
    isFull() {
      let count = underway.size;
      for (const messages of kept.values()) count += messages.length;
      return kept.size > 0 && count >= mostKept;
    },
    async end() {
      ending.abort();
      await retrying;
    },
  };
}

/** A command is stored as the person sees it, `/export 1080p`; its name was checked before. */
function commandOf(text: string): { name: CommandName; argument: string | undefined } {
  const [, typed, argument] = /^\/([\w-]+)(?: (.*))?$/s.exec(text) ?? [];
  const name = COMMAND_NAMES.find((known) => known === typed);
  if (name === undefined) throw new Error('a stored command is none');
  return { name, argument };
}
