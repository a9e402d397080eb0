/**
 * How the SDK's client reaches Slack. Node's own `fetch` spends more on its web streams for one short answer than all
 * else of a post costs together; a call has a string as its body and an answer that is read whole.
 */
import type { webApi } from '@slack/bolt';
import { Agent, request } from 'undici';
import { codeLabel, type OnPlatformCall } from '../../runtime/metrics.ts';
import { inSpan } from '../../runtime/turn-scope.ts';
import { methodOf } from './method-names.ts';

/** Far more than the longest page of a history; an answer beyond it breaks off. */
const MOST_BYTES = 32 * 1024 * 1024;

const agent = new Agent({ maxResponseSize: MOST_BYTES });

export const webFetch: webApi.FetchFunction = async (url, { headers, body, signal } = {}) => {
  if (typeof body !== 'string') throw new TypeError('only text is sent to the Web API');
  const answer = await request(url, {
    dispatcher: agent,
    method: 'POST',
    headers: headers ?? {},
    body,
    signal: signal ?? null,
  });
  // The client leaves the body of a rate limit alone, and an unread one would keep its connection.
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const { statusCode: status, statusText } = answer;
  // Answers are where they are asked for; a redirect is a proxy's page.
  if (status >= 300 && status < 400)
    throw new TypeError(`Slack was asked and redirects (${status})`);
  const of = (name: string): string | null => {
    const value = answer.headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  return {
    status,
    statusText,
    ok: status >= 200 && status < 300,
    url: String(url),
    headers: {
      get: of,
      entries: () => Object.keys(answer.headers).map((name) => [name, of(name) ?? '']),
    },
    text: async () => bytes.toString('utf8'),
    json: async () => JSON.parse(bytes.toString('utf8')),
    arrayBuffer: async () => new Uint8Array(bytes).buffer,
  };
};

/** The same, with a word of each call to whoever watches. */
export const fetchTellingOf =
  (onCall: OnPlatformCall | undefined): webApi.FetchFunction =>
  (url, init) => {
    const method = methodOf(url);
    return inSpan(`slack ${method}`, {}, async (span) => {
      let status: number | undefined;
      try {
        const answer = await webFetch(url, init);
        status = answer.status;
        span?.set({ status });
        return answer;
      } finally {
        onCall?.({ method, code: codeLabel(status) });
      }
    });
  };
