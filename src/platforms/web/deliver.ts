/**
 * From the page's store to the bot's inbox. The person's message is stored here first and marked as
 * taken only when the inbox has it: whatever breaks in between, it is handed over again, and the
 * inbox takes each key once.
 */
import type { Attachment, CommandName, Inbox, Person, Respond, ThreadRef } from '../chat.ts';
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
  locator: { file: id },
});

export const respondIn =
  (store: PlaygroundStore, thread: string): Respond =>
  async (message) => {
    store.addFromBot({ thread, body: bodyOf(message), private: true });
  };

export function createDelivery(
  store: PlaygroundStore,
  inbox: Inbox,
  person: (locale: string | undefined) => Person,
) {
  const underway = new Map<string, Promise<void>>();

  async function handOver(row: MessageRow, locale: string | undefined): Promise<void> {
    const key = `web:${row.id}`;
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
      await inbox.receive({
        key,
        messageId: row.id,
        thread,
        author,
        text: row.body.text,
        attachments,
        sentAt: row.created_at,
      });
    }
    store.markTaken(row.id);
  }

  /** A second call for the same message joins the first. */
  return (row: MessageRow, locale: string | undefined): Promise<void> => {
    if (row.taken) return Promise.resolve();
    const known = underway.get(row.id);
    if (known !== undefined) return known;
    const work = handOver(row, locale).finally(() => underway.delete(row.id));
    underway.set(row.id, work);
    return work;
  };
}

/** A command is stored as the person sees it, `/export 1080p`; its name was checked before. */
function commandOf(text: string): { name: CommandName; argument: string | undefined } {
  const [, typed, argument] = /^\/(\w+)(?: (.*))?$/s.exec(text) ?? [];
  const name = COMMAND_NAMES.find((known) => known === typed);
  if (name === undefined) throw new Error('a stored command is none');
  return { name, argument };
}
