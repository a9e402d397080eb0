/** Reads the files that people send: with the bot's token from Slack's own hosts, and from no other. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { GuardedFetch, GuardedReply } from '../../net/guarded-fetch.ts';
import type { Clock } from '../../runtime/clock.ts';
import { firstChunk } from '../../runtime/first-chunk.ts';
import type { Log } from '../../runtime/log.ts';
import { retry } from '../../runtime/retry.ts';
import { type Attachment, ChatError, FileUnavailable, type OpenedFile } from '../chat.ts';
import { beginTransfer, FILE_PAUSES_MS, Passing, type Transfer } from '../shared/file-transfer.ts';
import type { WebCalls } from './api-calls.ts';
import { createClips } from './clips.ts';
import { codeOf, isMissing } from './errors.ts';
import { isStub, readLocator } from './file-locator.ts';
import { attachmentOf, type SlackFile, slackFile } from './payloads.ts';
import type { Workspaces } from './workspaces.ts';

export interface FilesIn {
  /** Rejects with `FileUnavailable`. */
  open(workspace: string, file: Attachment, signal: AbortSignal): Promise<OpenedFile>;
  /** Names, sizes, addresses and spoken words of files that an event only hinted at. */
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
  readonly clock: Clock;
  readonly log: Log;
}

const SLACK_HOST = /(^|\.)(slack\.com|slack-gov\.com|slack-files\.com)$/;

export function createFilesIn({
  calls,
  workspaces,
  guardedFetch,
  apiUrl,
  clock,
  log,
}: FilesInOptions): FilesIn {
  const ownOrigin = apiUrl ? new URL(apiUrl).origin : undefined;
  const clips = createClips({ ask, read, clock, log });

  /** The token is for Slack alone. */
  function isSlacks(address: string): boolean {
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    return url.origin === ownOrigin || (url.protocol === 'https:' && SLACK_HOST.test(url.hostname));
  }

  /** Just after a post Slack may not know the file yet. */
  function ask(workspace: string, id: string, signal: AbortSignal): Promise<SlackFile> {
    const again = (error: unknown) => codeOf(error) === 'file_not_found';
    const policy = { tries: FILE_PAUSES_MS.length + 1, pauses: FILE_PAUSES_MS, clock, again };
    return retry({ ...policy, signal }, async () => {
      const { file } = await calls(
        workspace,
        (client, token) => client.files.info({ token, file: id }),
        { signal },
      );
      return slackFile.parse(file);
    });
  }

  function asked(workspace: string, file: Attachment, signal: AbortSignal): Promise<SlackFile> {
    return ask(workspace, file.id, signal).catch((error: unknown) => {
      if (!(error instanceof ChatError)) throw error;
      if (isMissing(error)) throw noPermission();
      const reason = error.reason === 'unreachable' ? 'unreachable' : 'gone';
      throw new FileUnavailable(reason, 'Slack does not tell about the file', { cause: error });
    });
  }

  function addressOf(file: Attachment): string {
    const locator = readLocator(file);
    switch (locator?.standing) {
      case 'here':
      case 'page':
        return locator.url;
      case 'deleted':
        throw new FileUnavailable('gone', 'the file was deleted');
      case 'hidden':
        throw new FileUnavailable('hidden', 'the file is behind the limit of a free workspace');
      case 'external':
        throw new FileUnavailable('external', 'the file lives on another service', {
          service: locator.service,
        });
      default:
        throw new FileUnavailable('gone', 'Slack gives no address for the file');
    }
  }

  function noPermission(): FileUnavailable {
    log.warn(
      'Slack does not let the app read files: add the scope files:read under "OAuth & Permissions" and reinstall the app',
    );
    return new FileUnavailable('no-permission', 'the app lacks the scope files:read');
  }

  function refusal(status: number): FileUnavailable | undefined {
    if (status === 401 || status === 403) return noPermission();
    if (status === 404) return new Passing('gone', 'the file is not there');
    return status === 410 ? new FileUnavailable('gone', 'the file is no longer there') : undefined;
  }

  async function begin(
    workspace: string,
    url: string,
    mayBePage: boolean,
    signal: AbortSignal,
  ): Promise<Transfer> {
    if (!isSlacks(url)) throw new FileUnavailable('external', 'the file lives on another host');
    const address = async () => {
      const { token } = await workspaces.of(workspace);
      return { url, headers: { authorization: `Bearer ${token}` } };
    };
    const transfer = await beginTransfer({ guardedFetch, clock, address, refusal }, signal);
    // Without the scope, Slack answers 200 with its login page.
    if (isPage(transfer.reply) && (!mayBePage || (await isLogin(transfer.reply)))) {
      transfer.reply.body.destroy();
      throw noPermission();
    }
    return transfer;
  }

  /** All of a small file of Slack's, as text. */
  async function read(workspace: string, url: string, most: number, signal: AbortSignal) {
    const transfer = await begin(workspace, url, false, signal);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of transfer.stream(transfer.bytes)) {
      bytes += chunk.length;
      if (bytes > most) throw new FileUnavailable('cut-off', 'the file is larger than expected');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  return {
    async open(workspace, given, signal) {
      const file = isStub(given) ? attachmentOf(await asked(workspace, given, signal)) : given;
      if (readLocator(file)?.standing === 'email') {
        return opened(wordsOfEmail(await asked(workspace, given, signal)));
      }
      const transfer = await begin(workspace, addressOf(file), isPageItself(file), signal);
      const bytes = transfer.bytes ?? file.bytes;
      return { stream: transfer.stream(bytes), ...(bytes === undefined ? {} : { bytes }) };
    },

    completed: (workspace, files, signal) =>
      Promise.all(
        files.map(async (file) => {
          const known = isStub(file)
            ? await ask(workspace, file.id, signal).then(attachmentOf, (error: unknown) => {
                // Opening the file tells its person why it cannot be had.
                if (error instanceof ChatError || error instanceof z.ZodError) return file;
                throw error;
              })
            : file;
          return clips.withWords(workspace, known, signal);
        }),
      ),
  };
}

function opened(words: string): OpenedFile {
  const bytes = Buffer.from(words);
  return { stream: Readable.from([bytes]), bytes: bytes.length };
}

/** Who wrote it and when is in none of its words. */
const wordsOfEmail = ({ subject, plain_text, preview_plain_text }: SlackFile): string =>
  [subject, plain_text ?? preview_plain_text].filter((words) => words?.trim()).join('\n\n');

const isPage = ({ headers }: GuardedReply): boolean =>
  /^text\/html\b/i.test(String(headers['content-type'] ?? ''));

const isPageItself = ({ mime, name }: Attachment): boolean =>
  mime === 'text/html' || /\.html?$/i.test(name);

/** A page that somebody wrote may be about anything, but not a form of Slack's. */
async function isLogin({ body }: GuardedReply): Promise<boolean> {
  const head = (await firstChunk(body))?.toString('latin1', 0, 65_536) ?? '';
  return /id="signin_form"|<title>\s*Sign in\b/i.test(head);
}
