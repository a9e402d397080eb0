/** One request for a token of a trial account. */
import { textField } from './envelope.ts';
import { Unreachable } from './errors.ts';
import type { Http } from './http.ts';
import { ask } from './request-json.ts';

export interface TrialToken {
  readonly clientId: string;
  readonly token: string;
  readonly userId?: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const WEEK_MS = 7 * 24 * 3_600_000;

export async function tokenFrom(http: Http, clientId: string, now: number): Promise<TrialToken> {
  const opened = await ask(http, {
    endpoint: 'anonymous-token',
    method: 'POST',
    path: '/api/auth/anonymous-token',
    headers: { 'x-client-id': clientId },
    // Not the caller's signal: others may be waiting for the same token. The time limit of a call ends it.
    signal: new AbortController().signal,
  });
  const token = textField(opened, 'token');
  if (token === undefined) throw new Unreachable('anonymous-token', 'an answer without a token');
  const expiry = Date.parse(textField(opened, 'expires_at') ?? '');
  const userId = textField(opened, 'user_id');
  return {
    clientId,
    token,
    expiresAt: Number.isNaN(expiry) ? now + WEEK_MS : expiry,
    ...(userId !== undefined && { userId }),
  };
}
