import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Inline, parseInline, safeUrl } from '../../src/markdown/inline.ts';
import { type Block, type List, parseMarkdown } from '../../src/markdown/markdown.ts';

const text = (value: string) => ({ type: 'text', text: value });
const BREAK = { type: 'break' };

describe('inline Markdown', () => {
  it.each<[string, unknown[]]>([
    ['plain', [text('plain')]],
    ['a **b** c', [text('a '), { type: 'strong', children: [text('b')] }, text(' c')]],
    ['*Try again*', [{ type: 'em', children: [text('Try again')] }]],
    ['_x_', [{ type: 'em', children: [text('x')] }]],
    [
      '**a *b* c**',
      [
        {
          type: 'strong',
          children: [text('a '), { type: 'em', children: [text('b')] }, text(' c')],
        },
      ],
    ],
    ['say `**now**`', [text('say '), { type: 'code', text: '**now**' }]],
    ['2 * 3 * 4', [text('2 * 3 * 4')]],
    ['snake_case_name', [text('snake_case_name')]],
    ['**open', [text('**open')]],
    ['\\*kept\\*', [text('*'), text('kept'), text('*')]],
    ['a\nb', [text('a'), BREAK, text('b')]],
    ['**“标题”**：大', [{ type: 'strong', children: [text('“标题”')] }, text('：大')]],
  ])('%j', (source, tree) => {
    expect(parseInline(source)).toEqual(tree);
  });

  it('links addresses, without the punctuation behind them', () => {
    const link = {
      type: 'link',
      href: 'https://x.test/a?b=1',
      children: [text('https://x.test/a?b=1')],
    };
    expect(parseInline('See https://x.test/a?b=1.')).toEqual([text('See '), link, text('.')]);
    expect(parseInline('（https://x.test/a?b=1）')).toEqual([text('（'), link, text('）')]);
    expect(parseInline('[here](https://x.test/)')).toEqual([
      { type: 'link', href: 'https://x.test/', children: [text('here')] },
    ]);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '[x](/api/threads)',
    '[x](\u0001javascript:alert(1))',
    '[x](https:javascript)',
  ])('makes no link of %j', (source) => {
    expect(linksIn(parseMarkdown(source))).toEqual([]);
  });
});

describe('blocks', () => {
  it('are paragraphs, headings, quotes and code', () => {
    expect(parseMarkdown('# Title\n\nOne\ntwo\n> said\n```js\n**x**\n\ny\n```\nend')).toEqual([
      { type: 'heading', children: [text('Title')] },
      { type: 'paragraph', children: [text('One'), BREAK, text('two')] },
      { type: 'quote', children: [text('said')] },
      { type: 'code', text: '**x**\n\ny' },
      { type: 'paragraph', children: [text('end')] },
    ]);
  });

  it('are lists, one in the other, with their own numbers', () => {
    const item = (value: string, lists: unknown[] = []) => ({ children: [text(value)], lists });
    expect(parseMarkdown('Choose:\n3. Ratio?\n   - 16:9\n   - 9:16\n4. Music?')).toEqual([
      { type: 'paragraph', children: [text('Choose:')] },
      {
        type: 'list',
        start: 3,
        items: [
          item('Ratio?', [{ type: 'list', start: undefined, items: [item('16:9'), item('9:16')] }]),
          item('Music?'),
        ],
      },
    ]);
  });

  it('include code that is never closed', () => {
    expect(parseMarkdown('```\nopen')).toEqual([{ type: 'code', text: 'open' }]);
  });

  it('end code with the kind of line that began it', () => {
    expect(parseMarkdown('~~~\n```\n~~~\n````\n```\n````')).toEqual([
      { type: 'code', text: '```' },
      { type: 'code', text: '```' },
    ]);
    expect(parseMarkdown('```\n```')).toEqual([{ type: 'code', text: '' }]);
  });

  it('keep the bold of a Chinese label whose colon stands inside of it', () => {
    expect(parseMarkdown('**画幅：**横屏')).toEqual([
      {
        type: 'paragraph',
        children: [{ type: 'strong', children: [text('画幅：')] }, text('横屏')],
      },
    ]);
  });
});

describe('whatever the text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom(...'**__``[]()\\\n -1.>#ah:/😀中'), maxLength: 400 }),
    fc
      .array(
        fc.constantFrom(
          'https://a.test/',
          '[x](',
          '**',
          '```\n',
          '- ',
          'javascript:',
          '<img src=x onerror=alert(1)>',
          '\n',
        ),
      )
      .map((parts) => parts.join('')),
  );

  it('no letter is lost and none is made up', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        // Link targets may vanish behind their words; everything else that is read aloud stays.
        const letters = (value: string) => value.replace(/[^\p{L}]/gu, '');
        const shown = letters(parseMarkdown(source).map(textOf).join(''));
        fc.pre(!source.includes('](') && !source.includes('```'));
        expect(shown).toBe(letters(source));
      }),
    );
  });

  it('links lead to the web and nowhere else', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        for (const href of linksIn(parseMarkdown(source))) expect(safeUrl(href)).toBe(href);
      }),
    );
  });

  it('hostile repetition is parsed in one go', () => {
    for (const piece of [
      '*a ',
      '**',
      '_',
      '`',
      '[',
      '[a](',
      '> ',
      '- ',
      ' - ',
      'h',
      'http://',
      '*_`[',
    ]) {
      expect(parseMarkdown(piece.repeat(20_000)).length).toBeGreaterThan(0);
    }
  });
});

function textOf(block: Block): string {
  if (block.type === 'code') return block.text;
  if (block.type === 'list')
    return block.items
      .map((item) => inlineText(item.children) + item.lists.map(textOf).join(''))
      .join('');
  return inlineText(block.children);
}

function inlineText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'break') return '\n';
      return 'children' in node ? inlineText(node.children) : node.text;
    })
    .join('');
}

function linksIn(blocks: readonly Block[]): string[] {
  const inList = (list: List): string[] =>
    list.items.flatMap((item) => [...inInline(item.children), ...item.lists.flatMap(inList)]);
  const inInline = (nodes: readonly Inline[]): string[] =>
    nodes.flatMap((node) => {
      if (!('children' in node)) return [];
      return [...(node.type === 'link' ? [node.href] : []), ...inInline(node.children)];
    });
  return blocks.flatMap((block) => {
    if (block.type === 'code') return [];
    return block.type === 'list' ? inList(block) : inInline(block.children);
  });
}
