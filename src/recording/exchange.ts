/** One request to the backend and its answer, as a line of a recording. */
import { z } from 'zod';

/** Which ids a path names is known by its form; what has none of these is recorded by the number of its parts. */
const PATHS: readonly RegExp[] = [
  /^\/api\/upload-video\/nemo_agent\/me\/([^/]+)$/,
  /^\/api\/state\/nemo_agent\/me\/([^/]+)\/latest$/,
  /^\/api\/render\/proxy\/lambda\/([^/]+)$/,
  /^\/api\/render\/proxy\/lambda\/([^/]+)\/cancel$/,
  /^\/api\/render\/proxy\/(?!lambda$)([^/]+)\/download$/,
];
const PLAIN: ReadonlySet<string> = new Set([
  '/api/auth/anonymous-token',
  '/api/auth/claim-token',
  '/api/tasks/me/with-session/nemo_agent',
  '/run_sse',
  '/api/credits/balance/simple',
  '/api/render/proxy/lambda',
]);

export interface Target {
  readonly path: string;
  readonly id: string | undefined;
}

export function targetOf(url: string): Target {
  const { pathname } = new URL(url, 'http://api');
  if (PLAIN.has(pathname)) return { path: pathname, id: undefined };
  for (const form of PATHS) {
    const [, id] = form.exec(pathname) ?? [];
    if (id) return { path: pathname.replace(id, ':id'), id: decodeURIComponent(id) };
  }
  return { path: `/:${pathname.split('/').length - 1}`, id: undefined };
}

const answer = z.object({
  status: z.number().int(),
  headers: z.record(z.string(), z.string()),
  /** Milliseconds from the request to the head. */
  after: z.number(),
  /** One of these three. */
  text: z.string().optional(),
  frames: z.array(z.object({ at: z.number(), text: z.string() })).optional(),
  bytes: z.number().optional(),
  /** The connection was cut before the end. */
  broken: z.boolean().optional(),
});

export const exchange = z.object({
  v: z.literal(1),
  /** In the order in which requests came. */
  n: z.number().int(),
  /** How many runs had been asked for by then, this one included. */
  runs: z.number().int(),
  /** Milliseconds since the recording began. */
  at: z.number(),
  method: z.string(),
  path: z.string(),
  id: z.string().optional(),
  /** Ids in the request's body, in their order. */
  ids: z.array(z.string()).default([]),
  asked: z.unknown().optional(),
  askedBytes: z.number().optional(),
  /** Absent: there was none. */
  answer: answer.optional(),
});
export type Exchange = z.infer<typeof exchange>;
export type Answer = z.infer<typeof answer>;

export const RUN_PATH = '/run_sse';

/** Throws with the number of a line that is none of a recording. */
export function readRecording(text: string): readonly Exchange[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line, at) => {
    try {
      return exchange.parse(JSON.parse(line));
    } catch (cause) {
      throw new Error(`line ${at + 1} is not of a recording`, { cause });
    }
  });
  return read.toSorted((one, other) => one.n - other.n);
}

/** The ids that a request's body gives, in the order of its fields: how a replay knows which is which. */
export function idsIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, held]) =>
    typeof held === 'string' && /(?:^|_)id$|Id$/.test(key) && key !== 'user_id' ? [held] : [],
  );
}
