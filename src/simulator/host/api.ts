import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { forget } from '../world.ts';
import { anonymousToken, claimToken, credits } from './accounts.ts';
import type { Backend } from './backend.ts';
import { type Answer, type Call, send, sendAnswer, sendProblem } from './call.ts';
import { Problem, problems } from './problem.ts';
import { cancelRender, downloadRender, pollRender, submitRender } from './renders.ts';
import { type RouteName, routeOf } from './routes.ts';
import { bearerOf, headBreaches, missingAttribution } from './rules.ts';
import { runSse } from './runs.ts';
import { createSession, state } from './sessions.ts';
import { upload } from './upload.ts';

const HANDLERS: Record<RouteName, (call: Call) => Promise<Answer>> = {
  'anonymous-token': anonymousToken,
  'claim-token': claimToken,
  session: createSession,
  run_sse: runSse,
  upload,
  credits,
  state,
  render: submitRender,
  'render-state': pollRender,
  'render-cancel': cancelRender,
  download: downloadRender,
};

export async function serveApi(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const target = routeOf(request.method, request.url);
    for (const breach of headBreaches(target?.name, request)) backend.journal.note(breach);
    if (!target) throw problems.notFound();
    const { name, id } = target;
    backend.journal.called(name);
    if (name === 'render' && missingAttribution(request).length > 0) throw problems.plan();
    const token = bearerOf(request);
    const account = backend.world.accounts.find((entry) => entry.token === token);
    const answer = await HANDLERS[name]({ backend, request, response, id, account });
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
