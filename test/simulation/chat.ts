/**
 * A chat service for a simulated world. Honest: a message that is posted twice is there twice, unless the
 * second is told that the first may have got through (`again`) and the first is found.
 */

import { Readable } from 'node:stream';
import {
  type Attachment,
  ChatError,
  type ChatPlatform,
  type ChatThread,
  type Delivery,
  FileRefused,
  FileUnavailable,
  type OutgoingMessage,
  type Posted,
  type Reaction,
  type Repeating,
  type ThreadRef,
  threadKey,
} from '../../src/platforms/chat.ts';
import { toMessageId } from '../../src/runtime/ids.ts';
import { call, pause, type Wire } from './network.ts';
import type { Random } from './random.ts';
import { isAway, type Worker, type World } from './world.ts';

export interface Post {
  readonly id: string;
  readonly thread: string;
  readonly ref: ThreadRef;
  readonly key: string;
  readonly at: number;
  readonly by: string;
  /** When its worker called; it stands there from `at` on. */
  readonly calledAt?: number | undefined;
  readonly privateTo?: string | undefined;
  readonly file?: { readonly name: string; readonly bytes: number } | undefined;
  message: OutgoingMessage;
  /** Its last edit was a repetition of the platform's own: when, and by which worker. */
  repeated?: { readonly by: string; readonly at: number } | undefined;
  deleted: boolean;
}

export interface Chat {
  readonly posts: Post[];
  /** `message id:reaction` of all that stand there now. */
  readonly reactions: Set<string>;
  /** What attachments hold, by id. */
  readonly files: Map<string, Buffer>;
  platformFor(worker: Worker): ChatPlatform;
  onPost(listener: (post: Post) => void): void;
  visible(thread?: string): readonly Post[];
}

interface Edit {
  running: Promise<void>;
  next: OutgoingMessage | undefined;
  confirm: Repeating['confirm'];
}

/** How long a platform repeats inside before it says that the chat cannot be reached. */
const PATIENCE_MS = 25_000;
/** After which one try of theirs is taken for lost. */
const SILENCE_MS = 4_000;
const TRIES = 3;

/** The service asks for a pause; a platform keeps to it by itself. */
class Later extends Error {
  readonly ms: number;
  constructor(ms: number) {
    super(`not before ${ms} ms`);
    this.ms = ms;
  }
}

const unreachable = () => new ChatError('unreachable', 'the chat service does not answer');

export function createChat(world: World): Chat {
  const posts: Post[] = [];
  const reactions = new Set<string>();
  const files = new Map<string, Buffer>();
  const edits = new Map<string, Edit>();
  const listeners: ((post: Post) => void)[] = [];
  const random = world.random.fork('chat');

  function put(
    worker: Worker,
    ref: ThreadRef,
    post: Pick<Post, 'key' | 'message'> & Partial<Post>,
  ): Post {
    const entry: Post = {
      ...post,
      id: `m${posts.length + 1}`,
      thread: threadKey(ref),
      ref,
      at: world.time.monotonic(),
      by: worker.name,
      deleted: false,
    };
    posts.push(entry);
    const what = entry.file
      ? `posts a file`
      : entry.privateTo
        ? `tells ${entry.privateTo}`
        : 'posts';
    world.tell(worker.name, `${what} "${short(entry.message.text)}" (${entry.key}, ${entry.id})`);
    for (const listener of listeners) listener(entry);
    return entry;
  }

  function postOnce(
    worker: Worker,
    ref: ThreadRef,
    message: OutgoingMessage,
    { key, again }: Delivery,
    { file, calledAt }: Pick<Post, 'file' | 'calledAt'>,
  ): Posted {
    const found = again ? posts.find((it) => it.key === key && !it.deleted) : undefined;
    if (found) return { id: toMessageId(found.id) };
    return { id: toMessageId(put(worker, ref, { key, message, file, calledAt }).id) };
  }

  function standing(id: string): Post {
    const post = posts.find((it) => it.id === id && !it.deleted);
    if (!post) throw new ChatError('invalid', `there is no message ${id}`);
    return post;
  }

  function threadFor(wire: Wire, ref: ThreadRef): ChatThread {
    const { worker } = wire;
    const ask = <T>(
      serve: (again: boolean) => T,
      delivery: Pick<Delivery, 'signal' | 'confirm'> = {},
    ) => patient(wire, serve, delivery);
    return {
      ref,
      limits: async () => ({ fileBytes: 10_000_000 }),
      capabilities: {
        edit: true,
        react: true,
        privateReply: true,
        files: true,
        textChars: 3_000,
        draws: false,
        privateFiles: false,
      },
      post: (message, delivery) => {
        const calledAt = world.time.monotonic();
        return ask(
          (again) => postOnce(worker, ref, message, orAgain(delivery, again), { calledAt }),
          delivery,
        );
      },
      edit: (id, message, repeating) => editNewest(wire, id, message, repeating),
      async delete(id, repeating) {
        await ask(() => {
          standing(id).deleted = true;
          world.tell(worker.name, `deletes ${id}`);
        }, repeating);
      },
      async postPrivately(person, message) {
        await ask((again) => {
          if (again && posts.some((it) => it.privateTo === person && it.message === message))
            return;
          put(worker, ref, { key: `private:${person}`, message, privateTo: person });
        });
      },
      async postFile(file, message, delivery) {
        let bytes = 0;
        for await (const chunk of await file.open(delivery.signal)) bytes += chunk.length;
        // Nothing has been posted then, by none of the platform's own tries.
        const refused = !world.isCalm() && wire.random.chance(world.faults.lost / 3);
        return ask((again) => {
          if (refused) throw new FileRefused('failed', 'the upload failed');
          return postOnce(worker, ref, message, orAgain(delivery, again), {
            file: { name: file.name, bytes },
          });
        }, delivery);
      },
      react: (id, reaction) => ask(() => react(worker, id, reaction, true)),
      unreact: (id, reaction) => ask(() => react(worker, id, reaction, false)),
      showActivity: async () => {},
    };
  }

  /** As the port says: one edit of a message after the other, and only the newest of those that wait. */
  function editNewest(
    wire: Wire,
    id: string,
    message: OutgoingMessage,
    { confirm }: Repeating = {},
  ): Promise<void> {
    const { worker } = wire;
    const name = `${worker.name} ${id}`;
    const busy = edits.get(name);
    if (busy) {
      busy.next = message;
      busy.confirm = confirm;
      return busy.running;
    }
    const entry: Edit = { running: Promise.resolve(), next: undefined, confirm };
    edits.set(name, entry);
    entry.running = (async () => {
      try {
        for (let now: OutgoingMessage | undefined = message; now; now = entry.next) {
          entry.next = undefined;
          const newest = now;
          await patient(
            wire,
            (again) => {
              const post = standing(id);
              post.message = newest;
              post.repeated = again ? { by: worker.name, at: world.time.monotonic() } : undefined;
              world.tell(worker.name, `edits ${id}: "${short(newest.text)}"`);
            },
            { confirm: async () => entry.confirm?.() },
          );
        }
      } finally {
        edits.delete(name);
      }
    })();
    return entry.running;
  }

  function react(worker: Worker, id: string, reaction: Reaction, on: boolean): void {
    if (on) reactions.add(`${id}:${reaction}`);
    else reactions.delete(`${id}:${reaction}`);
    world.tell(
      worker.name,
      `${on ? 'sets' : 'takes away'} ${reaction === 'queued' ? '🕓' : '👀'} on ${id}`,
    );
  }

  /**
   * Platforms repeat inside, and look for what may have got through: only a service that is away for
   * longer than their patience is told to the conversation.
   */
  async function patient<T>(
    wire: Wire,
    serve: (again: boolean) => T,
    { signal, confirm }: Pick<Delivery, 'signal' | 'confirm'> = {},
    failure: () => Error = unreachable,
  ): Promise<T> {
    let isFirst = true;
    for (let attempt = 1; ; attempt += 1) {
      if (!isFirst) await confirm?.();
      isFirst = false;
      const away = isAway(world, 'chatAway');
      try {
        return await call(wire, {
          signal,
          serve: () => serve(attempt > 1),
          silence: failure,
          busy: () => new Later(wire.random.pick([1_000, 5_000, 30_000])),
          away: 'chatAway',
          patience: away ? PATIENCE_MS : SILENCE_MS,
        });
      } catch (error) {
        if (error instanceof Later) {
          await pause(wire.worker, error.ms, signal);
          attempt -= 1;
          continue;
        }
        const passes = error instanceof ChatError && error.reason === 'unreachable';
        if (!passes || attempt === TRIES || away) throw error;
      }
    }
  }

  return {
    posts,
    reactions,
    files,
    platformFor(worker) {
      const wire: Wire = { worker, random: forkOf(random, worker) };
      return {
        name: 'slack',
        start: async () => {},
        stopListening: async () => {},
        close: async () => {},
        linkTo: async () => undefined,
        trouble: () => (isAway(world, 'chatAway') ? 'the chat service does not answer' : undefined),
        thread: (ref) => threadFor(wire, ref),
        canSee: (_thread, _person, _from, signal) => patient(wire, () => true, { signal }),
        readMessage: async () => undefined,
        openFile: (_thread, file, signal) => openFile(wire, file, signal),
      };
    },
    onPost: (listener) => void listeners.push(listener),
    visible: (thread) =>
      posts.filter((it) => !it.deleted && !it.privateTo && (!thread || it.thread === thread)),
  };

  async function openFile(wire: Wire, file: Attachment, signal: AbortSignal) {
    const unavailable = () => new FileUnavailable('unreachable', 'the file could not be fetched');
    const content = await patient(wire, () => files.get(file.id), { signal }, unavailable);
    if (!content) throw new FileUnavailable('gone', 'there is no such file');
    return { stream: Readable.from([content]), bytes: content.length };
  }
}

const orAgain = (delivery: Delivery, again: boolean): Delivery =>
  again ? { ...delivery, again } : delivery;

const forkOf = (random: Random, worker: Worker): Random => random.fork(worker.name);

export const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 90)}…` : line;
};
