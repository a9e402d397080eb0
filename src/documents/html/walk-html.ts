/** The elements of a web page, however deep they lie. */
import { Parser } from 'htmlparser2';

export interface HtmlEvents {
  open(tag: string, attributes: Readonly<Record<string, string>>): void;
  /** Of the element that was opened last. Every element that is opened is closed. */
  close(tag: string): void;
  words(text: string): void;
}

/**
 * The parser holds what is open in an array of which it moves every entry with each tag, and searches it for the tags that
 * close nothing: so many entries at most, or the work grows with the square of the page. Pages are some fifty deep.
 */
const MOST_OPEN = 1000;

/**
 * An element that would lie deeper begins the page anew: all that is open is closed before, and tags further back that were
 * meant to close it close nothing.
 */
export function walkHtml(html: string, events: HtmlEvents): void {
  for (let at: number | undefined = 0; at !== undefined; ) {
    const next: number | undefined = walkOnce(html.slice(at), events);
    at = next === undefined ? undefined : at + next;
  }
}

/** Where it was left, if that is not the end. */
function walkOnce(html: string, events: HtmlEvents): number | undefined {
  const open: string[] = [];
  let left: number | undefined;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (open.length === MOST_OPEN) {
          left = parser.startIndex;
          parser.pause();
        }
        // A parser that is paused still ends what it has begun.
        if (left !== undefined) return;
        open.push(tag);
        events.open(tag, attributes);
      },
      onclosetag(tag) {
        if (left !== undefined) return;
        open.pop();
        events.close(tag);
      },
      ontext(text) {
        if (left === undefined) events.words(text);
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  for (let tag = open.pop(); tag !== undefined; tag = open.pop()) events.close(tag);
  return left;
}
