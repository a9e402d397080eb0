/** Links into the web front end. */

import { textField } from './envelope.ts';
import { Unreachable } from './errors.ts';
import type { Http } from './http.ts';
import type { Registration, Session } from './nemo.ts';
import { ask } from './request-json.ts';

/**
 * A link that opens the project in the browser editor. It carries a claim token, which is good for that
 * page alone; our own token never goes into an address. Whoever opens it may take the project over.
 */
export async function claimLink(
  http: Http,
  webUrl: string,
  order: { session: Session; token: string; signal: AbortSignal },
): Promise<string> {
  const { session, token, signal } = order;
  const opened = await ask(http, {
    endpoint: 'claim-token',
    method: 'POST',
    path: '/api/auth/claim-token',
    token,
    body: JSON.stringify({ task_id: session.taskId, session_id: session.sessionId }),
    signal,
  });
  const claim = textField(opened, 'claim_token');
  if (claim === undefined) throw new Unreachable('claim-token', 'an answer without a claim token');
  return `${trimmed(webUrl)}/workspace/claim?ct=${encodeURIComponent(claim)}`;
}

/** Only a trial account's id may go into a registration link: it hands that account over. */
export const isTrialUser = (userId: string): boolean => /^anon_[A-Za-z0-9_-]+$/.test(userId);

export function registrationLink(
  webUrl: string,
  account: Registration['account'],
  userId: string | undefined,
): Registration {
  const web = trimmed(webUrl);
  // Whoever connected an account has it already: there is nothing to take over.
  if (account === 'connected') return { account, url: web, keepsProject: true };
  if (userId !== undefined && isTrialUser(userId)) {
    const url = `${web}/register?bind=${encodeURIComponent(userId)}`;
    return { account: 'anonymous', url, keepsProject: true };
  }
  if (account === 'operator') return { account, url: web, keepsProject: true };
  return { account, url: `${web}/register`, keepsProject: false };
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');
