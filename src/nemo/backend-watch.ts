/** How the backend has answered of late, by the calls that are made anyway: nothing is asked for its own sake. */

import type { Metrics } from '../runtime/metrics.ts';
import { codeLabel } from '../runtime/metrics.ts';
import type { Endpoint } from './error-from-reply.ts';
import type { OnBackendError } from './telling-errors.ts';

/** One request. `status` undefined: no answer; `called-off`: nobody waited for it any more. */
export interface BackendCall {
  readonly endpoint: Endpoint;
  readonly status: number | 'called-off' | undefined;
  /** Of files that went along. */
  readonly bytesUp?: number;
}

export type OnBackendCall = (call: BackendCall) => void;

export interface BackendWatch {
  readonly onCall: OnBackendCall;
  readonly onError: OnBackendError;
  /** Why it is not as it should be; undefined: it answered last time, or nobody has asked it for a while. */
  trouble(): string | undefined;
}

/** Turns that wait for it ask about every 45 seconds: after a silence of ours the last failure says nothing of today. */
const REMEMBERED_MS = 10 * 60_000;

export function watchBackend(
  metrics: Pick<Metrics, 'backendCalled' | 'backendFailed' | 'bytes'>,
  now: () => number = Date.now,
): BackendWatch {
  let failed: { readonly at: number; readonly what: string } | undefined;
  return {
    onCall({ endpoint, status, bytesUp = 0 }) {
      metrics.backendCalled(endpoint, status === 'called-off' ? status : codeLabel(status));
      if (status === 'called-off') return;
      if (status === undefined) failed = { at: now(), what: 'gives no answer' };
      else if (status >= 500) failed = { at: now(), what: `answers with status ${status}` };
      else {
        failed = undefined;
        if (bytesUp > 0 && status < 300) metrics.bytes('up', bytesUp);
      }
    },
    onError: ({ endpoint, name }) => metrics.backendFailed(endpoint, name),
    trouble: () =>
      failed && now() - failed.at < REMEMBERED_MS
        ? `it ${failed.what}; turns wait for it`
        : undefined,
  };
}
