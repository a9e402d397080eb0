/**
 * A drawn timeline on the page: elements made one by one from the tree, of the tags it may hold. A press on a segment
 * begins a message about it. One of them is reached by Tab, the others from there by the arrows.
 */
import type { Shape, Tag } from '../../../pictures/shape.ts';
import { el } from './dom.ts';

const SVG = 'http://www.w3.org/2000/svg';
const ATTRIBUTES =
  /^(?:viewBox|width|height|x|y|x1|x2|y1|y2|rx|d|fill|stroke|stroke-width|font-family|font-size|text-anchor|role|aria-label|data-prompt)$/;
const TAGS: Readonly<Record<Tag, true>> = {
  svg: true,
  g: true,
  rect: true,
  line: true,
  path: true,
  text: true,
  title: true,
};

export function drawingView(drawing: Shape, propose: (words: string) => void): HTMLElement {
  const svg = elementOf(drawing);
  const segments = [...svg.querySelectorAll<SVGGElement>('g[data-prompt]')];
  const choose = (at: number) => {
    const chosen = segments[Math.min(Math.max(at, 0), segments.length - 1)];
    for (const segment of segments)
      segment.setAttribute('tabindex', segment === chosen ? '0' : '-1');
    chosen?.focus();
    // A group of shapes is not brought into sight by its focus alone.
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  for (const [at, segment] of segments.entries()) {
    segment.setAttribute('role', 'button');
    segment.setAttribute('tabindex', at === 0 ? '0' : '-1');
    segment.setAttribute('aria-label', segment.querySelector('title')?.textContent ?? '');
    const begin = () => propose(segment.getAttribute('data-prompt') ?? '');
    segment.addEventListener('click', begin);
    segment.addEventListener('keydown', (event) => {
      const next = NEXT[event.key];
      if (event.key === 'Enter' || event.key === ' ') begin();
      else if (next !== undefined) choose(next(at, segments.length));
      else return;
      event.preventDefault();
    });
  }
  return el('figure', { class: 'drawing' }, svg);
}

const NEXT: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

function elementOf({ tag, attrs, children }: Shape): SVGElement {
  const element = document.createElementNS(SVG, Object.hasOwn(TAGS, tag) ? tag : 'g');
  for (const [name, value] of Object.entries(attrs))
    if (ATTRIBUTES.test(name)) element.setAttribute(name, String(value));
  element.append(...children.map((it) => (typeof it === 'string' ? it : elementOf(it))));
  return element;
}
