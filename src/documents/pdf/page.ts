/** The lines of one page, placed as they are for a person who holds it the right way round. */
import { hasRightToLeft, isRightToLeft } from './bidi.ts';
import { withFields, withLabels } from './detached-text.ts';
import type { DrawnText } from './drawn-text.ts';
import { fieldsOf } from './form-fields.ts';
import { fragmentsOf, linesOf, readingOrder } from './lines.ts';
import { type Matrix, multiply } from './matrix.ts';
import type { PageLines } from './running-headers.ts';
import { seenItems } from './seen-text.ts';
import type { Page, PdfWord } from './word.ts';

type Item = Extract<
  Awaited<ReturnType<Page['getTextContent']>>['items'][number],
  { readonly str: string }
>;

/** `drawn` tells how the page's text is drawn. */
export async function linesOfPage(
  page: Page,
  drawn: (page: Page) => Promise<readonly DrawnText[]>,
): Promise<PageLines> {
  const { items } = await page.getTextContent();
  const written = items.filter((item): item is Item => 'str' in item);
  const hasText = written.some(({ str }) => str.trim() !== '');
  const texts = hasText ? seenItems(written, await drawn(page)) : written;
  const view = page.getViewport({ scale: 1, rotation: uprightRotation(texts, page.rotate) });
  const columns = isVertical(texts);
  const words = texts.flatMap((item) => wordOf(item, view.transform, columns ? view.width : 0));
  const fields = await fieldsOf(page, view.transform);
  page.cleanup();
  const fragments = readingOrder(withLabels(fragmentsOf(words)));
  const all = withFields(fragments, fields);
  const height = columns ? view.width : view.height;
  return { height, lines: linesOf(isMostlyRightToLeft(all) ? mirrored(all, view.width) : all) };
}

/**
 * In degrees. A page that was turned on its side, by hand or by a scanner, is read as it was written.
 * Text of the smaller part in another direction stays aside: watermarks and stamps in the margin.
 */
function uprightRotation(items: readonly Item[], own: number): number {
  const lengths = new Map<number, number>();
  let whole = 0;
  for (const { str, transform } of items) {
    const [a = 1, b = 0] = transform.map(Number);
    const degrees = (Math.atan2(b, a) * 180) / Math.PI;
    const quarter = Math.round(degrees / 90) * 90;
    if (Math.abs(degrees - quarter) > 3) continue;
    const rotation = (quarter + 360) % 360;
    const length = str.trim().length;
    lengths.set(rotation, (lengths.get(rotation) ?? 0) + length);
    whole += length;
  }
  for (const [rotation, length] of lengths) if (2 * length > whole) return rotation;
  return own;
}

/** Chinese and Japanese in columns that follow each other from right to left. */
function isVertical(items: readonly Item[]): boolean {
  const length = (chosen: readonly Item[]) => chosen.reduce((sum, { str }) => sum + str.length, 0);
  return 2 * length(items.filter((item) => item.dir === 'ttb')) > length(items);
}

/**
 * None for slanted text. `turnedWidth` is that of a page in columns, which is laid on its side so that
 * its columns become lines, and 0 for any other page.
 */
function wordOf(item: Item, view: Matrix, turnedWidth: number): PdfWord[] {
  const matrix = multiply(view, item.transform);
  const [along = 0, turn = 0, , , x = 0, y = 0] = matrix;
  if (item.str === '' || along <= 0 || Math.abs(turn) > 0.05 * along) return [];
  const size = Math.hypot(matrix[2] ?? 0, matrix[3] ?? 0);
  const text = item.str.replace(PRESENTED, (form) => form.normalize('NFKC'));
  if (turnedWidth === 0) return [{ text, x, right: x + item.width, y, size }];
  const length = item.dir === 'ttb' ? item.height : size;
  return [{ text, x: y, right: y + length, y: turnedWidth - x, size }];
}

/** Forms that letters and marks take on in a line; fonts list them as if they were letters of their own. */
const PRESENTED = /[\ufb00-\ufb06\ufb1d-\ufdff\ufe10-\ufe19\ufe30-\ufe44\ufe70-\ufefc]+/g;

const isMostlyRightToLeft = (fragments: readonly PdfWord[]): boolean =>
  fragments.some(({ text }) => hasRightToLeft(text)) &&
  isRightToLeft(fragments.map(({ text }) => text).join(' '));

/** Then everything that holds for lines, columns and cells from left to right holds here too. */
const mirrored = (fragments: readonly PdfWord[], width: number): PdfWord[] =>
  fragments.map((fragment) => ({
    ...fragment,
    x: width - fragment.right,
    right: width - fragment.x,
  }));
