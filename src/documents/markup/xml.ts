/**
 * XML of office documents, by namespace: prefixes are a document's own choice. Declarations of entities are
 * refused, not expanded; depth and number of elements are bounded.
 */
import { Parser } from 'htmlparser2';
import { DocumentUnreadable } from '../document.ts';
import { PREFIX_OF } from './xml-spaces.ts';

export type Attributes = Readonly<Record<string, string>>;

/** Names have the prefixes of `xml-spaces.ts`; those of any other namespace begin with `?:`. */
export interface XmlEvents {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  words(text: string): void;
}

/** Word nests some twenty elements deep; recursion in the readers has to end. */
const MOST_DEPTH = 400;
/** A book has a tenth of it. */
const MOST_ELEMENTS = 1_000_000;

const NO_SCOPE: ReadonlyMap<string, string> = new Map();

/** Throws `DocumentUnreadable` where the text is no well-formed XML, or too much of it. */
export function walkXml(bytes: Uint8Array, events: XmlEvents): void {
  const scopes = [NO_SCOPE];
  const names: string[] = [];
  let elements = 0;
  let openedAt = -1;
  const parser: Parser = new Parser(
    {
      onopentag(tag, attributes) {
        elements += 1;
        if (elements > MOST_ELEMENTS) throw tooLarge('elements');
        if (names.length === MOST_DEPTH) throw damaged('its elements lie too deep');
        openedAt = parser.startIndex;
        const scope = scopeOf(scopes.at(-1) ?? NO_SCOPE, attributes);
        scopes.push(scope);
        const name = nameIn(scope, tag, scope.get(''));
        names.push(name);
        events.open(name, attributesIn(scope, attributes));
      },
      onclosetag(_tag, isImplied) {
        // An element that closes itself does so where it was opened; any other was left open by the one around it.
        if (isImplied && parser.startIndex !== openedAt) throw damaged('an element has no end');
        scopes.pop();
        const name = names.pop();
        if (name !== undefined) events.close(name);
      },
      ontext: (text) => events.words(text),
      onprocessinginstruction(_name, text) {
        if (/^!doctype[^>]*\[/i.test(text)) throw damaged('it declares entities');
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(textOf(bytes));
  if (names.length > 0 || elements === 0) throw damaged('its elements have no end');
  parser.end();
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: Attributes;
  children: XmlNode[];
}
export type XmlNode = XmlElement | string;

/** The root element. Throws `DocumentUnreadable`. */
export function parseXml(bytes: Uint8Array): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [] };
  const open = [top];
  walkXml(bytes, {
    open(name, attributes) {
      const element: XmlElement = { name, attributes, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    close: () => void open.pop(),
    words: (text) => void open.at(-1)?.children.push(text),
  });
  const root = top.children.find(isElement);
  if (!root) throw damaged('it has no element');
  return root;
}

export const isElement = (node: XmlNode): node is XmlElement => typeof node !== 'string';

/** All elements of these names, in order; inside of one that is found is not looked. */
export function* found(element: XmlElement, ...names: readonly string[]): Generator<XmlElement> {
  for (const child of element.children) {
    if (!isElement(child)) continue;
    if (names.includes(child.name)) yield child;
    else yield* found(child, ...names);
  }
}

export const first = (element: XmlElement, ...names: readonly string[]): XmlElement | undefined =>
  found(element, ...names).next().value ?? undefined;

export const textIn = (element: XmlElement): string =>
  element.children.map((child) => (isElement(child) ? textIn(child) : child)).join('');

function scopeOf(
  outer: ReadonlyMap<string, string>,
  attributes: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  let scope: Map<string, string> | undefined;
  for (const key in attributes) {
    if (!key.startsWith('xmlns')) continue;
    scope ??= new Map(outer);
    scope.set(key.slice('xmlns:'.length), attributes[key] ?? '');
    if (scope.size > MOST_PREFIXES) throw damaged('it has too many prefixes');
  }
  return scope ?? outer;
}

const MOST_PREFIXES = 200;

/** `alone`: the namespace of a name without a prefix. */
function nameIn(scope: ReadonlyMap<string, string>, name: string, alone?: string): string {
  const colon = name.indexOf(':');
  const space = colon < 0 ? alone : scope.get(name.slice(0, colon));
  if (colon < 0 && (space === undefined || space === '')) return name;
  return `${PREFIX_OF.get(space ?? '') ?? '?'}:${name.slice(colon + 1)}`;
}

function attributesIn(
  scope: ReadonlyMap<string, string>,
  attributes: Readonly<Record<string, string>>,
): Attributes {
  const named: Record<string, string> = Object.create(null);
  for (const key in attributes) {
    if (key.startsWith('xmlns')) continue;
    named[key.startsWith('xml:') ? key : nameIn(scope, key)] = attributes[key] ?? '';
  }
  return named;
}

/** XML says in its first bytes whether it is UTF-16; other encodings do not happen in office documents. */
function textOf(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const swapped = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  const encoding = wide ? 'utf-16le' : swapped ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

const damaged = (what: string) => new DocumentUnreadable('damaged', `XML is damaged: ${what}`);
const tooLarge = (what: string) => new DocumentUnreadable('too-large', `XML has too many ${what}`);
