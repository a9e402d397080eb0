/** The links that a message is made of: pages are read, messages looked up, media gets ready for the session. */
import { Readable } from 'node:stream';
import { DocumentUnreadable, type UnreadableReason } from '../../../documents/document.ts';
import { takeBytes } from '../../../documents/take-bytes.ts';
import { mediaEndingOfType } from '../../../nemo/media-kinds.ts';
import { isLoopbackHost } from '../../../net/ip-ranges.ts';
import { type Material, withForwarded } from '../../../platforms/chat.ts';
import type { TurnContext } from '../../turn-context.ts';
import { type MediaUse, mediaUse } from '../classify-file.ts';
import type { FileResult } from '../file-result.ts';
import { suggestedFormat } from '../suggested-format.ts';
import { acceptedKinds } from '../take-file.ts';
import { hostOf, kindOfLink, type LinkKind, nameOf } from './link-kind.ts';
import { type MaterialLinks, MOST_LINKS } from './material-links.ts';
import {
  type LinkProblem,
  LinkUnusable,
  MOST_PAGE_BYTES,
  type OpenedLink,
  openLink,
} from './open-link.ts';

export interface LinkedMedia {
  /** As it was written: where it is after redirections may be another address each time. */
  readonly link: string;
  readonly url: string;
  readonly name: string;
  readonly use: MediaUse;
  /** As announced. */
  readonly bytes: number | undefined;
}

export interface TakenLinks {
  readonly messages: readonly Material[];
  /** What was read, and what can't be, each with its line. */
  readonly results: readonly FileResult[];
  readonly media: readonly LinkedMedia[];
}

type Taken =
  | { readonly message: Material }
  | { readonly media: LinkedMedia }
  | { readonly result: FileResult };

/** Of a document behind a link, as of one that is attached. */
const MOST_FILE_BYTES = 20 * 1024 * 1024;
/** Fewer are the words around an article that is not there. */
const FEWEST_WORDS = 20;

export async function takeLinks(turn: TurnContext, links: MaterialLinks): Promise<TakenLinks> {
  const all: Taken[] = [];
  for (const url of links.urls) all.push(await takeLink(turn, url));
  if (links.more) all.push({ result: { line: turn.words.linksMost(MOST_LINKS) } });
  return {
    messages: all.flatMap((it) => ('message' in it ? [it.message] : [])),
    results: all.flatMap((it) => ('result' in it ? [it.result] : [])),
    media: all.flatMap((it) => ('media' in it ? [it.media] : [])),
  };
}

async function takeLink(turn: TurnContext, given: string): Promise<Taken> {
  const { words, platform, job, signal } = turn;
  const { thread, author } = job.message;
  const linked = await platform.linkedMessage?.(thread, author, given, signal);
  if (linked === 'hidden') return { result: { line: words.linkedMessageHidden } };
  if (linked) return { message: withForwarded(linked) };
  const url = overHttps(given);
  const kind = kindOfLink(url);
  if ('service' in kind && kind.is !== 'shared-text')
    return { result: { line: words.linkClosed[kind.is](kind.service) } };
  try {
    return await open(turn, url, kind);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const problem = problemOf(error);
    if (!problem) throw error;
    turn.deps.log.info('a link could not be used', { turn: turn.turn.id, error });
    return { result: { line: words.linkProblem[problem](hostOf(url)) } };
  }
}

/** Chats write bare names as addresses without encryption; few hosts still have pages for those. */
function overHttps(given: string): string {
  const url = new URL(given);
  if (!isLoopbackHost(url.hostname)) url.protocol = 'https:';
  return url.href;
}

/** What came of the request; what is read of it is read afterwards, in the reader's own time. */
type Fetched =
  | { readonly is: 'media'; readonly media: LinkedMedia }
  | { readonly is: 'page after all' }
  | { readonly is: 'closed'; readonly line: string }
  | ({ readonly is: 'page' | 'shared-text' | 'file' } & Bytes);

interface Bytes {
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

type OpenKind = Extract<LinkKind, { is: 'page' | 'media' | 'shared-text' }>;

async function open(turn: TurnContext, url: string, kind: OpenKind): Promise<Taken> {
  const { deps, signal } = turn;
  const { timers } = deps;
  const address = kind.is === 'shared-text' ? kind.address : url;
  // A shared document is exported for its readers, a picture shown on others' pages: neither is a page to be read.
  const mayRead = kind.is === 'page' ? deps.documents.mayRead : undefined;
  const fetched = await openLink(
    deps.openLink,
    address,
    { signal, mayRead, timers },
    (opened, bounded) => take(turn, url, kind, opened, bounded),
  );
  switch (fetched.is) {
    case 'media':
      return { media: fetched.media };
    case 'page after all':
      return open(turn, url, { is: 'page' });
    case 'closed':
      return { result: { line: fetched.line } };
    case 'page':
      return { result: await readPage(turn, url, fetched) };
    case 'shared-text':
      return { result: await sharedText(turn, url, fetched) };
    case 'file':
      return { result: await readOther(turn, url, fetched) };
  }
}

async function take(
  { words }: TurnContext,
  url: string,
  kind: OpenKind,
  opened: OpenedLink,
  signal: AbortSignal,
): Promise<Fetched> {
  const { type, body, bytes } = opened;
  const isPage = /^(?:text\/html|application\/xhtml)/.test(type);
  if (kind.is !== 'shared-text') {
    // A short address may lead to what cannot be taken from there.
    const landed = opened.url === url ? undefined : kindOfLink(opened.url);
    if (landed && 'service' in landed && landed.is !== 'shared-text')
      return { is: 'closed', line: words.linkClosed[landed.is](landed.service) };
    if (isPage && kind.is === 'media') return { is: 'page after all' };
    const media = isPage ? undefined : mediaIn(url, kind, opened);
    if (media) return { is: 'media', media };
  }
  const is = kind.is === 'shared-text' ? 'shared-text' : isPage ? 'page' : 'file';
  const most = isPage ? MOST_PAGE_BYTES : MOST_FILE_BYTES;
  return { is, type, data: await takeBytes(body, bytes, most, signal) };
}

/** By its type; one that says nothing leaves it to the ending. */
function mediaIn(url: string, kind: LinkKind, { type, bytes, url: at }: OpenedLink) {
  const ending = mediaEndingOfType(type.split(';', 1)[0]?.trim() ?? '');
  const byEnding = kind.is === 'media' && !/^text\//.test(type) ? kind.use : undefined;
  const use = ending === undefined ? byEnding : mediaUse(ending);
  return use && { link: url, url: at, name: nameOf(url), use, bytes };
}

async function readPage(
  { deps, words, signal }: TurnContext,
  url: string,
  { data, type }: Bytes,
): Promise<FileResult> {
  const encoding = /charset\s*=\s*"?([\w:.-]{1,40})/.exec(type.slice(0, 200))?.[1];
  const page = { ...streamOf(data), most: MOST_PAGE_BYTES, encoding };
  const article = await deps.documents.readArticle(page, signal);
  if (article.closed) throw new LinkUnusable(article.closed, 'the site keeps its words to itself');
  if (article.words < FEWEST_WORDS) throw new LinkUnusable('wordless', 'there is no article');
  return read(words, { ...article, title: article.title ?? hostOf(url) }, url);
}

async function sharedText(
  { deps, words, signal }: TurnContext,
  url: string,
  { data, type }: Bytes,
): Promise<FileResult> {
  // Whoever is not let in is asked to sign in, by a page.
  if (!type.startsWith('text/plain')) throw new LinkUnusable('login', 'it is not shared');
  const name = hostOf(url);
  const file = { name: `${name}.txt`, mime: type, ...streamOf(data) };
  return read(words, { ...(await deps.documents.read(file, signal)), title: name }, url);
}

async function readOther(
  { deps, words, signal }: TurnContext,
  url: string,
  { data, type }: Bytes,
): Promise<FileResult> {
  const name = nameOf(url);
  try {
    const document = await deps.documents.read({ name, mime: type, ...streamOf(data) }, signal);
    return read(words, { ...document, title: name }, url);
  } catch (error) {
    const known = error instanceof DocumentUnreadable;
    if (!known || (error.reason !== 'not-text' && error.reason !== 'wrong-kind')) throw error;
    return { line: words.refusedKind(name, acceptedKinds(deps), suggestedFormat(name, type)) };
  }
}

const streamOf = (data: Uint8Array) => ({ stream: Readable.from([data]), bytes: data.length });

interface Text {
  readonly title: string;
  readonly text: string;
  readonly words: number;
  readonly truncated: boolean;
}

function read(
  words: TurnContext['words'],
  { title, text, words: count, truncated }: Text,
  source: string,
): FileResult {
  const told = words.linkRead(title, hostOf(source), count);
  return {
    script: { name: title, text, words: count, source },
    line: truncated ? `${told} ${words.scriptCut(text.length)}` : told,
    isCut: truncated,
  };
}

function problemOf(error: unknown): LinkProblem | undefined {
  if (error instanceof LinkUnusable) return error.problem;
  return error instanceof DocumentUnreadable ? PROBLEMS[error.reason] : undefined;
}

const PROBLEMS: Readonly<Record<UnreadableReason, LinkProblem>> = {
  empty: 'wordless',
  scanned: 'wordless',
  'too-large': 'large',
  'too-slow': 'slow',
  encrypted: 'login',
  damaged: 'wordless',
  'not-text': 'wordless',
  'wrong-kind': 'wordless',
  'other-office': 'wordless',
};
