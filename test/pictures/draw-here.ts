/** Pictures as a machine draws them whose fonts are known. */
import { createPictures, type Pictures } from '../../src/pictures/pictures.ts';
import { fontFolder, LATIN_SIGNS } from './make-font.ts';

/** With letters of Latin script, and no others. Closed by whoever opens it. */
export async function openTestPictures(signs = LATIN_SIGNS): Promise<Pictures> {
  const folder = await fontFolder(signs);
  const log = { debug() {}, info() {}, warn() {}, error() {}, always() {} };
  return createPictures({ log, fontFolders: [folder], timeoutMs: 30_000 });
}

/** Width and height, from the header. */
export const sizeOf = (png: Uint8Array): readonly [number, number] => {
  const view = Buffer.from(png);
  if (view.toString('latin1', 1, 4) !== 'PNG') throw new Error('this is no PNG');
  return [view.readUInt32BE(16), view.readUInt32BE(20)];
};
