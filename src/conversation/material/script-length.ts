/**
 * The agent works best on short scripts, so that more than a certain length is not sent. Which part of a
 * longer one is used is its person's choice: the first part, or the gist of the whole. Pure.
 */
import { truncateText } from '../../documents/text/tidy-text.ts';
import { LOCALES } from '../../locales/locales.ts';
import type { Job } from '../job.ts';
import { condense } from './condense.ts';
import type { Document } from './media-request.ts';

/** What the person wrote, what it was written under, and what the documents hold. */
export interface Script {
  readonly text: string;
  readonly quoted: string;
  readonly documents: readonly Document[];
}

export type Fit = NonNullable<Extract<Job['task'], { type: 'retry' }>['fit']>;

/** In UTF-16 units, all parts together. */
export const SCRIPT_LIMIT = 20_000;

/** A short part is an order and no script: the gist keeps it word for word. */
const SHORT_PART = 1_000;

export const lengthOf = (script: Script): number =>
  partsOf(script).reduce((sum, part) => sum + part.length, 0);

/** `besides`: what else the message has to hold. */
export function fitted(script: Script, fit: Fit, besides = 0): Script {
  const limit = SCRIPT_LIMIT - besides;
  const parts = partsOf(script);
  const cut = fit === 'first-part' ? firstPart(parts, limit) : gist(parts, limit);
  const [text = '', quoted = '', ...documents] = cut;
  return {
    text,
    quoted,
    documents: script.documents.flatMap((document, index) => {
      const left = documents[index];
      return left ? [{ ...document, text: left }] : [];
    }),
  };
}

const partsOf = ({ text, quoted, documents }: Script): string[] => [
  text,
  quoted,
  ...documents.map((document) => document.text),
];

/** In the order in which they were sent, until there is no room. */
function firstPart(parts: readonly string[], limit: number): string[] {
  let room = limit;
  return parts.map((part) => {
    if (room <= 0) return '';
    const { text, truncated } = truncateText(part, room);
    room = truncated ? 0 : room - text.length;
    return text;
  });
}

/** Long parts share the room by their lengths. */
function gist(parts: readonly string[], limit: number): string[] {
  const long = parts.filter((part) => part.length > SHORT_PART);
  const total = long.reduce((sum, part) => sum + part.length, 0);
  const short = parts.reduce((sum, part) => sum + part.length, 0) - total;
  const room = Math.max(0, limit - short);
  return parts.map((part) =>
    part.length > SHORT_PART ? condense(part, Math.floor((room * part.length) / total)) : part,
  );
}

/** What people answer to the question, as a whole message: "ok, just shorten the whole thing please". */
export function fitIn(text: string): Fit | undefined {
  if (text.length > LONGEST_ANSWER) return undefined;
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '');
  const telling = FITS.reduce((rest, { fillers }) => rest.replace(fillers, ' '), words)
    .replace(/\s+/g, ' ')
    .trim();
  if (FIRST_PART.test(telling)) return 'first-part';
  return GIST.test(telling) ? 'gist' : undefined;
}

const LONGEST_ANSWER = 60;
const FITS = LOCALES.map(({ wishes }) => wishes.fit);
const FIRST_PART = new RegExp(`^(?:${FITS.map(({ firstPart }) => firstPart).join('|')})$`);
const GIST = new RegExp(`^(?:${FITS.map(({ gist }) => gist).join('|')})$`);
