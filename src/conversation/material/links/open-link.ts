/** Opens what a link leads to: through the guard, where its host allows programs, within bounds. */
import { finished } from 'node:stream/promises';
import robotsParser from 'robots-parser';
import {
  AddressRefused,
  type GuardedFetch,
  type GuardedReply,
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

/** Real milliseconds for a page with all its bytes. */
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

export interface LinkOptions {
  readonly signal: AbortSignal;
  /** Hosts say which of their pages programs may read. */
  readonly askRobots: boolean;
  readonly timers: Pick<Timers, 'after'>;
}

/** `take` has to be done with the body when its promise settles. Rejects with `LinkUnusable`, or as `take` does. */
export async function openLink<T>(
  fetch: GuardedFetch,
  url: string,
  { signal, askRobots, timers }: LinkOptions,
  take: (opened: OpenedLink, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = () => new LinkUnusable('slow', 'the page took too long');
  return withDeadline({ ms: MOST_MS, signal, late, timers }, async (bounded) => {
    if (askRobots) await mustBeAllowed(fetch, url, bounded);
    const reply = await sent(fetch, url, bounded);
    try {
      if (askRobots && new URL(reply.url).origin !== new URL(url).origin)
        await mustBeAllowed(fetch, reply.url, bounded);
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

async function sent(fetch: GuardedFetch, url: string, signal: AbortSignal): Promise<GuardedReply> {
  try {
    return await fetch(url, { headers: HEADERS, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    const refused = causes(error).some((it) => it instanceof AddressRefused);
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
async function mustBeAllowed(fetch: GuardedFetch, url: string, signal: AbortSignal): Promise<void> {
  const address = new URL('/robots.txt', url).href;
  const reply = await sent(fetch, address, signal);
  try {
    if (reply.status >= 500) throw new LinkUnusable('unreachable', 'the host is failing');
    if (reply.status < 200 || reply.status > 299) return;
    const text = await beginningOf(reply);
    if (robotsParser(address, text).isAllowed(url, AGENT) === false)
      throw new LinkUnusable('robots', 'the host wants no programs there');
  } finally {
    reply.body.destroy();
  }
}

async function beginningOf({ body }: GuardedReply): Promise<string> {
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
  return Buffer.concat(chunks).toString('utf8', 0, MOST_ROBOTS_BYTES);
}
