import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type HeartbeatForm as AnyHeartbeat,
  adkFrame,
  heartbeat,
} from '../../../src/simulator/stream/dialect.ts';
import type { DoubleSession } from './world.ts';

/** Every form in which a backend may say that it is alive. */
export type HeartbeatForm = Exclude<AnyHeartbeat, 'mixed' | 'none'>;

/**
 * One thing a run does. A script is played in order; when it ends without `drop`, the stream closes
 * cleanly. `event` is sent as one `data:` line, `raw` as it is; `wait` is in real milliseconds;
 * `drop` cuts the connection, `close` ends the stream, `hang` keeps it open until the client leaves.
 * To answer a run with plain JSON instead of a stream: `once('run_sse', …)`.
 */
export type Step =
  | { readonly event: unknown }
  | { readonly raw: string | Uint8Array }
  | { readonly heartbeat: HeartbeatForm | true }
  | { readonly wait: number }
  | { readonly until: Promise<unknown> }
  | { readonly draft: unknown }
  /** Something else happens at this moment. */
  | { readonly call: () => void }
  | {
      readonly state: Partial<
        Pick<DoubleSession, 'draft' | 'canvas' | 'videoInfos' | 'generatedMedia'>
      >;
    }
  | { readonly drop: true }
  | { readonly close: true }
  | { readonly hang: true };

export const heartbeatForms: readonly HeartbeatForm[] = [
  'typed',
  'ping',
  'word',
  'empty',
  'comment',
  'event',
  'event-data',
  'newline',
];

/** A frame with parts, as the agent framework sends it. */
export const frame = (parts: readonly object[], extra: object = {}): { event: object } => ({
  event: { ...adkFrame('e-1', parts), ...extra },
});

/** A complete message of the agent. */
export const say = (text: string): Step => frame([{ text }]);
/** A piece of a message that a later complete one repeats. */
export const piece = (text: string): Step => frame([{ text }], { partial: true });
export const thought = (text: string): Step => frame([{ text, thought: true }]);
export const toolCall = (name: string, id: string, args: object = {}): Step =>
  frame([{ functionCall: { id, name, args } }]);
export const toolResult = (name: string, id: string, response: object = { success: true }): Step =>
  frame([{ functionResponse: { id, name, response } }], {
    content: { role: 'user', parts: [{ functionResponse: { id, name, response } }] },
  });

/** Plays a script into an open response and says how it is to end; stops early when the client has left. */
export async function play(
  steps: readonly Step[],
  response: ServerResponse,
  session: DoubleSession,
  gone: AbortSignal,
): Promise<'close' | 'drop' | 'left'> {
  for (const step of steps) {
    if (gone.aborted) return 'left';
    if ('event' in step) await send(response, `data: ${JSON.stringify(step.event)}\n\n`);
    else if ('raw' in step) await send(response, step.raw);
    else if ('heartbeat' in step)
      await send(response, heartbeat(step.heartbeat === true ? 'typed' : step.heartbeat, 0));
    else if ('wait' in step) await unlessGone(delay(step.wait, undefined, { signal: gone }), gone);
    else if ('until' in step) await unlessGone(step.until, gone);
    else if ('draft' in step) session.draft = step.draft;
    else if ('call' in step) step.call();
    else if ('state' in step) Object.assign(session, step.state);
    else if ('hang' in step) await unlessGone(new Promise(() => {}), gone);
    else if ('drop' in step) return 'drop';
    else return 'close';
  }
  return gone.aborted ? 'left' : 'close';
}

/** Resolves once the bytes were handed to the socket, so that a `drop` behind them does not eat them. */
function send(response: ServerResponse, bytes: string | Uint8Array): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => response.write(bytes, () => resolve()));
}

function unlessGone(work: Promise<unknown>, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => resolve();
    gone.addEventListener('abort', done, { once: true });
    work.then(done, done);
  });
}
