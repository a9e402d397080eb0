/** A conversation of the playground, as the bot sees it. */
import { toMessageId } from '../../runtime/ids.ts';
import {
  type Capabilities,
  ChatError,
  type ChatThread,
  type Delivery,
  FileRefused,
  type FileSource,
  type Limits,
  type OutgoingMessage,
  type Posted,
  type ThreadRef,
} from '../chat.ts';
import { cleanName } from './file-kind.ts';
import { FileTooLarge, type FileVault, isDiskFull, LengthMismatch } from './file-vault.ts';
import type { LiveEvents } from './live-events.ts';
import type { PlaygroundStore } from './store.ts';
import { bodyOf } from './stored-message.ts';
import type { WireFile } from './wire.ts';

const LIMITS: Limits = { fileBytes: 1024 ** 3 };
const CAPABILITIES: Capabilities = {
  edit: true,
  react: true,
  privateReply: true,
  files: true,
  textChars: 3_000,
  draws: true,
  privateFiles: false,
};

export interface ThreadStores {
  readonly store: PlaygroundStore;
  readonly vault: FileVault;
  readonly live: LiveEvents;
  /** A post came once more that was not said to be a repetition: shown once here, it would be shown twice elsewhere. */
  readonly onUnannounced: (key: string) => void;
}

export function webThread(
  ref: ThreadRef,
  { store, vault, live, onUnannounced }: ThreadStores,
): ChatThread {
  const id = ref.thread;

  function mustExist(): void {
    if (!store.thread(id)) throw new ChatError('gone', 'the playground has no such conversation');
  }
  function mustHave(found: boolean): void {
    // `gone` would be said of the conversation, and nothing more would be shown in it.
    if (!found) throw new ChatError('invalid', 'the message is no longer there');
  }
  function add(
    message: OutgoingMessage,
    { key, again }: Delivery,
    files: readonly WireFile[] = [],
  ): Posted {
    const body = { ...bodyOf(message), files: [...files] };
    live.activity(id, undefined);
    const { id: posted, earlier } = store.addFromBot({ thread: id, key, body, private: false });
    if (earlier && !again) onUnannounced(key);
    return { id: toMessageId(posted) };
  }

  /** With its captions, which the page asks for by their own id. */
  async function keep(file: FileSource, signal?: AbortSignal): Promise<WireFile> {
    const captions = file.captions && (await keep(file.captions, signal));
    const saved = { ...(await take(file, vault, signal)), captions: captions?.id };
    store.addFile(saved);
    return saved;
  }

  return {
    ref,
    limits: async () => LIMITS,
    capabilities: CAPABILITIES,
    async post(message, delivery) {
      mustExist();
      return add(message, delivery);
    },
    async edit(messageId, message) {
      mustHave(store.edit(messageId, (earlier) => bodyOf(message, earlier)));
    },
    async delete(messageId) {
      store.remove(messageId);
    },
    async postPrivately(_person, message) {
      mustExist();
      store.addFromBot({ thread: id, body: bodyOf(message), private: true });
    },
    async postFile(file, message, delivery) {
      mustExist();
      // Before the bytes are fetched and kept for nothing.
      const posted = delivery.again ? store.postedAs(id, delivery.key) : undefined;
      if (posted) return { id: toMessageId(posted) };
      const all = [file, ...(file.beside ?? [])];
      const saved: WireFile[] = [];
      for (const it of all) saved.push(await keep(it, delivery.signal));
      return add(message, delivery, saved);
    },
    async react(messageId, reaction) {
      mustHave(store.react(messageId, reaction, true));
    },
    async unreact(messageId, reaction) {
      mustHave(store.react(messageId, reaction, false));
    },
    async showActivity(label) {
      live.activity(id, label);
    },
  };
}

/** A file that stands in the conversation, and is not among what others would be shown. */
export async function addPrivateFile(
  { store, vault }: Pick<ThreadStores, 'store' | 'vault'>,
  thread: string,
  message: OutgoingMessage,
  file: FileSource,
  signal: AbortSignal,
): Promise<void> {
  const saved = await take(file, vault, signal);
  store.addFile(saved);
  store.addFromBot({ thread, body: { ...bodyOf(message), files: [saved] }, private: true });
}

/** A source that cannot be opened keeps its own error; from then on the refusal is ours. */
async function take(file: FileSource, vault: FileVault, signal?: AbortSignal): Promise<WireFile> {
  if (file.bytes > LIMITS.fileBytes) throw tooLarge();
  const source = await file.open(signal);
  try {
    const saved = await vault.save(
      source,
      { atMost: LIMITS.fileBytes, exactly: file.bytes },
      signal,
    );
    return {
      ...saved,
      name: cleanName(file.name),
      mime: file.mime,
      description: file.description,
    };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof FileTooLarge) throw tooLarge();
    if (isDiskFull(error))
      throw new FileRefused('storage-full', 'the disk is full', { cause: error });
    const what = error instanceof LengthMismatch ? error.message : 'the file could not be stored';
    throw new FileRefused('failed', what, { cause: error });
  }
}

const tooLarge = () =>
  new FileRefused('too-large', 'the file is over the limit', { limit: LIMITS.fileBytes });
