/** The article of a web page, without what its site has around it. */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { z } from 'zod';
import { DocumentUnreadable } from '../document.ts';
import { createOutline } from '../markup/outline.ts';
import { textOfPage, writePage } from './read-html.ts';
import { walkHtml } from './walk-html.ts';

interface Article {
  readonly text: string;
  readonly title: string | undefined;
  /** The site says that all of it is only for those who pay, or asks for a password in place of an article. */
  readonly closed: 'paid' | 'login' | undefined;
}

/** Elements of the page; ten times those of a long article with its comments. */
const MOST_ELEMENTS = 50_000;
/** Texts between elements and character references. Readability writes the page and parses it again, so what is escaped then divides texts, too. */
const MOST_TEXTS = 100_000;
/** Finding the article takes as many steps for a letter as elements lie around it. Pages are some fifty deep. */
const MOST_DEPTH = 400;
/** Letters; a page with less beside a field for a password shows no article. */
const SHORT = 600;
const MOST_BLOCKS = 20;
const MOST_TITLE = 200;

export function readArticle(bytes: Uint8Array, encoding: string | undefined): Article {
  const html = textOfPage(bytes, encoding);
  checkSize(html);
  const { document } = parseHTML(withBody(html));
  const isPaid = saysPaid(document);
  const asksPassword = document.querySelector('input[type="password"]') !== null;
  // Readability knows titles in a head alone, and changes the document.
  const named = document.querySelector('title')?.textContent;
  const found = new Readability(document).parse();
  const outline = createOutline();
  writePage(found?.content ?? '', outline);
  const text = outline.text();
  const title = (found?.title || named)?.replace(/\s+/g, ' ').trim().slice(0, MOST_TITLE);
  const isLogin = asksPassword && text.length < SHORT;
  return {
    text,
    title: title || undefined,
    closed: isPaid ? 'paid' : isLogin ? 'login' : undefined,
  };
}

/** A page may leave out these tags, which this DOM does not supply. */
const withBody = (html: string): string =>
  /<html[\s>]/i.test(html) && /<body[\s>]/i.test(html) ? html : `<html><body>${html}`;

/** Before there is a document: to build a hostile one, and to search it, is what takes long. Throws `DocumentUnreadable`. */
function checkSize(html: string): void {
  let elements = 0;
  let depth = 0;
  let texts = 0;
  walkHtml(html, {
    open() {
      elements += 1;
      depth += 1;
      if (elements > MOST_ELEMENTS) throw tooLarge('elements');
      if (depth > MOST_DEPTH) throw tooLarge('elements in each other');
    },
    close() {
      depth -= 1;
    },
    words(text) {
      texts += 1 + (text.match(/[<>&\u00a0]/g)?.length ?? 0);
      if (texts > MOST_TEXTS) throw tooLarge('texts');
    },
  });
}

const tooLarge = (what: string) =>
  new DocumentUnreadable('too-large', `the page has too many ${what}`);

const free = z.object({ isAccessibleForFree: z.union([z.boolean(), z.string()]) });

/** As search engines are told: `isAccessibleForFree` in one of the page's blocks of JSON-LD. */
function saysPaid(document: Document): boolean {
  const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')];
  return blocks.slice(0, MOST_BLOCKS).some((block) => {
    const data = jsonOf(block.textContent ?? '');
    return thingsIn(data).some((thing) => {
      const said = free.safeParse(thing).data?.isAccessibleForFree;
      return said !== undefined && /^false$/i.test(String(said).split('/').at(-1) ?? '');
    });
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A block that is no JSON says nothing.
    return undefined;
  }
}

const graph = z.object({ '@graph': z.array(z.unknown()) });

function thingsIn(data: unknown): unknown[] {
  const list = Array.isArray(data) ? data : [data];
  return list.flatMap((thing) => [thing, ...(graph.safeParse(thing).data?.['@graph'] ?? [])]);
}
