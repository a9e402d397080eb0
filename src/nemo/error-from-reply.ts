/** From what the backend said to the error class that says whose fault it is. */
import {
  AccessExpired,
  CreditsExhausted,
  MediaTooLarge,
  type NemoError,
  PlanBlocked,
  RateLimited,
  RequestRefused,
  SessionLost,
  Unreachable,
  UnsupportedMedia,
} from './errors.ts';

export type Endpoint =
  | 'anonymous-token'
  | 'session'
  | 'claim-token'
  | 'run_sse'
  | 'upload'
  | 'credits'
  | 'state'
  | 'render'
  | 'render-state'
  | 'download'
  | 'output';

export interface Failure {
  readonly status: number;
  readonly code?: number | undefined;
  /** The backend's own words, if it used any. */
  readonly message?: string | undefined;
  /** Milliseconds, from Retry-After. */
  readonly retryAfterMs?: number | undefined;
}

const sessionPaths: readonly Endpoint[] = ['run_sse', 'upload', 'state'];
const exportPaths: readonly Endpoint[] = ['render', 'render-state', 'download'];

/**
 * A known code in the body outweighs the HTTP status: 402 with code 2001 is about credits, not about
 * the plan. A code between 400 and 599 is an HTTP status that travels in the body of a 200.
 */
export function failureOf(endpoint: Endpoint, failure: Failure): NemoError {
  const { code } = failure;
  const known = code === undefined ? undefined : byCode(endpoint, code, failure);
  if (known !== undefined) return known;
  const status = code !== undefined && code >= 400 && code <= 599 ? code : failure.status;
  return byStatus(endpoint, status, failure);
}

function byCode(endpoint: Endpoint, code: number, failure: Failure): NemoError | undefined {
  const detail = detailOf(failure);
  switch (code) {
    case 1001:
    case 1010:
    case 1011:
      return new AccessExpired(endpoint, detail);
    case 1002:
      return new SessionLost(endpoint, detail);
    case 2001:
      return new CreditsExhausted(endpoint, detail);
    case 4001:
      return new UnsupportedMedia(endpoint, detail);
    case 4002:
      return new MediaTooLarge(endpoint, detail);
    default:
      return undefined;
  }
}

/** Whoever stands before the backend says that it is not there. */
const GATEWAY: ReadonlySet<number> = new Set([502, 503, 504]);

function byStatus(endpoint: Endpoint, status: number, failure: Failure): NemoError {
  const detail = detailOf(failure);
  if (status === 401) return new AccessExpired(endpoint, detail);
  if (status === 402) return new PlanBlocked(endpoint, detail);
  if (status === 403) {
    // Where a file is to be exported a missing scope means the plan; elsewhere the token is bad.
    return exportPaths.includes(endpoint)
      ? new PlanBlocked(endpoint, detail)
      : new AccessExpired(endpoint, detail);
  }
  if (status === 404 && sessionPaths.includes(endpoint)) return new SessionLost(endpoint, detail);
  if (status === 413) return new MediaTooLarge(endpoint, detail);
  if (status === 415) return new UnsupportedMedia(endpoint, detail);
  if (status === 429) return new RateLimited(endpoint, failure.retryAfterMs);
  if (status === 408 || status >= 500)
    return new Unreachable(endpoint, `status ${status}: ${detail}`, {
      isOutage: GATEWAY.has(status),
    });
  return new RequestRefused(endpoint, failure.status, failure.code, detail);
}

const secretShapes = /(?:nmv_usr_|clm_)[\w.-]+|Bearer\s+\S+/gi;

/** The backend's words for the operator's log: short, on one line, without markup or anything secret. */
export function detailOf({ status, code, message }: Failure): string {
  const words = (message ?? '').replace(secretShapes, '[hidden]').replace(/\s+/g, ' ').trim();
  if (words === '' || /<[a-z!/]/i.test(words)) return `status ${status}, code ${code ?? 'none'}`;
  return words.length > 200 ? `${words.slice(0, 200)}…` : words;
}

/** Retry-After in seconds or as a date, to milliseconds from `now`; never more than two minutes. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), 120_000);
}
