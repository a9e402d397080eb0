/** What a piece of work is expected to cost, from what was measured of earlier ones. */

export interface Estimate {
  readonly credits: number;
  readonly minutes: number | undefined;
}

/** Undefined: nothing was learnt. */
export type EstimateWork = (work: {
  readonly kind: 'video' | 'edit';
  readonly seconds: number | undefined;
  readonly videos: number;
}) => Promise<Estimate | undefined>;
