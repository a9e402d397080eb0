import type { Backend } from '../host/backend.ts';
import type { Run, Session } from '../world.ts';
import { type Dialect, flood, heartbeat, payloads } from './dialect.ts';
import type { Sink } from './sink.ts';
import type { Change, Step } from './steps.ts';

/**
 * Plays a run's steps at their times, with heartbeats in between while somebody listens. Resolves
 * when the last step is done or `signal` ends it; a run that the simulator's own end cut off stays
 * "running" and is played on by the next process.
 */
export async function play(
  backend: Backend,
  run: Run,
  session: Session,
  signal: AbortSignal,
  listener?: { readonly sink: Sink; readonly dialect: Dialect },
): Promise<void> {
  const beats = heartbeats(backend, listener?.sink);
  try {
    for (let step = run.steps[run.next]; step; step = run.steps[run.next]) {
      await beats.until(step.at, run.startedAt, signal);
      await perform(step, run, session, listener);
      if (step.do === 'mute') beats.mute();
      run.next++;
      backend.keeper.save();
    }
    settle(backend, run, 'done');
    listener?.sink.close();
  } catch (error) {
    listener?.sink.break();
    if (!signal.aborted) throw error;
    if (!backend.signal.aborted) settle(backend, run, 'cancelled');
  }
}

/** Takes what the run cost, or gives it back when nothing came of it. */
function settle(backend: Backend, run: Run, status: 'done' | 'cancelled'): void {
  run.status = status;
  run.steps = [];
  const account = backend.world.accounts.find((entry) => entry.userId === run.userId);
  if (account) {
    account.frozen -= run.cost;
    if (status === 'cancelled' && !run.changed) account.available += run.cost;
  }
  backend.keeper.save();
}

async function perform(
  step: Step,
  run: Run,
  session: Session,
  listener: { readonly sink: Sink; readonly dialect: Dialect } | undefined,
): Promise<void> {
  if (step.do === 'tool' || step.do === 'change') {
    apply(session, step.change);
    run.changed = true;
  }
  if (!listener) return;
  const { sink, dialect } = listener;
  switch (step.do) {
    case 'model':
    case 'tool':
      for (const payload of payloads(step, dialect, run.id))
        await sink.write(`data: ${payload}\n\n`);
      return;
    case 'raw':
      return sink.write(`data: ${step.data}\n\n`);
    case 'flood':
      for (const piece of flood(step.characters, run.id)) await sink.write(piece);
      return;
    case 'break':
      return sink.break();
    case 'close':
      return sink.close();
    case 'change':
    case 'mute':
      return;
  }
}

function apply(session: Session, change: Change): void {
  if (change.draft) session.draft = change.draft;
  if (change.generated) session.generated.push(change.generated);
  for (const media of session.media) {
    if (change.used?.includes(media.filename)) media.used = true;
  }
}

function heartbeats(backend: Backend, sink: Sink | undefined) {
  const { clock, heartbeat: form, heartbeatMs } = backend.variants;
  let count = 0;
  let muted = false;
  return {
    mute: () => {
      muted = true;
    },
    /** Waits until `at` of the run, beating where it is time. */
    async until(at: number, startedAt: number, signal: AbortSignal): Promise<void> {
      for (;;) {
        signal.throwIfAborted();
        const now = clock.elapsed(startedAt);
        if (now >= at) return;
        const due = sink?.open && !muted ? (count + 1) * heartbeatMs : Number.POSITIVE_INFINITY;
        if (now >= due) await sink?.write(heartbeat(form, count++));
        else await clock.sleep(Math.min(at, due) - now, signal);
      }
    },
  };
}
