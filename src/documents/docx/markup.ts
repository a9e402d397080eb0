/**
 * Prepares the XML of a Word document for mammoth, which knows the markup of ordinary documents and
 * passes over the rest, text and all.
 */

/** An HTML id of this form, in a list item, tells which of Word's numberings counts it. */
export const NUMBERING_ID = 'numbering-';

/** Runs of this highlight are hidden text. Word's own highlights are names of colours. */
export const HIDDEN = 'hidden';

/** Around text that is part of the sentence: mail merge and other fields, direction of writing. */
const WRAPPER = /<\/?w:(?:fldSimple|dir|bdo|ruby|rubyBase)(?:\s[^<>]*)?>/g;
const VANISH = /<w:vanish\s*(?:w:val="(?:1|true|on)"\s*)?\/>/g;

/** Above the characters of East Asian text: how they are pronounced. */
const PRONUNCIATION: Tagged = { opening: /<w:rt>/g, closing: '</w:rt>' };
const FORMULA: Tagged = { opening: /<m:oMath(?:\s[^<>]*)?>/g, closing: '</m:oMath>' };
const FORMULA_TEXT = /<m:t(?:\s[^<>]*)?>([^<]*)<\/m:t>/g;
/** A drawing in its new form and, for readers like mammoth, in the old one, which some programs leave out. */
const EITHER: Tagged = {
  opening: /<mc:AlternateContent(?:\s[^<>]*)?>/g,
  closing: '</mc:AlternateContent>',
};
const TEXT_BOX: Tagged = { opening: /<w:txbxContent>/g, closing: '</w:txbxContent>' };
const PROPERTIES: Tagged = { opening: /<w:pPr>/g, closing: '</w:pPr>' };

/** The text stays the same; only markup is changed. The prefixes are those of all word processors. */
export function preparedMarkup(xml: string): string {
  let prepared = replaced(xml, PRONUNCIATION, () => '');
  prepared = replaced(prepared, FORMULA, formulaRun);
  prepared = replaced(prepared, EITHER, withTextBoxes);
  prepared = replaced(prepared, PROPERTIES, (properties) => properties + numberingMark(properties));
  return prepared
    .replace(WRAPPER, '')
    .replace(VANISH, `<w:highlight w:val="${HIDDEN}"/>`)
    .replace(/<w:cr\/>/g, '<w:br/>');
}

interface Tagged {
  /** With the flag `g`. */
  readonly opening: RegExp;
  readonly closing: string;
}

/**
 * Of elements in elements of the same name, the outer one up to the end of the inner one. By hand,
 * since a pattern for "up to the end" looks through the whole rest again for each that has no end.
 */
function replaced(xml: string, element: Tagged, replacement: (whole: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { index } of xml.matchAll(element.opening)) {
    if (index < at) continue;
    const closing = xml.indexOf(element.closing, index);
    if (closing < 0) break;
    const end = closing + element.closing.length;
    parts.push(xml.slice(at, index), replacement(xml.slice(index, end)));
    at = end;
  }
  return parts.join('') + xml.slice(at);
}

function formulaRun(formula: string): string {
  const text = [...formula.matchAll(FORMULA_TEXT)].map(([, part]) => part).join('');
  return `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

function withTextBoxes(drawing: string): string {
  const [choice = '', fallback = ''] = drawing.split(/(?=<mc:Fallback)/, 2);
  const isOuter = drawing.lastIndexOf('<mc:AlternateContent') > 0;
  if (isOuter || fallback.includes('<w:txbxContent>')) return drawing;
  const boxes: string[] = [];
  replaced(choice, TEXT_BOX, (box) => {
    boxes.push(box);
    return box;
  });
  return boxes.length === 0 ? drawing : `<w:pict>${boxes.join('')}</w:pict>`;
}

/** Lists with one number are counted through, whatever stands between their items. */
function numberingMark(properties: string): string {
  const name =
    /<w:numId w:val="(\w+)"/.exec(properties)?.[1] ??
    /<w:pStyle w:val="(\w+)"/.exec(properties)?.[1];
  return name === undefined ? '' : `<w:bookmarkStart w:id="0" w:name="${NUMBERING_ID}${name}"/>`;
}
