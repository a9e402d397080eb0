/** One message to the agent, sent exactly once, and the events that come back until the stream closes. */

import { withDeadline } from '../runtime/deadline.ts';
import type { SessionId } from '../runtime/ids.ts';
import type { AgentEvent } from './agent-event.ts';
import { readFrame } from './agent-frame.ts';
import { failureOf } from './error-from-reply.ts';
import { type NemoError, RunUncertain, StreamLost, Unreachable } from './errors.ts';
import { readEventStream, type StreamItem } from './event-stream.ts';
import { type Http, mimeOf, type OpenReply, readReply } from './http.ts';
import type { RunOptions } from './nemo.ts';
import { openReply } from './request-json.ts';

const endpoint = 'run_sse';
/** Real milliseconds for the body of an answer that is no stream. */
const REJECTION_MS = 10_000;

export interface RunOrder {
  readonly sessionId: SessionId;
  readonly text: string;
  readonly token: string;
}

/** `onStrange` is told once of a frame that nothing here knows, by the names of its keys. */
export async function* runStream(
  http: Http,
  order: RunOrder,
  options: RunOptions & { onStrange(keys: string): void },
): AsyncGenerator<AgentEvent> {
  const { signal } = options;
  const reply = await send(http, order, signal);
  try {
    if (reply.status !== 200 || mimeOf(reply) !== 'text/event-stream') {
      throw await rejection(reply, signal);
    }
    yield* withRejection(agentEvents(reply, options));
  } finally {
    // Whoever stops listening closes the connection, and with it, as far as is known, the run.
    reply.body.destroy();
  }
}

async function send(http: Http, order: RunOrder, signal: AbortSignal): Promise<OpenReply> {
  const { sessionId, text, token } = order;
  const body = JSON.stringify({
    app_name: 'nemo_agent',
    user_id: 'me',
    session_id: sessionId,
    new_message: { parts: [{ text }] },
  });
  const headers = { accept: 'text/event-stream' };
  try {
    return await http.open(
      { endpoint, method: 'POST', path: '/run_sse', token, headers, body, signal },
      { ownConnection: true },
    );
  } catch (error) {
    throw uncertain(error);
  }
}

/** The answer is not a stream: a definite no, or a sign that nothing can be known. */
async function rejection(reply: OpenReply, signal: AbortSignal): Promise<unknown> {
  // The head has said almost all; a body that does not come is not waited for.
  const late = () => new Unreachable(endpoint, 'the answer did not come to its end');
  try {
    const read = await withDeadline({ ms: REJECTION_MS, signal, late }, (bounded) =>
      readReply(reply, endpoint, bounded),
    );
    openReply(read, endpoint);
    return new RunUncertain(endpoint, `status ${reply.status} without an event stream`);
  } catch (error) {
    return uncertain(error);
  }
}

/** A gateway's 5xx or a silence may hide a run that goes on; only a failed connection can not. */
function uncertain(error: unknown): unknown {
  if (!(error instanceof Unreachable) || error.neverSent) return error;
  return new RunUncertain(endpoint, error.message, { cause: error });
}

async function* agentEvents(
  reply: OpenReply,
  { signal, onBytes, onStrange }: RunOptions & { onStrange(keys: string): void },
): AsyncGenerator<AgentEvent> {
  let strange = false;
  try {
    for await (const item of readEventStream(reply.body, onBytes ?? (() => {}))) {
      const events = eventsOf(item);
      if (events === undefined && !strange) {
        strange = true;
        onStrange(typeof item === 'string' ? item : shapeOf(item.data));
      }
      yield* events ?? [{ type: 'activity' }];
    }
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new StreamLost(endpoint, 'the connection broke', { cause });
  }
  // A destroyed body can end without an error.
  signal.throwIfAborted();
}

function eventsOf(item: StreamItem): readonly AgentEvent[] | undefined {
  if (item === 'comment') return [{ type: 'heartbeat' }];
  if (item === 'too-large') {
    return [{ type: 'problem', code: 'EVENT_TOO_LARGE', message: 'an event too large to be read' }];
  }
  return readFrame(item.data, item.name);
}

/** For the log: which fields an unknown frame has, and none of what is in them. */
function shapeOf(data: string): string {
  const keys = [...data.slice(0, 2_000).matchAll(/"(\w{1,40})"\s*:/g)].map((match) => match[1]);
  return keys.length === 0 ? 'not JSON' : [...new Set(keys)].slice(0, 20).join(', ');
}

/**
 * A stream whose first and only event is an error of a known code is a rejection that came late, not a run:
 * it is thrown before anything is given out. If the stream goes on after it, it was part of a run.
 */
async function* withRejection(events: AsyncGenerator<AgentEvent>): AsyncGenerator<AgentEvent> {
  let held: { event: AgentEvent; error: NemoError } | undefined;
  let first = true;
  try {
    for await (const event of events) {
      const error = first ? knownError(event) : undefined;
      first = false;
      if (error !== undefined) {
        held = { event, error };
        continue;
      }
      if (held !== undefined) yield held.event;
      held = undefined;
      yield event;
    }
  } catch (error) {
    if (held === undefined || !(error instanceof StreamLost)) throw error;
  }
  if (held !== undefined) throw held.error;
}

const rejectionCodes = [1001, 1010, 1011, 1002, 2001, 400, 401, 402, 403, 404, 422, 429];

function knownError(event: AgentEvent): NemoError | undefined {
  if (event.type !== 'problem' || event.code === undefined) return undefined;
  const code = Number(event.code);
  if (!rejectionCodes.includes(code)) return undefined;
  return failureOf(endpoint, { status: 200, code, message: event.message });
}
