/** The playground's address space: which request does what. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Inbox, Person } from '../chat.ts';
import { pressKey } from './event-keys.ts';
import type { FileVault } from './file-vault.ts';
import { localeOf, NOT_WRITTEN, pathOf, RequestRefusal, readJson, sendJson } from './http.ts';
import type { LiveEvents } from './live-events.ts';
import { refOf, respondIn, YOU } from './receive.ts';
import { serveFile } from './serve-file.ts';
import { SIGN_IN } from './sign-in/sign-in.ts';
import type { PlaygroundStore } from './store.ts';
import { type MessageRow, wireFile, wireMessage, wireVersion } from './stored-message.ts';
import { takeUpload } from './take-upload.ts';
import { titleOf } from './thread-title.ts';
import {
  commandRequest,
  isId,
  type PageConfig,
  pressRequest,
  sendRequest,
  type Welcome,
  type WireFile,
} from './wire.ts';

export interface Backstage {
  readonly store: PlaygroundStore;
  readonly vault: FileVault;
  readonly live: LiveEvents;
  readonly config: Omit<PageConfig, keyof Welcome>;
  /** In the language of a BCP 47 tag, where it is spoken here. */
  welcome(locale: string | undefined): Welcome;
  readonly asset: (req: IncomingMessage, res: ServerResponse, name: string) => Promise<boolean>;
  /** Who sits at the page. */
  person(locale: string | undefined): Person;
  /** Undefined while the bot is not listening. */
  inbox(): Inbox | undefined;
  deliver(row: MessageRow, locale: string | undefined): Promise<void>;
  /** So much waits for the bot already that nothing more is taken. */
  isFull(): boolean;
}

interface Visit {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly query: URLSearchParams;
  /** The id in the path, checked to be one; empty where the path has none. */
  readonly id: string;
}

type Handler = (visit: Visit, place: Backstage) => Promise<void> | void;

const MOST_THREADS = 500;
const PAGE_OF_MESSAGES = 100;

/** Exported for the walk through all of them with nobody's right to anything. */
export const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['GET', /^\/(?:page\/([a-z0-9-]+\.[a-z0-9]+))?$/, page],
  ['GET', /^\/files\/([^/]+)$/, file],
  ['GET', /^\/api\/config$/, config],
  ['GET', /^\/api\/threads$/, threads],
  ['GET', /^\/api\/threads\/([^/]+)\/messages$/, messages],
  ['GET', /^\/api\/threads\/([^/]+)\/versions$/, versions],
  ['GET', /^\/api\/events$/, events],
  ['PUT', /^\/api\/uploads$/, upload],
  ['POST', /^\/api\/threads\/([^/]+)\/messages$/, send],
  ['POST', /^\/api\/threads\/([^/]+)\/command$/, command],
  ['POST', /^\/api\/threads\/([^/]+)\/press$/, press],
];

/** Whether the path belongs to the playground, whatever the method. */
export function isOurs(req: IncomingMessage): boolean {
  const path = pathOf(req);
  return (
    path === '/' ||
    path === SIGN_IN ||
    ['/page/', '/api/', '/files/'].some((start) => path.startsWith(start))
  );
}

/** Rejects with `RequestRefusal`. */
export async function route(
  req: IncomingMessage,
  res: ServerResponse,
  place: Backstage,
): Promise<void> {
  const asked = pathOf(req);
  const query = new URLSearchParams((req.url ?? '').split('?', 2)[1] ?? '');
  const method = req.method === 'HEAD' ? 'GET' : req.method;
  for (const [wanted, path, handler] of ROUTES) {
    const match = wanted === method ? path.exec(asked) : null;
    if (match) return handler({ req, res, query, id: match[1] ?? '' }, place);
  }
  throw notFound();
}

const notFound = () => new RequestRefusal('not-found', 'There is nothing here.');

async function page({ req, res, id }: Visit, { asset }: Backstage): Promise<void> {
  if (!(await asset(req, res, id === '' ? 'index.html' : id))) throw notFound();
}

/** The page says which language it is in: it may be another than the browser's. */
function config({ res, query }: Visit, place: Backstage): void {
  const welcome = place.welcome(query.get('language') ?? undefined);
  const all: PageConfig = { ...place.config, ...welcome };
  sendJson(res, all);
}

async function file({ req, res, query, id }: Visit, place: Backstage): Promise<void> {
  const { store, vault, config } = place;
  const known = isId(id) ? store.file(id) : undefined;
  if (!known || (await vault.size(id)) !== known.bytes)
    throw new RequestRefusal('not-found', 'The file is no longer there.');
  await serveFile(req, res, known, vault, {
    download: query.has('download'),
    // Behind a password the browser has to ask each time whether it may still show what it has stored.
    cache: config.canSignOut ? 'private, no-cache' : 'private, max-age=31536000, immutable',
  });
}

function threads({ res }: Visit, { store }: Backstage): void {
  // The number first: what changes meanwhile is then told again rather than missed.
  const seq = store.seq();
  sendJson(res, { seq, threads: store.threads(MOST_THREADS) });
}

function messages({ res, query, id }: Visit, { store }: Backstage): void {
  const before = Number(query.get('before') ?? Number.NaN);
  const rows = store.messages(
    id,
    PAGE_OF_MESSAGES,
    Number.isSafeInteger(before) ? before : undefined,
  );
  sendJson(res, {
    messages: rows.map((row) => wireMessage(row, YOU)),
    more: rows.length === PAGE_OF_MESSAGES,
  });
}

async function versions({ req, res, id }: Visit, place: Backstage): Promise<void> {
  const { store } = place;
  if (!isId(id) || !store.thread(id)) throw notFound();
  const found = await mustListen(place).versions(refOf(id), place.person(localeOf(req)));
  const shown = found.map((video) =>
    wireVersion(video, id, video.message === undefined ? undefined : store.message(video.message)),
  );
  sendJson(res, { versions: shown });
}

async function events({ req, res, query }: Visit, { live }: Backstage): Promise<void> {
  if (live.isFull()) throw new RequestRefusal('too-many', 'Too many pages are open.');
  // A browser that reconnects by itself says how far it came; the address is that of its first try.
  const said = req.headers['last-event-id'] ?? query.get('after') ?? '0';
  const after = Number(said);
  if (!Number.isSafeInteger(after) || after < 0)
    throw new RequestRefusal('bad-request', 'after must be a number.');
  await live.attach(res, after);
}

async function upload({ req, res, query }: Visit, place: Backstage): Promise<void> {
  const { store, vault, config } = place;
  mustListen(place);
  const to = { store, vault, maxBytes: config.maxUploadBytes };
  const taken = await takeUpload(req, query.get('name') ?? 'file', to);
  sendJson(res, wireFile(taken), 201);
}

async function send({ req, res, id: thread }: Visit, place: Backstage): Promise<void> {
  mustBeId(thread);
  const { store } = place;
  const { id, text, files } = await readJson(req, sendRequest);
  if (text.trim() === '' && files.length === 0)
    throw new RequestRefusal('bad-request', 'The message is empty.');
  const carried = files.map((file): WireFile => {
    const known = store.file(file);
    if (!known)
      throw new RequestRefusal(
        'not-found',
        'A file of the message is no longer there. Please add it again.',
      );
    return known;
  });
  await takeIn(req, res, place, {
    id,
    thread,
    kind: 'text',
    text,
    files: carried,
    title: titleOf(text, carried),
  });
}

async function command({ req, res, id: thread }: Visit, place: Backstage): Promise<void> {
  mustBeId(thread);
  const { id, name, argument } = await readJson(req, commandRequest);
  const text = argument ? `/${name} ${argument}` : `/${name}`;
  await takeIn(req, res, place, { id, thread, kind: 'command', text, files: [], title: '' });
}

async function takeIn(
  req: IncomingMessage,
  res: ServerResponse,
  place: Backstage,
  message: Parameters<PlaygroundStore['addOwn']>[0],
): Promise<void> {
  mustListen(place);
  const { store, deliver } = place;
  if (place.isFull()) throw new RequestRefusal('not-written', NOT_WRITTEN);
  const row = store.addOwn(message);
  if (row.thread !== message.thread)
    throw new RequestRefusal('conflict', 'This id belongs to another message.');
  await deliver(row, localeOf(req));
  sendJson(res, wireMessage(store.message(row.id) ?? row, YOU));
}

async function press({ req, res, id: thread }: Visit, place: Backstage): Promise<void> {
  const { store } = place;
  const request = await readJson(req, pressRequest);
  const inbox = mustListen(place);
  const row = store.message(request.message);
  const does = row?.thread === thread ? row.body.buttons[request.button]?.does : undefined;
  if (!does || !('action' in does))
    throw new RequestRefusal('not-found', 'This button is no longer there.');
  const { action, value } = does;
  await inbox.press({
    key: pressKey(request.id),
    action,
    value,
    person: place.person(localeOf(req)),
    ...refOf(thread),
    thread: refOf(thread),
    respond: respondIn(store, thread),
  });
  sendJson(res, {});
}

function mustListen(place: Backstage): Inbox {
  const inbox = place.inbox();
  if (!inbox)
    throw new RequestRefusal(
      'unavailable',
      'The bot is being stopped; please send this again in a moment.',
    );
  return inbox;
}

function mustBeId(id: string): void {
  if (!isId(id)) throw new RequestRefusal('bad-request', 'This is not the id of a conversation.');
}
