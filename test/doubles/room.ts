// Over 250 lines: one part of a whole service; its parts share one state.
/**
 * A chat platform in memory, for conversations in tests: it implements the port as a platform does
 * (edits, private replies, files) and keeps everything that could be seen. Of a post that was made before it
 * knows nothing by itself: as in Slack, only who asks (`again`) finds the earlier one, and as in Discord, where
 * nothing but what people see can be looked for, one without buttons is found by its words alone.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  type Attachment,
  type ButtonAction,
  type Capabilities,
  ChatError,
  type ChatPlatform,
  type ChatThread,
  type Delivery,
  FileRefused,
  FileUnavailable,
  type Inbox,
  type Material,
  type OutgoingMessage,
  type Person,
  type ThreadRef,
  threadKey,
} from '../../src/platforms/chat.ts';
import { toMessageId } from '../../src/runtime/ids.ts';

export interface Said {
  readonly id: string;
  readonly thread: string;
  readonly key: string;
  message: OutgoingMessage;
  /** Every text it has had, oldest first. */
  readonly versions: string[];
  deleted: boolean;
  readonly privateTo?: string;
  readonly file?: {
    name: string;
    bytes: number;
    sha256: string;
    content: Buffer;
    description: string;
    captions?: string;
  };
}

/** What a person did; `after` counts the messages that had been posted by then. */
export interface Deed {
  readonly by: Person;
  readonly thread: string;
  readonly after: number;
  readonly text?: string;
  readonly files?: readonly string[];
  readonly quoted?: string | undefined;
  readonly pressed?: ButtonAction;
  /** What the button answered, to that person alone. */
  readonly answers?: readonly string[];
}

export interface RoomFile {
  readonly name: string;
  readonly bytes?: Buffer;
  /** What the platform claims; the real length unless given. */
  readonly claimed?: number;
  readonly mime?: string;
  /** A recorded voice. */
  readonly voice?: Attachment['voice'];
  /** Opening it fails like this. */
  readonly broken?: FileUnavailable['reason'];
}

export const alice: Person = { id: 'U-alice', name: 'Alice' };
export const bob: Person = { id: 'U-bob', name: 'Bob' };

/** `platform` is what it calls itself. */
export function createRoom(platform = 'web') {
  const said: Said[] = [];
  const reactions: { messageId: string; reaction: string; on: boolean }[] = [];
  const files = new Map<string, RoomFile>();
  const watchers = new Set<() => void>();
  const deeds: Deed[] = [];
  /** Messages whose event came without their files. */
  const whole = new Map<string, Material>();
  let inbox: Inbox | undefined;
  let count = 0;
  const room = {
    said,
    deeds,
    reactions,
    fileBytes: 10 * 1024 * 1024,
    capabilities: {
      edit: true,
      react: true,
      privateReply: true,
      files: true,
      textChars: 3_000,
      draws: false,
      privateFiles: false,
    } as Capabilities,
    /** Makes the next posts fail. */
    refusals: [] as Error[],
    fileRefusals: [] as FileRefused[],
    /** Out of reach: nothing that would be posted, edited or removed gets there. */
    away: false,
    /** What is posted in these words gets there, but its answer is lost. */
    lostReplies: [] as RegExp[],
    /** How often something was tried all the same. */
    attempts: 0,
    /** What a private message waits for, and what reactions and signs of life do. */
    privately: (): Promise<unknown> => Promise.resolve(),
    decoration: (): Promise<unknown> => Promise.resolve(),
    /** What a post waits for before it gets there. */
    posting: (_message: OutgoingMessage): Promise<unknown> => Promise.resolve(),
    /** What a removal waits for before it gets there. */
    deleting: (): Promise<unknown> => Promise.resolve(),
    /** The place no longer exists for us: every call in it is refused, and counted. */
    gone: false,
    refused: [] as string[],
    /** What buttons and commands were answered with, as the person alone sees it. */
    answered: [] as OutgoingMessage[],
    /** Files that came with such answers. */
    handed: [] as string[],
    links: async ({ channel, thread }: ThreadRef): Promise<string> =>
      `https://room.test/${channel}/${thread}`,
    /** What the platform says about what a person may see. */
    sees: async (_thread: ThreadRef, _person: Person): Promise<boolean> => true,
    platform: undefined as unknown as ChatPlatform,
  };
  const changed = () => {
    for (const watcher of [...watchers]) watcher();
  };

  function mustBeReached(): void {
    if (!room.away) return;
    room.attempts += 1;
    changed();
    throw new ChatError('unreachable', 'the chat is away');
  }

  function earlier(
    thread: string,
    { text, buttons = [] }: OutgoingMessage,
    { key, again }: Delivery,
  ): Said | undefined {
    if (!again) return undefined;
    return said.find(
      (s) =>
        s.key === key &&
        s.thread === thread &&
        !s.privateTo &&
        !s.deleted &&
        (buttons.length > 0 || s.message.text === text),
    );
  }

  function post(
    thread: string,
    message: OutgoingMessage,
    key: string,
    more: Partial<Said> = {},
  ): Said {
    count += 1;
    const entry: Said = {
      id: `m${count}`,
      thread,
      key,
      message,
      versions: [message.text],
      deleted: false,
      ...more,
    };
    said.push(entry);
    changed();
    return entry;
  }

  function mustExist(call: string): void {
    if (!room.gone) return;
    room.refused.push(call);
    changed();
    throw new ChatError('gone', 'the place is gone');
  }

  function threadOf(ref: ThreadRef): ChatThread {
    const thread = threadKey(ref);
    return {
      ref,
      limits: async () => ({ fileBytes: room.fileBytes }),
      get capabilities() {
        return room.capabilities;
      },
      async post(message, delivery) {
        mustBeReached();
        mustExist('post');
        const refusal = room.refusals.shift();
        if (refusal) throw refusal;
        await room.posting(message);
        const { id } = earlier(thread, message, delivery) ?? post(thread, message, delivery.key);
        if (room.lostReplies.some((words) => words.test(message.text)))
          throw new ChatError('unreachable', 'the answer to a post was lost');
        return { id: toMessageId(id) };
      },
      async edit(id, message) {
        mustBeReached();
        mustExist('edit');
        const entry = said.find((s) => s.id === id && !s.deleted);
        if (!entry) throw new ChatError('invalid', `there is no message ${id}`);
        entry.message = message;
        entry.versions.push(message.text);
        changed();
      },
      async delete(id) {
        mustBeReached();
        mustExist('delete');
        await room.deleting();
        const entry = said.find((s) => s.id === id);
        if (entry) entry.deleted = true;
        changed();
      },
      async postPrivately(person, message) {
        mustBeReached();
        await room.privately();
        post(thread, message, `private-${said.length}`, { privateTo: person });
      },
      async postFile(file, message, delivery) {
        mustBeReached();
        const known = earlier(thread, message, delivery);
        if (known) return { id: toMessageId(known.id) };
        for (const it of [file, ...(file.beside ?? []), ...(file.captions ? [file.captions] : [])])
          if (it.description.trim() === '') throw new Error(`${it.name} has no alternative text`);
        const refusal = room.fileRefusals.shift();
        if (refusal) throw refusal;
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of await file.open(delivery.signal)) chunks.push(chunk);
        } catch (error) {
          throw new FileRefused('failed', 'the file broke off', { cause: error });
        }
        const content = Buffer.concat(chunks);
        if (content.length !== file.bytes)
          throw new FileRefused('failed', 'the file has another length');
        const sha256 = createHash('sha256').update(content).digest('hex');
        const { id } = post(thread, message, delivery.key, {
          file: {
            name: file.name,
            bytes: content.length,
            sha256,
            content,
            description: file.description,
            ...(file.captions ? { captions: await text(await file.captions.open()) } : {}),
          },
        });
        return { id: toMessageId(id) };
      },
      async react(messageId, reaction) {
        mustExist('react');
        await room.decoration();
        reactions.push({ messageId, reaction, on: true });
        changed();
      },
      async unreact(messageId, reaction) {
        mustExist('unreact');
        await room.decoration();
        reactions.push({ messageId, reaction, on: false });
        changed();
      },
      async showActivity(label) {
        if (label !== undefined) mustExist('showActivity');
        await room.decoration();
      },
    };
  }

  room.platform = {
    name: platform,
    async start(given) {
      inbox = given;
    },
    async stopListening() {},
    async close() {},
    trouble: () => undefined,
    linkTo: (thread) => room.links(thread),
    linkToMessage: async (thread, id) => `${await room.links(thread)}/${id}`,
    thread: threadOf,
    mayBePerson: (id) => id.startsWith('U-'),
    canSee: (thread, person) => room.sees(thread, person),
    readMessage: async (_thread, id) => whole.get(id),
    async openFile(_thread, file) {
      const known = files.get(file.id);
      if (!known) throw new FileUnavailable('gone', `there is no file ${file.id}`);
      if (known.broken) throw new FileUnavailable(known.broken, 'broken on purpose');
      const bytes = known.bytes ?? Buffer.alloc(0);
      return { stream: Readable.from([bytes]), bytes: bytes.length };
    },
  };

  /** `t1`, in the usual channel; `other/t1`, in another; `w2:other/t1`, in another workspace. */
  const refOf = (name: string): ThreadRef => {
    const [, workspace = 'w', channel = 'c', thread = ''] =
      /^(?:([^:]+):)?(?:([^/]+)\/)?(.+)$/.exec(name) ?? [];
    return { platform, workspace, channel, thread };
  };
  const theInbox = (): Inbox => {
    if (!inbox) throw new Error('the platform has not been started');
    return inbox;
  };

  function attach(list: readonly RoomFile[]): Attachment[] {
    return list.map((file) => {
      count += 1;
      files.set(`f${count}`, file);
      return {
        id: `f${count}`,
        name: file.name,
        bytes: file.claimed ?? file.bytes?.length ?? 0,
        mime: file.mime,
        ...(file.voice ? { voice: file.voice } : {}),
        locator: {},
      };
    });
  }

  return Object.assign(room, {
    /** A person writes into a thread; resolves when the message is in the ledger. Gives its id. */
    async write(
      text: string,
      more: {
        thread?: string;
        by?: Person;
        files?: readonly RoomFile[];
        key?: string;
        quoted?: { text: string; files?: readonly RoomFile[] };
        each?: boolean;
        /** The event comes without the files. */
        late?: boolean;
        /** Id of somebody's message that it was written under. */
        under?: string;
        /** Whom the platform says it speaks to. */
        calls?: 'us' | 'others';
      } = {},
    ): Promise<string> {
      count += 1;
      const messageId = more.key ?? `in${count}`;
      const { by = alice, thread = 't1', files = [], quoted } = more;
      deeds.push({
        by,
        thread,
        text,
        files: files.map((f) => f.name),
        quoted: quoted?.text,
        after: said.length,
      });
      const attachments = attach(more.files ?? []);
      if (more.late) whole.set(messageId, { text, attachments });
      await theInbox().receive({
        key: `room:${messageId}`,
        messageId: toMessageId(messageId),
        thread: refOf(more.thread ?? 't1'),
        author: more.by ?? alice,
        text,
        ...(more.late ? { attachments: [], incomplete: true } : { attachments }),
        ...(more.quoted
          ? { quoted: { text: more.quoted.text, attachments: attach(more.quoted.files ?? []) } }
          : {}),
        ...(more.each ? { each: true } : {}),
        ...(more.under ? { under: toMessageId(more.under) } : {}),
        ...(more.calls ? { calls: more.calls } : {}),
        sentAt: Date.now(),
      });
      return messageId;
    },
    /** Presses a button; gives what the person was told privately. */
    /** What people sent can no longer be had. */
    forgetFiles(): void {
      files.clear();
    },
    async press(
      action: ButtonAction,
      more: {
        thread?: string;
        by?: Person;
        value?: string;
        key?: string;
        /** The project that the client says it is about. */
        claim?: string;
        material?: Material;
      } = {},
    ): Promise<string[]> {
      const answers: string[] = [];
      const { by = alice, thread = 't1' } = more;
      deeds.push({ by, thread, pressed: action, answers, after: said.length });
      count += 1;
      await theInbox().press({
        key: more.key ?? `press${count}`,
        action,
        value: more.value,
        person: more.by ?? alice,
        ...refOf(more.thread ?? 't1'),
        thread: refOf(more.thread ?? 't1'),
        ...(more.claim ? { claim: { claimed: refOf(more.claim) } } : {}),
        ...(more.material ? { material: more.material } : {}),
        respond: async (m, _about, file) => {
          answers.push(m.text);
          room.answered.push(m);
          if (file) room.handed.push(await text(await file.open()));
        },
      });
      return answers;
    },
    async command(
      name: Parameters<Inbox['command']>[0]['name'],
      more: { thread?: string; by?: Person; argument?: string; claim?: string; at?: string } = {},
    ): Promise<string[]> {
      const answers: string[] = [];
      count += 1;
      await theInbox().command({
        key: `command${count}`,
        name,
        argument: more.argument,
        person: more.by ?? alice,
        ...refOf(more.thread ?? more.at ?? 'c/none'),
        thread: more.thread ? refOf(more.thread) : undefined,
        ...(more.claim ? { claim: { claimed: refOf(more.claim) } } : {}),
        respond: async (m, _about, file) => {
          answers.push(m.text);
          room.answered.push(m);
          if (file) room.handed.push(await text(await file.open()));
        },
      });
      return answers;
    },
    /** Public messages of a thread as they stand now. */
    visible: (thread = 't1') =>
      said.filter((s) => s.thread === threadKey(refOf(thread)) && !s.deleted && !s.privateTo),
    inbox: theInbox,
    attach,
    refOf,
    privateTo: (person: Person) => said.filter((s) => s.privateTo === person.id),
    /** Every text that anybody could have seen, in any version. */
    everSeen: (thread?: string) =>
      said
        .filter((s) => !thread || s.thread === threadKey(refOf(thread)))
        .flatMap((s) => s.versions),
    /** Resolves with the first message that fits, now or later; fails loudly through the test's own limit. */
    until(fits: (s: Said) => boolean): Promise<Said> {
      return new Promise((resolve) => {
        const look = () => {
          const found = said.find(fits);
          if (!found) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      });
    },
    /** Resolves when the condition holds; looked at after everything that happens in the room. */
    untilTrue(holds: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        const look = () => {
          if (!holds()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      });
    },
  });
}
export type Room = ReturnType<typeof createRoom>;
