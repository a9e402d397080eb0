/** Fountain, a screenplay as plain text: what its writer has set aside is no part of the script. */

/** Without boneyards, which may be long, and notes, which may run over lines but over no empty one. */
export function withoutFountainNotes(text: string): string {
  return without(
    without(text, '/*', '*/', () => true),
    '[[',
    ']]',
    (note) => !/\n\s*\n/.test(note),
  );
}

/** By hand: a pattern for "up to the end" looks through the whole rest again for each that has no end. */
function without(
  text: string,
  opening: string,
  closing: string,
  isAside: (part: string) => boolean,
): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const from = text.indexOf(opening, at);
    const to = from < 0 ? -1 : text.indexOf(closing, from + opening.length);
    if (to < 0) break;
    const end = to + closing.length;
    const aside = text.slice(from, end);
    parts.push(text.slice(at, from), isAside(aside) ? '' : aside);
    at = end;
  }
  return parts.join('') + text.slice(at);
}
