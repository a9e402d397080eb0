/**
 * PDFs may name a character map that every reader is expected to own, one of Adobe's predefined ones
 * for Chinese, Japanese and Korean, and then carry no other way from their codes to text. The build of
 * PDF.js in unpdf leaves those maps out.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * `pdf.js-extract` is here for its folder of maps alone, the same files byte for byte as in the
 * `pdfjs-dist` of unpdf's version, which has eight times the size and a native canvas with it. No code
 * of the package is loaded; its own entry is resolved only to find where it stands.
 */
const home = path.dirname(createRequire(import.meta.url).resolve('pdf.js-extract'));

/** For `getDocument`. A path: PDF.js would fetch an address, but reads a path from the disk. */
export const PREDEFINED_MAPS = {
  cMapUrl: path.join(home, 'cmaps', path.sep),
  cMapPacked: true,
} as const;
