/**
 * The HTML that mammoth writes, as light Markdown. Only that: it is well-formed, has no scripts and no
 * styles, and every `<` and `&` of the document's own text is escaped in it.
 */

import { createOutline } from '../markup/outline.ts';
import { NUMBERING_ID } from './markup.ts';

const TOKEN = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>|[^<]+/g;
const NOTE_MARK =
  /<sup><a href="#(?:foot|end)note-[^"]*" id="(?:foot|end)note-ref-[^"]*">[^<]*<\/a><\/sup>/g;
const NOTES = /<ol><li id="(?:foot|end)note-/;

export function textOfHtml(html: string): string {
  const notes = html.search(NOTES);
  const body = (notes < 0 ? html : html.slice(0, notes)).replace(NOTE_MARK, '');
  const outline = createOutline();
  for (const [token, slash, tag, attributes = ''] of body.matchAll(TOKEN)) {
    if (tag === undefined) outline.words(unescapeText(token));
    else if (slash !== '') outline.close(tag);
    else {
      outline.open(tag, (name) => ROWS.exec(name === 'rowspan' ? attributes : '')?.[1]);
      const numbering = attributes.includes(NUMBERING_ID)
        ? /id="([^"]*)"/.exec(attributes)?.[1]
        : undefined;
      if (tag === 'a' && numbering !== undefined) outline.continueNumbering(numbering);
    }
  }
  return outline.text();
}

const ROWS = /\browspan="(\d{1,4})"/;

const unescapeText = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
