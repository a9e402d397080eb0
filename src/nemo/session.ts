/** A new session, and with it a new project, at the backend. */

import { toSessionId } from '../runtime/ids.ts';
import { idField, textField } from './envelope.ts';
import { Unreachable } from './errors.ts';
import type { Http } from './http.ts';
import type { Session } from './nemo.ts';
import { ask } from './request-json.ts';

export interface NewSession {
  readonly session: Session;
  /** Names the account in a registration link, if it is a trial account. */
  readonly userId: string | undefined;
}

export async function createSession(
  http: Http,
  order: { taskName: string; language: string; token: string; signal: AbortSignal },
): Promise<NewSession> {
  const { taskName, language, token, signal } = order;
  const opened = await ask(http, {
    endpoint: 'session',
    method: 'POST',
    path: '/api/tasks/me/with-session/nemo_agent',
    token,
    body: JSON.stringify({ task_name: taskName, language }),
    signal,
  });
  const sessionId = idField(opened, 'session_id');
  if (sessionId === undefined) throw new Unreachable('session', 'an answer without a session id');
  return {
    session: { sessionId: toSessionId(sessionId), taskId: idField(opened, 'task_id') },
    userId: textField(opened, 'user_id') ?? textField(opened, 'bind_id'),
  };
}
