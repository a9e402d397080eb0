/** Reads the files that people send: with the bot's token from Slack's own hosts, and from no other. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { GuardedFetch, GuardedReply } from '../../net/guarded-fetch.ts';
import type { Log } from '../../runtime/log.ts';
import { type Attachment, ChatError, FileUnavailable, type OpenedFile } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { isMissing } from './errors.ts';
import { isStub, readLocator } from './file-locator.ts';
import { attachmentOf, slackFile } from './payloads.ts';
import type { Workspaces } from './workspaces.ts';

export interface FilesIn {
  /** Rejects with `FileUnavailable`. */
  open(workspace: string, file: Attachment, signal: AbortSignal): Promise<OpenedFile>;
  /** Names, sizes and addresses of files that an event only hinted at. */
  completed(
    workspace: string,
    files: readonly Attachment[],
    signal: AbortSignal,
  ): Promise<Attachment[]>;
}

export interface FilesInOptions {
  readonly calls: WebCalls;
  readonly workspaces: Workspaces;
  readonly guardedFetch: GuardedFetch;
  /** The Web API's base where it is not Slack's own: its origin serves files too. */
  readonly apiUrl: string | undefined;
  readonly log: Log;
}

const SLACK_HOST = /(^|\.)(slack\.com|slack-gov\.com|slack-files\.com)$/;

export function createFilesIn({
  calls,
  workspaces,
  guardedFetch,
  apiUrl,
  log,
}: FilesInOptions): FilesIn {
  const ownOrigin = apiUrl ? new URL(apiUrl).origin : undefined;

  /** The token is for Slack alone. */
  function isSlacks(address: string): boolean {
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    return url.origin === ownOrigin || (url.protocol === 'https:' && SLACK_HOST.test(url.hostname));
  }

  async function ask(workspace: string, id: string, signal: AbortSignal): Promise<Attachment> {
    const { file } = await calls(
      workspace,
      (client, token) => client.files.info({ token, file: id }),
      { signal },
    );
    return attachmentOf(slackFile.parse(file));
  }

  async function addressOf(
    workspace: string,
    file: Attachment,
    signal: AbortSignal,
  ): Promise<string> {
    const locator = readLocator(isStub(file) ? await asked() : file);
    switch (locator?.standing) {
      case 'here':
        if (isSlacks(locator.url)) return locator.url;
        throw new FileUnavailable('external', 'the file lives on another host');
      case 'deleted':
        throw new FileUnavailable('gone', 'the file was deleted');
      case 'hidden':
        throw new FileUnavailable('hidden', 'the file is behind the limit of a free workspace');
      case 'external':
        throw new FileUnavailable('external', 'the file lives on another service');
      default:
        throw new FileUnavailable('gone', 'Slack gives no address for the file');
    }

    function asked(): Promise<Attachment> {
      return ask(workspace, file.id, signal).catch((error: unknown) => {
        if (!(error instanceof ChatError)) throw error;
        if (isMissing(error)) throw noPermission();
        const reason = error.reason === 'unreachable' ? 'unreachable' : 'gone';
        throw new FileUnavailable(reason, 'Slack does not tell about the file', { cause: error });
      });
    }
  }

  function noPermission(): FileUnavailable {
    log.warn(
      'Slack does not let the app read files: add the scope files:read under "OAuth & Permissions" and reinstall the app',
    );
    return new FileUnavailable('no-permission', 'the app lacks the scope files:read');
  }

  async function fetchFrom(
    url: string,
    workspace: string,
    from: number,
    signal: AbortSignal,
  ): Promise<GuardedReply> {
    const { token } = await workspaces.of(workspace);
    const headers = {
      authorization: `Bearer ${token}`,
      ...(from > 0 ? { range: `bytes=${from}-` } : {}),
    };
    const reply = await guardedFetch(url, { headers, signal }).catch((error: unknown) => {
      if (signal.aborted) throw signal.reason;
      throw new FileUnavailable('unreachable', 'the file could not be fetched', { cause: error });
    });
    const { status } = reply;
    if (status === 200 || (status === 206 && from > 0)) return reply;
    reply.body.destroy();
    if (status === 401 || status === 403) throw noPermission();
    if (status === 404 || status === 410)
      throw new FileUnavailable('gone', 'the file is no longer there');
    throw new FileUnavailable('unreachable', `Slack answered with status ${status}`);
  }

  return {
    async open(workspace, file, signal) {
      const url = await addressOf(workspace, file, signal);
      const fetchOnce = (from: number) => fetchFrom(url, workspace, from, signal);
      const first = await fetchOnce(0);
      // Without the scope, Slack answers 200 with its login page.
      if (isPage(first) && !isPageItself(file)) {
        first.body.destroy();
        throw noPermission();
      }
      const told = Number(first.headers['content-length'] ?? Number.NaN);
      const bytes = Number.isSafeInteger(told) ? told : file.bytes;
      const stream = Readable.from(whole(first, bytes, fetchOnce, signal), { objectMode: false });
      // A reader that leaves before its first byte would leave the connection open.
      stream.once('close', () => first.body.destroy());
      return { stream, ...(bytes === undefined ? {} : { bytes }) };
    },

    completed: (workspace, files, signal) =>
      Promise.all(
        files.map((file) =>
          isStub(file)
            ? ask(workspace, file.id, signal).catch((error: unknown) => {
                // Opening the file tells its person why it cannot be had.
                if (error instanceof ChatError || error instanceof z.ZodError) return file;
                throw error;
              })
            : file,
        ),
      ),
  };
}

const isPage = ({ headers }: GuardedReply): boolean =>
  /^text\/html\b/i.test(String(headers['content-type'] ?? ''));

const isPageItself = ({ mime, name }: Attachment): boolean =>
  mime === 'text/html' || /\.html?$/i.test(name);

/** The bytes to the end; where the connection ends early, the rest is asked for once more. */
async function* whole(
  first: GuardedReply,
  bytes: number | undefined,
  fetchFrom: (from: number) => Promise<GuardedReply>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let reply = first;
  let given = 0;
  for (const attempt of ['first', 'second'] as const) {
    // A host that ignores the range begins anew.
    let skip = attempt === 'second' && reply.status === 200 ? given : 0;
    try {
      for await (const chunk of reply.body) {
        const rest: Buffer = skip > 0 ? chunk.subarray(Math.min(skip, chunk.length)) : chunk;
        skip -= chunk.length - rest.length;
        given += rest.length;
        if (rest.length > 0) yield rest;
      }
      if (bytes === undefined || given >= bytes) return;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (attempt === 'second')
        throw new FileUnavailable('cut-off', 'the transfer broke off twice', { cause: error });
    }
    if (attempt === 'first') reply = await fetchFrom(given);
  }
  throw new FileUnavailable('cut-off', 'the file ended too early, twice');
}
