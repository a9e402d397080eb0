/** PowerPoint presentations: slides in the order in which they are shown, with their notes. */
import { type Relations, relationsOf } from '../archive/parts.ts';
import { DocumentUnreadable } from '../document.ts';
import { paragraphsOf, wordsOfDiagram } from '../docx/drawn-words.ts';
import { first, found, isElement, parseXml, textIn, type XmlElement } from '../markup/xml.ts';
import { MOST_SLIDES, type Slide, type SlideBlock, textOfSlides } from './slides.ts';

type Parts = ReadonlyMap<string, Uint8Array>;

const MAIN = 'ppt/presentation.xml';

/** Throws `DocumentUnreadable`. */
export function readPptx({ parts }: { readonly parts: Parts }): string {
  const main = parts.get(MAIN);
  if (!main) throw new DocumentUnreadable('damaged', 'the presentation has no main part');
  const relations = relationsOf(MAIN, parts);
  const names = [...found(parseXml(main), 'p:sldId')]
    .slice(0, MOST_SLIDES)
    .flatMap(({ attributes }) => relations.get(attributes['r:id'] ?? '')?.target ?? []);
  return textOfSlides(names.flatMap((name) => slideOf(name, parts)));
}

function slideOf(name: string, parts: Parts): Slide[] {
  const content = parts.get(name);
  if (!content) return [];
  const root = parseXml(content);
  if (/^(?:0|false)$/.test(root.attributes['show'] ?? '')) return [];
  const relations = relationsOf(name, parts);
  const shapes = shapesOf(root);
  const title = shapes.find((shape) => /^(?:title|ctrTitle)$/.test(placeholderOf(shape) ?? ''));
  const blocks = shapes
    .filter((shape) => shape !== title)
    .flatMap((shape) => blocksOf(shape, relations, parts));
  return [
    { title: title ? paragraphsOf(title).join(' ') : '', blocks, notes: notesOf(relations, parts) },
  ];
}

/** Shapes, tables and diagrams, also those in groups, in the order of the slide. */
function shapesOf(element: XmlElement): XmlElement[] {
  return element.children.filter(isElement).flatMap((child) => {
    if (child.name === 'p:sp' || child.name === 'p:graphicFrame') return [child];
    if (child.name !== 'mc:AlternateContent') return shapesOf(child);
    const either = ['mc:Choice', 'mc:Fallback'].map((name) => first(child, name));
    const [shapes = []] = either
      .map((form) => (form ? shapesOf(form) : []))
      .filter((form) => form.length > 0);
    return shapes;
  });
}

/** Undefined: the shape fills no place of its layout. */
function placeholderOf(shape: XmlElement): string | undefined {
  const place = first(shape, 'p:ph');
  return place && (place.attributes['type'] ?? 'obj');
}

/** What stands on every slide. */
const FURNITURE = /^(?:dt|ftr|hdr|sldNum|sldImg)$/;

function blocksOf(shape: XmlElement, relations: Relations, parts: Parts): SlideBlock[] {
  const place = placeholderOf(shape);
  if (FURNITURE.test(place ?? '')) return [];
  const table = first(shape, 'a:tbl');
  if (table) return [{ rows: [...found(table, 'a:tr')].map(cellsOf) }];
  const diagram = first(shape, 'dgm:relIds');
  if (diagram) return diagramOf(diagram, relations, parts);
  const isList = place === 'body' || place === 'obj';
  return [...found(shape, 'a:p')].flatMap((paragraph) => {
    const text = wordsOf(paragraph);
    if (text.trim() === '') return [];
    return [isList ? { text, level: levelOf(paragraph) } : { text }];
  });
}

const cellsOf = (row: XmlElement): string[] =>
  [...found(row, 'a:tc')]
    .filter(({ attributes }) => !/^(?:1|true)$/.test(attributes['hMerge'] ?? ''))
    .map((cell) => paragraphsOf(cell).join(' '));

const wordsOf = (paragraph: XmlElement): string =>
  [...found(paragraph, 'a:t', 'a:br', 'm:t')]
    .map((part) => (part.name === 'a:br' ? '\n' : textIn(part)))
    .join('');

function levelOf(paragraph: XmlElement): number {
  const level = Number(first(paragraph, 'a:pPr')?.attributes['lvl'] ?? 0);
  return level >= 0 ? level : 0;
}

function diagramOf({ attributes }: XmlElement, relations: Relations, parts: Parts): SlideBlock[] {
  const data = parts.get(relations.get(attributes['r:dm'] ?? '')?.target ?? '');
  return data ? wordsOfDiagram(parseXml(data)).map((text) => ({ text, level: 0 })) : [];
}

function notesOf(relations: Relations, parts: Parts): string[] {
  const [notes] = [...relations.values()].filter(({ type }) => type === 'notesSlide');
  const content = notes && parts.get(notes.target);
  if (!content) return [];
  return shapesOf(parseXml(content))
    .filter((shape) => placeholderOf(shape) === 'body')
    .flatMap(paragraphsOf);
}
