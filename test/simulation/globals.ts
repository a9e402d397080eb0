/**
 * What asks the process for time, inside a simulated worker, gets virtual time: code of ours that has no
 * clock given to it, and that of libraries. Outside of workers nothing changes.
 */
import { syncBuiltinESMExports } from 'node:module';
import timersOfPromises from 'node:timers/promises';
import { currentOwner, type Owner } from './virtual-time.ts';
import { isWorker } from './world.ts';

class VirtualTimer {
  readonly #off: () => void;
  constructor(off: () => void) {
    this.#off = off;
  }
  cancel(): void {
    this.#off();
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

type Callback = (...args: unknown[]) => void;
const { setTimeout: timeout, clearTimeout: noTimeout } = globalThis;
const { setInterval: interval, clearInterval: noInterval } = globalThis;
const { setImmediate: immediate, clearImmediate: noImmediate } = globalThis;
const { queueMicrotask: soon } = globalThis;
const { setTimeout: realDelay } = timersOfPromises;
const realNow = Date.now.bind(Date);
const realMonotonic = performance.now.bind(performance);
const realDeadline = AbortSignal.timeout.bind(AbortSignal);

let installed = false;
const strays = new Set<string>();

/** Lines of `src/` that took their time from the process; they cannot be given another clock. */
export const strayTimers = (): readonly string[] => [...strays].sort();

function noteStray(): void {
  const line = new Error().stack?.split('\n').find((it) => /\/src\//.test(it));
  const place = line && /\/(src\/[^):]+:\d+)/.exec(line)?.[1];
  if (place) strays.add(place);
}

function inVirtualTime(owner: Owner, ms: number, run: () => void): VirtualTimer {
  noteStray();
  return new VirtualTimer(owner.time.after(ms, owner, run));
}

function every(owner: Owner, ms: number, run: () => void): VirtualTimer {
  noteStray();
  let off = () => {};
  const next = () => {
    off = owner.time.after(ms, owner, () => {
      next();
      run();
    });
  };
  next();
  return new VirtualTimer(() => off());
}

interface DelayOptions {
  readonly signal?: AbortSignal | undefined;
}

function delay<T>(ms = 0, value?: T, options: DelayOptions = {}): Promise<T | undefined> {
  const owner = currentOwner();
  if (!owner) return realDelay(ms, value, options);
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const stop = () => {
      timer.cancel();
      reject(new DOMException('The operation was aborted', 'AbortError'));
    };
    const timer = inVirtualTime(owner, ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve(value);
    });
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Once per process. */
export function installVirtualGlobals(): void {
  if (installed) return;
  installed = true;
  const clear = (real: (timer: NodeJS.Timeout) => void) => (timer: unknown) => {
    if (timer instanceof VirtualTimer) timer.cancel();
    else if (timer !== undefined && timer !== null) Reflect.apply(real, undefined, [timer]);
  };
  Object.assign(globalThis, {
    setTimeout: Object.assign((run: Callback, ms = 0, ...args: unknown[]) => {
      const owner = currentOwner();
      return owner
        ? inVirtualTime(owner, ms, () => run(...args))
        : Reflect.apply(timeout, undefined, [run, ms, ...args]);
    }, timeout),
    setInterval: Object.assign((run: Callback, ms = 0, ...args: unknown[]) => {
      const owner = currentOwner();
      return owner
        ? every(owner, ms, () => run(...args))
        : Reflect.apply(interval, undefined, [run, ms, ...args]);
    }, interval),
    setImmediate: Object.assign((run: Callback, ...args: unknown[]) => {
      const owner = currentOwner();
      return owner
        ? inVirtualTime(owner, 0, () => run(...args))
        : Reflect.apply(immediate, undefined, [run, ...args]);
    }, immediate),
    queueMicrotask(run: () => void) {
      const owner = currentOwner();
      const planted = owner && isWorker(owner) ? owner.world.planted : undefined;
      if (planted?.microtasks?.(run) ?? true) soon(run);
    },
    clearTimeout: clear(noTimeout),
    clearInterval: clear(noInterval),
    clearImmediate(timer: unknown) {
      if (timer instanceof VirtualTimer) timer.cancel();
      else Reflect.apply(noImmediate, undefined, [timer]);
    },
  });
  // Imports of the built-in module see what its object holds.
  Object.assign(timersOfPromises, { setTimeout: delay });
  syncBuiltinESMExports();
  Date.now = () => currentOwner()?.time.wall() ?? realNow();
  performance.now = () => currentOwner()?.time.monotonic() ?? realMonotonic();
  AbortSignal.timeout = (ms: number) => {
    const owner = currentOwner();
    if (!owner) return realDeadline(ms);
    const deadline = new AbortController();
    inVirtualTime(owner, ms, () =>
      deadline.abort(new DOMException('The operation timed out', 'TimeoutError')),
    );
    return deadline.signal;
  };
}
