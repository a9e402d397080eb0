/** Things that happen once or more per name, each of which can be awaited before or after it happens. */
export function countedEvents<T>() {
  const seen = new Map<string, T[]>();
  const waiting: { name: string; nth: number; resolve: (value: T) => void }[] = [];
  return {
    add(name: string, value: T): void {
      const all = [...(seen.get(name) ?? []), value];
      seen.set(name, all);
      for (const one of waiting)
        if (one.name === name && one.nth === all.length) one.resolve(value);
    },
    nth(name: string, nth: number): Promise<T> {
      const all = seen.get(name) ?? [];
      const value = all[nth - 1];
      if (all.length >= nth && value !== undefined) return Promise.resolve(value);
      return new Promise((resolve) => void waiting.push({ name, nth, resolve }));
    },
  };
}
