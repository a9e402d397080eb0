/** The article of a web page, without what its site has around it. */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { z } from 'zod';
import { DocumentUnreadable } from '../document.ts';
import { createOutline } from '../markup/outline.ts';
import { textOfPage, writePage } from './read-html.ts';

interface Article {
  readonly text: string;
  readonly title: string | undefined;
  /** The site says that all of it is only for those who pay, or asks for a password in place of an article. */
  readonly closed: 'paid' | 'login' | undefined;
}

/** Elements of the page; ten times those of a long article with its comments. */
const MOST_ELEMENTS = 50_000;
/** Letters; a page with less beside a field for a password shows no article. */
const SHORT = 600;
const MOST_BLOCKS = 20;
const MOST_TITLE = 200;

export function readArticle(bytes: Uint8Array, encoding: string | undefined): Article {
  const html = textOfPage(bytes, encoding);
  const { document } = parseHTML(html);
  const isPaid = saysPaid(document);
  const asksPassword = document.querySelector('input[type="password"]') !== null;
  // Readability's own bound counts in a way that this DOM does not know.
  if (document.querySelectorAll('*').length > MOST_ELEMENTS)
    throw new DocumentUnreadable('too-large', 'the page has too many elements');
  const found = new Readability(document).parse();
  const outline = createOutline();
  writePage(found?.content ?? '', outline);
  const text = outline.text();
  const title = found?.title?.replace(/\s+/g, ' ').trim().slice(0, MOST_TITLE);
  const isLogin = asksPassword && text.length < SHORT;
  return {
    text,
    title: title || undefined,
    closed: isPaid ? 'paid' : isLogin ? 'login' : undefined,
  };
}

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
