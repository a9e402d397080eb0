/**
 * One clock and one list of things to come for a whole simulated world. Between two events everything
 * that can run has run: code waits for nothing but what stands in the list.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** Whose event it is. What belongs to nobody (the network, the servers, people) cannot be killed. */
export interface Owner {
  readonly time: VirtualTime;
  /** False: nothing of it ever happens again. */
  alive: boolean;
  /** Until then nothing of it happens; it is done afterwards, in the same order. */
  stalledUntil: number;
}

export interface VirtualTime {
  /** Milliseconds since the world began; no clock jump moves it. */
  monotonic(): number;
  /** Epoch milliseconds, as every process of the machine reads them. */
  wall(): number;
  jump(ms: number): void;
  /** The returned function calls it off. */
  after(ms: number, owner: Owner | undefined, run: () => void): () => void;
  /** Runs the next event, and everything that follows from it at once. False: there is none. */
  step(): Promise<boolean>;
  /** Runs the next event only if it lies before that moment. */
  nextAt(): number;
}

/** Asked before every event of an owner; false: the owner has died or fallen asleep instead. */
export type Fate = (owner: Owner) => boolean;

const context = new AsyncLocalStorage<Owner>();

/** Whose code is running. */
export const currentOwner = (): Owner | undefined => context.getStore();

export const actingAs = <T>(owner: Owner, deed: () => T): T => context.run(owner, deed);

interface Event {
  at: number;
  readonly order: number;
  readonly owner: Owner | undefined;
  readonly run: () => void;
  over: boolean;
}

export function createVirtualTime(epoch: number, fate: Fate): VirtualTime {
  const heap: Event[] = [];
  let now = 0;
  let shift = 0;
  let count = 0;

  /** The next event that may happen, its time brought forward to when its owner is awake. */
  function front(): Event | undefined {
    for (;;) {
      const [event] = heap;
      if (!event) return undefined;
      const { owner } = event;
      if (event.over || (owner && !owner.alive)) {
        pop(heap);
      } else if (owner && owner.stalledUntil > Math.max(event.at, now)) {
        pop(heap);
        event.at = owner.stalledUntil;
        push(heap, event);
      } else {
        return event;
      }
    }
  }

  return {
    monotonic: () => now,
    wall: () => Math.floor(epoch + now + shift),
    jump(ms) {
      shift += ms;
    },
    after(ms, owner, run) {
      count += 1;
      const event: Event = { at: now + Math.max(0, ms), order: count, owner, run, over: false };
      push(heap, event);
      return () => {
        event.over = true;
      };
    },
    nextAt: () => front()?.at ?? Number.POSITIVE_INFINITY,
    async step() {
      const event = front();
      if (!event) return false;
      now = Math.max(now, event.at);
      if (event.owner && !fate(event.owner)) return true;
      pop(heap);
      event.over = true;
      if (event.owner) context.run(event.owner, event.run);
      else context.exit(event.run);
      // Promises, ticks and streams come to rest before the loop turns.
      await turnOfTheLoop();
      return true;
    },
  };
}

const isBefore = (one: Event, other: Event): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

function push(heap: Event[], event: Event): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (!above || isBefore(above, event)) break;
    heap[at] = above;
    heap[parent] = event;
    at = parent;
  }
}

function pop(heap: Event[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    const child = one && other && isBefore(other, one) ? left + 1 : left;
    const below = heap[child];
    if (!below || isBefore(last, below)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
}
