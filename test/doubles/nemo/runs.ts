import type { ServerResponse } from 'node:http';
import { problems } from '../../../src/simulator/host/problem.ts';
import type { Violation } from '../../../src/simulator/host/rules.ts';
import { sampleDraft } from './samples.ts';
import { play, type Step, say, toolCall, toolResult } from './steps.ts';
import type { DoubleSession } from './world.ts';

interface Stage {
  note(violation: Violation): void;
  nextScript(text: string): readonly Step[] | undefined;
  /** A run is not over because its client has left. */
  readonly goesOn: boolean;
  onEnd(clientLeft: boolean): void;
  readonly closing: AbortSignal;
}

/** A run nobody wrote a script for: a clip with music and a title is made, and the agent says so. */
const ordinaryRun = (): Step[] => [
  { heartbeat: true },
  toolCall('generate_video_with_seedance', 'call-1'),
  { draft: structuredClone(sampleDraft) },
  toolResult('generate_video_with_seedance', 'call-1'),
  say('Your video is ready!'),
];

/** Answers runs with their scripts. Throws, and notes it, where one of the session is still under way. */
export function runPlayer(stage: Stage) {
  const active = new Map<string, Set<ServerResponse>>();

  return async (session: DoubleSession, text: string, response: ServerResponse): Promise<void> => {
    const id = session.sessionId;
    const others = active.get(id) ?? new Set();
    active.set(id, others);
    // A client that hung up and asks again at once may be heard before its hanging up is.
    if (others.size > 0) await new Promise((resolve) => setTimeout(resolve, 25));
    if (others.size > 0) {
      stage.note({ rule: 'second-run', detail: id });
      throw problems.busy();
    }
    const left = new AbortController();
    let over = false;
    others.add(response);
    response.once('close', () => {
      if (!stage.goesOn) others.delete(response);
      stage.onEnd(!over);
      left.abort();
    });
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
    const gone = stage.goesOn ? stage.closing : AbortSignal.any([left.signal, stage.closing]);
    const ending = await play(stage.nextScript(text) ?? ordinaryRun(), response, session, gone);
    over = ending !== 'left';
    others.delete(response);
    if (ending === 'close') response.end();
    else response.destroy();
  };
}
