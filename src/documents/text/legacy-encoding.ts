/** Which of the encodings from before Unicode a text was saved in. */
import { analyse } from 'chardet';
import { familiarity, oddity } from './plausible-text.ts';

/** Each of their letters is told by two bytes, most of the time. */
const WIDE: ReadonlySet<string> = new Set(['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr']);

const JAPANESE: ReadonlySet<string> = new Set(['shift_jis', 'euc-jp']);

/** The Ukrainian one has letters where the Russian one has frames; Windows' own is the one that files are in. */
const WIDER: Readonly<Record<string, string>> = {
  'koi8-r': 'koi8-u',
  'iso-8859-2': 'windows-1250',
};

/** What the detector does not know, or takes for a relative: they win where they read better. */
const RELATIVES = [
  'windows-1250',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1253',
  'ibm866',
  'macintosh',
  'windows-874',
];

/** Worth of a text whose every character is familiar. */
const FAMILIAR = 80;

/** Three words of a language reach 10 in the detector. */
const LIKELY = 8;

/** In bytes: too few of them to be told from noise by statistics. */
const SHORT = 32;

/**
 * The name for a `TextDecoder`, or undefined: noise. Weighs what the detector finds likely against how
 * well it decodes: a broken byte is no reason to take a Chinese text for Russian, but a text of broken
 * bytes is no Chinese.
 */
export function legacyEncoding(sample: Uint8Array): string | undefined {
  const western = isWestern(sample);
  const candidates = new Map(western ? [] : [...WIDE].map((name) => [name, 0]));
  let foremost = 0;
  for (const { name, confidence } of analyse(sample)) {
    const known = decoderName(name);
    if (known === undefined || (western && WIDE.has(known))) continue;
    candidates.set(known, Math.max(confidence, candidates.get(known) ?? 0));
    if (!WIDE.has(known)) foremost = Math.max(foremost, confidence);
  }
  for (const name of RELATIVES) {
    candidates.set(name, Math.max(0.97 * foremost, candidates.get(name) ?? 0));
  }
  let best = { name: 'windows-1252', score: 0 };
  for (const [name, confidence] of candidates) {
    const text = new TextDecoder(name).decode(sample);
    const whole = 1 - (20 * lostCharacters(text)) / Math.max(1, text.length);
    const likely =
      confidence + (WIDE.has(name) ? FAMILIAR * familiarity(text, JAPANESE.has(name)) : 0);
    const score = likely * Math.max(0, whole) * Math.max(0, 1 - 2 * oddity(text));
    if (score > best.score) best = { name, score };
  }
  // Noise always fits some encoding a little. A few odd bytes among plain letters are no noise.
  const certain = best.score >= LIKELY || isMostlyAscii(sample) || sample.length < SHORT;
  return certain ? best.name : undefined;
}

/** Zeros, characters that could not be decoded, and those that Unicode leaves to private agreement. */
export function lostCharacters(text: string): number {
  let lost = 0;
  // A loop, because a list of matches of a large binary file would be larger than the file.
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd || unit === 0 || (unit >= 0xe000 && unit <= 0xf8ff)) lost += 1;
  }
  return lost;
}

/** Undefined: unknown here, or one of the Unicode encodings, which were looked for before. */
function decoderName(detected: string): string | undefined {
  if (/^utf-/i.test(detected)) return undefined;
  try {
    const { encoding } = new TextDecoder(detected);
    return WIDER[encoding] ?? encoding;
  } catch {
    return undefined;
  }
}

/** Single letters with accents between plain ones: as the first halves of others they would eat a letter each. */
function isWestern(sample: Uint8Array): boolean {
  const isLetter = (byte = 0) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  let high = 0;
  let alone = 0;
  for (const [at, byte] of sample.entries()) {
    if (byte >= 0x80) high += 1;
    if (byte >= 0xc0 && isLetter(sample[at - 1]) && isLetter(sample[at + 1])) alone += 1;
  }
  return alone > 0.4 * high;
}

function isMostlyAscii(sample: Uint8Array): boolean {
  let high = 0;
  for (const byte of sample) if (byte >= 0x80) high += 1;
  return high < sample.length * 0.3;
}
