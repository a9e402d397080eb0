/**
 * PDFs may name a character map that every reader is expected to own, one of Adobe's predefined ones
 * for Chinese, Japanese and Korean, and then carry no other way from their codes to text. The build of
 * PDF.js in unpdf leaves those maps out.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * `pdf.js-extract` is here for its folder of maps alone, the same files byte for byte as in the
 * `pdfjs-dist` of unpdf's version, which has eight times the size and a native canvas with it. No code
 * of the package is loaded; its own entry is resolved only to find where it stands. That folder is no part of its
 * interface, and may be gone after an update: `missingMaps` tells, at the start, in the doctor and in a test.
 */
function folderOfMaps(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve('pdf.js-extract');
    return path.join(path.dirname(entry), 'cmaps', path.sep);
  } catch {
    // Not installed: all other documents can be read without it.
    return undefined;
  }
}

const FOLDER = folderOfMaps();

/** For `getDocument`. A path: PDF.js would fetch an address, but reads a path from the disk. */
export const PREDEFINED_MAPS = FOLDER === undefined ? {} : { cMapUrl: FOLDER, cMapPacked: true };

/** One in use for each script, and for each the one from its characters to Unicode. */
const NEEDED = ['GBK-EUC-H', 'ETen-B5-H', '90ms-RKSJ-H', 'KSCms-UHC-H'].concat(
  ['GB1', 'CNS1', 'Japan1', 'Korea1'].map((ordering) => `Adobe-${ordering}-UCS2`),
);

export const MAPS_MISSING =
  'The character maps of pdf.js-extract are missing: PDFs in Chinese, Japanese and Korean that bring none of their own cannot be read';

/** Names of maps that are not where PDF.js will look for them. */
export const missingMaps = (folder: string | undefined = FOLDER): string[] =>
  NEEDED.filter((name) => folder === undefined || !existsSync(path.join(folder, `${name}.bcmap`)));
