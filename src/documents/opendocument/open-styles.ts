/** What OpenDocument says in its styles and not in its text: which lists are numbered, and what is hidden. */
import { walkXml } from '../markup/xml.ts';

export interface OpenStyles {
  isHidden(style: string): boolean;
  /** `level` counts from 1. */
  isOrdered(style: string, level: number): boolean;
}

export function openStyles(sources: readonly (Uint8Array | undefined)[]): OpenStyles {
  const hidden = new Set<string>();
  const ordered = new Set<string>();
  for (const source of sources) {
    let style = '';
    if (!source) continue;
    walkXml(source, {
      open(name, attributes) {
        if (name === 'style:style' || name === 'text:list-style') {
          style = attributes['style:name'] ?? '';
        } else if (name === 'style:text-properties' && attributes['text:display'] === 'none') {
          hidden.add(style);
        } else if (
          name === 'text:list-level-style-number' &&
          // A level without a form of numbers shows none.
          (attributes['style:num-format'] ?? '') !== ''
        ) {
          ordered.add(`${attributes['text:level'] ?? '1'} ${style}`);
        }
      },
      close(name) {
        if (name === 'style:style' || name === 'text:list-style') style = '';
      },
      words() {},
    });
  }
  hidden.delete('');
  return {
    isHidden: (name) => hidden.has(name),
    isOrdered: (name, level) => ordered.has(`${level} ${name}`),
  };
}
