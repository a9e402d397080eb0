/** The playground: a chat service of its own, behind the same port as Slack and Discord. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Words } from '../../locales/locale.ts';
import { localeFor } from '../../locales/locales.ts';
import { isDatabaseTrouble } from '../../runtime/sqlite/database.ts';
import { ChatError, FileUnavailable, type Inbox } from '../chat.ts';
import type { ServedPlatform } from '../platform-module.ts';
import { readLocator } from './file-locator.ts';
import { openFileVault } from './file-vault.ts';
import { NOT_WRITTEN, RequestRefusal, sendRefusal } from './http.ts';
import { createLiveEvents } from './live-events.ts';
import { createPageAssets } from './page-assets.ts';
import { attachmentOf, createDelivery, type HandOver, YOU, you } from './receive.ts';
import { type Address, judge, setSafeHeaders } from './request-origin.ts';
import { type Backstage, isOurs, route } from './routes.ts';
import { openPlaygroundDb } from './schema.ts';
import { createSignIn, isOpen } from './sign-in/sign-in.ts';
import { createStore } from './store.ts';
import { wireMessage } from './stored-message.ts';
import { isUpload } from './take-upload.ts';
import { addPrivateFile, webThread } from './thread.ts';
import { MAX_FILES_PER_MESSAGE, type Welcome } from './wire.ts';

export interface WebPlatformOptions {
  /** Holds `playground.db` and `playground-files/`. */
  readonly dataDir: string;
  /** Where the app's server listens; asked for with every request. */
  readonly address: () => Address;
  /** Who opens the page has to sign in with it. Without one it must be reachable from this machine alone. */
  readonly password?: string | undefined;
  /** How long a session lasts, in milliseconds; a week unless given. */
  readonly sessionMs?: number | undefined;
  readonly maxUploadBytes: number;
  /** A day unless given. */
  readonly unusedUploads?: UnusedUploads | undefined;
  /** What an empty conversation shows. */
  readonly welcome: (words: Words) => Welcome;
  /** For the operator: a request failed for a reason that is nobody's who sent it. */
  readonly onError: (error: unknown) => void;
  /** How many messages may wait for a bot that cannot write them down. */
  readonly mostKept?: number | undefined;
  /** For the operator: a post with this key came once more, and was not said to be a repetition. */
  readonly onUnannounced: (key: string) => void;
}

export type WebPlatform = ServedPlatform & Required<Pick<ServedPlatform, 'handle' | 'isUpload'>>;

/** Uploads that no message came to carry are forgotten after so many milliseconds. */
const UNUSED: UnusedUploads = { keepMs: 24 * 3_600_000, lookEveryMs: 3_600_000 };

interface UnusedUploads {
  readonly keepMs: number;
  readonly lookEveryMs: number;
}

/** Rejects with `DatabaseUnusable`, a sentence for the operator. */
export async function createWebPlatform(options: WebPlatformOptions): Promise<WebPlatform> {
  const db = openPlaygroundDb(join(options.dataDir, 'playground.db'));
  const store = createStore(db, () => live.changed());
  const vault = await openFileVault(join(options.dataDir, 'playground-files'));
  const live = createLiveEvents({
    epoch: store.epoch,
    seq: store.seq,
    changesAfter: (seq, limit) =>
      store.changesAfter(seq, limit).map((changed) => {
        if (changed.type === 'thread') return { ...changed, seq: changed.thread.seq };
        return { type: 'message', seq: changed.row.seq, message: wireMessage(changed.row, YOU) };
      }),
  });
  const { password, sessionMs, onUnannounced } = options;
  const signIn = password === undefined ? undefined : createSignIn({ password, sessionMs });
  const person = (locale: string | undefined) => you(locale, signIn === undefined);
  const visits = new Map<ServerResponse, Promise<unknown>>();
  const unused = options.unusedUploads ?? UNUSED;
  let looking: NodeJS.Timeout | undefined;
  let closed = false;
  let inbox: Inbox | undefined;
  let delivery: HandOver | undefined;

  const backstage: Backstage = {
    store,
    vault,
    live,
    config: {
      epoch: store.epoch,
      maxUploadBytes: options.maxUploadBytes,
      maxFilesPerMessage: MAX_FILES_PER_MESSAGE,
      canSignOut: signIn !== undefined,
    },
    welcome: (locale) => options.welcome(localeFor(locale).words),
    asset: createPageAssets(),
    person,
    inbox: () => inbox,
    deliver: (row, locale) => delivery?.deliver(row, locale) ?? Promise.reject(stopped()),
    isFull: () => delivery?.isFull() ?? false,
  };

  async function forgetUnused(): Promise<void> {
    for (const id of store.dropUnused(Date.now() - unused.keepMs)) await vault.remove(id);
  }

  async function visit(req: IncomingMessage, res: ServerResponse): Promise<true> {
    setSafeHeaders(res);
    try {
      const verdict = judge(req, signIn ? undefined : options.address());
      if (verdict === 'wrong-host')
        throw new RequestRefusal('forbidden', 'The playground does not go by this name.');
      if (verdict === 'cross-site')
        throw new RequestRefusal('forbidden', 'Only the playground’s own page may do this.');
      if (closed) throw stopped();
      if (signIn && !isOpen(req)) {
        const session = await signIn.admit(req, res);
        if (!session) return true;
        await under(session.signal, res, () => route(req, res, backstage));
      } else await route(req, res, backstage);
    } catch (error) {
      refuse(req, res, error);
    }
    return true;
  }

  function refuse(req: IncomingMessage, res: ServerResponse, error: unknown): void {
    const known = error instanceof RequestRefusal;
    // Whoever hung up in the middle of a request is no concern of the operator's.
    if (!known && !res.destroyed) options.onError(error);
    if (res.headersSent || res.destroyed) {
      res.destroy();
      return;
    }
    // What is still coming is read and thrown away: a connection cut at once would take the answer
    // with it before the browser has seen it.
    req.resume();
    sendRefusal(res, known ? error : isDatabaseTrouble(error) ? notWritten : unexpected);
  }

  return {
    name: 'web',
    isOperatorsOwn: true,
    handle(req, res) {
      if (!isOurs(req)) return false;
      const running = visit(req, res);
      visits.set(res, running);
      return running.finally(() => visits.delete(res));
    },
    isUpload,
    async start(to) {
      await forgetUnused();
      await vault.sweep(store.fileIds());
      looking = setInterval(() => {
        forgetUnused().catch(options.onError);
      }, unused.lookEveryMs);
      const { onError, mostKept } = options;
      const made = createDelivery({ store, inbox: to, person, onError, mostKept });
      delivery = made;
      inbox = to;
      // One that is refused again must not keep the playground closed; the page offers to send it.
      for (const row of store.waiting()) await made.deliver(row, undefined).catch(onError);
    },
    async stopListening() {
      inbox = undefined;
      await delivery?.end();
    },
    async close() {
      inbox = undefined;
      closed = true;
      clearInterval(looking);
      signIn?.close();
      // Pages reconnect by themselves; a message that was being taken in still is, to the end.
      for (const res of visits.keys()) res.destroy();
      await Promise.allSettled(visits.values());
      store.close();
    },
    trouble: () => (inbox ? undefined : 'the playground is not listening'),
    thread: (ref) => webThread(ref, { store, vault, live, onUnannounced }),
    // The playground has one person, and every conversation in it is theirs.
    // The page is reached by whatever name its operator gave it; its threads stand in a list beside.
    linkTo: async () => undefined,
    canSee: async ({ thread }) => store.thread(thread) !== undefined,
    async readMessage(ref, messageId) {
      const row = store.message(messageId);
      if (!row || row.deleted || row.thread !== ref.thread) return undefined;
      return { text: row.body.text, attachments: row.body.files.map(attachmentOf) };
    },
    async sendPrivately({ thread }, message, file, signal) {
      if (!thread)
        throw new ChatError('invalid', 'the playground speaks in its conversations alone');
      await addPrivateFile({ store, vault }, thread.thread, message, file, signal);
      return 'here';
    },
    async forget({ thread }) {
      // Files that a crash leaves behind are swept at the next start: the store no longer knows them.
      for (const id of store.forget(thread)) await vault.remove(id);
    },
    async openFile(_thread, file) {
      const id = readLocator(file)?.file;
      const bytes = id === undefined ? undefined : await vault.size(id);
      if (id === undefined || bytes === undefined)
        throw new FileUnavailable('gone', 'the file is no longer there');
      return { stream: vault.read(id), bytes };
    },
  };
}

/** What is being sent when the session ends, the stream of changes above all, ends with it. */
async function under(
  session: AbortSignal,
  res: ServerResponse,
  work: () => Promise<void>,
): Promise<void> {
  const cut = () => res.destroy();
  session.addEventListener('abort', cut, { once: true });
  try {
    await work();
  } finally {
    session.removeEventListener('abort', cut);
  }
}

const unexpected = {
  code: 'unexpected',
  message: 'Something went wrong. Please try again.',
} as const;
const notWritten = { code: 'not-written', message: NOT_WRITTEN } as const;

const stopped = () =>
  new RequestRefusal(
    'unavailable',
    'The playground is being stopped; please try again in a moment.',
  );
