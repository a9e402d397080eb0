/** Some points of the matrix as tests, by their names in it: "after nemo render #1". */
import { expect, test } from 'vitest';
import { complaint, judge } from './matrix/matrix.ts';
import type { PlaceKind } from './matrix/places.ts';
import { type Point, pointSchema } from './matrix/point.ts';
import { type StoreKind, sqliteStore } from './matrix/stores.ts';

/** Two starts and a story, on a machine with much else to do. */
const MOST_MS = 100_000;

/** `offers`: the message may or may not have left, and nothing shows that it did. */
export function tellPoints(
  place: PlaceKind,
  names: readonly string[],
  offers: readonly string[] = [],
  store: StoreKind = sqliteStore,
): void {
  test.each([...names, ...offers])(
    'killed %s: all comes once, and to an end',
    async (name) => {
      const verdict = await judge({ place, store }, pointOf(name));
      expect(complaint(verdict)).toBe('');
      expect(verdict).toMatchObject({ reached: true, offers: offers.includes(name) ? 1 : 0 });
    },
    MOST_MS,
  );
}

function pointOf(name: string): Point {
  const [, side, kind, nth] = /^(before|after) (.+) #(\d+)$/.exec(name) ?? [];
  return pointSchema.parse({ side, kind, nth: Number(nth) });
}
