/** How wide a text is drawn, about: no font is asked, so that the same drawing fits in any. */

/** Of the font's size; as wide as in the wider ones of the usual fonts. */
const WIDE = 1;
const NARROW = 0.37;
const CAPITAL = 0.75;
const USUAL = 0.6;

const FULL_WIDTH =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{3fffd}]/u;

function widthOfSign(sign: string): number {
  if (FULL_WIDTH.test(sign)) return WIDE;
  if (/[ iIjlftr.,:;'’!|()[\]]/.test(sign)) return NARROW;
  return /[A-ZMWmw@%&]|\p{Lu}/u.test(sign) ? CAPITAL : USUAL;
}

export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const sign of text) width += widthOfSign(sign);
  return width * size;
}

/** Cut with an ellipsis; empty where not even a few signs fit. */
export function fitted(text: string, size: number, room: number): string {
  let width = 0;
  let kept = '';
  const ellipsis = widthOfSign('…') * size;
  for (const sign of text) {
    width += widthOfSign(sign) * size;
    if (width > room) return kept.length > 1 ? `${kept.trimEnd()}…` : '';
    if (width + ellipsis <= room) kept += sign;
  }
  return text;
}

/** In lines of that width, the last one cut; a long word is broken where the line ends. */
export function wrapped(text: string, size: number, room: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < most - 1) {
    const [line, behind] = firstLine(rest, size, room);
    if (line === '') break;
    lines.push(line);
    rest = behind;
  }
  const last = fitted(rest, size, room);
  return last === '' ? lines : [...lines, last];
}

function firstLine(text: string, size: number, room: number): [line: string, rest: string] {
  let width = 0;
  let at = 0;
  let gap = 0;
  for (const sign of text) {
    width += widthOfSign(sign) * size;
    if (width > room) {
      const end = gap > 0 ? gap : at;
      return [text.slice(0, end).trimEnd(), text.slice(end).trimStart()];
    }
    if (sign === ' ') gap = at;
    at += sign.length;
    if (FULL_WIDTH.test(sign)) gap = at;
  }
  return [text, ''];
}
