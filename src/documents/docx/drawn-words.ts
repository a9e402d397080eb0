/** Words in the drawings of a Word document: text boxes, shapes, and the diagrams that are called SmartArt. */
import { first, found, textIn, type XmlElement, type XmlNode } from '../markup/xml.ts';

export const hasWords = (element: XmlElement): boolean =>
  [...found(element, 'w:t', 'a:t', 'm:t', 'dgm:relIds')].some(
    (it) => it.name === 'dgm:relIds' || textIn(it).trim() !== '',
  );

/** For each box of a drawing its content, as paragraphs of Word's. */
export function wordsDrawn(
  drawing: XmlElement,
  diagram: (id: string) => readonly string[],
): XmlNode[][] {
  return [...found(drawing, 'w:txbxContent', 'a:txBody', 'dgm:relIds')].flatMap((box) => {
    if (box.name === 'w:txbxContent') return [box.children];
    const texts =
      box.name === 'a:txBody' ? paragraphsOf(box) : diagram(box.attributes['r:dm'] ?? '');
    return texts.length > 0 ? [texts.map(paragraph)] : [];
  });
}

/** The paragraphs of a text of DrawingML that have words. */
export const paragraphsOf = (body: XmlElement): string[] =>
  [...found(body, 'a:p')]
    .map((it) => [...found(it, 'a:t', 'a:br')].map((part) => wordsOf(part)).join(''))
    .filter((text) => text.trim() !== '');

const wordsOf = (part: XmlElement): string => (part.name === 'a:br' ? '\n' : textIn(part));

const paragraph = (text: string): XmlElement => ({
  name: 'w:p',
  attributes: {},
  children: [
    {
      name: 'w:r',
      attributes: {},
      children: [{ name: 'w:t', attributes: { 'xml:space': 'preserve' }, children: [text] }],
    },
  ],
});

/** Points of a diagram that are shapes and lines of its layout; all others have the writer's words. */
const LAYOUT: ReadonlySet<string> = new Set(['pres', 'parTrans', 'sibTrans']);

/** The words of a diagram's data, each point before those that hang from it, in their order. */
export function wordsOfDiagram(model: XmlElement): string[] {
  const texts = new Map<string, string[]>();
  for (const point of found(model, 'dgm:pt')) {
    if (LAYOUT.has(point.attributes['type'] ?? '')) continue;
    const body = first(point, 'dgm:t');
    texts.set(point.attributes['modelId'] ?? '', body ? paragraphsOf(body) : []);
  }
  const below = childrenOf(model);
  const order: string[] = [];
  const seen = new Set<string>();
  const waiting = [...texts.keys()].filter((id) => !below.inner.has(id)).reverse();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    order.push(...(texts.get(id) ?? []));
    waiting.push(...(below.of.get(id) ?? []).toReversed());
  }
  return order;
}

interface Tree {
  readonly of: ReadonlyMap<string, readonly string[]>;
  readonly inner: ReadonlySet<string>;
}

function childrenOf(model: XmlElement): Tree {
  const links = [...found(model, 'dgm:cxn')]
    .map(({ attributes }) => attributes)
    .filter((link) => (link['type'] ?? 'parOf') === 'parOf')
    .toSorted((one, other) => Number(one['srcOrd'] ?? 0) - Number(other['srcOrd'] ?? 0));
  const of = new Map<string, string[]>();
  for (const { srcId = '', destId = '' } of links) {
    const siblings = of.get(srcId);
    if (siblings) siblings.push(destId);
    else of.set(srcId, [destId]);
  }
  return { of, inner: new Set(links.map(({ destId = '' }) => destId)) };
}
