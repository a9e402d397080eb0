/**
 * How discord.js' REST reaches the network. Plain calls go through our own undici with an agent of its
 * own, at half the CPU of `fetch`. Forms go through the runtime's fetch: undici knows a form by its class,
 * several copies of undici share a process as soon as Bolt is loaded, and another copy's form is sent broken.
 */
import { STATUS_CODES } from 'node:http';
import type { RESTOptions } from 'discord.js';
import { Agent, type Dispatcher, request } from 'undici';
import { codeLabel, type OnPlatformCall } from '../../runtime/metrics.ts';
import { inSpan } from '../../runtime/turn-scope.ts';
import { routeNameOf } from './route-names.ts';

type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];
type RestResponse = Awaited<ReturnType<MakeRequest>>;

export interface Transport {
  readonly makeRequest: MakeRequest;
  close(): Promise<void>;
}

export function openTransport(onCall?: OnPlatformCall): Transport {
  const agent = new Agent();
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
  const { statusCode, headers, body } = await request(url, {
    dispatcher: agent,
    method: (init.method ?? 'GET') as 'GET',
    headers: init.headers as Record<string, string>,
    body: typeof init.body === 'string' ? init.body : null,
    signal: init.signal ?? null,
  });
  return {
    status: statusCode,
    statusText: STATUS_CODES[statusCode] ?? '',
    ok: statusCode >= 200 && statusCode < 300,
    headers: readOnly(headers) as RestResponse['headers'],
    body,
    get bodyUsed() {
      return body.bodyUsed;
    },
    json: () => body.json(),
    text: () => body.text(),
    arrayBuffer: () => body.arrayBuffer(),
  };
}

/**
 * The toolkit asks for eight of them by name and does nothing else with them; to build the runtime's `Headers`, which
 * copies and checks every one, costs as much as the rest of reading an answer.
 */
function readOnly(headers: Dispatcher.ResponseData['headers']): Pick<Headers, 'get' | 'has'> {
  const get = (name: string): string | null => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  return { get, has: (name) => get(name) !== null };
}

/** The toolkit's types are those of an undici package, its values here are the runtime's. */
const byFetch = async (url: string, init: Init): Promise<RestResponse> =>
  (await fetch(url, init as RequestInit)) as unknown as RestResponse;
