/** A Markdown tree as elements. The server has read the text: the page only draws what it is sent. */
import type { Inline } from '../../../markdown/inline.ts';
import type { Block, List } from '../../../markdown/markdown.ts';
import { type Child, el } from './dom.ts';

export const markdownView = (blocks: readonly Block[]): HTMLElement[] => blocks.map(blockView);

function blockView(block: Block): HTMLElement {
  switch (block.type) {
    case 'paragraph':
      return el('p', {}, ...inline(block.children));
    case 'heading':
      return el('p', { class: 'heading' }, ...inline(block.children));
    case 'quote':
      return el('blockquote', {}, ...inline(block.children));
    case 'code':
      return el('pre', { attrs: { tabindex: 0 } }, el('code', {}, block.text));
    case 'list':
      return listView(block);
  }
}

function listView(list: List): HTMLElement {
  const items = list.items.map((item) =>
    el('li', {}, ...inline(item.children), ...item.lists.map(listView)),
  );
  return list.start === undefined
    ? el('ul', {}, ...items)
    : el('ol', { attrs: { start: list.start } }, ...items);
}

function inline(nodes: readonly Inline[]): Child[] {
  return nodes.map(inlineView);
}

function inlineView(node: Inline): Child {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return el('code', {}, node.text);
    case 'strong':
      return el('strong', {}, ...inline(node.children));
    case 'em':
      return el('em', {}, ...inline(node.children));
    case 'break':
      return el('br');
    case 'link':
      return el(
        'a',
        { attrs: { href: node.href, target: '_blank', rel: 'noopener noreferrer' } },
        ...inline(node.children),
      );
  }
}
