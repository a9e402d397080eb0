/** Names that strangers choose, as they are shown. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameInText, shownName } from '../../../src/conversation/language/shown-name.ts';
import { escapeMarkup } from '../../../src/markdown/escape.ts';
import { parseInline } from '../../../src/markdown/inline.ts';

describe('a name', () => {
  test.each([
    ['without what turns its letters round', 'invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['without isolates and marks of direction', '\u2066a\u2069\u200e\u061cb', 'ab'],
    ['without what has no width', 'pay\u200bpal\u2060\ufeff\u00ad', 'paypal'],
    ['without joiners between plain letters', 'pay\u200dp\u200cal', 'paypal'],
    ['without controls', 'a\u0000\u001b[31m\u0085b', 'a[31m b'],
    ['on one line', 'a\r\n\n  b\u2028c\td', 'a b c d'],
    ['without blanks that are letters', '\u3164\u115f a \u2800', 'a'],
    ['without selectors of variants and tags', 'a\ufe01\u{e0100}\u{e0041}', 'a'],
    ['without halves of characters', 'a\ud800', 'a\ufffd'],
    ['with few marks on a letter', `a${'\u0301'.repeat(50)}b`, `a${'\u0301'.repeat(4)}b`],
    ['with emoji of several parts', '👩‍👩‍👧 👍🏽 ❤️', '👩‍👩‍👧 👍🏽 ❤️'],
    ['with the joiners of Persian and Hindi', 'می‌خواهم क्‍ष', 'می‌خواهم क्‍ष'],
    ['of nothing that is seen is empty', ' \u200b\u202e\u3164', ''],
  ])('%s', (_, name, shown) => expect(shownName(name)).toBe(shown));

  test('is bounded, and a file keeps its ending', () => {
    expect(shownName(`${'a'.repeat(99)}.docx`)).toBe(`${'a'.repeat(55)}….docx`);
    expect(shownName('每'.repeat(5_000_000))).toBe(`${'每'.repeat(60)}…`);
    expect(shownName(`${'a'.repeat(9_000)}.mp4`, 30)).toBe(`${'a'.repeat(26)}….mp4`);
    expect(shownName('👩‍👩‍👧'.repeat(99), 2)).toBe('👩‍👩‍👧👩‍👩‍👧…');
    expect(shownName('👩‍👩‍👧'.repeat(99), 80, 20)).toBe('👩‍👩‍👧👩‍👩‍👧…');
  });

  test('is short, on one line and the same again, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const shown = shownName(name, 60, 60);
        expect(shown.length).toBeLessThanOrEqual(60);
        expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u);
        expect(shownName(shown)).toBe(shown);
      }),
    );
  });
});

describe('in the text of a message', () => {
  test.each([
    ['**a** `b` ~~c~~', '\\*\\*a\\*\\* \\`b\\` \\~\\~c\\~\\~'],
    ['[free](https://evil.example)', '\\[free\\](https://evil.example)'],
    ['<!channel> <@U1>', '\\<!channel\\> \\<@U1\\>'],
    ['_a_ my_first_film.mp4', '\\_a\\_ my_first_film.mp4'],
    ['\u200b', '…'],
  ])('%j has no markup', (name, shown) => expect(nameInText(name)).toBe(shown));

  test('the page shows it as it is', () => {
    const words = '**a** [b](https://c.example) <d> |e| `f` _g_ h_i';
    const shown = parseInline(escapeMarkup(words));
    expect(shown.flatMap((it) => ('text' in it ? it.text : [])).join('')).toContain('**a** [b](');
    expect(shown.filter((it) => it.type !== 'text' && it.type !== 'link')).toEqual([]);
  });
});
