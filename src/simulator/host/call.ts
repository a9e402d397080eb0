import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Variants } from '../options.ts';
import type { Account } from '../world.ts';
import type { Backend } from './backend.ts';
import { type Content, contentText, refusal } from './envelope.ts';
import { type Problem, problems } from './problem.ts';
import { checkJsonType } from './rules.ts';

/** One request on its way through a route. */
export interface Call {
  readonly backend: Backend;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The session or the render that the path names; empty where it names none. */
  readonly id: string;
  /** Whose token came along; routes that need one ask by `signedIn`. */
  readonly account: Account | undefined;
}

/** Undefined: the route has written the response itself. */
export type Answer = Content | undefined;

const MAX_JSON_BYTES = 4 * 1024 * 1024;

export function signedIn(call: Call): Account {
  if (!call.account || call.account.expired) throw problems.badToken();
  return call.account;
}

/** The body parsed, and as it came. */
export async function readJson(
  request: IncomingMessage,
): Promise<{ readonly json: unknown; readonly text: string }> {
  checkJsonType(request);
  const text = await readText(request);
  return { json: parseBody(text), text };
}

/** Throws where it is far longer than any order of ours. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bodyOf(request)) {
    size += chunk.length;
    if (size > MAX_JSON_BYTES) throw problems.tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
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
  send(response, 200, 'application/json', contentText(answer, variants));
}

export function sendProblem(response: ServerResponse, problem: Problem, variants: Variants): void {
  const { status, body } = refusal(problem, variants);
  send(response, status, 'application/json', JSON.stringify(body));
}

export function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
