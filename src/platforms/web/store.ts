/** Threads, messages and files of the playground, on SQLite. Every write is one numbered change. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { inTransaction } from '../../runtime/sqlite/database.ts';
import type { Reaction } from '../chat.ts';
import {
  type Body,
  EMPTY_BODY,
  type MessageRow,
  messageRow,
  offersStop,
} from './stored-message.ts';
import type { WireFile, WireThread } from './wire.ts';

export interface OwnMessage {
  readonly id: string;
  readonly thread: string;
  readonly kind: 'text' | 'command';
  readonly text: string;
  readonly files: readonly WireFile[];
  /** Title of the thread, if this message begins it; an empty one is replaced by the next title. */
  readonly title: string;
}

export interface BotMessage {
  readonly thread: string;
  /** Equal for every attempt at the same post. */
  readonly key?: string;
  readonly body: Body;
  readonly private: boolean;
}

export type Changed =
  | { readonly type: 'thread'; readonly thread: WireThread }
  | { readonly type: 'message'; readonly row: MessageRow };

const threadRow = z
  .object({ id: z.string(), title: z.string(), active_at: z.number(), seq: z.number() })
  .transform(({ active_at, ...rest }): WireThread => ({ ...rest, activeAt: active_at }));
const fileRow = z.object({ id: z.string(), name: z.string(), mime: z.string(), bytes: z.number() });
const idRow = z.object({ id: z.string() });
const changeRow = z.object({ type: z.enum(['thread', 'message']), id: z.string() });
const counterRow = z.object({ seq: z.number(), epoch: z.string() });

export type PlaygroundStore = ReturnType<typeof createStore>;

/** `onChange` is called after every write that the page should see. */
export function createStore(db: DatabaseSync, onChange: () => void) {
  const sql = {
    count: db.prepare('UPDATE counter SET seq = seq + 1 RETURNING seq, epoch'),
    counter: db.prepare('SELECT seq, epoch FROM counter'),
    thread: db.prepare('SELECT * FROM threads WHERE id = ?'),
    threads: db.prepare('SELECT * FROM threads ORDER BY active_at DESC LIMIT ?'),
    putThread: db.prepare(
      `INSERT INTO threads (id, title, active_at, seq) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET active_at = excluded.active_at, seq = excluded.seq,
       title = CASE title WHEN '' THEN excluded.title ELSE title END`,
    ),
    message: db.prepare('SELECT * FROM messages WHERE id = ?'),
    messageByKey: db.prepare('SELECT id FROM messages WHERE post_key = ?'),
    messages: db.prepare(
      `SELECT * FROM messages WHERE thread = ? AND position < ? AND deleted = 0
       ORDER BY position DESC LIMIT ?`,
    ),
    waiting: db.prepare('SELECT * FROM messages WHERE taken = 0 ORDER BY position'),
    insert: db.prepare(
      `INSERT INTO messages (id, thread, post_key, author, body, private, was_status, taken, created_at, seq)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: db.prepare(
      `UPDATE messages SET body = ?, was_status = max(was_status, ?),
       deleted = ?, taken = ?, seq = ? WHERE id = ?`,
    ),
    changes: db.prepare(
      `SELECT 'thread' AS type, id, seq FROM threads WHERE seq > ?1
       UNION ALL SELECT 'message' AS type, id, seq FROM messages WHERE seq > ?1
       ORDER BY seq LIMIT ?2`,
    ),
    putFile: db.prepare(
      'INSERT INTO files (id, name, mime, bytes, created_at) VALUES (?, ?, ?, ?, ?)',
    ),
    useFile: db.prepare('UPDATE files SET used = 1 WHERE id = ?'),
    file: db.prepare('SELECT id, name, mime, bytes FROM files WHERE id = ?'),
    dropUnused: db.prepare('DELETE FROM files WHERE used = 0 AND created_at < ? RETURNING id'),
    fileIds: db.prepare('SELECT id FROM files'),
    kept: db.prepare('SELECT * FROM messages WHERE thread = ? AND (deleted = 0 OR taken = 0)'),
    // Its id stays: sent once more it is known, and shows nothing.
    empty: db.prepare(
      'UPDATE messages SET body = ?, post_key = NULL, was_status = 0, deleted = 1, taken = 1, seq = ? WHERE id = ?',
    ),
    rename: db.prepare("UPDATE threads SET title = '', seq = ? WHERE id = ?"),
    dropFile: db.prepare('DELETE FROM files WHERE id = ?'),
  };

  const nextSeq = () => counterRow.parse(sql.count.get()).seq;
  const findMessage = (id: string) => messageRow.optional().parse(sql.message.get(id));
  const postedAs = (thread: string, key: string): string | undefined =>
    idRow.optional().parse(sql.messageByKey.get(`${thread}:${key}`))?.id;

  /** What is looked at is looked at in here: another process may share the file. */
  function write<T>(work: () => T): T {
    const result = inTransaction(db, work);
    onChange();
    return result;
  }

  /** Applies a change to a message, unless it is not there. */
  const change = (id: string, apply: (row: MessageRow) => Partial<MessageRow>): boolean =>
    write(() => {
      const found = findMessage(id);
      if (!found || found.deleted) return false;
      const row = { ...found, ...apply(found) };
      const status = offersStop(row.body) ? 1 : 0;
      sql.update.run(JSON.stringify(row.body), status, row.deleted, row.taken, nextSeq(), id);
      return true;
    });

  return {
    epoch: counterRow.parse(sql.counter.get()).epoch,
    seq: () => counterRow.parse(sql.counter.get()).seq,

    thread: (id: string) => threadRow.optional().parse(sql.thread.get(id)),
    /** Newest first. */
    threads: (limit: number) => z.array(threadRow).parse(sql.threads.all(limit)),

    message: findMessage,
    /** Oldest first; those before `before`, or the newest. */
    messages: (thread: string, limit: number, before = Number.MAX_SAFE_INTEGER): MessageRow[] =>
      z
        .array(messageRow)
        .parse(sql.messages.all(thread, before, limit))
        .reverse(),

    /** Stores the person's message, and its thread with the first one. The same id again changes nothing. */
    addOwn(message: OwnMessage): MessageRow {
      const now = Date.now();
      const { kind, text, files } = message;
      const body: Body = { ...EMPTY_BODY, kind, text, files: [...files] };
      return write(() => {
        const known = findMessage(message.id);
        if (known) return known;
        sql.putThread.run(message.thread, message.title, now, nextSeq());
        for (const file of files) sql.useFile.run(file.id);
        const isPrivate = kind === 'command' ? 1 : 0;
        const seq = nextSeq();
        sql.insert.run(
          message.id,
          message.thread,
          null,
          'you',
          JSON.stringify(body),
          isPrivate,
          0,
          0,
          now,
          seq,
        );
        return messageRow.parse(sql.message.get(message.id));
      });
    },
    markTaken: (id: string) => change(id, () => ({ taken: 1 })),
    waiting: () => z.array(messageRow).parse(sql.waiting.all()),

    /** The id of the message with this key, where there is one already. */
    postedAs,
    /** Of one with a key the first stays; `earlier`: it was there. */
    addFromBot(message: BotMessage): { readonly id: string; readonly earlier: boolean } {
      const now = Date.now();
      return write(() => {
        const earlier = message.key && postedAs(message.thread, message.key);
        if (earlier) return { id: earlier, earlier: true };
        const id = randomUUID();
        const key = message.key === undefined ? null : `${message.thread}:${message.key}`;
        sql.putThread.run(message.thread, '', now, nextSeq());
        for (const { id, captions } of message.body.files)
          for (const used of [id, captions]) if (used) sql.useFile.run(used);
        const body = JSON.stringify(message.body);
        const status = offersStop(message.body) ? 1 : 0;
        sql.insert.run(
          id,
          message.thread,
          key,
          'bot',
          body,
          message.private ? 1 : 0,
          status,
          1,
          now,
          nextSeq(),
        );
        return { id, earlier: false };
      });
    },
    edit: (id: string, body: (earlier: Body) => Body) =>
      change(id, (row) => ({ body: body(row.body) })),
    remove: (id: string) => change(id, () => ({ body: EMPTY_BODY, deleted: 1 })),
    react: (id: string, reaction: Reaction, on: boolean) =>
      change(id, ({ body }) => {
        const others = body.reactions.filter((r) => r !== reaction);
        return { body: { ...body, reactions: on ? [...others, reaction] : others } };
      }),

    /** In order; each thing once, as it is now. */
    changesAfter(seq: number, limit: number): Changed[] {
      const rows = z.array(changeRow).parse(sql.changes.all(seq, limit));
      return rows.map(({ type, id }) =>
        type === 'thread'
          ? { type, thread: threadRow.parse(sql.thread.get(id)) }
          : { type, row: messageRow.parse(sql.message.get(id)) },
      );
    },

    /** Leaves nothing of it but its place in the list and ids; gives the ids of its files, which are no longer known. */
    forget: (thread: string): string[] =>
      write(() => {
        const files: string[] = [];
        for (const { id, body } of z.array(messageRow).parse(sql.kept.all(thread))) {
          for (const file of body.files) files.push(...[file.id, file.captions ?? []].flat());
          sql.empty.run(JSON.stringify(EMPTY_BODY), nextSeq(), id);
        }
        sql.rename.run(nextSeq(), thread);
        for (const file of files) sql.dropFile.run(file);
        return files;
      }),

    addFile: (file: WireFile): void => {
      sql.putFile.run(file.id, file.name, file.mime, file.bytes, Date.now());
    },
    file: (id: string) => fileRow.optional().parse(sql.file.get(id)),
    /** Forgets files that no message came to carry; gives their ids. */
    dropUnused: (before: number): string[] =>
      z
        .array(idRow)
        .parse(sql.dropUnused.all(before))
        .map((row) => row.id),
    fileIds: () =>
      new Set(
        z
          .array(idRow)
          .parse(sql.fileIds.all())
          .map((row) => row.id),
      ),

    close: () => db.close(),
  };
}
