import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/documents/decode-text.ts';

const ENGLISH = [
  'The sea is quiet at dawn.',
  'A hand lifts the can.',
  'Gulls cross the harbour.',
  'The crew waits for the light.',
];
const CHINESE = [
  '清晨的港口，海浪轻轻拍打着岸边。',
  '镜头慢慢推近，一只手拿起饮料。',
  '这是我们的新产品，大家都很喜欢。',
  '最后出现品牌标志，配上轻快的音乐。',
  '他们在海边走了很长时间。',
];
const TAIWAN = [
  '清晨的港口，海浪輕輕拍打著岸邊。',
  '鏡頭慢慢推近，一隻手拿起飲料。',
  '這是我們的新產品，大家都很喜歡。',
  '最後出現品牌標誌，配上輕快的音樂。',
  '他們在海邊走了很長時間。',
];
const JAPANESE = [
  '夜明けの港で、波が静かに岸を打っています。',
  'カメラがゆっくり近づきます。',
  'これは私たちの新しい飲み物です。',
  '最後にロゴが出て、音楽が流れます。',
];
const KOREAN = [
  '새벽의 항구에서 파도가 잔잔하게 밀려옵니다.',
  '카메라가 천천히 다가갑니다.',
  '이것은 우리의 새로운 음료입니다.',
  '마지막에 로고가 나오고 음악이 흐릅니다.',
];
const RUSSIAN = [
  'На рассвете волны тихо бьют о берег.',
  'Камера медленно приближается.',
  'Это наш новый напиток.',
  'В конце появляется логотип и звучит музыка.',
];
const FRENCH = [
  'L’été s’achève déjà près de la mer.',
  'La caméra s’approche très lentement.',
  'À la fin, le générique défile à l’écran.',
  'Où êtes-vous passés cette année ?',
];
const GERMAN = [
  'Früh am Morgen schlägt die Brandung ans Ufer.',
  'Die Möwen müssen über die Straße.',
  'Das schöne Getränk schmeckt süß.',
  'Zum Schluß hört man Geräusche.',
];
const GREEK = [
  'Η θάλασσα είναι ήρεμη την αυγή.',
  'Η κάμερα πλησιάζει αργά το λιμάνι.',
  'Στο τέλος ακούγεται μουσική.',
  'Αυτό είναι το νέο μας ποτό.',
];
const HEBREW = [
  'הים שקט והמצלמה מתקרבת לאט אל הנמל.',
  'בסוף נשמעת מוזיקה שקטה.',
  'זה המשקה החדש שלנו.',
  'השחפים עפים מעל הגלים.',
];
const ARABIC = [
  'البحر هادئ عند الفجر.',
  'تقترب الكاميرا ببطء من الميناء.',
  'في النهاية تظهر العلامة وتبدأ الموسيقى.',
  'هذا هو مشروبنا الجديد.',
];

/** What the platform can decode it can encode, by trying every sequence of one and two bytes. */
function encoderFor(encoding: string): (text: string) => Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, readonly number[]>();
  const learn = (...bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes);
    } catch {
      // No character has these bytes.
    }
  };
  for (let one = 0; one < 256; one += 1) learn(one);
  for (let one = 0x81; one < 0xff; one += 1)
    for (let two = 0x40; two < 0xff; two += 1) learn(one, two);
  return (text) =>
    Uint8Array.from(
      [...text].flatMap((character) => {
        const bytes = table.get(character);
        if (!bytes) throw new Error(`${encoding} has no ${character}`);
        return bytes;
      }),
    );
}

describe('decodeText', () => {
  it.each([
    ['gb18030', CHINESE, 2],
    ['big5', TAIWAN, 2],
    ['shift_jis', JAPANESE, 2],
    ['euc-jp', JAPANESE, 2],
    ['euc-kr', KOREAN, 2],
    ['windows-1251', RUSSIAN, 2],
    ['koi8-r', RUSSIAN, 2],
    ['windows-1252', FRENCH, 2],
    ['windows-1252', GERMAN, 2],
    ['windows-1253', GREEK, 2],
    ['windows-1255', HEBREW, 2],
    ['windows-1256', ARABIC, 2],
  ] as const)(
    '%s: any two or more sentences come back as they were (%j)',
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

  it('a text that is cut in the middle of a character is still text', () => {
    const bytes = Buffer.from(CHINESE.join(''));
    expect(decodeText(bytes.subarray(0, -1))).toMatch(/很长时间\ufffd$/);
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
