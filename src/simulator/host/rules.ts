/** What every client has to keep to, whichever route it calls; a breach is noted, so that a test can fail of it. */
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { problems } from './problem.ts';

export interface Violation {
  /** The rule of the contract that a client broke. */
  readonly rule: string;
  readonly detail: string;
}

/** The beginning of a request, as Node's server gives it. */
export interface Head {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

const ATTRIBUTION = ['x-skill-source', 'x-skill-version', 'x-skill-platform'];

/** Without all three the backend does not know a skill, and refuses it the export. */
export const missingAttribution = ({ headers }: Head): string[] =>
  ATTRIBUTION.filter((header) => !headers[header]);

/** `name` is the route's; undefined where there is none. */
export function headBreaches(name: string | undefined, head: Head): Violation[] {
  const { method, url = '', headers } = head;
  if (name === undefined) return [{ rule: 'route', detail: `${method} ${url}` }];
  const found: Violation[] = [];
  const missing = missingAttribution(head);
  if (missing.length > 0)
    found.push({ rule: 'attribution', detail: `${name}: ${missing.join(', ')}` });
  if (url.includes('nmv_usr_')) found.push({ rule: 'token-in-address', detail: name });
  const { accept = '*/*' } = headers;
  if (name === 'run_sse' && !/text\/event-stream|\*\/\*/.test(accept))
    found.push({ rule: 'accept', detail: accept });
  return found;
}

/** The static host of finished files is another's: a token that is sent there is given away. */
export function filesHeadBreaches({ url = '', headers }: Head): Violation[] {
  if (headers.authorization === undefined) return [];
  return [{ rule: 'authorization-to-files', detail: url }];
}

export function bearerOf({ headers }: Head): string | undefined {
  return /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
}

/** Throws where a body is not said to be JSON: it would be read as a form. */
export function checkJsonType({ headers }: Head): void {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
    throw problems.bad('the content type is not application/json');
}

const runSchema = z.object({
  app_name: z.literal('nemo_agent'),
  user_id: z.literal('me'),
  session_id: z.string(),
  new_message: z.object({ parts: z.array(z.object({ text: z.string() })).min(1) }),
});

/** The message of a run. Throws, and notes it, where the body is another's: camelCase is. */
export function readRunBody(
  body: unknown,
  note: (violation: Violation) => void,
): { sessionId: string; text: string } {
  const camel = ['appName', 'userId', 'sessionId', 'newMessage'].filter(
    (key) => typeof body === 'object' && body !== null && key in body,
  );
  const parsed = runSchema.safeParse(body);
  if (parsed.success && camel.length === 0) {
    const { session_id: sessionId, new_message: message } = parsed.data;
    return { sessionId, text: message.parts.map((part) => part.text).join('\n') };
  }
  const detail = camel.join(', ') || (parsed.error ? z.prettifyError(parsed.error) : '');
  note({ rule: 'run-body', detail });
  throw problems.bad(detail);
}

const newSessionSchema = z.object({ task_name: z.string(), language: z.string().optional() });

export function readNewSession(body: unknown): z.infer<typeof newSessionSchema> {
  const parsed = newSessionSchema.safeParse(body);
  if (!parsed.success) throw problems.bad('task_name is required');
  return parsed.data;
}

const claimSchema = z.object({ task_id: z.string(), session_id: z.string() });

/** The session that a link to the editor is asked for. */
export function readClaim(body: unknown): string {
  const parsed = claimSchema.safeParse(body);
  if (!parsed.success) throw problems.bad('task_id and session_id are required');
  return parsed.data.session_id;
}
