/**
 * How much a decoded text looks like something that people write. Detectors of encodings count pairs
 * of bytes and need a page of them; a script of one line is told by whether its characters are ones
 * that are used.
 */

/** Of Chinese in both scripts: what makes up about half of any text, and a few words of film. */
const COMMON_HAN =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实這個們來為國說時會對發後過經麼學現當沒動還進樣裡裏開從實與無問間海水光手头頭场場第镜鏡慢';
/** Of Korean syllables, the ones of endings, particles and the commonest words. */
const COMMON_HANGUL =
  '이다는을의에가하고한지도로사아기서나리를은들어그대해수시자인있었것만전보정부여장라요습니안게면세소일상성과주우';
const COMMON = new Set(COMMON_HAN + COMMON_HANGUL);

/** The first level of the national character sets: what newspapers are written with. */
const EVERYDAY = new Set([
  ...rows('gb18030', 0xb0, 0xd7, 0xa1),
  ...rows('big5', 0xa4, 0xc6, 0x40),
  ...rows('shift_jis', 0x89, 0x97, 0x40),
  ...rows('euc-kr', 0xb0, 0xc8, 0xa1),
]);

function rows(encoding: string, first: number, last: number, from: number): string {
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead += 1) {
    for (let trail = from; trail < 0xff; trail += 1) {
      if (trail < 0x7f || trail >= 0xa1) bytes.push(lead, trail);
    }
  }
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes)).replaceAll('\ufffd', '');
}

const KANA = /[\u3041-\u3096\u30a1-\u30fc]/;
const MARK = /[\u3001-\u3003\u3008-\u3011\uff01-\uff1f\u2014-\u2026]/;

/**
 * 0 to 1: how familiar the characters outside ASCII are to a reader of Chinese or Korean, or, with
 * `japanese`, of Japanese.
 */
export function familiarity(text: string, japanese: boolean): number {
  let letters = 0;
  let points = 0;
  for (const character of text) {
    if (character < '\x80') continue;
    letters += 1;
    if (COMMON.has(character)) points += 1;
    else if (MARK.test(character)) points += 0.8;
    else if (KANA.test(character)) points += japanese ? 0.8 : 0.2;
    else if (EVERYDAY.has(character)) points += 0.4;
  }
  return letters === 0 ? 0 : points / letters;
}

/**
 * What a wrong encoding makes of letters: signs and frames inside of words, capitals after small
 * letters, alphabets mixed in one word, spaces in Chinese and its stops in Korean, control characters.
 */
const ODD = new RegExp(
  [
    String.raw`[\x80-\x84\x86-\x9f\u00a4\u2202\u2206\u220f\u2211\u221a\u222b\u25ca\u2500-\u259f\uff61-\uff9f\ue000-\uf8ff]`,
    String.raw`(?<=\p{L})[¡¢£¥¦§¨©ª¬®¯°±²³¶¸¹º¼½¾¿†‡ˆ˜‰‹›]+(?=\p{L})`,
    String.raw`\b[¡¢£¥¦§¨©¬®¯±²³¶¸¼½¾×÷ˆ˜]+(?=\p{Ll})`,
    String.raw`(?<=\p{Ll})[¦±¶¹¼¾](?!\p{L})`,
    String.raw`(?<=\p{Ll})(?![A-Z])\p{Lu}`,
    String.raw`(?<!\p{L})’(?=\p{Script=Greek})`,
    String.raw`(?<=\p{Script=Han}) (?=\p{Script=Han})|(?<=\p{Script=Hangul})[，。：]`,
    String.raw`(?<=\p{Script=Latin})[\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Thai}]`,
    String.raw`(?<=[\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Thai}])\p{Script=Latin}`,
  ].join('|'),
  'gu',
);

/** 0 to 1: the share of the characters outside ASCII that no writer would have put there. */
export function oddity(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x80) letters += 1;
  let odd = 0;
  for (const [found] of text.matchAll(ODD)) odd += found.length;
  return letters === 0 ? 0 : Math.min(1, odd / letters);
}
