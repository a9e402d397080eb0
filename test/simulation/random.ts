/** Chance that can be had again: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** A whole number from 0, below `n`. */
  below(n: number): number;
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** One of the names, by their weights. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** Numbers of its own, so that more draws in one place change nothing in another. */
  fork(name: string): Random;
}

/** mulberry32: 32 bits of state are plenty for a story of a few thousand draws. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] ?? list[0],
    weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
      const names = Object.keys(weights).filter((name): name is K => name in weights);
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0);
      for (const name of names) {
        left -= weights[name];
        if (left < 0) return name;
      }
      throw new Error('nothing to choose from');
    },
    fork: (name) => createRandom(hash(`${seed}:${name}`)),
  };
}

/** FNV-1a, then spread: neighbouring seeds must not give similar stories. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
