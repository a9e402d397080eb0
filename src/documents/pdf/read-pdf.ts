/** PDF: text in reading order, without what the layout added to it. */
import { getDocumentProxy } from 'unpdf';
import { type DocumentLimits, DocumentUnreadable } from '../document.ts';
import { PREDEFINED_MAPS } from './cmaps.ts';
import { drawnText } from './drawn-text.ts';
import { linesOfPage } from './page.ts';
import { paragraphsOf } from './paragraphs.ts';
import { type PageLines, withoutRunningHeaders } from './running-headers.ts';
import type { Page, Pdf } from './word.ts';

/** `more`: pages were left unread, since the text is long enough without them. Throws `DocumentUnreadable`. */
export async function readPdf(
  bytes: Uint8Array,
  limits: DocumentLimits,
): Promise<{ text: string; more: boolean }> {
  const complete = endsProperly(bytes);
  // The library keeps the bytes for itself.
  const copy = Uint8Array.from(bytes);
  const pdf = await open(bytes, NO_PICTURES);
  let whole: Pdf | undefined;
  /** White letters may stand on a picture. Pictures are slow to unpack: only where there are such letters. */
  const drawn = async (page: Page) => {
    const texts = await drawnText(page, await pdf.getOptionalContentConfig());
    if (!texts.some(({ hidden }) => hidden === 'white')) return texts;
    whole ??= await open(copy, {});
    const same = await whole.getPage(page.pageNumber);
    return drawnText(same, await whole.getOptionalContentConfig());
  };
  const pages: PageLines[] = [];
  let length = 0;
  try {
    // Twice the text that is wanted: joining lines and leaving out headers makes it shorter.
    while (
      pages.length < Math.min(pdf.numPages, limits.maxPages) &&
      length < 2 * limits.maxCharacters
    ) {
      const page = await linesOfPage(await pdf.getPage(pages.length + 1), drawn);
      pages.push(page);
      length += page.lines.reduce((sum, line) => sum + line.text.length, 0);
    }
  } catch (error) {
    throw new DocumentUnreadable('damaged', 'a page cannot be parsed', { cause: error });
  } finally {
    await pdf.loadingTask.destroy();
    await whole?.loadingTask.destroy();
  }
  const text = paragraphsOf(withoutRunningHeaders(pages).map((page) => page.lines));
  if (!isLegible(text)) {
    if (!complete) throw new DocumentUnreadable('damaged', 'the end of the PDF is missing');
    throw new DocumentUnreadable('scanned', 'the PDF has pages without text');
  }
  return { text, more: pages.length < pdf.numPages };
}

/** Larger ones are left out where a page is drawn: all of them. */
const NO_PICTURES = { maxImageSize: 0 };

async function open(bytes: Uint8Array, pictures: { maxImageSize?: number }): Promise<Pdf> {
  try {
    return await getDocumentProxy(bytes, {
      verbosity: 0,
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      ...PREDEFINED_MAPS,
      ...pictures,
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new DocumentUnreadable('encrypted', 'the PDF has a password', { cause: error });
    }
    throw new DocumentUnreadable('damaged', 'the PDF cannot be opened', { cause: error });
  }
}

/** Fonts without a map to Unicode give private characters: text for the eye alone, like a scan. */
function isLegible(text: string): boolean {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const riddles =
    text.match(/[\p{Co}\p{Cn}\p{Cc}\ufffd]/gu)?.filter((it) => it !== '\n').length ?? 0;
  return letters > 0 && riddles <= letters / 2;
}

function endsProperly(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-2048);
  return tail.includes('%%EOF');
}
