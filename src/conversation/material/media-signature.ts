/** What media the first bytes of a file show, in those kinds that the backend takes. Pure. */

/** The ending that such a file has; undefined: no such media, or not certainly. */
export function mediaEndingSeenIn(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, LOOKED_AT));
  const text = bytes.toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpg';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (text.startsWith('RIFF')) return OF_RIFF[text.slice(8, 12)];
  if (text.startsWith('\x1aE\xdf\xa3')) return text.includes('webm') ? 'webm' : matroska(text);
  if (text.slice(4, 8) === 'ftyp') return ofBrand(text.slice(8, 12));
  if (/^ID3[^\x20-\xff]/.test(text)) return 'mp3';
  return ofFrame(bytes);
}

const LOOKED_AT = 512;

const OF_RIFF: Readonly<Record<string, string>> = { WEBP: 'webp', WAVE: 'wav', 'AVI ': 'avi' };

const matroska = (text: string): string | undefined =>
  text.includes('matroska') ? 'mkv' : undefined;

/** Brands that name a picture (HEIC, AVIF) stand for what the backend does not take. */
function ofBrand(brand: string): string | undefined {
  if (brand === 'qt  ') return 'mov';
  if (/^M4[ABP] $/.test(brand)) return 'm4a';
  return /^(?:mp4|iso|avc1|M4V |MSNV|dash|f4v)/.test(brand) ? 'mp4' : undefined;
}

/**
 * Sound without a container begins with a frame: eleven or twelve bits set, then the layer. Two bytes would be chance;
 * the fields behind them have values that are never used.
 */
function ofFrame(bytes: Buffer): string | undefined {
  const [first = 0, second = 0, third = 0] = bytes;
  if (bytes.length < 4 || first !== 0xff) return undefined;
  const rate = third & 0x0c;
  if ((second & 0xf6) === 0xf0 && (third & 0x3c) < 0x34) return 'aac';
  const isLayer3 = (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  const bitrate = third >> 4;
  return isLayer3 && bitrate > 0 && bitrate < 15 && rate !== 0x0c ? 'mp3' : undefined;
}
