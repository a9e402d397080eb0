import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, defaultAnswers, refused } from './answers.ts';
import { breaches } from './checks.ts';
import { countedEvents } from './counted-events.ts';
import { give, readBody, serve } from './http.ts';
import { routeOf } from './routes.ts';
import { runPlayer } from './runs.ts';
import { tinyMp4 } from './samples.ts';
import type { Step } from './steps.ts';
import type { DoubleSession, Handler, NemoDouble, RecordedRequest, Route } from './world.ts';

/**
 * A scriptable Nemo on loopback: real HTTP, real SSE, no time of its own. What it offers is listed in
 * world.ts (`NemoDouble`), what a run can do in steps.ts (`Step`).
 *
 * Every route has a sane answer, so a test only says what is different in its case:
 *
 *     const nemo = await startNemoDouble();
 *     nemo.script({ heartbeat: true }, { draft: sampleDraft }, say('Done.'));   // the next run
 *     nemo.once('state', refused(503, 503, 'busy'));                            // the next answer
 *     nemo.on('credits', ok({ available: -1 }));                                // every answer
 *     nemo.renderPlan = [{ status: 'failed', error: 'out of memory' }];
 *     nemo.tokens.clear();                                                      // all tokens expire
 *     await nemo.arrival('run_sse');                                            // no sleeping
 *     expect(nemo.received('run_sse')).toHaveLength(1);
 *     expect(nemo.violations).toEqual([]);
 *     await nemo.close();
 *
 * Without a script a run makes the three-track sample draft and says "Your video is ready!"; a
 * session starts without a draft unless `options.draft` gives one; a render is finished at the second
 * look. `violations` collects what a real backend would punish: a missing attribution header,
 * camelCase in a run, `session_id` in a render, a draft that differs from the state, a token sent to the host
 * of the files or in an address, two runs of one session at once, a wrong multipart field.
 */
export async function startNemoDouble(
  options: { token?: string; draft?: unknown } = {},
): Promise<NemoDouble> {
  const token = options.token ?? 'nmv_usr_operator_0123456789abcdef';
  const fixed = new Map<Route, Handler>();
  const queued = new Map<Route, { handler: Handler; early: boolean }[]>();
  const scripts: (readonly Step[])[] = [];
  const arrivals = countedEvents<RecordedRequest>();
  const runEnds = countedEvents<boolean>();
  const closing = new AbortController();

  const api = await serve((request, response) => answer(routeOf(request), request, response));
  const files = await serve((request, response) =>
    answer({ route: 'file', id: '' }, request, response),
  );

  const double: NemoDouble = {
    url: api.url,
    filesUrl: files.url,
    token,
    requests: [],
    violations: [],
    sessions: new Map(),
    tokens: new Set([token]),
    renders: new Map(),
    credits: { available: 60, frozen: 40, total: 100 },
    renderPlan: [
      { status: 'processing', progress: 50 },
      { status: 'completed', progress: 100 },
    ],
    anonymousExpiresAt: '2099-01-01T00:00:00Z',
    mp4: tinyMp4(),
    addSession,
    on: (route, given) => void fixed.set(route, asHandler(given)),
    once: (route, given, { early = false } = {}) =>
      void queued.set(route, [...(queued.get(route) ?? []), { handler: asHandler(given), early }]),
    script: (...steps) => void scripts.push(steps),
    received: (route) => double.requests.filter((request) => request.route === route),
    arrival: (route, nth = 1) => arrivals.nth(route, nth),
    runEnd: (nth = 1) => runEnds.nth('run_sse', nth),
    close: async () => {
      closing.abort();
      await Promise.all([api.close(), files.close()]);
    },
  };
  const run = runPlayer({
    violations: double.violations,
    nextScript: () => scripts.shift(),
    onEnd: (clientLeft) => runEnds.add('run_sse', clientLeft),
    closing: closing.signal,
  });
  return double;

  function addSession(wish: { task_name?: string; language?: string } = {}): DoubleSession {
    const nth = double.sessions.size + 1;
    const session: DoubleSession = {
      // 19 digits, as real ids have: more than a JavaScript number can hold.
      sessionId: String(5_529_798_706_024_415_232n + BigInt(nth)),
      taskId: `task_${nth}`,
      taskName: wish.task_name ?? 'project',
      language: wish.language ?? 'en',
      draft: options.draft ?? null,
      canvas: null,
      videoInfos: [],
      generatedMedia: null,
    };
    double.sessions.set(session.sessionId, session);
    return session;
  }

  async function answer(
    target: { route: Route; id: string } | undefined,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const method = incoming.method ?? '';
    const path = incoming.url ?? '/';
    if (target === undefined) {
      double.violations.push(`${method} ${path}: no such route`);
      return give(response, refused(404, 404, 'no such route'));
    }
    const { route, id } = target;
    const record: RecordedRequest = { route, method, path, headers: incoming.headers };
    double.requests.push(record);
    const next = queued.get(route)?.shift();
    const early = next?.early ? await next.handler(record, double) : undefined;
    if (early !== undefined) {
      arrivals.add(route, record);
      return give(response, early);
    }
    if (!(await readBody(incoming, record))) return;
    double.violations.push(...breaches(double, record));
    arrivals.add(route, record);
    const handler = next?.early ? undefined : (next?.handler ?? fixed.get(route));
    const reply = (await handler?.(record, double)) ?? gate(record, id);
    if (reply !== undefined) return give(response, reply);
    if (route === 'run_sse') {
      const session = double.sessions.get(bodyField(record, 'session_id'));
      if (session !== undefined) await run(session, response);
      return;
    }
    const name = route === 'render' ? bodyField(record, 'id') : id;
    give(response, defaultAnswers[route](double, record, name));
  }

  /** The refusals that routes share: a bad token, an unknown session, export without attribution. */
  function gate(request: RecordedRequest, id: string): Answer | undefined {
    const { route, headers } = request;
    if (route === 'file' || route === 'anonymous-token') return undefined;
    if (!double.tokens.has(String(headers.authorization ?? '').replace('Bearer ', ''))) {
      return refused(401, 1001, 'the token is invalid or has expired');
    }
    if (route === 'render' && headers['x-skill-source'] === undefined) {
      return refused(402, 402, 'export is not part of this plan');
    }
    if (route !== 'run_sse' && route !== 'upload') return undefined;
    const session = route === 'upload' ? id : bodyField(request, 'session_id');
    return double.sessions.has(session) ? undefined : refused(404, 1002, 'session not found');
  }
}

function bodyField(request: RecordedRequest, name: string): string {
  return String((request.json as Record<string, unknown> | undefined)?.[name]);
}

function asHandler(given: Answer | Handler): Handler {
  return typeof given === 'function' ? given : () => given;
}
