import { vi } from 'vitest';
import { z } from 'zod';
import type { SimulatorOptions } from '../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';

export const OPERATOR = 'nmv_usr_operator_of_the_tests';

/** Fast enough that a generation of 100 s takes a fifth of a second. */
const SCALE = 0.002;

/** For what a busy machine may take longer to do. */
export const PATIENCE = { timeout: 20_000, interval: 20 };

export const ATTRIBUTION = {
  'x-skill-source': 'text-to-video-high-quality',
  'x-skill-version': '1.0.0',
  'x-skill-platform': 'unknown',
};

export interface Client {
  readonly simulator: Simulator;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  session(language?: string): Promise<string>;
  /** Sends a message and reads the whole stream. */
  run(session: string, text: string): Promise<RunReply>;
  upload(session: string, files: readonly File[], field?: string): Promise<Reply>;
  state(session: string): Promise<SessionState>;
  credits(): Promise<{ available: number; frozen: number; total: number }>;
  render(session: string, id: string, output?: object): Promise<Reply>;
  /** Polls until the render has ended. */
  rendered(id: string): Promise<RenderReply>;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly body: unknown;
}

export interface RunReply {
  readonly status: number;
  readonly type: string;
  readonly raw: string;
  /** True when the connection broke before its end. */
  readonly broken: boolean;
  /** Every data payload that is JSON. */
  readonly events: readonly Record<string, unknown>[];
  /** What the agent said, event by event; thoughts and pieces left out. */
  readonly said: readonly string[];
}

const stateSchema = z.object({
  data: z.object({
    state: z.object({
      draft: z.looseObject({
        d: z.number().optional(),
        t: z
          .array(
            z.looseObject({
              tt: z.number(),
              sg: z.array(z.looseObject({ d: z.number(), m: z.record(z.string(), z.unknown()) })),
            }),
          )
          .optional(),
        m: z.looseObject({ width: z.number(), height: z.number() }).optional(),
      }),
      video_infos: z.array(z.looseObject({ filename: z.string(), cdn_url: z.string() })),
      generated_media: z.array(z.unknown()),
    }),
  }),
});
export type SessionState = z.infer<typeof stateSchema>['data']['state'];

const renderSchema = z.object({
  data: z.looseObject({ status: z.string(), outputUrl: z.string().optional() }),
});
export type RenderReply = z.infer<typeof renderSchema>['data'];

export async function startClient(options: Partial<SimulatorOptions> = {}): Promise<Client> {
  const simulator = await startSimulator({
    timeScale: SCALE,
    operatorToken: OPERATOR,
    ...options,
  });
  return clientOf(simulator);
}

export function clientOf(simulator: Simulator, token = OPERATOR): Client {
  const headers = { ...ATTRIBUTION, authorization: `Bearer ${token}` };
  const call = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(simulator.url + path, init);
    const text = await response.text();
    return { status: response.status, text, body: asJson(text) };
  };
  const client: Client = {
    simulator,
    get: (path, extra) => call(path, { headers: { ...headers, ...extra } }),
    post: (path, body, extra) =>
      call(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', ...extra },
        body: JSON.stringify(body),
      }),
    async session(language = 'en') {
      const path = '/api/tasks/me/with-session/nemo_agent';
      const { text } = await client.post(path, { task_name: 'project', language });
      return /"session_id":"?(\d+)"?/.exec(text)?.[1] ?? '';
    },
    run: (session, text) =>
      readRun(
        fetch(`${simulator.url}/run_sse`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(runBody(session, text)),
        }),
      ),
    upload(session, files, field = 'files') {
      const form = new FormData();
      for (const file of files) form.append(field, file);
      return call(`/api/upload-video/nemo_agent/me/${session}`, {
        method: 'POST',
        headers,
        body: form,
      });
    },
    async state(session) {
      const { body } = await client.get(`/api/state/nemo_agent/me/${session}/latest`);
      return stateSchema.parse(body).data.state;
    },
    async credits() {
      const { body } = await client.get('/api/credits/balance/simple');
      const amount = z.number();
      const data = z.object({ available: amount, frozen: amount, total: amount });
      return z.object({ data }).parse(body).data;
    },
    async render(session, id, output = { format: 'mp4', quality: 'high', resolution: '360p' }) {
      const { draft } = await client.state(session);
      return client.post('/api/render/proxy/lambda', { id, sessionId: session, draft, output });
    },
    async rendered(id) {
      const look = async () => {
        const { body } = await client.get(`/api/render/proxy/lambda/${id}`);
        return renderSchema.parse(body).data;
      };
      return vi.waitUntil(async () => {
        const render = await look();
        return /completed|failed/.test(render.status) && render;
      }, PATIENCE);
    },
  };
  return client;
}

export function runBody(session: string, text: string) {
  return {
    app_name: 'nemo_agent',
    user_id: 'me',
    session_id: session,
    new_message: { parts: [{ text }] },
  };
}

export async function readRun(sent: Promise<Response>): Promise<RunReply> {
  const response = await sent;
  const { text: raw, broken } = await readAll(response);
  const events = raw
    .split('\n')
    .flatMap((line) => (line.startsWith('data: ') ? [asJson(line.slice(6))] : []))
    .filter((event): event is Record<string, unknown> => isRecord(event));
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    raw,
    broken,
    events,
    said: events.flatMap(saidIn),
  };
}

async function readAll(response: Response): Promise<{ text: string; broken: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    return { text, broken: false };
  } catch {
    return { text, broken: true };
  }
}

const eventSchema = z.object({
  partial: z.boolean().optional(),
  content: z.object({
    role: z.literal('model'),
    parts: z.array(z.object({ text: z.string().optional(), thought: z.boolean().optional() })),
  }),
});

function saidIn(event: unknown): string[] {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success || parsed.data.partial) return [];
  const { parts } = parsed.data.content;
  return parts.flatMap((part) => (part.text && !part.thought ? [part.text] : []));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The segments of a session's track, by its type number. */
export function segments(state: SessionState, type: number) {
  return state.draft.t?.find((track) => track.tt === type)?.sg ?? [];
}
