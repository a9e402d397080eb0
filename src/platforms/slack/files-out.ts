/**
 * Posts a file with its message as one. The bytes run from their source straight into Slack's upload
 * address; sharing happens in Slack's own time, so the message is waited for before anything follows it.
 */
import type { types } from '@slack/bolt';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { machineTimers, sleepOn } from '../../runtime/clock.ts';
import { toMessageId } from '../../runtime/ids.ts';
import type { State } from '../../state/state.ts';
import {
  type Delivery,
  FileRefused,
  type FileSource,
  type OutgoingMessage,
  type Posted,
  type ThreadRef,
} from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { codeOf, isBadBlocks, SlackRefusal } from './errors.ts';
import { type Form, inPlainerForms, withoutThumbs } from './plainer-forms.ts';
import { type Rendered, render } from './render-message.ts';

/** Slack takes no more of an alternative text. */
const LONGEST_ALT = 1_000;
/** Slack's own limit for one file. */
export const MOST_BYTES = 1024 ** 3;

export interface FilesOut {
  post(
    ref: ThreadRef,
    file: FileSource,
    message: OutgoingMessage,
    delivery: Delivery,
  ): Promise<Posted | undefined>;
  close(): Promise<void>;
}

const REFUSED: Readonly<Record<string, FileRefused['reason']>> = {
  file_upload_size_restricted: 'too-large',
  file_too_large: 'too-large',
  file_uploads_disabled: 'not-allowed',
  file_uploads_except_images_disabled: 'not-allowed',
  file_type_not_allowed: 'not-allowed',
  file_extension_not_allowed: 'not-allowed',
  file_update_forbidden: 'not-allowed',
  missing_scope: 'not-allowed',
  storage_limit_reached: 'storage-full',
};

/** Real milliseconds between looks for the shared message; together about 20 s. */
const LOOKS_MS = [150, 300, 600, 1200, 2500, 5000, 10_000];
const REMEMBERED_MS = 2 * 86_400_000;

const shares = z.record(
  z.string(),
  z.record(z.string(), z.array(z.object({ ts: z.string(), thread_ts: z.string().optional() }))),
);
const info = z.object({ file: z.object({ shares: shares.optional() }) });

export function createFilesOut(calls: WebCalls, state: State): FilesOut {
  /** Which upload stands for a post: written before it is completed, so that a repeat finds it. */
  const uploads = state.map('slack-uploads', z.string(), { ttlMs: REMEMBERED_MS });
  const agent = new Agent({ headersTimeout: 120_000, bodyTimeout: 120_000 });

  /** The message that shows it; undefined while none does. */
  async function shownIn(
    ref: ThreadRef,
    file: string,
    signal: AbortSignal | undefined,
  ): Promise<Posted | undefined> {
    const answer = await calls(
      ref.workspace,
      (client, token) => client.files.info({ token, file }),
      { signal },
    );
    const read = info.safeParse(answer);
    const everywhere = read.success ? Object.values(read.data.file.shares ?? {}) : [];
    const [share] = everywhere.flatMap((places) => places[ref.channel] ?? []);
    return share && { id: toMessageId(share.ts) };
  }

  /**
   * Slack shows a file in its own time after its upload was completed, and knows none that was not: so an answer
   * is a yes, whether its message shows or not. Undefined: it was never completed.
   */
  async function completed(
    ref: ThreadRef,
    file: string,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly shown: Posted | undefined } | undefined> {
    try {
      return { shown: await shownIn(ref, file, signal) };
    } catch (error) {
      if (error instanceof SlackRefusal) return undefined;
      throw error;
    }
  }

  /** Until the message shows, or for as long as anybody would wait: what is said next stands below it. */
  async function waitUntilShared(
    ref: ThreadRef,
    file: string,
    signal: AbortSignal | undefined,
  ): Promise<Posted | undefined> {
    for (const ms of LOOKS_MS) {
      await sleepOn(machineTimers).sleep(ms, signal);
      const shown = await shownIn(ref, file, signal);
      if (shown) return shown;
    }
    return undefined;
  }

  async function upload(
    ref: ThreadRef,
    file: FileSource,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    if (file.bytes > MOST_BYTES) {
      throw new FileRefused('too-large', 'Slack takes files up to 1 GB', { limit: MOST_BYTES });
    }
    const target = await calls(
      ref.workspace,
      (client, token) =>
        client.files.getUploadURLExternal({
          token,
          filename: file.name,
          length: file.bytes,
          // The toolkit's types call it otherwise than Slack does.
          ...{ alt_txt: file.description.slice(0, LONGEST_ALT).toWellFormed() },
        }),
      { signal },
    );
    if (!target.upload_url || !target.file_id)
      throw new FileRefused('failed', 'Slack gave no address for the upload');
    await sendBytes(target.upload_url, file, signal);
    return target.file_id;
  }

  /** The address is its own secret: no token goes there. */
  async function sendBytes(
    url: string,
    file: FileSource,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const body = await file.open(signal);
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: agent,
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(file.bytes),
        },
        body,
        ...(signal ? { signal } : {}),
      });
      await answer.body.dump();
      if (answer.statusCode === 200) return;
      const reason = answer.statusCode === 413 ? 'too-large' : 'failed';
      throw new FileRefused(reason, `Slack answered the upload with status ${answer.statusCode}`);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof FileRefused) throw error;
      throw new FileRefused('failed', 'the upload to Slack broke off', { cause: error });
    } finally {
      body.destroy();
    }
  }

  async function complete(
    ref: ThreadRef,
    id: string,
    file: FileSource,
    rendered: Rendered,
    { signal, confirm }: Pick<Delivery, 'signal' | 'confirm'>,
  ): Promise<void> {
    const { workspace, channel, thread } = ref;
    const attempt = (extra: { blocks: types.KnownBlock[] } | { initial_comment: string }) =>
      calls<unknown>(
        workspace,
        (client, token) =>
          client.files.completeUploadExternal({
            token,
            files: [{ id, title: file.name }],
            channel_id: channel,
            thread_ts: thread,
            ...extra,
          }),
        { signal, confirm, find: () => completed(ref, id, signal) },
      );
    // Of the thumbs it may be said that they are no argument, too.
    const isTheBlocks = (error: unknown, next: Form) =>
      isBadBlocks(error) || (next === withoutThumbs && codeOf(error) === 'invalid_arguments');
    try {
      await inPlainerForms(
        rendered,
        (form) => attempt({ blocks: form(rendered).blocks }),
        isTheBlocks,
      );
    } catch (error) {
      // Places that take no blocks with a file take plain text.
      if (codeOf(error) !== 'invalid_arguments') throw error;
      await attempt({ initial_comment: rendered.text });
    }
  }

  return {
    async post(ref, file, message, { key, signal, confirm }) {
      const earlier = await uploads.get(key);
      const done = earlier && (await completed(ref, earlier, signal));
      if (done) return done.shown ?? (await waitUntilShared(ref, earlier, signal));
      const [rendered, ...more] = render(message, ref);
      if (!rendered || more.length > 0) {
        throw new FileRefused('failed', 'the text is too long to go with a file');
      }
      try {
        const id = await upload(ref, file, signal);
        await uploads.set(key, id);
        await complete(ref, id, file, rendered, { signal, confirm });
        return await waitUntilShared(ref, id, signal);
      } catch (error) {
        throw asRefusal(error);
      }
    },
    close: () => agent.close(),
  };
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof SlackRefusal)) return error;
  const reason = REFUSED[error.code];
  if (reason) return new FileRefused(reason, error.message, { cause: error });
  // In a place that is gone there is no sense in trying the text; anything else is about the file.
  return error.reason === 'gone'
    ? error
    : new FileRefused('failed', error.message, { cause: error });
}
