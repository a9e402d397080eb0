/** What both forms of a draft tell of a video, and how a number or a shape in them is understood. */
import { type Fields, firstNumber, firstText } from './json-fields.ts';
import type { Canvas, Track } from './timeline.ts';

export interface DraftContent {
  readonly tracks: readonly Track[];
  /** As the draft says it; undefined where it does not. */
  readonly milliseconds?: number | undefined;
  readonly title?: string | undefined;
  /** Where its width, height and ratio may stand. */
  readonly shapes: readonly Fields[];
}

export const secondsOf = (milliseconds: number | undefined): number | undefined =>
  milliseconds !== undefined && milliseconds >= 0 ? milliseconds / 1000 : undefined;

/** A number up to 1 is a share, up to 100 a percentage, beyond that something else. */
export function volumeIn(places: readonly Fields[]): number | undefined {
  const volume = firstNumber(places.flatMap((it) => [it['volume'], it['vol'], it['v']]));
  if (volume === undefined || volume < 0 || volume > 100) return undefined;
  return Math.round(volume <= 1 ? volume * 100 : volume);
}

const RATIO_KEYS = ['ratio', 'aspect_ratio', 'aspectRatio'];

export function canvasIn(places: readonly Fields[]): Canvas | undefined {
  const width = firstNumber(places.map((it) => it['width']));
  const height = firstNumber(places.map((it) => it['height']));
  const named = firstText(places.flatMap((place) => RATIO_KEYS.map((key) => place[key])));
  const ratio = named ?? (width && height ? ratioOf(width, height) : undefined);
  return width || height || ratio ? { width, height, ratio } : undefined;
}

const COMMON_RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4', '4:5', '5:4', '21:9', '2:3', '3:2'];

function ratioOf(width: number, height: number): string {
  const near = COMMON_RATIOS.find((ratio) => {
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    return Math.abs(width / height / (across / down) - 1) < 0.02;
  });
  return near ?? `${width}:${height}`;
}
