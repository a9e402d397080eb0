/**
 * How the text of a page is drawn: what a person sees of it, and which glyphs it consists of. PDF.js gives the text
 * of hidden layers and of white letters on white paper like any other, and the letters of a glyph in one order.
 */
import { getResolvedPDFJS } from 'unpdf';
import { z } from 'zod';
import { IDENTITY, type Matrix, multiply } from './matrix.ts';
import type { Page, Pdf } from './word.ts';

export interface DrawnText {
  /** In the space of the page: where its first glyph stands. */
  readonly x: number;
  readonly y: number;
  /** By glyph; a ligature has several characters. */
  readonly glyphs: readonly string[];
  /** How far each glyph stands from the first. */
  readonly offsets: readonly number[];
  readonly hidden: 'layer' | 'white' | undefined;
}

type Layers = Awaited<ReturnType<Pdf['getOptionalContentConfig']>>;

/** The part of the state that is saved and restored. */
interface State {
  readonly ctm: Matrix;
  /** Undefined: a pattern. */
  readonly fill: string | undefined;
  readonly size: number;
  readonly spacing: number;
  readonly wordSpacing: number;
  readonly scale: number;
  readonly leading: number;
  readonly mode: number;
}

const START: State = {
  ctm: IDENTITY,
  fill: '#000000',
  size: 1,
  spacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  mode: 0,
};

const numbers = z.array(z.number());
const matrix = numbers.length(6);
/** What PDF.js hands on is not described by its types, and numbers may come in arrays of their own. */
const glyphsShown = z.tuple([
  z.array(
    z.union([
      z.number(),
      z.object({ unicode: z.string(), width: z.number(), isSpace: z.boolean().nullish() }),
      z.null(),
    ]),
  ),
]);
const box = z.preprocess(
  (it) => (it instanceof Float32Array ? Array.from(it) : it),
  numbers.length(4),
);
const path = z.tuple([z.number(), z.unknown(), box]);

export async function drawnText(page: Page, layers: Layers): Promise<DrawnText[]> {
  const { OPS } = await getResolvedPDFJS();
  const { fnArray, argsArray } = await page.getOperatorList();
  const drawn: DrawnText[] = [];
  const saved: State[] = [];
  const hiddenBy: boolean[] = [];
  const painted: Box[] = [];
  let state = START;
  let line: Matrix = IDENTITY;
  let at: Matrix = IDENTITY;

  const set = (change: Partial<State>) => {
    state = { ...state, ...change };
  };
  const move = (x: number, y: number) => {
    line = multiply(line, [1, 0, 0, 1, x, y]);
    at = line;
  };
  const show = (args: unknown) => {
    const shown = glyphsShown.safeParse(args).data?.[0] ?? [];
    const place = multiply(state.ctm, at);
    const [x, y] = [place[4] ?? 0, place[5] ?? 0];
    const glyphs: string[] = [];
    const offsets: number[] = [];
    const stretch = state.scale * Math.hypot(place[0] ?? 1, place[1] ?? 0);
    let width = 0;
    for (const glyph of shown) {
      if (typeof glyph === 'number') width -= (glyph * state.size) / 1000;
      else if (glyph) {
        glyphs.push(glyph.unicode);
        offsets.push(width * stretch);
        const space = glyph.isSpace ? state.wordSpacing : 0;
        width += (glyph.width * state.size) / 1000 + state.spacing + space;
      }
    }
    at = multiply(at, [1, 0, 0, 1, width * state.scale, 0]);
    const white = state.mode === 0 && isWhite(state.fill) && !painted.some((it) => isIn(it, x, y));
    const hidden = hiddenBy.at(-1) ? 'layer' : white ? 'white' : undefined;
    drawn.push({ x, y, glyphs, offsets, hidden });
  };

  for (const [index, operator] of fnArray.entries()) {
    const args: unknown = argsArray[index];
    const [first, second] = numbers.safeParse(args).data ?? [];
    switch (operator) {
      case OPS.save:
        saved.push(state);
        break;
      case OPS.restore:
        state = saved.pop() ?? state;
        break;
      case OPS.transform:
        set({ ctm: multiply(state.ctm, matrix.safeParse(args).data ?? IDENTITY) });
        break;
      case OPS.paintFormXObjectBegin: {
        saved.push(state);
        const [form] = z.tuple([matrixLike, z.unknown()]).safeParse(args).data ?? [];
        if (form) set({ ctm: multiply(state.ctm, form) });
        break;
      }
      case OPS.paintFormXObjectEnd:
        state = saved.pop() ?? state;
        break;
      case OPS.setFillRGBColor:
        set({ fill: z.tuple([z.string()]).safeParse(args).data?.[0] });
        break;
      case OPS.setFillColorN:
        set({ fill: undefined });
        break;
      case OPS.beginText:
        line = IDENTITY;
        at = IDENTITY;
        break;
      case OPS.setFont:
        set({ size: z.tuple([z.unknown(), z.number()]).safeParse(args).data?.[1] ?? state.size });
        break;
      case OPS.setCharSpacing:
        set({ spacing: first ?? 0 });
        break;
      case OPS.setWordSpacing:
        set({ wordSpacing: first ?? 0 });
        break;
      case OPS.setHScale:
        set({ scale: (first ?? 100) / 100 });
        break;
      case OPS.setLeading:
        set({ leading: first ?? 0 });
        break;
      case OPS.setTextRenderingMode:
        set({ mode: first ?? 0 });
        break;
      case OPS.setTextMatrix:
        line =
          z.tuple([matrixLike]).safeParse(args).data?.[0] ??
          matrix.safeParse(args).data ??
          IDENTITY;
        at = line;
        break;
      case OPS.moveText:
        move(first ?? 0, second ?? 0);
        break;
      case OPS.setLeadingMoveText:
        set({ leading: -(second ?? 0) });
        move(first ?? 0, second ?? 0);
        break;
      case OPS.nextLine:
        move(0, state.leading);
        break;
      case OPS.showText:
        show(args);
        break;
      case OPS.beginMarkedContentProps: {
        const [tag, properties] = z.tuple([z.unknown(), z.unknown()]).safeParse(args).data ?? [];
        const hides = tag === 'OC' && !layers.isVisible(properties);
        hiddenBy.push(hides || hiddenBy.at(-1) === true);
        break;
      }
      case OPS.beginMarkedContent:
        hiddenBy.push(hiddenBy.at(-1) === true);
        break;
      case OPS.endMarkedContent:
        hiddenBy.pop();
        break;
      case OPS.constructPath: {
        const made = path.safeParse(args).data;
        const fills = made && FILLS.some((name) => OPS[name] === made[0]);
        if (made && fills && !isWhite(state.fill)) painted.push(boxOf(state.ctm, made[2]));
        break;
      }
      case OPS.shadingFill:
        painted.push([-Infinity, -Infinity, Infinity, Infinity]);
        break;
      case OPS.paintImageXObject:
      case OPS.paintInlineImageXObject:
      case OPS.paintImageMaskXObject:
      case OPS.paintImageXObjectRepeat:
        painted.push(boxOf(state.ctm, [0, 0, 1, 1]));
        break;
      default:
    }
  }
  return drawn;
}

const matrixLike = z.preprocess((it) => (it instanceof Float32Array ? Array.from(it) : it), matrix);

const FILLS = [
  'fill',
  'eoFill',
  'fillStroke',
  'eoFillStroke',
  'closeFillStroke',
  'closeEOFillStroke',
] as const;

/** Two corners in the space of the page. */
type Box = readonly [left: number, bottom: number, right: number, top: number];

function boxOf(ctm: Matrix, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[]): Box {
  const corners = [
    [x1, y1],
    [x1, y2],
    [x2, y1],
    [x2, y2],
  ].map(([x = 0, y = 0]) => multiply(ctm, [1, 0, 0, 1, x, y]));
  const xs = corners.map((corner) => corner[4] ?? 0);
  const ys = corners.map((corner) => corner[5] ?? 0);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const isIn = ([left, bottom, right, top]: Box, x: number, y: number): boolean =>
  x >= left - 1 && x <= right + 1 && y >= bottom - 1 && y <= top + 1;

/** Also what nobody can tell from it. */
const isWhite = (color: string | undefined): boolean => /^#f[a-f]f[a-f]f[a-f]$/i.test(color ?? '');
