/** OpenDocument presentations (ODP): slides in order, with their notes. */
import { found, isElement, parseXml, type XmlElement } from '../markup/xml.ts';
import { contentOf } from '../opendocument/read-open-text.ts';
import { MOST_SLIDES, type Slide, type SlideBlock, textOfSlides } from './slides.ts';

/** Throws `DocumentUnreadable`. */
export function readOpenSlides({
  parts,
}: {
  readonly parts: ReadonlyMap<string, Uint8Array>;
}): string {
  const pages = [...found(parseXml(contentOf(parts)), 'draw:page')].slice(0, MOST_SLIDES);
  return textOfSlides(pages.map(slideOf));
}

function slideOf(page: XmlElement): Slide {
  const shapes = page.children.filter(isElement);
  const notes = shapes.find(({ name }) => name === 'presentation:notes');
  const title = shapes.find((shape) => shape.attributes['presentation:class'] === 'title');
  return {
    title: title ? textsOf(title).join(' ') : '',
    blocks: shapes
      .filter((shape) => shape !== title && shape !== notes && !FURNITURE.test(classOf(shape)))
      .flatMap((shape) => blocksOf(shape, -1)),
    notes: notes
      ? [...found(notes, 'draw:frame')]
          .filter((frame) => classOf(frame) === 'notes')
          .flatMap(textsOf)
      : [],
  };
}

const classOf = ({ attributes }: XmlElement): string => attributes['presentation:class'] ?? '';
const FURNITURE = /^(?:date-time|footer|header|page-number|page)$/;

/** `level` is that of the list around it. */
function blocksOf(element: XmlElement, level: number): SlideBlock[] {
  if (element.name === 'table:table') {
    const rows = [...found(element, 'table:table-row')].map((row) =>
      [...found(row, 'table:table-cell')].map((cell) => textsOf(cell).join(' ')),
    );
    return [{ rows }];
  }
  if (element.name === 'text:p' || element.name === 'text:h') {
    const text = wordsOf(element);
    if (text.trim() === '') return [];
    return [level < 0 ? { text } : { text, level }];
  }
  const inner = element.name === 'text:list' ? level + 1 : level;
  if (element.name === 'office:annotation' || element.name === 'svg:title') return [];
  return element.children.filter(isElement).flatMap((child) => blocksOf(child, inner));
}

const textsOf = (element: XmlElement): string[] =>
  [...found(element, 'text:p', 'text:h')].map(wordsOf).filter((text) => text.trim() !== '');

function wordsOf(paragraph: XmlElement): string {
  return paragraph.children
    .map((child) => {
      if (!isElement(child)) return child.replace(/\s+/g, ' ');
      if (child.name === 'text:line-break') return '\n';
      return child.name === 'text:s' || child.name === 'text:tab' ? ' ' : wordsOf(child);
    })
    .join('');
}
