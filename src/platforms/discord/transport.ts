/**
 * How discord.js' REST reaches the network. Plain calls go through our own undici with an agent of its
 * own, at half the CPU of `fetch`. Forms go through the runtime's fetch: undici knows a form by its class,
 * several copies of undici share a process as soon as Bolt is loaded, and another copy's form is sent broken.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { RESTOptions } from 'discord.js';
import type { Agent } from 'undici';
import { codeLabel, type OnPlatformCall } from '../../runtime/metrics.ts';
import { inSpan } from '../../runtime/turn-scope.ts';
import { collectAnswer, fieldOf, openCallAgent } from '../shared/collect-answer.ts';
import { routeNameOf } from './route-names.ts';

type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];
type RestResponse = Awaited<ReturnType<MakeRequest>>;

export interface Transport {
  readonly makeRequest: MakeRequest;
  close(): Promise<void>;
}

export function openTransport(onCall?: OnPlatformCall): Transport {
  const agent = openCallAgent();
  const send: MakeRequest = (url, init) =>
    init.body instanceof FormData ? byFetch(url, init) : byRequest(agent, url, init);
  return {
    close: () => agent.close(),
    makeRequest: (url, init) => {
      const method = routeNameOf(init.method ?? 'GET', url);
      return inSpan(`discord ${method}`, {}, async (span) => {
        let status: number | undefined;
        try {
          const answer = await send(url, init);
          status = answer.status;
          span?.set({ status });
          return answer;
        } finally {
          onCall?.({ method, code: codeLabel(status) });
        }
      });
    },
  };
}

async function byRequest(agent: Agent, url: string, init: Init): Promise<RestResponse> {
  const { status, statusText, headers, body } = await collectAnswer(agent, url, {
    method: (init.method ?? 'GET') as 'GET',
    headers: init.headers as Record<string, string>,
    body: typeof init.body === 'string' ? init.body : null,
    signal: init.signal,
  });
  const text = async () => body.toString();
  return {
    status,
    statusText,
    ok: status >= 200 && status < 300,
    headers: readOnly(headers) as RestResponse['headers'],
    body: null,
    bodyUsed: false,
    json: async () => JSON.parse(await text()),
    text,
    arrayBuffer: async () => Uint8Array.from(body).buffer,
  };
}

/**
 * The toolkit asks for eight of them by name and does nothing else with them; to build the runtime's `Headers`, which
 * copies and checks every one, costs as much as the rest of reading an answer.
 */
const readOnly = (headers: IncomingHttpHeaders): Pick<Headers, 'get' | 'has'> => ({
  get: (name) => fieldOf(headers, name),
  has: (name) => fieldOf(headers, name) !== null,
});

/** The toolkit's types are those of an undici package, its values here are the runtime's. */
const byFetch = async (url: string, init: Init): Promise<RestResponse> =>
  (await fetch(url, init as RequestInit)) as unknown as RestResponse;
