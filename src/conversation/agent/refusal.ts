/** A refusal of the account that came in the middle of a stream, as the error it would have been at its start. */

import { failureOf } from '../../nemo/error-from-reply.ts';
import {
  AccessExpired,
  CreditsExhausted,
  type NemoError,
  PlanBlocked,
  RateLimited,
  SessionLost,
} from '../../nemo/errors.ts';
import type { Problem } from './listen.ts';

/** The last one; undefined when the problems are the agent's own. */
export function refusalAmong(problems: readonly Problem[]): NemoError | undefined {
  return problems.map(refusalOf).findLast((error) => error !== undefined);
}

function refusalOf({ code, message }: Problem): NemoError | undefined {
  if (!code || !/^\d+$/.test(code)) return undefined;
  const error = failureOf('run_sse', { status: 200, code: Number(code), message });
  return ACCOUNT.some((kind) => error instanceof kind) ? error : undefined;
}

const ACCOUNT = [AccessExpired, CreditsExhausted, PlanBlocked, RateLimited, SessionLost] as const;
