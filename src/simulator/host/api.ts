import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { forget } from '../world.ts';
import { anonymousToken, claimToken, credits } from './accounts.ts';
import type { Backend } from './backend.ts';
import { type Answer, type Call, send, sendAnswer, sendProblem } from './call.ts';
import { Problem, problems } from './problem.ts';
import { cancelRender, downloadRender, pollRender, submitRender } from './renders.ts';
import { runSse } from './runs.ts';
import { createSession, state } from './sessions.ts';
import { upload } from './upload.ts';

interface Route {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly handle: (call: Call) => Promise<Answer>;
}

const ROUTES: readonly Route[] = [
  route('anonymous-token', 'POST', /^\/api\/auth\/anonymous-token$/, anonymousToken),
  route('claim-token', 'POST', /^\/api\/auth\/claim-token$/, claimToken),
  route('create-session', 'POST', /^\/api\/tasks\/me\/with-session\/nemo_agent$/, createSession),
  route('run_sse', 'POST', /^\/run_sse$/, runSse),
  route('upload', 'POST', /^\/api\/upload-video\/nemo_agent\/me\/([^/]+)$/, upload),
  route('credits', 'GET', /^\/api\/credits\/balance\/simple$/, credits),
  route('state', 'GET', /^\/api\/state\/nemo_agent\/me\/([^/]+)\/latest$/, state),
  route('render', 'POST', /^\/api\/render\/proxy\/lambda$/, submitRender),
  route('render-poll', 'GET', /^\/api\/render\/proxy\/lambda\/([^/]+)$/, pollRender),
  route('render-cancel', 'POST', /^\/api\/render\/proxy\/lambda\/([^/]+)\/cancel$/, cancelRender),
  route('download', 'GET', /^\/api\/render\/proxy\/([^/]+)\/download$/, downloadRender),
];

const ATTRIBUTION = ['x-skill-source', 'x-skill-version', 'x-skill-platform'];

export async function serveApi(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { route: found, params } = match(request);
    backend.journal.called(found.name);
    checkAttribution(backend, request, found.name);
    const account = accountOf(backend, request);
    const answer = await found.handle({ backend, request, response, params, account });
    for (const file of forget(backend.world)) await rm(file, { force: true });
    backend.keeper.save();
    sendAnswer(response, answer, backend.variants);
  } catch (error) {
    if (error instanceof Problem) sendProblem(response, error, backend.variants);
    else if (!request.destroyed && !response.destroyed) {
      backend.journal.violated('simulator', String(error));
      send(response, 500, 'text/html', '<h1>Internal Server Error</h1>');
    }
  } finally {
    // A refusal may come before the body has been read; what is left of it is of no use.
    request.resume();
  }
}

function match(request: IncomingMessage): { route: Route; params: string[] } {
  const { pathname } = new URL(request.url ?? '/', 'http://api');
  for (const entry of ROUTES) {
    const found = entry.method === request.method ? entry.path.exec(pathname) : null;
    if (found) return { route: entry, params: found.slice(1).map(decodeURIComponent) };
  }
  throw problems.notFound();
}

/** Without these three headers the backend does not know a skill, and refuses it the export. */
function checkAttribution(backend: Backend, request: IncomingMessage, name: string): void {
  const missing = ATTRIBUTION.filter((header) => !request.headers[header]);
  if (missing.length === 0) return;
  backend.journal.violated('attribution', `${name}: ${missing.join(', ')}`);
  if (name === 'render') throw problems.plan();
}

function accountOf(backend: Backend, request: IncomingMessage) {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  return backend.world.accounts.find((account) => account.token === token);
}

function route(
  name: string,
  method: Route['method'],
  path: RegExp,
  handle: Route['handle'],
): Route {
  return { name, method, path, handle };
}
