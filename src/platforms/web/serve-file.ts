/** Hands a stored file to the browser: whole, or the part that a video player asks for. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { servedAs } from './file-kind.ts';
import type { FileVault } from './file-vault.ts';
import type { WireFile } from './wire.ts';

export async function serveFile(
  req: IncomingMessage,
  res: ServerResponse,
  file: WireFile,
  vault: FileVault,
  how: { readonly download: boolean; readonly cache: string },
): Promise<void> {
  const { type, inPlace } = servedAs(file.mime);
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Disposition', disposition(file.name, inPlace && !how.download));
  // Opened by itself, the file can run nothing and reach nothing.
  res.setHeader(
    'Content-Security-Policy',
    "sandbox; default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'",
  );
  res.setHeader('Cache-Control', how.cache);
  // What is behind an id never changes.
  const tag = `"${file.id}"`;
  res.setHeader('ETag', tag);
  res.setHeader('Accept-Ranges', 'bytes');

  if (req.headers['if-none-match'] === tag) {
    res.writeHead(304).end();
    return;
  }
  const range = rangeOf(req.headers.range, file.bytes);
  if (range === 'impossible') {
    res.writeHead(416, { 'Content-Range': `bytes */${file.bytes}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
  if (range) res.setHeader('Content-Range', `bytes ${start}-${end}/${file.bytes}`);
  res.writeHead(range ? 206 : 200, { 'Content-Length': Math.max(0, end - start + 1) });
  if (req.method === 'HEAD' || file.bytes === 0) {
    res.end();
    return;
  }
  try {
    await pipeline(vault.read(file.id, { start, end }), res);
  } catch (error) {
    // Players break off whenever they have enough; a disk that fails leaves the answer cut off as well.
    res.destroy(error instanceof Error ? error : undefined);
  }
}

/** RFC 6266: the plain name for old clients, the UTF-8 one for all others. */
function disposition(name: string, inPlace: boolean): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `${inPlace ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/**
 * One range; undefined asks for all, also when several are wanted, which the standard allows.
 * Both ends are included, as in the header (RFC 9110, 14.1.2).
 */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): { readonly start: number; readonly end: number } | 'impossible' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  return start > end || start >= bytes ? 'impossible' : { start, end };
}
