/** One call that wants one JSON answer: sent once, its envelope opened, a refusal thrown as its error. */
import { isObject, messageOf, type Opened, openEnvelope } from './envelope.ts';
import { type Endpoint, failureOf } from './error-from-reply.ts';
import { Unreachable } from './errors.ts';
import { tryParseExact } from './exact-json.ts';
import type { Http, HttpOrder, HttpReply } from './http.ts';

export async function ask(http: Http, order: HttpOrder): Promise<Opened> {
  return openReply(await http.call(order), order.endpoint);
}

/** Throws the error that the answer means. Pages of a proxy and empty bodies go by their status alone. */
export function openReply(reply: HttpReply, endpoint: Endpoint): Opened {
  const { status, retryAfterMs } = reply;
  const json = tryParseExact(reply.text);
  if (json === undefined) {
    if (status >= 200 && status < 300)
      throw new Unreachable(endpoint, 'an answer that is not JSON');
    throw failureOf(endpoint, { status, retryAfterMs });
  }
  const envelope = openEnvelope(json);
  if ('refusal' in envelope)
    throw failureOf(endpoint, { status, retryAfterMs, ...envelope.refusal });
  if (status < 200 || status >= 300) {
    throw failureOf(endpoint, { status, retryAfterMs, message: messageIn(envelope.opened.body) });
  }
  return envelope.opened;
}

function messageIn(body: unknown): string {
  return isObject(body) ? messageOf(body) : '';
}
