/** PDF: text in reading order, without what the layout added to it. */
import { getDocumentProxy } from 'unpdf';
import { type DocumentLimits, DocumentUnreadable } from './document.ts';
import { type PageLines, withoutFurniture } from './pdf-furniture.ts';
import { fragmentsOf, linesOf, type PdfWord, readingOrder } from './pdf-lines.ts';
import { paragraphsOf } from './pdf-paragraphs.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Pdf['getPage']>>;

/** `more`: pages were left unread, since the text is long enough without them. Throws `DocumentUnreadable`. */
export async function readPdf(
  bytes: Uint8Array,
  limits: DocumentLimits,
): Promise<{ text: string; more: boolean }> {
  const complete = endsProperly(bytes);
  const pdf = await open(bytes);
  const pages: PageLines[] = [];
  let length = 0;
  try {
    // Twice the text that is wanted: joining lines and leaving out headers makes it shorter.
    while (
      pages.length < Math.min(pdf.numPages, limits.maxPages) &&
      length < 2 * limits.maxCharacters
    ) {
      const page = await linesOfPage(await pdf.getPage(pages.length + 1));
      pages.push(page);
      length += page.lines.reduce((sum, line) => sum + line.text.length, 0);
    }
  } catch (error) {
    throw new DocumentUnreadable('damaged', 'a page cannot be parsed', { cause: error });
  } finally {
    await pdf.loadingTask.destroy();
  }
  const text = paragraphsOf(withoutFurniture(pages).map((page) => page.lines));
  if (!isLegible(text)) {
    if (!complete) throw new DocumentUnreadable('damaged', 'the end of the PDF is missing');
    throw new DocumentUnreadable('scanned', 'the PDF has pages without text');
  }
  return { text, more: pages.length < pdf.numPages };
}

async function open(bytes: Uint8Array): Promise<Pdf> {
  try {
    return await getDocumentProxy(bytes, {
      verbosity: 0,
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new DocumentUnreadable('encrypted', 'the PDF has a password', { cause: error });
    }
    throw new DocumentUnreadable('damaged', 'the PDF cannot be opened', { cause: error });
  }
}

async function linesOfPage(page: Page): Promise<PageLines> {
  const view = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const words: PdfWord[] = [];
  for (const item of items) {
    if (!('str' in item)) continue;
    const word = wordOf(item.str, item.width, multiply(view.transform, item.transform));
    if (word) words.push(word);
  }
  page.cleanup();
  return { height: view.height, lines: linesOf(readingOrder(fragmentsOf(words))) };
}

/** Undefined for slanted and upright-running text: watermarks and stamps in the margin. */
function wordOf(text: string, width: number, matrix: Matrix): PdfWord | undefined {
  const [along = 0, turn = 0, , , x = 0, y = 0] = matrix;
  if (text === '' || along <= 0 || Math.abs(turn) > 0.05 * along) return undefined;
  const size = Math.hypot(matrix[2] ?? 0, matrix[3] ?? 0);
  return { text, x, right: x + width, y, size };
}

/** Six numbers, as PDF writes an affine map. */
type Matrix = readonly number[];

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = outer;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = inner;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
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
