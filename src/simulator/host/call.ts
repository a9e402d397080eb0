import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Variants } from '../options.ts';
import type { Account } from '../world.ts';
import type { Backend } from './backend.ts';
import { type Problem, problems } from './problem.ts';

/** One request on its way through a route. */
export interface Call {
  readonly backend: Backend;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The groups of the route's path. */
  readonly params: readonly string[];
  /** Whose token came along; routes that need one ask by `signedIn`. */
  readonly account: Account | undefined;
}

/** The fields of an answer; `raw` answers are sent as they are, without an envelope. */
export type Answer =
  | { readonly data: Readonly<Record<string, unknown>> }
  | { readonly raw: Readonly<Record<string, unknown>> }
  /** The route has written the response itself. */
  | undefined;

const MAX_JSON_BYTES = 4 * 1024 * 1024;

export function signedIn(call: Call): Account {
  if (!call.account || call.account.expired) throw problems.badToken();
  return call.account;
}

export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bodyOf(request)) {
    size += chunk.length;
    if (size > MAX_JSON_BYTES) throw problems.tooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw problems.bad('the body is not JSON');
  }
}

/** Giving up on a body must not cost the connection: the refusal still has to get through. */
export function bodyOf(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false });
}

export function sendAnswer(response: ServerResponse, answer: Answer, variants: Variants): void {
  if (answer === undefined) return;
  const body = 'raw' in answer ? answer.raw : wrap(answer.data, variants);
  let text = JSON.stringify(body);
  // As a JSON number it has more digits than a double can hold, hence by hand.
  if (variants.numericSessionId) text = text.replace(/"session_id":"(\d+)"/g, '"session_id":$1');
  send(response, 200, 'application/json', text);
}

export function sendProblem(response: ServerResponse, problem: Problem, variants: Variants): void {
  const { message, status } = problem;
  const code = variants.stringCodes ? String(problem.code) : problem.code;
  const body =
    variants.envelope === 'success'
      ? { success: false, error: message, code }
      : { code, message, data: null };
  send(
    response,
    variants.errors === 'body' ? 200 : status,
    'application/json',
    JSON.stringify(body),
  );
}

export function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function wrap(data: Readonly<Record<string, unknown>>, { envelope }: Variants): object {
  if (envelope === 'bare') return data;
  return envelope === 'success' ? { success: true, data } : { code: 0, data };
}
