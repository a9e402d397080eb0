/** Bytes to text, in whichever encoding the file was saved. */
import { legacyEncoding, lostCharacters } from './legacy-encoding.ts';

/** Enough to tell an encoding; the detector's cost grows with what it is shown. */
const SAMPLE = 64 * 1024;

/** Undefined: these bytes are no text in any encoding that is known here. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = encodingOf(bytes);
  if (encoding === undefined) return undefined;
  const text = new TextDecoder(encoding).decode(bytes);
  const lost = lostCharacters(text);
  // A few broken bytes are damage; many are another kind of file.
  return lost > Math.max(3, text.length / 50) || 2 * lost > text.trim().length ? undefined : text;
}

function encodingOf(bytes: Uint8Array): string | undefined {
  const marked = byteOrderMark(bytes);
  if (marked !== undefined) return marked;
  const sample = bytes.subarray(0, SAMPLE);
  const { zeros, controls } = strayControls(sample);
  if (zeros + controls > 0) {
    const wide = wideEncoding(sample);
    if (wide !== undefined) return wide;
    if (zeros > 0 || controls > Math.max(2, sample.length / 200)) return undefined;
  }
  if (isJapaneseMail(sample)) return 'iso-2022-jp';
  if (isUtf8(bytes) || isDamagedUtf8(bytes)) return 'utf-8';
  return legacyEncoding(sample);
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/**
 * Bytes below 0x20 that no legacy encoding uses. White space, the end mark of DOS (0x1a) and the
 * escape of ISO-2022 (0x1b) are used.
 */
function strayControls(sample: Uint8Array): { zeros: number; controls: number } {
  let zeros = 0;
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) zeros += 1;
    else if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1a && byte !== 0x1b))
      controls += 1;
  }
  return { zeros, controls };
}

/** Characters that texts are made of; read with the bytes swapped, a text consists of others. */
const COMMON =
  /[\t\n\r\x20-\x7e\u00a0-\u024f\u0370-\u05ff\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f\u2010-\u2026\u20ac\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]|[\ud83c-\ud83e][\udc00-\udfff]/g;

/** UTF-16 without a mark: half of its bytes look like control characters, so detectors miss it. */
function wideEncoding(sample: Uint8Array): string | undefined {
  const [best] = ['utf-16le', 'utf-16be']
    .map((name) => ({ name, ...shares(sample, name) }))
    .filter(({ common, twice }) => common >= 0.95 && twice <= 0.3)
    // Latin letters with their bytes swapped are Chinese; the other way round it hardly happens.
    .sort((one, other) => other.plain - one.plain || other.common - one.common);
  return best?.name;
}

/** Of all characters: how many are common, are plain letters, have two bytes that are control characters. */
function shares(
  sample: Uint8Array,
  encoding: string,
): { common: number; plain: number; twice: number } {
  const text = new TextDecoder(encoding).decode(sample.subarray(0, sample.length & ~1));
  let common = 0;
  let plain = 0;
  let twice = 0;
  for (const [found] of text.matchAll(COMMON)) {
    common += found.length;
    if (found <= '~') plain += 1;
    else if (isTwiceControl(found, text.length < 4)) twice += 1;
  }
  const all = Math.max(1, text.length);
  return { common: common / all, plain: plain / all, twice: twice / all };
}

/** The Cyrillic capitals have such bytes too, and may be all that a title consists of. */
const isTwiceControl = (character: string, inShortText: boolean): boolean =>
  character < '\u2000' &&
  (character.charCodeAt(0) & 0xff) < 0x20 &&
  (inShortText || !/[А-П]/.test(character));

/** ISO-2022-JP, all of it in seven bits, switches its character sets by escapes. */
function isJapaneseMail(sample: Uint8Array): boolean {
  const bytes = Buffer.from(sample.buffer, sample.byteOffset, sample.length);
  return bytes.includes('\x1b$B') || bytes.includes('\x1b$@');
}

/** Bytes of other encodings hardly ever happen to form characters of UTF-8, let alone again and again. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, SAMPLE));
  let whole = 0;
  for (const character of text) if (character >= '\x80' && character !== '\ufffd') whole += 1;
  return whole >= 4 * (text.match(/\ufffd+/g)?.length ?? 0);
}

/** One character may be cut off at the very end, but not the only one outside ASCII. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return (bytes.at(-1) ?? 0) < 0x80 || /[^\0-\x7f]/.test(text);
  } catch {
    return false;
  }
}
