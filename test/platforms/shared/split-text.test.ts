import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../../src/platforms/shared/split-text.ts';

const visible = (text: string): string => text.replace(/\s+/g, '');
const words = fc.stringMatching(/^[a-z]{1,12}$/);
const prose = fc
  .array(
    fc.tuple(
      fc.oneof(words, fc.constantFrom('海浪。', '👨‍👩‍👧', 'naïve', '世界，', '🇩🇪')),
      fc.constantFrom(' ', '. ', '\n', '\n\n', '! ', '', '  '),
    ),
    { maxLength: 120 },
  )
  .map((pairs) => pairs.map(([word, gap]) => word + gap).join(''));

describe('splitText', () => {
  it('leaves a text that fits as it is', () => {
    expect(splitText('Hello\n\nworld', 20)).toEqual(['Hello\n\nworld']);
    expect(splitText('', 20)).toEqual([]);
    expect(splitText(' \n\t ', 2)).toEqual([]);
  });

  it('cuts between paragraphs first', () => {
    expect(splitText('One. Two.\nThree.\n\nFour five six.', 26)).toEqual([
      'One. Two.\nThree.',
      'Four five six.',
    ]);
  });

  it('then between lines, then between sentences, then between words', () => {
    expect(splitText('One. Two three.\nFour five six seven.', 25)).toEqual([
      'One. Two three.',
      'Four five six seven.',
    ]);
    expect(splitText('One two three. Four five six.', 22)).toEqual([
      'One two three.',
      'Four five six.',
    ]);
    expect(splitText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  it('knows where a Chinese sentence ends', () => {
    expect(splitText('海浪很美。太阳升起了！我们走吧', 13)).toEqual([
      '海浪很美。太阳升起了！',
      '我们走吧',
    ]);
  });

  it('keeps the indentation of a line that begins a part', () => {
    expect(splitText('- one one one\n  - two', 16)).toEqual(['- one one one', '  - two']);
  });

  it('never cuts a family emoji or a surrogate pair in two', () => {
    expect(splitText('👨‍👩‍👧'.repeat(4), 20)).toEqual(['👨‍👩‍👧👨‍👩‍👧', '👨‍👩‍👧👨‍👩‍👧']);
    expect(splitText('😀'.repeat(3), 3)).toEqual(['😀', '😀', '😀']);
  });

  it('closes a code block and opens it again with its language', () => {
    const parts = splitText('```ts\nconst a = 1;\nconst b = 2;\nconst c = 3;\n```\nDone.', 40);
    expect(parts).toEqual([
      '```ts\nconst a = 1;\nconst b = 2;\n```',
      '```ts\nconst c = 3;\n```\nDone.',
    ]);
  });

  it('keeps blank lines and indentation inside a code block', () => {
    const code = 'if (a) {\n    b();\n\n    c();\n}\nelse {\n    d();\n}';
    const parts = splitText(`\`\`\`\n${code}\n\`\`\``, 32);
    expect(parts.length).toBeGreaterThan(1);
    expect(
      parts
        .map((part) => part.replace(/^```\n|\n```$/g, ''))
        .join('\n')
        .replace(/\n+/g, '\n'),
    ).toBe(code.replace(/\n+/g, '\n'));
  });

  it('begins a code block in the next part rather than cutting it', () => {
    const parts = splitText(
      `${'Some words in front. '.repeat(2)}\n\`\`\`\nlet x = 1;\nlet y = 2;\n\`\`\``,
      60,
    );
    expect(parts[1]).toBe('```\nlet x = 1;\nlet y = 2;\n```');
  });

  it('does not break a link', () => {
    const link = '[the finished video](https://example.com/a/b/c.mp4?x=1.2)';
    expect(splitText(`Here it is at last, look: ${link} Enjoy.`, 64)).toContainEqual(
      expect.stringContaining(link),
    );
    expect(splitText(`Look: <https://example.com/x|the finished video> now`, 50)).toContainEqual(
      expect.stringContaining('<https://example.com/x|the finished video>'),
    );
  });

  it('counts as the platform counts', () => {
    const bytes = (text: string) => Buffer.byteLength(text);
    const parts = splitText('海浪很美'.repeat(20), 30, bytes);
    expect(Math.max(...parts.map(bytes))).toBeLessThanOrEqual(30);
    expect(parts.join('')).toBe('海浪很美'.repeat(20));
  });

  it('loses nothing visible and keeps every part within the limit', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 10, max: 80 }), (text, limit) => {
        const parts = splitText(text, limit);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
        expect(visible(parts.join(''))).toBe(visible(text));
      }),
    );
  });

  it('does so for any characters at all, however small the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 2, max: 40 }),
        (raw, limit) => {
          const text = raw.replace(/[`~]/g, '');
          const parts = splitText(text, limit);
          for (const part of parts) {
            expect(part.length).toBeLessThanOrEqual(limit);
            expect(part.isWellFormed()).toBe(true);
          }
          expect(visible(parts.join(''))).toBe(visible(text));
        },
      ),
    );
  });

  it('every part of a text with code blocks has its blocks closed, and no line of code is lost', () => {
    const block = fc
      .tuple(fc.constantFrom('', 'ts', 'python'), fc.array(words, { minLength: 1, maxLength: 30 }))
      .map(([info, lines]) => `\`\`\`${info}\n${lines.join('\n')}\n\`\`\``);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(block, words), { maxLength: 8 }),
        fc.integer({ min: 40, max: 120 }),
        (blocks, limit) => {
          const text = blocks.join('\n\n');
          const parts = splitText(text, limit);
          for (const part of parts) {
            expect(part.length).toBeLessThanOrEqual(limit);
            expect((part.match(/^```/gm) ?? []).length % 2).toBe(0);
          }
          const content = (it: string) =>
            it.split('\n').filter((line) => line !== '' && !line.startsWith('```'));
          expect(parts.flatMap(content)).toEqual(content(text));
        },
      ),
    );
  });

  it('is quick with two million characters', () => {
    const text = 'word '.repeat(400_000);
    const parts = splitText(text, 2000);
    expect(visible(parts.join(''))).toHaveLength(1_600_000);
  });
});
