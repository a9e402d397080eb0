/**
 * How the SDK's client reaches Slack. Node's own `fetch` spends more on its web streams for one short answer than all
 * else of a post costs together; a call has a string as its body and an answer that is read whole.
 */
import type { webApi } from '@slack/bolt';
import { codeLabel, type OnPlatformCall } from '../../runtime/metrics.ts';
import { inSpan } from '../../runtime/turn-scope.ts';
import { collectAnswer, fieldOf, openCallAgent } from '../shared/collect-answer.ts';
import { methodOf } from './method-names.ts';

const agent = openCallAgent();

export const webFetch: webApi.FetchFunction = async (url, { headers, body, signal } = {}) => {
  if (typeof body !== 'string') throw new TypeError('only text is sent to the Web API');
  const call = { method: 'POST', headers: headers ?? {}, body, signal } as const;
  const answer = await collectAnswer(agent, String(url), call);
  const { status, statusText } = answer;
  // Answers are where they are asked for; a redirect is a proxy's page.
  if (status >= 300 && status < 400)
    throw new TypeError(`Slack was asked and redirects (${status})`);
  const of = (name: string) => fieldOf(answer.headers, name);
  return {
    status,
    statusText,
    ok: status >= 200 && status < 300,
    url: String(url),
    headers: {
      get: of,
      entries: () => Object.keys(answer.headers).map((name) => [name, of(name) ?? '']),
    },
    text: async () => answer.body.toString(),
    json: async () => JSON.parse(answer.body.toString()),
    arrayBuffer: async () => Uint8Array.from(answer.body).buffer,
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
