/** Running headers, footers and page numbers: what a layout repeats and nobody reads aloud. */
import type { Line } from './lines.ts';

export interface PageLines {
  /** In points. */
  readonly height: number;
  readonly lines: readonly Line[];
}

/** The part of the height, above and below, in which furniture stands. */
const MARGIN = 0.15;

/** Leaves out what stands in the margin of at least two pages, and of at least a third of them. */
export function withoutRunningHeaders(pages: readonly PageLines[]): PageLines[] {
  const seen = new Map<string, number>();
  for (const page of pages) {
    const keys = page.lines.filter((line) => inMargin(line, page)).map((line) => keyOf(line, page));
    for (const key of new Set(keys)) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const isFurniture = (line: Line, page: PageLines) => {
    const times = inMargin(line, page) ? (seen.get(keyOf(line, page)) ?? 0) : 0;
    return times >= 2 && times * 3 >= pages.length;
  };
  const kept = pages.map((page) => ({
    height: page.height,
    lines: page.lines.filter((line) => !isFurniture(line, page)),
  }));
  // Pages with one line each, all the same: then that line is the text.
  return kept.some((page) => page.lines.length > 0) ? kept : [...pages];
}

const inMargin = (line: Line, page: PageLines): boolean =>
  line.y < page.height * MARGIN || line.y > page.height * (1 - MARGIN);

function keyOf(line: Line, page: PageLines): string {
  return `${line.y < page.height / 2 ? 'top' : 'bottom'} ${withoutPageNumber(line.text)}`;
}

/** "7", "- 7 -", "Page 7 of 9", "7 / 9", "第 7 页，共 9 页", "iv". */
const PAGE_NUMBER =
  /^[^\p{L}\p{N}]*(?:(?:page|p\.|pg\.|seite|s\.|página|pagina|стр\.|第|-)\s*)?(?:\d+|[ivxlc]+)\s*(?:页|頁|ページ|쪽)?(?:[\s,，]*(?:of|von|de|di|из|\/|\||共|of\s+total)\s*\d+\s*(?:页|頁|ページ)?)?[^\p{L}\p{N}]*$/iu;

/** These count the parts of a script, not its pages. */
const HEADING =
  /^(?:(?:scene|chapter|part|act|shot|slide|section|episode|step|day|take|szene|kapitel|teil|escena|capítulo)\b|第|镜头|鏡頭|场景|場景|シーン)/i;

/** Equal for all pages: the number at either end of a running title is left out. */
function withoutPageNumber(text: string): string {
  const plain = text.replaceAll(' | ', ' ').replace(/\s+/g, ' ').trim();
  if (PAGE_NUMBER.test(plain)) return '#';
  if (HEADING.test(plain)) return plain;
  return plain
    .replace(/\s+(?:page\s+|p\.\s*)?\d+(?:\s*(?:\/|of)\s*\d+)?$/i, ' #')
    .replace(/^\d+\s+/, '# ');
}
