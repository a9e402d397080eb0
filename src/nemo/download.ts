/** The finished file: from its link, without our token, or from the API's own route. */

import { AddressRefused, type GuardedFetch } from '../net/guarded-fetch.ts';
import type { RenderId } from '../runtime/ids.ts';
import { OutputUnavailable, RequestRefused } from './errors.ts';
import { type Http, type HttpReply, headerOf, mimeOf, type OpenReply, readReply } from './http.ts';
import type { Download } from './nemo.ts';
import { outputUrl } from './render.ts';
import { openReply } from './request-json.ts';

/** Real milliseconds until the route must answer, and between two pieces of the file. */
const PATIENCE_MS = 60_000;

/** The link comes from the backend's answer, so where it points to is checked. */
export async function fetchOutput(
  fetch: GuardedFetch,
  url: string,
  signal: AbortSignal,
): Promise<Download> {
  let reply: Awaited<ReturnType<GuardedFetch>>;
  try {
    reply = await fetch(url, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : 'unknown';
    const why = cause instanceof AddressRefused ? 'refused' : 'unreachable';
    throw new OutputUnavailable('output', why, reason, { cause });
  }
  if (reply.status === 200 && mimeOf(reply) !== 'text/html') return downloadOf(reply);
  reply.body.destroy();
  const why = PASSING.has(reply.status) || reply.status >= 500 ? 'unreachable' : 'gone';
  throw new OutputUnavailable('output', why, `status ${reply.status}`);
}

/** Timeout, too early, too many requests: no word about the file. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** Some versions of the route give the file itself, some a link to it, some a redirect. */
export async function fetchRender(
  http: Http,
  fetch: GuardedFetch,
  order: { renderId: RenderId; token: string; signal: AbortSignal },
): Promise<Download> {
  const endpoint = 'download';
  const { renderId, token, signal } = order;
  const path = `/api/render/proxy/${encodeURIComponent(renderId)}/download`;
  const headers = { accept: '*/*' };
  const reply = await http.open(
    { endpoint, method: 'GET', path, token, headers, signal },
    { patienceMs: PATIENCE_MS },
  );
  const { status } = reply;
  const location = headerOf(reply, 'location');
  if (status >= 300 && status < 400 && location !== undefined) {
    reply.body.destroy();
    return fetchOutput(fetch, new URL(location, http.base + path).href, signal);
  }
  const mime = mimeOf(reply);
  if (status === 200 && !/json|html/.test(mime)) return downloadOf(reply);
  const url = linkIn(await readReply(reply, endpoint, signal));
  if (url === undefined)
    throw new OutputUnavailable(endpoint, 'gone', 'an answer without a file or a link');
  return fetchOutput(fetch, url, signal);
}

/** Refusals about the account or the plan are their own errors; any other means: no file here. */
function linkIn(reply: HttpReply): string | undefined {
  try {
    return outputUrl(openReply(reply, 'download'));
  } catch (error) {
    const page = reply.status === 200 && reply.mime === 'text/html';
    if (!(error instanceof RequestRefused) && !page) throw error;
    throw new OutputUnavailable('download', 'gone', `status ${reply.status}`, { cause: error });
  }
}

function downloadOf(reply: OpenReply): Download {
  const length = headerOf(reply, 'content-length');
  return {
    stream: reply.body,
    bytes: length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined,
    mime: mimeOf(reply) || undefined,
  };
}
