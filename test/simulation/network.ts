/**
 * A call over the network: the request arrives, or not; the server acts; the answer comes back, or not.
 * Each of the three is an event of its own, between which anything may happen to the one who called.
 */
import type { Random } from './random.ts';
import { isAway, type Worker } from './world.ts';

export interface Wire {
  readonly worker: Worker;
  readonly random: Random;
}

export interface Call<T> {
  readonly signal?: AbortSignal | undefined;
  /** What the server does when the request arrives; what it throws is its answer. */
  readonly serve: () => T;
  /** What the caller is told when no answer comes, or one of a server that is broken. */
  readonly silence: () => Error;
  /** The server says "later"; undefined: it never does. */
  readonly busy?: (() => Error) | undefined;
  /** Which server: while it cannot be reached nothing is served. */
  readonly away: 'chatAway' | 'backendAway';
  /** Milliseconds after which silence is taken for one. */
  readonly patience: number;
}

export function call<T>({ worker, random }: Wire, order: Call<T>): Promise<T> {
  const { time, world } = worker;
  const { faults } = world;
  const { signal, serve, silence, busy, away, patience } = order;
  const calm = world.isCalm();
  const [slow, slowBack] = [
    !calm && random.chance(faults.late),
    !calm && random.chance(faults.late),
  ];
  const there = latency(random, slow);
  const back = latency(random, slowBack);
  const fate = calm
    ? 'served'
    : random.weighted({
        'request lost': faults.lost / 3,
        'reply lost': faults.lost / 3,
        '5xx': faults.lost / 6,
        '5xx though it was done': faults.lost / 6,
        '429': busy ? faults.busy : 0,
        served: 1,
      });
  if (fate !== 'served') world.count(fate);
  if (slow) world.count('request late');
  if (slowBack) world.count('reply late');
  const gone = random.chance(0.5);
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let open = true;
    const onAbort = () => settle(() => reject(signal?.reason));
    const settle = (end: () => void) => {
      if (!open) return;
      open = false;
      signal?.removeEventListener('abort', onAbort);
      end();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const answer = (ms: number, end: () => void) => time.after(ms, worker, () => settle(end));

    if (fate === 'request lost') {
      answer(patience, () => reject(silence()));
      return;
    }
    time.after(there, undefined, () => {
      // A caller that has gone, or let go, may have got its request out, or not; what is stuck on its
      // way dies with the connection.
      if ((!open || !worker.alive) && (gone || slow)) return;
      if (isAway(world, away)) {
        world.count(away === 'chatAway' ? 'chat away' : 'backend away');
        return void answer(patience, () => reject(silence()));
      }
      if (fate === '429' && busy) {
        const refusal = busy();
        return void answer(back, () => reject(refusal));
      }
      if (fate === '5xx') return void answer(back, () => reject(silence()));
      let result: { value: T } | { error: unknown };
      try {
        result = { value: serve() };
      } catch (error) {
        result = { error };
      }
      if (fate === 'reply lost') answer(patience, () => reject(silence()));
      else if (fate === '5xx though it was done') answer(back, () => reject(silence()));
      else if ('error' in result) {
        const { error } = result;
        answer(back, () => reject(error));
      } else {
        const { value } = result;
        answer(back, () => resolve(value));
      }
    });
  });
}

const latency = (random: Random, late: boolean): number =>
  late ? random.between(1_000, 25_000) : random.between(2, 90);

/** A client that waits before it tries again. */
export function pause(worker: Worker, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      off();
      reject(signal?.reason);
    };
    const off = worker.time.after(ms, worker, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
