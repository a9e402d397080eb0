/** A web page saved as one file (MHT): a mail whose first part of HTML is the page. */
import { DocumentUnreadable } from '../document.ts';
import { readHtml } from './read-html.ts';

/** Throws `DocumentUnreadable`. */
export function readWebArchive(bytes: Uint8Array): string {
  const mail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const page = pageIn(entityOf(mail), 0);
  if (!page) throw new DocumentUnreadable('damaged', 'the web archive has no page');
  return page.isHtml
    ? readHtml(page.content, page.charset)
    : new TextDecoder(page.charset ?? 'utf-8').decode(page.content);
}

/** Headers and the rest, in letters that are bytes. */
interface Entity {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

interface Page {
  readonly isHtml: boolean;
  readonly charset: string | undefined;
  readonly content: Buffer;
}

const MOST_DEPTH = 5;
/** A page has a picture or two hundred. */
const MOST_PARTS = 2000;
const MOST_HEADERS = 64 * 1024;

function entityOf(text: string): Entity {
  const start = text.slice(0, MOST_HEADERS);
  const gap = /\r?\n\r?\n/.exec(start);
  const end = gap ? gap.index : start.length;
  const headers = new Map<string, string>();
  for (const line of start
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== '' && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: gap ? text.slice(end + gap[0].length) : '' };
}

/** HTML before plain text, wherever it stands. */
function pageIn(entity: Entity, depth: number): Page | undefined {
  const type = entity.headers.get('content-type') ?? 'text/plain';
  if (/^multipart\//i.test(type)) {
    if (depth === MOST_DEPTH) return undefined;
    const pages = partsOf(entity.body, parameter(type, 'boundary') ?? '').flatMap(
      (part) => pageIn(part, depth + 1) ?? [],
    );
    return pages.find(({ isHtml }) => isHtml) ?? pages[0];
  }
  const isHtml = /^(?:text\/html|application\/xhtml)/i.test(type);
  if (!isHtml && !/^text\/plain/i.test(type)) return undefined;
  return { isHtml, charset: charsetOf(type), content: contentOf(entity) };
}

function partsOf(body: string, boundary: string): Entity[] {
  if (boundary === '') return [];
  const parts = `\n${body}`.split(`\n--${boundary}`, MOST_PARTS).slice(1);
  return parts
    .filter((part) => !part.startsWith('--'))
    .map((part) => entityOf(part.replace(/^[^\n]*\n/, '').replace(/\r$/, '')));
}

function contentOf({ headers, body }: Entity): Buffer {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const plain = body
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  return Buffer.from(plain, 'latin1');
}

function parameter(header: string, name: string): string | undefined {
  const [, quoted, plain] =
    new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(header.slice(0, 2000)) ??
    [];
  return quoted ?? plain;
}

function charsetOf(type: string): string | undefined {
  const name = parameter(type, 'charset');
  try {
    return name === undefined ? undefined : new TextDecoder(name).encoding;
  } catch {
    // No encoding of that name: the page or its bytes are asked.
    return undefined;
  }
}
