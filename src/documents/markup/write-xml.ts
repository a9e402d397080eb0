/** Writes XML for a library that reads it again. Elements of namespaces that nobody here knows are left out. */
import { isElement, type XmlElement, type XmlNode } from './xml.ts';
import { DECLARATIONS } from './xml-spaces.ts';

export function writeXml(root: XmlElement): string {
  const parts: string[] = [];
  write(root, DECLARATIONS, parts);
  return parts.join('');
}

function write(node: XmlNode, declarations: string, parts: string[]): void {
  if (!isElement(node)) {
    parts.push(escaped(node));
    return;
  }
  const { name, attributes, children } = node;
  if (name.startsWith('?')) return;
  parts.push('<', name, declarations);
  for (const key in attributes) {
    if (!key.startsWith('?')) parts.push(' ', key, '="', escaped(attributes[key] ?? ''), '"');
  }
  parts.push('>');
  for (const child of children) write(child, '', parts);
  parts.push('</', name, '>');
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
