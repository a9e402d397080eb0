/** The averages by kind of work, of one account: weighted towards what is recent, with no single one counting for much. Pure. */
import { z } from 'zod';

/** `video`: the first one of a project. */
export const KINDS = ['video', 'edit', 'export'] as const;
export type Kind = (typeof KINDS)[number];

/** What a piece of work was measured to take. */
export interface Sample {
  readonly kind: Kind;
  /** How many of them it was; the figures are those of all together. */
  readonly videos: number;
  readonly credits: number;
  readonly minutes: number;
  /** Length of the video, where it is one and its length is known. */
  readonly seconds: number | undefined;
}

const average = z.object({ value: z.number(), count: z.number() });
export type Average = z.infer<typeof average>;

/** Of one kind. */
export const averages = z.object({
  credits: average,
  minutes: average,
  /** Credits for ten seconds of video. */
  perTen: average.optional(),
});
export type Averages = z.infer<typeof averages>;

/** What the newest one counts for at least: about the last ten are remembered. */
const NEWEST = 0.2;
/** From so many on one that is far off counts as no more than that many times the average, or its part. */
const SETTLED = 3;
const MOST_OFF = 3;

function joined(before: Average | undefined, value: number): Average {
  if (!before) return { value, count: 1 };
  const count = before.count + 1;
  const off = before.count >= SETTLED && before.value > 0 ? MOST_OFF : Number.POSITIVE_INFINITY;
  const near = Math.min(Math.max(value, before.value / off), before.value * off);
  const weight = Math.max(NEWEST, 1 / count);
  return { value: before.value + weight * (near - before.value), count: Math.min(count, 1_000) };
}

export function learnt(
  before: Averages | undefined,
  { credits, minutes, seconds, videos }: Sample,
): Averages {
  const perTen =
    seconds === undefined || seconds <= 0 || videos !== 1
      ? before?.perTen
      : joined(before?.perTen, (credits * 10) / seconds);
  return {
    credits: joined(before?.credits, credits / videos),
    minutes: joined(before?.minutes, minutes / videos),
    ...(perTen ? { perTen } : {}),
  };
}
