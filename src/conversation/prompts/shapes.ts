/** The shapes that a finished video can be asked to have. Pure. */
import type { Cut } from '../job.ts';

export const SHAPES = ['portrait', 'landscape', 'square'] as const;
export type Shape = (typeof SHAPES)[number];

/** Between a square and what is not one. */
const NEARLY = 1.05;

/** Undefined: the timeline does not tell. */
export function shapeOf({ width, height, ratio }: Cut): Shape | undefined {
  const [across, down] = width && height ? [width, height] : partsOf(ratio);
  if (!across || !down) return undefined;
  if (across > down * NEARLY) return 'landscape';
  return down > across * NEARLY ? 'portrait' : 'square';
}

function partsOf(ratio = ''): readonly [number | undefined, number | undefined] {
  const [, across, down] = /^(\d{1,5}(?:\.\d{1,4})?):(\d{1,5}(?:\.\d{1,4})?)$/.exec(ratio) ?? [];
  return [Number(across), Number(down)];
}

/** Those it is not; where its own is not known all of them. */
export const otherShapes = (cut: Cut): readonly Shape[] =>
  SHAPES.filter((shape) => shape !== shapeOf(cut));
