/** Words of RTF: what groups are, and characters that have a name. */

export const SIGNS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['line', '\n'],
  ['nestcell', ' '],
  ['nestrow', ' '],
  ['emdash', '—'],
  ['endash', '–'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
]);

type Use = 'unread' | 'fonts' | 'styles' | 'mark' | 'read';

const uses = (use: Use, words: string): [string, Use][] =>
  words.split(' ').map((word) => [word, use]);

/**
 * By the first word of a group. Every other group that is marked as one that readers may not know is left out;
 * those that read here hold text all the same.
 */
export const DESTINATIONS: ReadonlyMap<string, Use> = new Map([
  ...uses('fonts', 'fonttbl'),
  ...uses('styles', 'stylesheet'),
  ...uses('mark', 'listtext pntext'),
  ...uses('read', 'shpinst shptxt shpgrp fldrslt'),
  ...uses('unread', 'annotation atnauthor atnid colortbl fldinst footer footerf footerl footerr'),
  ...uses(
    'unread',
    'footnote header headerf headerl headerr info listoverridetable listtable nonshppict',
  ),
  ...uses('unread', 'object pict private rxe sn sv shprslt tc themedata txe xe datafield'),
]);

/** The character sets of fonts, by their numbers; all others have that of the document. */
export const ENCODINGS: ReadonlyMap<number, string> = new Map([
  [128, 'shift_jis'],
  [129, 'euc-kr'],
  [134, 'gbk'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
]);

/** Of a code page of Windows or DOS; what is not known is read as Western European. */
export function encodingOfPage(page: number): string {
  const asian = { 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5' }[page];
  if (asian !== undefined) return asian;
  if (page === 65_001) return 'utf-8';
  if (page === 10_000) return 'macintosh';
  if (page === 866 || page === 874 || (page >= 1250 && page <= 1258)) {
    return page < 1000 ? (page === 866 ? 'ibm866' : 'windows-874') : `windows-${page}`;
  }
  return 'windows-1252';
}
