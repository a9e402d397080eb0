/** Bytes to text, in whichever encoding the file was saved. */
import { analyse } from 'chardet';

/** Enough to tell an encoding; the detector's cost grows with what it is shown. */
const SAMPLE = 64 * 1024;

/** Undefined: these bytes are no text in any encoding that is known here. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = encodingOf(bytes);
  if (encoding === undefined) return undefined;
  const text = new TextDecoder(encoding).decode(bytes);
  // A few broken bytes are damage; many are another kind of file.
  return lostCharacters(text) > Math.max(3, text.length / 50) ? undefined : text;
}

/** A loop, because a list of matches of a large binary file would be larger than the file. */
function lostCharacters(text: string): number {
  let lost = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd || unit === 0) lost += 1;
  }
  return lost;
}

function encodingOf(bytes: Uint8Array): string | undefined {
  const marked = byteOrderMark(bytes);
  if (marked !== undefined) return marked;
  const sample = bytes.subarray(0, SAMPLE);
  const { zeros, controls } = strayControls(sample);
  if (zeros + controls > 0) {
    const wide = wideEncoding(sample);
    if (wide !== undefined) return wide;
    if (zeros > 0 || controls > sample.length / 500) return undefined;
  }
  if (isUtf8(bytes)) return 'utf-8';
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
    .filter(({ common }) => common >= 0.95)
    // Latin letters with their bytes swapped are Chinese; the other way round it hardly happens.
    .sort((one, other) => other.plain - one.plain || other.common - one.common);
  return best?.name;
}

function shares(sample: Uint8Array, encoding: string): { common: number; plain: number } {
  const text = new TextDecoder(encoding).decode(sample.subarray(0, sample.length & ~1));
  let common = 0;
  let plain = 0;
  for (const [found] of text.matchAll(COMMON)) {
    common += found.length;
    if (found <= '~') plain += 1;
  }
  return { common: common / Math.max(1, text.length), plain: plain / Math.max(1, text.length) };
}

/**
 * Weighs what the detector finds likely against how well it decodes: a broken byte is no reason to
 * take a Chinese text for Russian, but a text of broken bytes is no Chinese.
 */
function legacyEncoding(sample: Uint8Array): string | undefined {
  let best = { name: 'windows-1252', score: 0 };
  for (const { name, confidence } of analyse(sample)) {
    if (!isKnown(name)) continue;
    const text = new TextDecoder(name).decode(sample);
    const score = confidence * (1 - (20 * lostCharacters(text)) / Math.max(1, text.length));
    if (score > best.score) best = { name, score };
  }
  // Noise always fits some encoding a little. A few odd bytes among plain letters are no noise.
  return best.score >= LIKELY || isMostlyAscii(sample) ? best.name : undefined;
}

/** Of 100. Three words of a language reach 10. */
const LIKELY = 8;

function isMostlyAscii(sample: Uint8Array): boolean {
  let high = 0;
  for (const byte of sample) if (byte >= 0x80) high += 1;
  return high < sample.length * 0.3;
}

/** The wide encodings were looked for before. */
function isKnown(encoding: string): boolean {
  if (/^utf-(?:16|32)/i.test(encoding)) return false;
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
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
