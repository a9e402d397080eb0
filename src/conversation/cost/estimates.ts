/** About what a piece of work will cost and take, from what was learnt of earlier ones. */

export interface Estimate {
  readonly credits: number;
  readonly minutes: number | undefined;
}

/** Undefined: nothing is known, and nothing is said. */
export type EstimateWork = (work: {
  readonly kind: 'video' | 'edit';
  readonly seconds: number | undefined;
  readonly videos: number;
}) => Promise<Estimate | undefined>;
