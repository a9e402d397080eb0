import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { typeset } from './typeset.ts';

/** Words drawn once, with their soft shadow; showing them costs little in every frame after. */
export interface Lettering {
  readonly canvas: Canvas;
  /** Of the words alone; the canvas has `margin` more on each side, for the shadow. */
  readonly width: number;
  readonly height: number;
  readonly margin: number;
}

export interface Face {
  readonly families: string;
  readonly weight: number;
  /** Pixels; made smaller where the words would not fit. */
  readonly size: number;
  readonly align?: 'left' | 'center';
  /** 0 to 1. */
  readonly shadow?: number;
}

const LINE = 1.28;

export function lettering(text: string, width: number, lines: number, face: Face): Lettering {
  const font = (size: number) => `${face.weight} ${Math.round(size)}px ${face.families}`;
  const ruler = createCanvas(1, 1).getContext('2d');
  const block = typeset(ruler, text, { width, lines, size: face.size }, font);
  ruler.font = font(block.size);
  const wide = Math.ceil(Math.max(1, ...block.lines.map((line) => ruler.measureText(line).width)));
  const height = Math.ceil(block.lines.length * block.size * LINE);
  const margin = Math.ceil(face.size * 0.4);
  const canvas = createCanvas(wide + margin * 2, height + margin * 2);
  const context = canvas.getContext('2d');
  context.font = font(block.size);
  context.fillStyle = '#fff';
  context.textAlign = face.align ?? 'left';
  context.textBaseline = 'middle';
  context.shadowColor = `rgba(0, 0, 0, ${face.shadow ?? 0})`;
  context.shadowBlur = face.size * 0.28;
  context.shadowOffsetY = face.size * 0.05;
  const x = margin + (face.align === 'center' ? wide / 2 : 0);
  block.lines.forEach((line, i) => {
    context.fillText(line, x, margin + (i + 0.5) * block.size * LINE);
  });
  return { canvas, width: wide, height, margin };
}
