import { isDeepStrictEqual } from 'node:util';
import type { DoubleWorld, RecordedRequest } from './world.ts';

const attribution = ['x-skill-source', 'x-skill-version', 'x-skill-platform'];

/** Breaches of the backend's rules in one request, in words. */
export function breaches(world: DoubleWorld, request: RecordedRequest): string[] {
  const found: string[] = [];
  if (request.route === 'file') {
    if (request.headers.authorization !== undefined)
      found.push('Authorization was sent to the host of the files');
    return found;
  }
  for (const name of attribution) {
    if (!request.headers[name]) found.push(`${request.method} ${request.path}: no ${name} header`);
  }
  if (/nmv_usr_/.test(request.path)) found.push(`${request.route}: a token in the address`);
  if (request.route === 'run_sse') found.push(...runBreaches(request));
  if (request.route === 'render') found.push(...renderBreaches(world, request));
  if (request.route === 'upload') {
    for (const part of request.parts ?? []) {
      if (part.field !== 'files') found.push(`upload: the field is "${part.field}", not "files"`);
      if (!part.filename) found.push('upload: a part without a file name');
    }
  }
  return found;
}

function runBreaches(request: RecordedRequest): string[] {
  const body = (request.json ?? {}) as Record<string, unknown>;
  const found = ['appName', 'userId', 'sessionId', 'newMessage']
    .filter((key) => key in body)
    .map((key) => `run_sse: ${key} is camelCase`);
  for (const key of ['app_name', 'user_id', 'session_id', 'new_message']) {
    if (!(key in body)) found.push(`run_sse: no ${key}`);
  }
  return found;
}

function renderBreaches(world: DoubleWorld, request: RecordedRequest): string[] {
  const body = (request.json ?? {}) as { sessionId?: unknown };
  const found: string[] = [];
  if ('session_id' in body) found.push('render: session_id instead of sessionId');
  const session = world.sessions.get(String(body.sessionId));
  if (session === undefined) return [...found, 'render: an unknown sessionId'];
  const sent = withExactNumbers(request.text ?? '');
  const kept = withExactNumbers(JSON.stringify({ draft: session.draft }));
  if (!isDeepStrictEqual(sent.draft, kept.draft))
    found.push('render: the draft differs from the state');
  return found;
}

/** Numbers become their own text, so that 1.0 and 1, or two ids beyond 2^53, are told apart. */
function withExactNumbers(text: string): { draft?: unknown } {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? `#${context?.source}` : value,
  );
}
