/** Opens what a link leads to: through the guard, where its host allows programs, within bounds. */
import { finished } from 'node:stream/promises';
import { DocumentUnreadable } from '../../../documents/document.ts';
import {
  AddressRefused,
  type GuardedFetch,
  type GuardedReply,
  RedirectsTooOften,
} from '../../../net/guarded-fetch.ts';
import type { Timers } from '../../../runtime/clock.ts';
import { withDeadline } from '../../../runtime/deadline.ts';

/** Why a link cannot be used; the person is told in a sentence for each. */
export const LINK_PROBLEMS = [
  'private',
  'robots',
  'login',
  'paid',
  'gone',
  'slow',
  'large',
  'wordless',
  'unreachable',
] as const;
export type LinkProblem = (typeof LINK_PROBLEMS)[number];

export class LinkUnusable extends Error {
  override name = 'LinkUnusable';
  readonly problem: LinkProblem;
  constructor(problem: LinkProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

/** Real milliseconds for one answer with all its bytes. */
const MOST_MS = 10_000;
export const MOST_PAGE_BYTES = 5 * 1024 * 1024;
const MOST_ROBOTS_BYTES = 512 * 1024;

const AGENT = 'nemo-bot';
const HEADERS = {
  accept: 'text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5',
  'user-agent': `Mozilla/5.0 (compatible; ${AGENT}/1.0)`,
};

export interface OpenedLink extends GuardedReply {
  readonly type: string;
  readonly bytes: number | undefined;
}

/** What a host asks of programs (robots.txt), and whether that lets this one read the page. */
export type MayRead = (
  rules: {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly address: string;
    readonly url: string;
    readonly agent: string;
  },
  signal: AbortSignal,
) => Promise<boolean>;

export interface LinkOptions {
  readonly signal: AbortSignal;
  /** Absent for what is no page to be read: hosts say which of their pages programs may read. */
  readonly mayRead?: MayRead | undefined;
  readonly timers: Pick<Timers, 'after'>;
}

/**
 * `take` has to be done with the body when its promise settles, within `MOST_MS` from the request on: what takes longer
 * than to get the bytes is done with them afterwards. Rejects with `LinkUnusable`, or as `take` does.
 */
export async function openLink<T>(
  fetch: GuardedFetch,
  url: string,
  { signal, mayRead, timers }: LinkOptions,
  take: (opened: OpenedLink, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = () => new LinkUnusable('slow', 'the page took too long');
  const inTime = <R>(work: (bounded: AbortSignal) => Promise<R>): Promise<R> =>
    withDeadline({ ms: MOST_MS, signal, late, timers }, work);
  const known = new Map<string, Buffer | 'no file'>();

  async function mustBeAllowed(at: string): Promise<void> {
    if (!mayRead) return;
    const address = new URL('/robots.txt', at).href;
    const rules = known.get(address) ?? (await inTime((it) => robotsAt(fetch, address, it)));
    known.set(address, rules);
    if (rules === 'no file') return;
    const given = { bytes: new Uint8Array(rules), address, url: at, agent: AGENT };
    if (!(await mayRead(given, signal).catch(isUnreadable)))
      throw new LinkUnusable('robots', 'the host wants no programs there');
  }

  await mustBeAllowed(url);
  return inTime(async (bounded) => {
    const reply = await sent(fetch, url, bounded);
    try {
      if (reply.url !== url) await mustBeAllowed(reply.url);
      mustBeThere(reply.status);
      const length = Number(reply.headers['content-length']);
      const type = String(reply.headers['content-type'] ?? '').toLowerCase();
      const bytes = Number.isSafeInteger(length) && length > 0 ? length : undefined;
      return await take({ ...reply, type, bytes }, bounded);
    } finally {
      reply.body.destroy();
    }
  });
}

/** A host whose rules nobody can read has none that allow anything. */
function isUnreadable(error: unknown): false {
  if (error instanceof DocumentUnreadable) return false;
  throw error;
}

async function sent(fetch: GuardedFetch, url: string, signal: AbortSignal): Promise<GuardedReply> {
  try {
    return await fetch(url, { headers: HEADERS, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    const refused = causes(error).some(
      (it) => it instanceof AddressRefused && !(it instanceof RedirectsTooOften),
    );
    throw new LinkUnusable(refused ? 'private' : 'unreachable', 'the link could not be opened', {
      cause: error,
    });
  }
}

/** The guard's refusal may lie within what the connection reports. */
function causes(error: unknown): unknown[] {
  const all: unknown[] = [];
  for (let at = error; at instanceof Error && all.length < 5; at = at.cause) all.push(at);
  return all;
}

function mustBeThere(status: number): void {
  if (status >= 200 && status < 300) return;
  if (status === 402) throw new LinkUnusable('paid', 'the page has to be paid for');
  if (status === 401 || status === 403 || status === 407)
    throw new LinkUnusable('login', `the page is not for everybody (${status})`);
  const gone = status === 404 || status === 410;
  throw new LinkUnusable(gone ? 'gone' : 'unreachable', `the page answered ${status}`);
}

/** A host without such a file allows all; one that does not answer for it is asked for nothing else. */
async function robotsAt(
  fetch: GuardedFetch,
  address: string,
  signal: AbortSignal,
): Promise<Buffer | 'no file'> {
  const reply = await sent(fetch, address, signal);
  try {
    if (reply.status >= 500) throw new LinkUnusable('unreachable', 'the host is failing');
    return reply.status < 200 || reply.status > 299 ? 'no file' : await beginningOf(reply);
  } finally {
    reply.body.destroy();
  }
}

async function beginningOf({ body }: GuardedReply): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const ended = finished(body, { writable: false }).catch(() => {});
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MOST_ROBOTS_BYTES) break;
  }
  body.destroy();
  await ended;
  return Buffer.concat(chunks).subarray(0, MOST_ROBOTS_BYTES);
}
