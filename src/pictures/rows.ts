/** Segments of one track that overlap are put under each other. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The row of each segment, in the order given, and how many rows there are. What finds no place in `most` rows lies
 * over others in the last one.
 */
export function packed(spans: readonly Span[], most: number): { rows: number[]; count: number } {
  const ends: number[] = [];
  const rows = new Array<number>(spans.length).fill(0);
  const order = spans.map((_, at) => at).sort((a, b) => startOf(spans, a) - startOf(spans, b));
  for (const at of order) {
    const span = spans[at];
    if (!span) continue;
    const free = ends.findIndex((end) => end <= span.start + 0.01);
    const row = free >= 0 ? free : Math.min(ends.length, most - 1);
    ends[row] = Math.max(ends[row] ?? 0, span.end);
    rows[at] = row;
  }
  return { rows, count: Math.max(1, ends.length) };
}

const startOf = (spans: readonly Span[], at: number): number => spans[at]?.start ?? 0;
