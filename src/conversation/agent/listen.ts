/** Listens to one run of the agent until it ends, one way or another, and says what was heard. */

import type { AgentEvent, Question } from '../../nemo/agent-event.ts';
import { RunUncertain, StreamLost } from '../../nemo/errors.ts';
import { assemble, committed, emptyAssembly, endOfStream } from '../../nemo/text-assembly.ts';
import type { SessionId } from '../../runtime/ids.ts';
import { sentIn } from '../notes.ts';
import type { Progress } from '../progress.ts';
import type { TurnContext } from '../turn-context.ts';
import { announceRawClip } from './raw-clip.ts';
import { watchTimeLimits } from './time-limits.ts';

/** `complete`: the agent is done. Else the stream was lost, went on too long, or only its heart beat. */
export type StreamEnd = 'complete' | 'lost' | 'too-long' | 'heartbeats-only';

export interface RunResult {
  readonly texts: readonly string[];
  readonly question: Question | undefined;
  readonly problems: readonly Problem[];
  /** A tool was used: the timeline may have changed, perhaps a little later. */
  readonly toolsUsed: boolean;
  /** The raw clip of a two-stage generation was made on the way. */
  readonly rawClip: boolean;
  readonly end: StreamEnd;
}

export interface Problem {
  readonly code: string | undefined;
  readonly message: string;
}

/** Sends one message and hears what comes. Rejects with a definite rejection (nothing was heard), or with the turn's interruption. */
export async function listen(
  turn: TurnContext,
  progress: Progress,
  sessionId: SessionId,
  text: string,
): Promise<RunResult> {
  const { clock, nemo, rules } = turn.deps;
  const collected = collectEvents();
  const limits = watchTimeLimits(clock, rules.waits, collected.settled);

  let lost = false;
  let accepted = false;
  try {
    const signal = AbortSignal.any([turn.signal, limits.signal]);
    const events = nemo.run(sessionId, text, { signal, onBytes: progress.alive });
    for await (const event of events) {
      if (!accepted) {
        accepted = true;
        await turn.enter({ phase: 'streaming', sent: sentIn(turn.notes) });
      }
      if (event.type === 'heartbeat') continue;
      limits.meaningful();
      const sign = collected.hear(event);
      if (sign === 'raw-clip') await announceRawClip(turn, progress, sessionId);
      if (event.type === 'tool-call')
        progress.show({ type: 'working', what: kindOfTool(event.name) });
    }
  } catch (error) {
    if (turn.signal.aborted) throw turn.signal.reason;
    lost = error instanceof StreamLost || error instanceof RunUncertain;
    if (!lost && !limits.signal.aborted) throw error;
  } finally {
    if (await limits.end()) lost = true;
  }

  return { ...collected.heard(), end: endOf() };

  function endOf(): StreamEnd {
    // The last words were complete and nothing was being worked on: a connection that breaks, or
    // hangs, after that has taken nothing from us.
    if (collected.settled()) return 'complete';
    // A clean close in the middle of a tool call is a lost stream as well, unless the agent said why.
    if (lost) return limits.reached() ?? 'lost';
    return collected.busy() && !collected.gaveUp() ? 'lost' : 'complete';
  }
}

function collectEvents() {
  let assembly = emptyAssembly;
  let question: Question | undefined;
  let toolsUsed = false;
  let rawClip = false;
  let finalText = false;
  const problems: Problem[] = [];
  const open = new Set<string>();

  return {
    hear(event: AgentEvent): 'raw-clip' | undefined {
      assembly = assemble(assembly, event);
      finalText = event.type === 'text' ? event.final : finalText && event.type === 'flush';
      if (event.type === 'tool-call') {
        if (event.question) question = event.question;
        else {
          toolsUsed = true;
          open.add(event.id);
        }
      }
      if (event.type === 'problem') problems.push({ code: event.code, message: event.message });
      if (event.type === 'changed') toolsUsed = true;
      if (event.type !== 'tool-result') return undefined;
      open.delete(event.id);
      if (rawClip || !event.ok || kindOfTool(event.name) !== 'video') return undefined;
      rawClip = true;
      return 'raw-clip';
    },
    settled: () => finalText && open.size === 0,
    busy: () => open.size > 0,
    gaveUp: () => problems.length > 0,
    heard: () => ({
      texts: committed(endOfStream(assembly)),
      question,
      problems,
      toolsUsed,
      rawClip,
    }),
  };
}

/** Tool names are the backend's own affair; these hints come from its public clients. */
function kindOfTool(name: string): 'video' | 'audio' | 'edit' | 'analysis' | undefined {
  if (/generate_video|seedance/i.test(name)) return 'video';
  if (/music|audio|voiceover|suno/i.test(name)) return 'audio';
  if (/understand|analy[sz]e/i.test(name)) return 'analysis';
  if (/edit|draft|multitrack/i.test(name)) return 'edit';
  return undefined;
}
