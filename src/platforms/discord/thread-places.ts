/**
 * Where a thread of ours really lives: a Discord thread, or a chain of replies where no thread can be
 * made. What was found out is kept, so that every process speaks in the same place.
 */

import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { State } from '../../state/state.ts';
import type { ThreadRef } from '../chat.ts';
import type { Api } from './api-calls.ts';
import { createThread } from './create-thread.ts';
import { isPassing } from './errors.ts';
import { channelShape, isThreadType } from './payloads.ts';

const placeShape = z.object({
  /** As in the `ThreadRef`: the channel under which the thread hangs. */
  channel: z.string(),
  /** `replies`: messages go to the channel itself, as replies. */
  mode: z.enum(['thread', 'replies']),
  /** Made for the project, so that no mention is needed in it. */
  own: z.boolean(),
  /** The person was told once that messages cannot be read here. */
  hinted: z.boolean().optional(),
  /** The thread bears the name of its project, or one that a person gave it. */
  named: z.boolean().optional(),
});
export type ThreadPlace = z.infer<typeof placeShape>;

const threadShape = z.string();

/** Where to post for a thread. */
export interface Spot {
  readonly target: string;
  readonly replyTo?: string | undefined;
}

/** What the gateway tells of a Discord thread. */
export interface SeenThread {
  readonly parent: string;
  readonly owner: string | undefined;
  readonly name?: string | undefined;
}

export interface Places {
  /** The gateway showed a thread; active ones are shown before anything is written in them. */
  saw(thread: string, seen: SeenThread): void;
  /** It has this name from now on. We give one once; any other that comes before it is a person's, and stays. */
  renamed(thread: string, name: string | undefined): Promise<void>;
  /** What is known of a project's thread by its id, which is also the channel that its messages come from. */
  known(thread: string): Promise<ThreadPlace | undefined>;
  /** A Discord thread, asked for where it was not seen lately; undefined for what is none. */
  look(channel: string): Promise<SeenThread | undefined>;
  note(thread: string, place: ThreadPlace): Promise<void>;
  /** The same as `known`, and not from memory: another process may have named it since. */
  knownNow(thread: string): Promise<ThreadPlace | undefined>;
  /** Changes what is known, by all who share the store; nothing where `next` gives undefined. */
  change(thread: string, next: (known: ThreadPlace) => ThreadPlace | undefined): Promise<void>;
  /** The first words of a message that will become a thread, for its name. */
  expect(thread: string, words: string): void;
  /** Makes the thread where there is none yet; not as ours where `own` says so. Rejects with `ChatError`. */
  spot(ref: ThreadRef, how?: { readonly own: boolean }): Promise<Spot>;
  /** A message of ours in a chain of replies: answers to it belong to that thread. */
  noteReply(messageId: string, ref: ThreadRef): Promise<void>;
  /** The thread that a message in a chain of replies belongs to. */
  repliedIn(messageId: string): Promise<string | undefined>;
}

/** As long as anybody comes back to a project. */
const KEEP_MS = 90 * 86_400_000;
/** Another process may make a thread ours, or name it. Real milliseconds. */
const FRESH_MS = 2_000;

export function openPlaces(state: State, api: Api, botId: () => string): Places {
  const stored = state.map('discord-place', placeShape, { ttlMs: KEEP_MS });
  const replies = state.map('discord-reply', threadShape, { ttlMs: KEEP_MS });
  const recent = new LRUCache<string, ThreadPlace>({ max: 1_000, ttl: FRESH_MS, ttlResolution: 0 });
  const seen = new LRUCache<string, SeenThread>({ max: 2_000 });
  const names = new LRUCache<string, string>({ max: 200 });
  const making = new Map<string, Promise<ThreadPlace>>();

  /** Threads that we started are known by their owner alone; only what differs from that is stored. */
  async function knownNow(thread: string): Promise<ThreadPlace | undefined> {
    const place = (await stored.get(thread)) ?? ownThread(thread);
    if (place) recent.set(thread, place);
    return place;
  }

  const known = async (thread: string): Promise<ThreadPlace | undefined> =>
    recent.get(thread) ?? (await knownNow(thread));

  async function change(
    thread: string,
    next: (known: ThreadPlace) => ThreadPlace | undefined,
  ): Promise<void> {
    for (;;) {
      const before = await stored.get(thread);
      const place = before ?? ownThread(thread) ?? recent.get(thread);
      const changed = place && next(place);
      if (!changed) return;
      if (!(await stored.swap(thread, before, changed))) continue;
      recent.set(thread, changed);
      return;
    }
  }

  function ownThread(thread: string): ThreadPlace | undefined {
    const shown = seen.get(thread);
    if (!shown || shown.owner !== botId()) return undefined;
    return { channel: shown.parent, mode: 'thread', own: true };
  }

  async function look(channel: string): Promise<SeenThread | undefined> {
    const shown = seen.get(channel);
    if (shown) return shown;
    try {
      const {
        type,
        parent_id: parent,
        owner_id: owner,
      } = channelShape.parse(await api('GET', `/channels/${channel}`));
      if (!isThreadType(type) || !parent) return undefined;
      const asked = { parent, owner: owner ?? undefined };
      seen.set(channel, asked);
      return asked;
    } catch (error) {
      if (isPassing(error)) throw error;
      return undefined;
    }
  }

  async function note(thread: string, place: ThreadPlace): Promise<void> {
    await stored.set(thread, place);
    recent.set(thread, place);
  }

  /** Two posts at once make one thread. */
  function made(ref: ThreadRef, own: boolean): Promise<ThreadPlace> {
    const running = making.get(ref.thread);
    if (running) return running;
    const work = make(ref, own).finally(() => making.delete(ref.thread));
    making.set(ref.thread, work);
    return work;
  }

  async function make(ref: ThreadRef, own: boolean): Promise<ThreadPlace> {
    // Before there is a thread: one that we have made counts as ours where nothing else is stored.
    if (!own) await note(ref.thread, { channel: ref.channel, mode: 'thread', own });
    const isThread = await createThread(api, ref, names.get(ref.thread), botId());
    const mode = isThread ? 'thread' : 'replies';
    const place: ThreadPlace = { channel: ref.channel, mode, own };
    // As the gateway would show it to the process that has this server's shard.
    const shown = { parent: ref.channel, owner: botId() };
    if (mode === 'thread' && own && !seen.has(ref.thread)) seen.set(ref.thread, shown);
    if (mode === 'thread' && own) recent.set(ref.thread, place);
    else await note(ref.thread, place);
    names.delete(ref.thread);
    return place;
  }

  return {
    saw: (thread, shown) => void seen.set(thread, shown),
    async renamed(thread, name) {
      const before = seen.get(thread);
      if (name === undefined || before?.name === undefined || before.name === name) return;
      // At once: whoever names the thread meanwhile looks here.
      seen.set(thread, { ...before, name });
      await change(thread, (place) =>
        place.own && !place.named ? { ...place, named: true } : undefined,
      );
    },
    known,
    knownNow,
    change,
    look,
    note,
    expect: (thread, words) => void names.set(thread, words),
    async spot(ref, { own } = { own: true }) {
      if (ref.workspace === 'dm') return { target: ref.channel };
      // Nothing can be stored yet of one whose first message has just come.
      const place = names.has(ref.thread) ? undefined : await known(ref.thread);
      const { mode } = place ?? (await made(ref, own));
      if (mode === 'thread') return { target: ref.thread };
      return { target: ref.channel, replyTo: ref.thread };
    },
    noteReply: (messageId, ref) => replies.set(messageId, ref.thread),
    repliedIn: (messageId) => replies.get(messageId),
  };
}
