/**
 * Showing what changes faster than it can be shown: one showing is under way per key, and of the values that
 * come meanwhile only the newest is shown after it.
 */

/** Gives the newest value; what is asked for at the last moment is the least out of date. */
export type Show<V> = (newest: () => V) => Promise<void>;

/** Resolves when this value or a newer one is shown; rejects, for all who wait, with what `show` rejected with. */
export type ShowNewest<V> = (key: string, value: V, show: Show<V>) => Promise<void>;

interface Slot<V> {
  value: V;
  /** A value came that no showing has asked for. */
  fresh: boolean;
  done: Promise<void>;
}

export function newestOnly<V>(): ShowNewest<V> {
  const slots = new Map<string, Slot<V>>();

  async function showAll(key: string, slot: Slot<V>, show: Show<V>): Promise<void> {
    try {
      // Values that come in one go are one value.
      await Promise.resolve();
      while (slot.fresh) {
        slot.fresh = false;
        await show(() => {
          slot.fresh = false;
          return slot.value;
        });
      }
    } finally {
      // In the same step as the last look: a value that came later would wait here for nothing.
      slots.delete(key);
    }
  }

  return (key, value, show) => {
    const running = slots.get(key);
    if (running) {
      running.value = value;
      running.fresh = true;
      return running.done;
    }
    const slot: Slot<V> = { value, fresh: true, done: Promise.resolve() };
    slots.set(key, slot);
    slot.done = showAll(key, slot, show);
    return slot.done;
  };
}
