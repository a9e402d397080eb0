/**
 * Prepares the body of a Word document for mammoth, which knows the markup of ordinary documents and
 * passes over the rest, text and all.
 */
import { writeXml } from '../markup/write-xml.ts';
import { first, found, isElement, textIn, type XmlElement, type XmlNode } from '../markup/xml.ts';
import { hasWords, wordsDrawn } from './drawn-words.ts';

/** An HTML id of this form, in a list item, tells which of Word's numberings counts it. */
export const NUMBERING_ID = 'numbering-';

/** Runs of this highlight are hidden text. Word's own highlights are names of colours. */
export const HIDDEN = 'hidden';

/** What the body only points at. */
export interface Elsewhere {
  /** The words of a diagram's parts, by the id of its data. */
  diagram(id: string): readonly string[];
  /** A text that stands for a part in another format until it is read. */
  chunk(id: string): string;
}

/** Around text that is part of the sentence: mail merge and other fields, direction of writing, formulas on a line of their own. */
const WRAPPERS: ReadonlySet<string> = new Set([
  ...['w:fldSimple', 'w:dir', 'w:bdo', 'w:ruby', 'w:rubyBase', 'm:oMathPara'],
]);

/** The text stays the same; only markup is changed. */
export function preparedMarkup(root: XmlElement, elsewhere: Elsewhere): string {
  return writeXml({ ...root, children: prepared(root.children, elsewhere) });
}

const prepared = (nodes: readonly XmlNode[], elsewhere: Elsewhere): XmlNode[] =>
  nodes.flatMap((node) => (isElement(node) ? preparedElement(node, elsewhere) : [node]));

function preparedElement(element: XmlElement, elsewhere: Elsewhere): XmlNode[] {
  const { name, attributes, children } = element;
  const inside = () => prepared(children, elsewhere);
  if (WRAPPERS.has(name)) return inside();
  switch (name) {
    // Above the characters of East Asian text: how they are pronounced.
    case 'w:rt':
      return [];
    case 'm:oMath':
      return [run([...found(element, 'm:t')].map(textIn).join(''))];
    case 'mc:AlternateContent':
      return prepared(oneOf(element), elsewhere);
    case 'w:drawing':
      return preparedDrawing(element, elsewhere);
    case 'w:sdt':
      // "Click here to enter text" is the form's word, not the writer's.
      return isPlaceholder(element) ? [] : [{ ...element, children: inside() }];
    case 'w:pPr':
      return [element, ...numberingMark(element)];
    case 'w:cr':
      return [{ ...element, name: 'w:br' }];
    case 'w:vanish':
      return isOff(attributes['w:val'])
        ? []
        : [{ name: 'w:highlight', attributes: { 'w:val': HIDDEN }, children: [] }];
    case 'w:altChunk':
      return [paragraph([run(elsewhere.chunk(attributes['r:id'] ?? ''))])];
    default:
      return [{ ...element, children: inside() }];
  }
}

/** A drawing in its new form, or in the old one that was written for other readers: one of them, never both. */
function oneOf(either: XmlElement): readonly XmlNode[] {
  const fallback = first(either, 'mc:Fallback');
  const choice = first(either, 'mc:Choice');
  const old = fallback && (hasWords(fallback) || !choice || !hasWords(choice));
  return (old ? fallback : choice)?.children ?? [];
}

/** mammoth looks for text boxes in the old form of drawings alone. */
function preparedDrawing(drawing: XmlElement, elsewhere: Elsewhere): XmlNode[] {
  const boxes = wordsDrawn(drawing, elsewhere.diagram).map((box) => prepared(box, elsewhere));
  if (boxes.length === 0) return [drawing];
  const contents = boxes.map((children) => ({ name: 'w:txbxContent', attributes: {}, children }));
  return [{ name: 'w:pict', attributes: {}, children: contents }];
}

function isPlaceholder(control: XmlElement): boolean {
  const properties = control.children.filter(isElement).find(({ name }) => name === 'w:sdtPr');
  const shown = properties && first(properties, 'w:showingPlcHdr');
  return shown !== undefined && !isOff(shown.attributes['w:val']);
}

const isOff = (value: string | undefined): boolean =>
  value === '0' || value === 'false' || value === 'off';

/** Lists with one number are counted through, whatever stands between their items. */
function numberingMark(properties: XmlElement): XmlElement[] {
  const { attributes } = first(properties, 'w:numId') ?? first(properties, 'w:pStyle') ?? {};
  const name = /^\w+$/.exec(attributes?.['w:val'] ?? '')?.[0];
  if (name === undefined) return [];
  const mark = { 'w:id': '0', 'w:name': `${NUMBERING_ID}${name}` };
  return [{ name: 'w:bookmarkStart', attributes: mark, children: [] }];
}

const run = (text: string): XmlElement => ({
  name: 'w:r',
  attributes: {},
  children: [{ name: 'w:t', attributes: { 'xml:space': 'preserve' }, children: [text] }],
});

const paragraph = (children: XmlNode[]): XmlElement => ({ name: 'w:p', attributes: {}, children });
