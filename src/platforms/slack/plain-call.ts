/** One call of Slack's interface, for the doctor and `setup`: asked once, and what it answers is read by who asks. */
import { z } from 'zod';

export interface PlainAnswer {
  readonly ok: boolean;
  readonly error: string;
  readonly body: unknown;
  /** What the token may do, where Slack says so. */
  readonly scopes: readonly string[] | undefined;
}

export interface PlainOrder {
  readonly apiUrl: string | undefined;
  readonly token: string;
  readonly signal: AbortSignal;
  readonly args?: Readonly<Record<string, string>>;
}

const answer = z.object({ ok: z.boolean(), error: z.string().default('no reason given') });

/** Rejects where Slack cannot be reached, or answers with anything but what it documents. */
export async function plainCall(
  method: string,
  { apiUrl, token, signal, args = {} }: PlainOrder,
): Promise<PlainAnswer> {
  const response = await fetch(new URL(method, apiUrl ?? 'https://slack.com/api/'), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(args),
    signal,
  });
  if (response.status === 429) {
    await response.body?.cancel();
    return { ok: false, error: 'ratelimited', body: {}, scopes: undefined };
  }
  const scopes = response.headers
    .get('x-oauth-scopes')
    ?.split(',')
    .map((scope) => scope.trim());
  const body: unknown = await response.json();
  return { ...answer.parse(body), body, scopes };
}
