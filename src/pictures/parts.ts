/** The colours of a chart, and the small things that it is put together of. */
import { type Shape, shape } from './shape.ts';

/** On a ground of its own: the same in a light chat and in a dark one. */
export const INK = {
  ground: '#171b24',
  lane: '#212734',
  line: '#313949',
  loud: '#f4f6fa',
  label: '#c9d1de',
  quiet: '#9aa5b8',
  mark: '#f5b73d',
} as const;

/** White words are read on each of these at 4.5 to 1 or better; `deep` is what shows how loud it is. */
export const FILLS = {
  video: { plain: '#2c62c4', deep: '#234f9f' },
  music: { plain: '#27604a', deep: '#1b8458' },
  title: { plain: '#7d45c4', deep: '#6736a6' },
  other: { plain: '#566176', deep: '#465064' },
} as const;

export const tidy = (value: number): number => Math.round(value * 10) / 10;

export const words = (
  text: string,
  x: number,
  y: number,
  size: number,
  fill: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): Shape =>
  shape('text', { x: tidy(x), y: tidy(y), 'font-size': size, fill, 'text-anchor': anchor }, text);

/** A plus for what is new, two lines for what has changed: told apart without their colour. */
export function badge(mark: 'new' | 'changed', x: number, y: number): Shape {
  const sign =
    mark === 'new'
      ? `M${tidy(x - 4)} ${tidy(y)}h8M${tidy(x)} ${tidy(y - 4)}v8`
      : `M${tidy(x - 4)} ${tidy(y + 2.5)}h8M${tidy(x - 4)} ${tidy(y - 2.5)}h8`;
  const box = { x: tidy(x - 8), y: tidy(y - 8), width: 16, height: 16 };
  return shape(
    'g',
    {},
    shape('rect', { ...box, rx: mark === 'new' ? 8 : 4, fill: INK.mark }),
    shape('path', { d: sign, stroke: INK.ground, 'stroke-width': 2, fill: 'none' }),
  );
}
