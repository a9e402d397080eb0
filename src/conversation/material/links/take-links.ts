/** The links that a message is made of: pages are read, messages looked up, media gets ready for the session. */
import { DocumentUnreadable, type UnreadableReason } from '../../../documents/document.ts';
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
    return { result: { line: words.linkProblem[problem](hostOf(url)) } };
  }
}

/** Chats write bare names as addresses without encryption; few hosts still have pages for those. */
function overHttps(given: string): string {
  const url = new URL(given);
  if (!isLoopbackHost(url.hostname)) url.protocol = 'https:';
  return url.href;
}

function open(
  turn: TurnContext,
  url: string,
  kind: Extract<LinkKind, { is: 'page' | 'media' | 'shared-text' }>,
): Promise<Taken> {
  const { deps, signal } = turn;
  const address = kind.is === 'shared-text' ? kind.address : url;
  // A shared document is exported for its readers, a picture shown on others' pages: neither is a page to be read.
  const askRobots = kind.is === 'page';
  const take = async (opened: OpenedLink, bounded: AbortSignal): Promise<Taken> => {
    if (kind.is === 'shared-text') return { result: await sharedText(turn, url, opened, bounded) };
    const isPage = /^(?:text\/html|application\/xhtml)/.test(opened.type);
    if (isPage && kind.is === 'media') return open(turn, url, { is: 'page' });
    const media = isPage ? undefined : mediaIn(url, kind, opened);
    if (media) return { media };
    const read = isPage ? readPage : readOther;
    return { result: await read(turn, url, opened, bounded) };
  };
  const { timers } = deps;
  return openLink(deps.openLink, address, { signal, askRobots, timers }, take);
}

/** By its type; one that says nothing leaves it to the ending. */
function mediaIn(url: string, kind: LinkKind, { type, bytes, url: at }: OpenedLink) {
  const ending = mediaEndingOfType(type.split(';', 1)[0]?.trim() ?? '');
  const byEnding = kind.is === 'media' && !/^text\//.test(type) ? kind.use : undefined;
  const use = ending === undefined ? byEnding : mediaUse(ending);
  return use && { url: at, name: nameOf(url), use, bytes };
}

async function readPage(
  { deps, words }: TurnContext,
  url: string,
  { body, bytes, type }: OpenedLink,
  signal: AbortSignal,
): Promise<FileResult> {
  const encoding = /charset\s*=\s*"?([\w:.-]{1,40})/.exec(type.slice(0, 200))?.[1];
  const page = { stream: body, bytes, most: MOST_PAGE_BYTES, encoding };
  const article = await deps.documents.readArticle(page, signal);
  if (article.closed) throw new LinkUnusable(article.closed, 'the site keeps its words to itself');
  if (article.words < FEWEST_WORDS) throw new LinkUnusable('wordless', 'there is no article');
  return read(words, { ...article, title: article.title ?? hostOf(url) }, url);
}

async function sharedText(
  { deps, words }: TurnContext,
  url: string,
  { body, bytes, type }: OpenedLink,
  signal: AbortSignal,
): Promise<FileResult> {
  // Whoever is not let in is asked to sign in, by a page.
  if (!type.startsWith('text/plain')) throw new LinkUnusable('login', 'it is not shared');
  const name = hostOf(url);
  const file = { name: `${name}.txt`, mime: type, stream: body, bytes };
  return read(words, { ...(await deps.documents.read(file, signal)), title: name }, url);
}

async function readOther(
  turn: TurnContext,
  url: string,
  { body, bytes, type }: OpenedLink,
  signal: AbortSignal,
): Promise<FileResult> {
  const { deps, words } = turn;
  const name = nameOf(url);
  try {
    const document = await deps.documents.read({ name, mime: type, stream: body, bytes }, signal);
    return read(words, { ...document, title: name }, url);
  } catch (error) {
    const known = error instanceof DocumentUnreadable;
    if (!known || (error.reason !== 'not-text' && error.reason !== 'wrong-kind')) throw error;
    return { line: words.refusedKind(name, acceptedKinds(deps), suggestedFormat(name, type)) };
  }
}

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
