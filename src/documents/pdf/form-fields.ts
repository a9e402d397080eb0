/** What people wrote onto a PDF: filled-in fields of a form, and text typed on top of a page. */
import { z } from 'zod';
import type { Page, PdfWord } from './word.ts';

/** In the space of the page: two opposite corners. */
const rect = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const HIDDEN = 2;

const annotation = z.union([
  z
    .object({
      subtype: z.literal('Widget'),
      fieldType: z.enum(['Tx', 'Ch']),
      fieldValue: z.union([z.string(), z.array(z.string())]),
      password: z.boolean().nullish(),
      annotationFlags: z.number().default(0),
      rect,
    })
    .transform(({ fieldValue, password, ...rest }) => ({
      ...rest,
      text: password ? '' : [fieldValue].flat().join(', '),
    })),
  z
    .object({
      subtype: z.literal('FreeText'),
      contentsObj: z.object({ str: z.string() }),
      annotationFlags: z.number().default(0),
      rect,
    })
    .transform(({ contentsObj, ...rest }) => ({ ...rest, text: contentsObj.str })),
]);

/** Of one page. A form has a few dozen. */
const MOST_FIELDS = 500;

/** In points: the size of the type in a field, as good as any guess. */
const TYPE = 10;

/** `view` maps the space of the page to points from the upper left corner. */
export async function fieldsOf(page: Page, view: readonly number[]): Promise<PdfWord[]> {
  const [a = 1, b = 0, c = 0, d = -1, e = 0, f = 0] = view;
  const words: PdfWord[] = [];
  for (const found of await page.getAnnotations({ intent: 'display' })) {
    if (words.length === MOST_FIELDS) break;
    const { data } = annotation.safeParse(found);
    if (!data || data.text.trim() === '' || (data.annotationFlags & HIDDEN) !== 0) continue;
    const [x1, y1, x2, y2] = data.rect;
    // The place of what has none.
    if (x1 === x2) continue;
    const xs = [a * x1 + c * y1 + e, a * x2 + c * y2 + e];
    const ys = [b * x1 + d * y1 + f, b * x2 + d * y2 + f];
    const top = Math.min(...ys);
    const height = Math.max(...ys) - top;
    // The first line of many, or the only one in the middle.
    const y = height > 2.5 * TYPE ? top + TYPE : top + height / 2 + TYPE / 3;
    const text = data.text.trim().replace(/\s+/g, ' ');
    words.push({ text, x: Math.min(...xs), right: Math.max(...xs), y, size: TYPE });
  }
  return words;
}
