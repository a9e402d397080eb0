/** Draws a chart: time from left to right, a lane a track. Pure, and the same for the page and for a file. */
import { clockFace, marksOf } from './axis.ts';
import type { Chart, ChartLane } from './chart.ts';
import { drawSegment } from './draw-segment.ts';
import { badge, INK, tidy, words } from './parts.ts';
import { packed } from './rows.ts';
import { type Shape, shape } from './shape.ts';
import { fitted, textWidth } from './text-width.ts';

const WIDTH = 960;
const EDGE = 24;
const GUTTER = 92;
const LEFT = EDGE + GUTTER;
const RIGHT = WIDTH - EDGE;
const HEAD = 62;
const AXIS = 26;
/** Scenes and titles have room for two lines. */
const ROWS = { video: 46, music: 34, title: 46, other: 34 } as const;
const ROW_GAP = 4;
const LANE_GAP = 14;
const FOOT = 20;
const LEGEND = 26;
const MOST_ROWS = 4;
const SANS = 'Inter Variable, Inter, sans-serif';

export function draw(chart: Chart): Shape {
  const seconds = Math.max(chart.seconds, 0.1);
  const scale = (RIGHT - LEFT) / seconds;
  const xOf = (at: number) => LEFT + Math.min(Math.max(at, 0), seconds) * scale;
  const lanes: Shape[] = [];
  let y = HEAD + AXIS;
  for (const lane of chart.lanes) {
    const drawn = drawLane(lane, y, xOf);
    lanes.push(drawn.shape);
    y += drawn.height + LANE_GAP;
  }
  if (chart.lanes.length === 0) {
    lanes.push(words(chart.empty, WIDTH / 2, y + 34, 16, INK.quiet, 'middle'));
    y += 64;
  }
  const bottom = y - LANE_GAP;
  const legend = drawLegend(chart, y);
  const height = y + (legend ? LEGEND : 0) + FOOT - (legend ? 0 : LANE_GAP);
  return shape(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      'font-family': SANS,
      role: 'group',
      'aria-label': chart.alt,
    },
    shape('rect', { width: WIDTH, height, rx: 14, fill: INK.ground }),
    ...head(chart),
    ...(chart.lanes.length > 0 ? axis(chart.seconds, xOf, bottom) : []),
    ...lanes,
    legend,
  );
}

function head({ title, facts, more }: Chart): Shape[] {
  const right = [facts, more].filter(Boolean).join(' · ');
  const room = RIGHT - EDGE - textWidth(right, 15) - 24;
  return [
    words(fitted(title, 21, room), EDGE, 40, 21, INK.loud),
    words(right, RIGHT, 40, 15, INK.quiet, 'end'),
  ];
}

function axis(seconds: number, xOf: (at: number) => number, bottom: number): Shape[] {
  return marksOf(seconds).flatMap((at) => [
    shape('line', {
      x1: tidy(xOf(at)),
      x2: tidy(xOf(at)),
      y1: HEAD + 14,
      y2: bottom,
      stroke: INK.line,
      'stroke-width': 1,
    }),
    words(
      clockFace(at),
      xOf(at),
      HEAD + 8,
      12,
      INK.quiet,
      xOf(at) > RIGHT - 14 ? 'end' : at === 0 ? 'start' : 'middle',
    ),
  ]);
}

function drawLane(
  lane: ChartLane,
  y: number,
  xOf: (at: number) => number,
): { readonly shape: Shape; readonly height: number } {
  const { rows, count } = packed(lane.segments, MOST_ROWS);
  const rowHeight = ROWS[lane.kind];
  const height = count * (rowHeight + ROW_GAP) - ROW_GAP;
  const label = lane.more > 0 ? `${lane.label} (+${lane.more})` : lane.label;
  const drawn = lane.segments.map((segment, at) => {
    const row = rows[at] ?? 0;
    const x = xOf(segment.start);
    const next = lane.segments
      .filter((other, n) => rows[n] === row && other.start > segment.start)
      .reduce((least, other) => Math.min(least, xOf(other.start)), RIGHT);
    return drawSegment({
      segment,
      kind: lane.kind,
      number: at + 1,
      x,
      width: Math.max(3, xOf(segment.end) - x - 2),
      y: y + row * (rowHeight + ROW_GAP),
      height: rowHeight,
      free: next,
    });
  });
  const shown = shape(
    'g',
    {},
    words(fitted(label, 14, GUTTER - 10), EDGE, y + rowHeight / 2 + 5, 14, INK.label),
    shape('rect', {
      x: LEFT,
      y,
      width: RIGHT - LEFT,
      height,
      rx: 6,
      fill: INK.lane,
    }),
    ...drawn,
  );
  return { shape: shown, height };
}

/** What the marks mean, where there are any. */
function drawLegend({ lanes, legend }: Chart, y: number): Shape | undefined {
  const used = new Set(lanes.flatMap((lane) => lane.segments.map(({ mark }) => mark)));
  const entries = (['new', 'changed'] as const).filter((mark) => used.has(mark));
  if (entries.length === 0) return undefined;
  let x = LEFT;
  const shown = entries.flatMap((mark) => {
    const at = x;
    const text = fitted(legend[mark], 13, 360);
    x += 28 + textWidth(text, 13) + 24;
    return [badge(mark, at + 8, y + 10), words(text, at + 24, y + 15, 13, INK.label)];
  });
  return shape('g', {}, ...shown);
}
