import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/documents/text/decode-text.ts';
import { encoderFor } from '../encode.ts';
import {
  ARABIC,
  CHINESE,
  CZECH,
  ENGLISH,
  FRENCH,
  GERMAN,
  GREEK,
  HEBREW,
  JAPANESE,
  KOREAN,
  POLISH,
  RUSSIAN,
  TAIWAN,
  THAI,
  TURKISH,
} from '../sentences.ts';

describe('decodeText', () => {
  it.each([
    ['gb18030', CHINESE, 1],
    ['big5', TAIWAN, 1],
    ['shift_jis', JAPANESE, 1],
    ['euc-jp', JAPANESE, 1],
    ['euc-kr', KOREAN, 1],
    ['windows-1251', RUSSIAN, 1],
    ['koi8-r', RUSSIAN, 1],
    ['ibm866', RUSSIAN, 4],
    ['windows-1252', FRENCH, 1],
    ['windows-1252', GERMAN, 1],
    ['iso-8859-2', POLISH, 1],
    ['windows-1250', POLISH, 2],
    ['windows-1250', ['Zażółć gęślą jaźń', 'Małe miasto nad rzeką'], 1],
    ['windows-1250', CZECH, 3],
    ['windows-1253', GREEK, 1],
    ['windows-1254', TURKISH, 3],
    ['windows-1255', HEBREW, 1],
    ['windows-1256', ARABIC, 2],
    ['windows-874', THAI, 3],
    ['macintosh', FRENCH, 1],
  ] as const)(
    '%s: sentences come back as they were (%j, %i or more)',
    (encoding, sentences, least) => {
      const encode = encoderFor(encoding);
      fc.assert(
        fc.property(
          fc.shuffledSubarray([...sentences], { minLength: least }),
          fc.constantFrom('\n', '\r\n', ' '),
          (chosen, between) => {
            const text = chosen.join(between);
            expect(decodeText(encode(text))).toBe(text);
          },
        ),
      );
    },
  );

  const everything = [
    ...ENGLISH,
    ...CHINESE,
    ...JAPANESE,
    ...KOREAN,
    ...RUSSIAN,
    ...FRENCH,
    ...ARABIC,
  ];
  const mixed = fc
    .shuffledSubarray(everything, { minLength: 1 })
    .map((chosen) => chosen.join('\n'));
  const little = (text: string) => Buffer.from(text, 'utf16le');
  const big = (text: string) => little(text).swap16();

  it('UTF-8 with and without a mark, whatever the text', () => {
    const anything = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((it) => !/\p{Cc}|\ufeff/u.test(it));
    fc.assert(
      fc.property(fc.oneof(mixed, anything), (text) => {
        expect(decodeText(Buffer.from(text))).toBe(text);
        expect(decodeText(Buffer.from(`\ufeff${text}`))).toBe(text);
      }),
    );
  });

  it('UTF-16 of both orders, with a mark', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        expect(decodeText(little(`\ufeff${text}`))).toBe(text);
        expect(decodeText(big(`\ufeff${text}`))).toBe(text);
      }),
    );
  });

  it('UTF-16 of both orders, without a mark, in any script', () => {
    const twoLines = fc
      .shuffledSubarray(everything, { minLength: 2 })
      .map((chosen) => chosen.join('\r\n'));
    fc.assert(
      fc.property(twoLines, (text) => {
        expect(decodeText(little(text))).toBe(text);
        expect(decodeText(big(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['caf\xe9', 'café'],
    ['Only \xa35', 'Only £5'],
    ['\x93Quiet\x94 \x96 she said', '“Quiet” – she said'],
  ])('a single odd byte among plain letters is Western: %j', (bytes, text) => {
    expect(decodeText(Buffer.from(bytes, 'latin1'))).toBe(text);
  });

  it('one broken byte does not turn Chinese into something else', () => {
    const bytes = encoderFor('gb18030')(CHINESE.join(''));
    bytes[41] = 0xff;
    expect(decodeText(bytes)).toMatch(/^清晨的港口，.*海边走了很长时间。$/s);
  });

  it.each([
    ['海边', [0xba, 0xa3, 0xb1, 0xdf]],
    ['第一场', [0xb5, 0xda, 0xd2, 0xbb, 0xb3, 0xa1]],
    [
      'Scene 1 海邊 清晨，波浪。',
      [...Buffer.from('5363656e65203120aefcc3e420b24db1e1a141aa69aef6a143', 'hex')],
    ],
    ['안녕하세요', [0xbe, 0xc8, 0xb3, 0xe7, 0xc7, 0xcf, 0xbc, 0xbc, 0xbf, 0xe4]],
    ['夜明け', [...Buffer.from('\x1b$BLkL@$1\x1b(B', 'latin1')]],
    ['清晨的𠀀海浪。', [...Buffer.from('c7e5b3bfb5c495328236baa3c0cba1a3', 'hex')]],
    ['Scene 1 海边 清晨，波浪。', [...encoderFor('gbk')('Scene 1 海边 清晨，波浪。')]],
    ['产品介绍', [...encoderFor('gbk')('产品介绍')]],
    ['產品介紹', [...encoderFor('big5')('產品介紹')]],
    ['新商品のご紹介', [...encoderFor('shift_jis')('新商品のご紹介')]],
    ['新商品のご紹介', [...encoderFor('euc-jp')('新商品のご紹介')]],
    ['제품 소개', [...encoderFor('euc-kr')('제품 소개')]],
    ['Straße', [...Buffer.from('Stra\xdfe', 'latin1')]],
    ['Smørrebrød', [...Buffer.from('Sm\xf8rrebr\xf8d', 'latin1')]],
    ['100 % français', [...Buffer.from('100 % fran\xe7ais', 'latin1')]],
    ['L’ÉTÉ', [...Buffer.from('L\x92\xc9T\xc9', 'latin1')]],
    ['5 € un œuf', [...Buffer.from('5 \xa4 un \xbduf', 'latin1')]],
  ])('a word or two are enough: %s', (text, bytes) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe(text);
  });

  it.each([CHINESE, FRENCH, RUSSIAN])(
    'a broken byte leaves UTF-8 what it is: %s',
    (...sentences) => {
      const whole = sentences.join('\n');
      const bytes = Buffer.from(whole);
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), (at) => {
          const broken = Buffer.from(bytes);
          broken[at] = 0xff;
          const text = decodeText(broken) ?? '';
          expect(text).toContain('\ufffd');
          const lost = whole.length - text.replaceAll('\ufffd', '').length;
          expect(lost).toBeLessThanOrEqual(1);
        }),
      );
    },
  );

  it('a text that is cut in the middle of a character is still text', () => {
    const bytes = Buffer.from(CHINESE.join(''));
    expect(decodeText(bytes.subarray(0, -1))).toMatch(/很长时间\ufffd$/);
  });

  it('control characters alone are no text, in any encoding', () => {
    const control = fc.integer({ min: 0, max: 0x1f }).filter((byte) => byte < 9 || byte > 13);
    fc.assert(
      fc.property(fc.array(control, { minLength: 3, maxLength: 500 }), (bytes) => {
        const text = decodeText(Uint8Array.from(bytes)) ?? '';
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the subject
        expect(text).toMatch(/^[\0-\x1f]*$/);
      }),
    );
  });

  it.each([
    ['a form feed between pages', 'One.\fTwo.'],
    ['the end mark of DOS', 'One.\r\n\x1a'],
    ['a line end of Word', 'One.\vTwo.'],
    ['colours of a terminal', '\x1b[31mRed\x1b[0m sea, \x1b[1mquiet\x1b[0m'],
    ['a bell', 'One \x07 stray'],
  ])('a text may have %s', (_, text) => {
    expect(decodeText(Buffer.from(text))).toBe(text);
  });

  it('binary data is no text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 200, maxLength: 2000, size: 'max' }), (noise) => {
        const binary = Uint8Array.from(noise, (byte, at) =>
          at % 16 === 0 ? 0 : at % 16 === 5 ? byte & 7 : byte,
        );
        if (new Set(noise).size > 60) expect(decodeText(binary)).toBeUndefined();
      }),
    );
    expect(decodeText(Buffer.from('plain, and then\0\0\0\0'))).toBeUndefined();
  });
});
