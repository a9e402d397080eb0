import type { IncomingMessage, ServerResponse } from 'node:http';
import { toSessionId } from '../../../src/runtime/ids.ts';
import {
  contentText,
  type Forms,
  refusal,
  USUAL_FORMS,
} from '../../../src/simulator/host/envelope.ts';
import { MAX_UPLOAD_BYTES } from '../../../src/simulator/host/part-rules.ts';
import { Problem, problems } from '../../../src/simulator/host/problem.ts';
import { routeOf } from '../../../src/simulator/host/routes.ts';
import {
  bearerOf,
  filesHeadBreaches,
  headBreaches,
  missingAttribution,
  readRunBody,
  type Violation,
} from '../../../src/simulator/host/rules.ts';
import type { Gate } from '../gate.ts';
import { keepAccounts, sessionOf } from './accounts.ts';
import { type Answer, type Asked, defaultAnswers } from './answers.ts';
import { countedEvents } from './counted-events.ts';
import { give, readBody, serve } from './http.ts';
import { runPlayer } from './runs.ts';
import { tinyMp4 } from './samples.ts';
import type { Step } from './steps.ts';
import type { DoubleSession, Handler, NemoDouble, RecordedRequest, Route } from './world.ts';

export interface DoubleOptions extends Partial<Forms> {
  readonly token?: string;
  readonly draft?: unknown;
  readonly maxUploadBytes?: number;
  /** What a run does that has no script, by the message's words. */
  readonly runs?: (text: string) => readonly Step[] | undefined;
  /** A run goes on although its client has left, as the agent's does. */
  readonly goesOn?: boolean;
  readonly gate?: Gate;
}

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
 * look. Rules, refusals, forms and frames are the simulator's own modules, and `test/nemo/contract/` holds both to one
 * contract: `violations` collects the rules that a client broke, and what the host refuses is refused. Written here is what a
 * test scripts, and that nothing moves by itself.
 */
export async function startNemoDouble(options: DoubleOptions = {}): Promise<NemoDouble> {
  const token = options.token ?? 'nmv_usr_operator_0123456789abcdef';
  const fixed = new Map<Route, Handler>();
  const queued = new Map<Route, { handler: Handler; early: boolean }[]>();
  const scripts: (readonly Step[])[] = [];
  const arrivals = countedEvents<RecordedRequest>();
  const runEnds = countedEvents<boolean>();
  const closing = new AbortController();

  const note = ({ rule, detail }: Violation) => void double.violations.push(`${rule}: ${detail}`);

  const api = await serve((request, response) => {
    const target = routeOf(request.method, request.url);
    for (const breach of headBreaches(target?.name, request)) note(breach);
    if (target === undefined || target.name === 'render-cancel')
      return refuse(response, problems.notFound());
    return answer(target.name, target.id, request, response);
  }, options.gate);
  const files = await serve((request, response) => {
    for (const breach of filesHeadBreaches(request)) note(breach);
    return answer('file', '', request, response);
  }, options.gate);

  const double: NemoDouble = {
    url: api.url,
    filesUrl: files.url,
    forms: { ...USUAL_FORMS, ...options },
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
  const accounts = keepAccounts(double, token);
  const run = runPlayer({
    note,
    nextScript: (text) => scripts.shift() ?? options.runs?.(text),
    goesOn: options.goesOn ?? false,
    onEnd: (clientLeft) => runEnds.add('run_sse', clientLeft),
    closing: closing.signal,
  });
  return double;

  function addSession(wish: Parameters<NemoDouble['addSession']>[0] = {}): DoubleSession {
    const nth = double.sessions.size + 1;
    const session: DoubleSession = {
      // 19 digits, as real ids have: more than a JavaScript number can hold.
      sessionId: toSessionId(String(5_529_798_706_024_415_232n + BigInt(nth))),
      taskId: `task_${nth}`,
      taskName: wish.task_name ?? 'project',
      language: wish.language ?? 'en',
      user: wish.user,
      draft: options.draft ?? null,
      ordered: [],
      canvas: null,
      videoInfos: [],
      generatedMedia: null,
    };
    double.sessions.set(session.sessionId, session);
    return session;
  }

  async function answer(
    route: Route,
    id: string,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { method = '', url: path = '/', headers } = incoming;
    const record: RecordedRequest = { route, method, path, headers };
    double.requests.push(record);
    const next = queued.get(route)?.shift();
    const early = next?.early ? await next.handler(record, double) : undefined;
    if (early !== undefined) {
      arrivals.add(route, record);
      return give(response, early);
    }
    const { maxUploadBytes = MAX_UPLOAD_BYTES } = options;
    const broken = await readBody(incoming, record, maxUploadBytes, note);
    if (broken === 'gone') return void incoming.socket.destroy();
    arrivals.add(route, record);
    const handler = next?.early ? undefined : (next?.handler ?? fixed.get(route));
    const scripted = await handler?.(record, double);
    if (scripted !== undefined) return give(response, scripted);
    try {
      await answerByDefault(record, id, broken, response);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await refuse(response, error);
    }
  }

  /** Throws what the host refuses, in its order: token, plan, body, session. */
  async function answerByDefault(
    request: RecordedRequest,
    id: string,
    broken: Problem | undefined,
    response: ServerResponse,
  ): Promise<void> {
    const { route, headers } = request;
    const film: Answer = { bytes: double.mp4, headers: { 'content-type': 'video/mp4' } };
    if (route === 'file')
      return give(response, headers.authorization === undefined ? film : { status: 400 });
    if (route === 'render' && missingAttribution(request).length > 0) throw problems.plan();
    const user = route === 'anonymous-token' ? '' : accounts.userOf(bearerOf(request));
    if (user === undefined) throw problems.badToken();
    if (route === 'upload') sessionOf(double, user, id);
    if (broken !== undefined) throw broken;
    if (route === 'run_sse') {
      const { sessionId, text } = readRunBody(request.json, note);
      return run(sessionOf(double, user, sessionId), text, response);
    }
    const asked: Asked = { world: double, accounts, request, id, user, note };
    const content = defaultAnswers[route](asked);
    if (content === 'film') return give(response, film);
    const text = contentText(content, double.forms);
    give(response, { text, headers: { 'content-type': 'application/json' } });
  }

  async function refuse(response: ServerResponse, problem: Problem): Promise<void> {
    const { status, body } = refusal(problem, double.forms);
    give(response, { status, json: body });
  }
}

function asHandler(given: Answer | Handler): Handler {
  return typeof given === 'function' ? given : () => given;
}
