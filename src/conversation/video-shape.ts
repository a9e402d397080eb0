/** The shapes that a video can be asked to have, and the one that it has. Pure. */

export const SHAPES = ['portrait', 'landscape', 'square'] as const;
export type Shape = (typeof SHAPES)[number];

/** Between a square and what is not one. */
const NEARLY = 1.05;

/** What a timeline may tell of its picture: in pixels, or as "16:9". */
export interface PictureSize {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly ratio?: string | undefined;
}

/** Undefined: the timeline does not tell. */
export function shapeOf({ width, height, ratio }: PictureSize): Shape | undefined {
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
export const otherShapes = (size: PictureSize): readonly Shape[] =>
  SHAPES.filter((shape) => shape !== shapeOf(size));
