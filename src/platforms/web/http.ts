/** Reading requests and writing answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { ProblemCode, RequestProblem } from './wire.ts';

/** A request that is answered with a sentence. */
export class RequestRefusal extends Error {
  override name = 'Refusal';
  readonly code: ProblemCode;
  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const NOT_WRITTEN =
  'The bot cannot write anything down at the moment. Please send this again in a few minutes.';

/** The path as it was sent: nothing in it is decoded, and no `..` is followed. */
export const pathOf = (req: IncomingMessage): string => (req.url ?? '/').split('?', 1)[0] ?? '';

const STATUS: Readonly<Record<ProblemCode, number>> = {
  'bad-request': 400,
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  'cut-off': 400,
  'storage-full': 507,
  unavailable: 503,
  'not-written': 503,
  unexpected: 500,
};

export function sendJson(res: ServerResponse, value: unknown, status = 200): void {
  const body = JSON.stringify(value);
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  res.end(body);
}

export function sendRefusal(res: ServerResponse, { code, message }: RequestProblem): void {
  sendJson(res, { code, message } satisfies RequestProblem, STATUS[code]);
}

/** Largest JSON body: 200,000 characters of text, each written as an escape. */
const MAX_BODY = 1_300_000;

/** Rejects with `RequestRefusal`. */
export async function readBody(req: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The request must outlive a refusal: its connection carries the answer.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > limit) throw new RequestRefusal('too-large', 'The message is too long to be sent.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Rejects with `RequestRefusal`. */
export async function readJson<T>(req: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(jsonOf(await readBody(req, MAX_BODY)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    throw new RequestRefusal(
      'bad-request',
      `The request is not understood: ${where}${issue?.message ?? ''}`,
    );
  }
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestRefusal('bad-request', 'The request is not JSON.', { cause: error });
  }
}

/** The first language that the browser asks for, as BCP 47. */
export function localeOf(req: IncomingMessage): string | undefined {
  const first = req.headers['accept-language']?.split(',')[0]?.split(';')[0]?.trim();
  return first && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(first) ? first : undefined;
}
