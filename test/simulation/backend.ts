/**
 * The video service for a simulated world: sessions with their drafts, runs that are charged when they are
 * accepted, renders. What happens to a run depends on nobody's listening.
 */

import { Readable } from 'node:stream';
import type { AgentEvent } from '../../src/nemo/agent-event.ts';
import {
  CreditsExhausted,
  OutputUnavailable,
  RateLimited,
  RequestRefused,
  RunUncertain,
  SessionLost,
  StreamLost,
  Unreachable,
} from '../../src/nemo/errors.ts';
import type { Json, Nemo, RenderState, RunOptions, SessionState } from '../../src/nemo/nemo.ts';
import { sessionStateOf } from '../../src/nemo/session-state.ts';
import { toSessionId } from '../../src/runtime/ids.ts';
import { planOf } from './backend-runs.ts';
import { type Call, call, pause, type Wire } from './network.ts';
import type { Worker, World } from './world.ts';

export interface Run {
  readonly id: string;
  /** What it was asked for: the number of the message, or of the video of a batch (`12/3`). */
  readonly subject: string;
  readonly session: string;
  readonly acceptedAt: number;
  readonly by: string;
  changedAt?: number;
  /** The listener has gone and the run was ended for it. */
  calledOff: boolean;
}

export interface Job {
  readonly id: string;
  readonly session: string;
  /** The draft it shows, as JSON. */
  readonly draft: string;
  readonly resolution: string | undefined;
  readonly orderedAt: number;
  readonly finishedAt: number;
  readonly fails: boolean;
  readonly withoutLink: boolean;
  readonly by: string;
}

export interface Session {
  readonly id: string;
  cut: number;
  subject: string;
  readonly media: string[];
}

export interface Backend {
  readonly runs: Run[];
  readonly jobs: Job[];
  readonly sessions: Map<string, Session>;
  spent(): number;
  nemoFor(worker: Worker): Nemo;
  onRun(listener: (run: Run) => void): void;
  onJob(listener: (job: Job) => void): void;
}

export const RUN_PRICE = 10;
const PATIENCE_MS = 45_000;
/** How often the client sends one call; 0: once, and a "later" is its caller's affair. */
const TRIES = {
  run_sse: 0,
  session: 2,
  upload: 2,
  credits: 3,
  state: 3,
  render: 0,
  'render-state': 3,
  output: 1,
  download: 3,
} as const;

/** Begins like every MP4. */
const FILM = Buffer.concat([
  Buffer.from('\0\0\0\x14ftypisom\0\0\x02\0', 'latin1'),
  Buffer.alloc(64),
]);

export function createBackend(world: World): Backend {
  const runs: Run[] = [];
  const jobs: Job[] = [];
  const sessions = new Map<string, Session>();
  const random = world.random.fork('backend');
  const listeners: ((run: Run) => void)[] = [];
  const orders: ((job: Job) => void)[] = [];
  const now = () => world.time.monotonic();
  let cuts = 0;

  const sessionOf = (id: string): Session => {
    const session = sessions.get(id);
    if (!session) throw new SessionLost('state', 'no such session');
    return session;
  };

  const draftOf = ({ cut, subject }: Session): Json =>
    cut === 0
      ? null
      : {
          t: [
            { tt: 0, sg: [{ d: 10_000, m: { title: `cut ${cut}` } }] },
            { tt: 7, sg: [{ d: 3_000, m: { text: `film ${subject}` } }] },
          ],
          d: 10_000,
          m: { width: 1_080, height: 1_920 },
        };

  const stateOf = (session: Session): SessionState | undefined =>
    session.cut === 0 && session.media.length === 0
      ? undefined
      : sessionStateOf({
          draft: draftOf(session),
          canvas: null,
          videoInfos: session.media.map((name) => ({ name })),
          generatedMedia: null,
        });

  /** The run is accepted and charged; its plan is played to its end. */
  function accept(wire: Wire, sessionId: string, text: string, stream: Stream): Run {
    const session = sessionOf(sessionId);
    const { worker } = wire;
    const run: Run = {
      id: `R${runs.length + 1}`,
      subject: subjectIn(text),
      session: sessionId,
      acceptedAt: now(),
      by: worker.name,
      calledOff: false,
    };
    runs.push(run);
    const plan = planOf(
      random,
      `${run.id}-${run.subject}`,
      !world.isCalm() && world.faults.lost > 0,
    );
    world.tell(
      'service',
      `accepts run ${run.id} for message ${run.subject} (${plan.name}), asked by ${worker.name}`,
    );
    for (const listener of listeners) listener(run);
    const outlives = random.chance(0.5);
    const heard = () => worker.alive && stream.open;
    for (const beat of plan.beats) {
      world.time.after(beat.at, undefined, () => {
        if (run.calledOff) return;
        if (!heard() && !stream.ended && !outlives) {
          run.calledOff = true;
          world.count('run ended because nobody listens');
          world.tell('service', `ends run ${run.id}: nobody listens`);
          return;
        }
        if (beat.changes) {
          cuts += 1;
          session.cut = cuts;
          session.subject = run.subject;
          run.changedAt = now();
          world.tell('service', `run ${run.id} has changed the draft (cut ${cuts})`);
        }
        const { event } = beat;
        if (event) stream.push(worker, () => ({ event }));
        if (beat.stream) {
          const broken = beat.stream === 'breaks';
          stream.ended = true;
          if (broken) world.count('stream broken');
          world.tell('service', `the stream of ${run.id} ${beat.stream}`);
          stream.push(worker, () =>
            broken ? { error: new StreamLost('run_sse', 'the connection broke') } : { end: true },
          );
        }
      });
    }
    return run;
  }

  function nemoFor(worker: Worker): Nemo {
    const wire: Wire = { worker, random: random.fork(worker.name) };
    /** As the client does inside: what may be repeated is, and a "later" is waited for once. */
    async function ask<T>(
      endpoint: keyof typeof TRIES,
      signal: AbortSignal,
      serve: () => T,
      order: Partial<Call<T>> = {},
    ): Promise<T> {
      let waited = TRIES[endpoint] === 0;
      for (let left = TRIES[endpoint]; ; left -= 1) {
        try {
          return await call(wire, {
            signal,
            serve,
            away: 'backendAway',
            silence: () => new Unreachable(endpoint, 'no answer', { isOutage: true }),
            busy: () => new RateLimited(endpoint, undefined),
            patience: PATIENCE_MS,
            ...order,
          });
        } catch (error) {
          const later = error instanceof RateLimited && !waited;
          if (!later && !(error instanceof Unreachable && left > 1)) throw error;
          if (later) waited = true;
          await pause(worker, later ? 30_000 : 1_000, signal);
        }
      }
    }

    async function* run(
      sessionId: string,
      text: string,
      options: RunOptions,
    ): AsyncGenerator<AgentEvent> {
      const { signal, onBytes } = options;
      const stream = createStream();
      const luck = world.isCalm() ? 1 : wire.random.next();
      const refusal =
        luck < world.faults.lost / 2
          ? new Unreachable('run_sse', 'no connection', { neverSent: true, isOutage: true })
          : luck > 1 - world.faults.lost / 4
            ? new CreditsExhausted('run_sse', 'no credits left')
            : undefined;
      try {
        const serve = () => {
          if (refusal) throw refusal;
          return accept(wire, sessionId, text, stream);
        };
        const silence = () => new RunUncertain('run_sse', 'no answer');
        await ask('run_sse', signal, serve, { silence });
        for (;;) {
          const item = await stream.next(signal);
          if ('end' in item) return;
          if ('error' in item) throw item.error;
          onBytes?.();
          yield item.event;
        }
      } finally {
        stream.open = false;
      }
    }

    return {
      account: 'simulated',
      run,
      createSession: (_order, signal) =>
        ask('session', signal, () => {
          const session = { id: `S${sessions.size + 1}`, cut: 0, subject: '', media: [] };
          sessions.set(session.id, session);
          world.tell('service', `opens session ${session.id} for ${worker.name}`);
          return { sessionId: toSessionId(session.id), taskId: `task-${session.id}` };
        }),
      async upload(sessionId, files, signal) {
        for (const file of files)
          for await (const _ of await file.open(signal)) signal.throwIfAborted();
        return ask('upload', signal, () => {
          const session = sessionOf(sessionId);
          for (const { name } of files) if (!session.media.includes(name)) session.media.push(name);
          return {
            files: files.map(({ name }) => ({ name, kind: 'image' as const })),
            inSession: true,
          };
        });
      },
      uploadFrom: () => Promise.reject(new Error('nobody sends links here')),
      credits: (signal) =>
        ask('credits', signal, () => ({ available: 1_000, frozen: 0, total: 1_000 })),
      state: (sessionId, signal) => ask('state', signal, () => stateOf(sessionOf(sessionId))),
      submitRender: (order, signal) => {
        const serve = () => {
          if (jobs.some(({ id }) => id === order.id))
            throw new RequestRefused('render', 400, 400, 'duplicate id');
          const { id } = order;
          if (!world.isCalm() && random.chance(world.faults.lost / 2))
            throw new RequestRefused('render', 400, 400, 'refused, as may happen');
          const length = random.pick([4_000, 25_000, 100_000, 700_000]) * random.between(0.5, 1);
          const job: Job = {
            id,
            session: order.sessionId,
            draft: JSON.stringify(order.draft),
            resolution: order.resolution,
            orderedAt: now(),
            finishedAt: now() + length,
            fails: random.chance(0.08),
            withoutLink: random.chance(0.05),
            by: worker.name,
          };
          jobs.push(job);
          for (const listener of orders) listener(job);
          world.tell(
            'service',
            `takes render ${nameOf(id)} of ${order.sessionId} from ${worker.name}`,
          );
          return id;
        };
        return ask('render', signal, serve);
      },
      renderState: (id, signal) => ask('render-state', signal, () => progressOf(id)),
      fetchOutput: (url, signal) =>
        ask('output', signal, () => film(), {
          silence: () => new OutputUnavailable('output', 'unreachable', `${url} does not answer`),
          busy: undefined,
        }),
      fetchRender: (_id, signal) =>
        ask('download', signal, () => film(), {
          silence: () => new OutputUnavailable('download', 'unreachable', 'no answer'),
          busy: undefined,
        }),
      editorLink: async () => 'https://nemovideo.com/workspace/claim?ct=x',
      renewAccess: async () => {},
      registration: async () => ({
        account: 'operator',
        url: 'https://nemovideo.com/register',
        keepsProject: true,
      }),
    };
  }

  function progressOf(id: string): RenderState {
    const job = jobs.find((it) => it.id === id);
    if (!job) throw new RequestRefused('render-state', 404, undefined, 'no such render');
    if (now() < job.finishedAt) {
      const share = (now() - job.orderedAt) / (job.finishedAt - job.orderedAt);
      return { status: 'processing', progress: Math.round(100 * share) };
    }
    if (job.fails) return { status: 'failed', problem: 'the renderer failed' };
    return {
      status: 'completed',
      progress: 100,
      url: job.withoutLink ? undefined : `https://static.example/${jobs.indexOf(job) + 1}.mp4`,
    };
  }

  return {
    runs,
    jobs,
    sessions,
    spent: () => runs.length * RUN_PRICE,
    nemoFor,
    onRun: (listener) => void listeners.push(listener),
    onJob: (listener) => void orders.push(listener),
  };
}

const film = () => ({ stream: Readable.from([FILM]), bytes: FILM.length, mime: 'video/mp4' });
const nameOf = (id: string) => id.replace(/^render_\d+_/, '');

/** The number of the message, and for a batch that of the video. */
function subjectIn(text: string): string {
  const number = /(?:film|each)(\d+)/.exec(text)?.[1] ?? '?';
  const entry = /separate video \((\d+) of \d+\)/.exec(text)?.[1];
  return entry ? `${number}/${entry}` : number;
}

type Item = { readonly event: AgentEvent } | { readonly error: Error } | { readonly end: true };

interface Stream {
  /** Somebody listens. */
  open: boolean;
  /** The other side has said its last. */
  ended: boolean;
  push(worker: Worker, item: () => Item): void;
  next(signal: AbortSignal): Promise<Item>;
}

function createStream(): Stream {
  const items: Item[] = [];
  let wake = () => {};
  let arrivesAt = 0;
  return {
    open: true,
    ended: false,
    push(worker, item) {
      const { time } = worker;
      arrivesAt = Math.max(arrivesAt, time.monotonic() + 20);
      time.after(arrivesAt - time.monotonic(), worker, () => {
        items.push(item());
        wake();
      });
    },
    async next(signal) {
      for (;;) {
        signal.throwIfAborted();
        const item = items.shift();
        if (item) return item;
        await new Promise<void>((resolve) => {
          const go = () => {
            signal.removeEventListener('abort', go);
            resolve();
          };
          wake = go;
          signal.addEventListener('abort', go, { once: true });
        });
      }
    },
  };
}
