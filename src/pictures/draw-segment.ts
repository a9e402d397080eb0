/** One segment: its place in time, its name as far as there is room, how loud it is, and whether it has changed. */
import type { ChartLane, ChartSegment } from './chart.ts';
import { badge, FILLS, INK, tidy, words } from './parts.ts';
import { type Shape, shape } from './shape.ts';
import { fitted, textWidth, wrapped } from './text-width.ts';

export interface Placed {
  readonly segment: ChartSegment;
  readonly kind: ChartLane['kind'];
  /** In its lane, from 1. */
  readonly number: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where the next one of its row begins, or the lane ends. */
  readonly free: number;
}

const SIZE = 13;
const PADDING = 8;
const BADGE = 20;
const LINE = 16;
const LEAST_WORDS = 30;
/** A narrower one has its badge on its edge, so that its number can be read. */
const NARROW = 56;

export function drawSegment(placed: Placed): Shape {
  const { segment, kind, x, y, width, height } = placed;
  const { plain, deep } = FILLS[kind];
  const { volume, mark, prompt, name } = segment;
  const box = { x: tidy(x), y, width: tidy(width), height, rx: Math.min(6, tidy(width / 2)) };
  const level = volume === undefined ? 0 : tidy((height * volume) / 100);
  return shape(
    'g',
    { 'data-prompt': prompt },
    shape('title', {}, [prompt.replace(/[:：]\s*$/, ''), name].filter(Boolean).join(' – ')),
    shape('rect', { ...box, fill: plain }),
    level > 0
      ? shape('rect', {
          ...box,
          y: tidy(y + height - level),
          height: level,
          rx: Math.min(box.rx, level / 2),
          fill: deep,
        })
      : undefined,
    ...label(placed),
    mark
      ? shape('rect', {
          ...box,
          x: tidy(x + 1),
          y: y + 1,
          width: tidy(Math.max(1, width - 2)),
          height: height - 2,
          fill: 'none',
          stroke: INK.mark,
          'stroke-width': 2,
        })
      : undefined,
    mark
      ? width < NARROW
        ? badge(mark, x + width / 2, y + 1)
        : badge(mark, x + width - 11, y + 11)
      : undefined,
  );
}

/** Inside where it fits there, behind a short one where nothing else is, else as much as fits. */
function label({ segment, kind, number, x, y, width, height, free }: Placed): Shape[] {
  const { name, mark, volume } = segment;
  const tail = volume === undefined ? '' : ` · ${Math.round(volume)}%`;
  const head = [kind === 'video' ? `${number}` : '', name].filter(Boolean).join(' · ');
  const wanted = textWidth(head + tail, SIZE);
  const inside = width - 2 * PADDING - (mark && width >= NARROW ? BADGE : 0);
  const inLines = (lines: readonly string[], from: number, fill: string): Shape[] => {
    const first = y + height / 2 + 4.5 - ((lines.length - 1) * LINE) / 2;
    return lines.map((line, at) => words(line, from, first + at * LINE, SIZE, fill));
  };
  if (wanted <= inside) return inLines([head + tail], x + PADDING, ON_FILL);
  const behind = free - (x + width) - 2 * PADDING;
  if (wanted <= behind && kind !== 'video')
    return inLines([head + tail], x + width + PADDING, INK.label);
  const room = inside - textWidth(tail, SIZE);
  if (room >= LEAST_WORDS) {
    const lines = tail
      ? [fitted(head, SIZE, room) + tail]
      : wrapped(head, SIZE, room, linesIn(height));
    return inLines(lines, x + PADDING, ON_FILL);
  }
  const short = kind === 'video' ? `${number}` : '';
  if (short === '' || textWidth(short, SMALL) > width - 2) return [];
  const lower = mark && width < NARROW ? 8 : 4;
  return [words(short, x + width / 2, y + height / 2 + lower, SMALL, ON_FILL, 'middle')];
}

const SMALL = 11;
const ON_FILL = '#ffffff';
const linesIn = (height: number): number => Math.max(1, Math.floor((height - 6) / LINE));
