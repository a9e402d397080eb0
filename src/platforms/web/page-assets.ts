/**
 * The page's own files. Its scripts are TypeScript and are served with the types taken out, by the
 * same means by which Node runs the server: the page is type-checked against wire.ts, and there is
 * still no build step.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { localeFor } from '../../locales/locales.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  ts: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** Names that are not files of `page/`. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'inter.woff2': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  'inter-ext.woff2': '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
};

interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly tag: string;
}

export function createPageAssets() {
  const loaded = new Map<string, Promise<Asset | undefined>>();

  /** False where there is no such file. */
  return async (req: IncomingMessage, res: ServerResponse, asked: string): Promise<boolean> => {
    if (!/^[a-z0-9-]+\.(html|css|ts|svg|woff2)$/.test(asked)) return false;
    const name = inKnownLanguage(asked);
    const known = loaded.get(name) ?? load(name);
    const asset = await known;
    if (!asset) return false;
    loaded.set(name, known);
    res.setHeader('Cache-Control', 'no-cache');
    res.setHeader('ETag', asset.tag);
    if (req.headers['if-none-match'] === asset.tag) {
      res.writeHead(304).end();
      return true;
    }
    res.writeHead(200, { 'Content-Type': asset.type, 'Content-Length': asset.body.length });
    res.end(req.method === 'HEAD' ? undefined : asset.body);
    return true;
  };
}

/** `words-es-mx.ts`, as the browser's language calls it, becomes the name of one that there is. */
const inKnownLanguage = (name: string): string =>
  name.replace(/^words-(.+)\.ts$/, (_, tag: string) => `words-${localeFor(tag).code}.ts`);

function addressOf(name: string): string {
  const elsewhere = ELSEWHERE[name];
  if (elsewhere) return import.meta.resolve(elsewhere);
  const code = /^words-(.+)\.ts$/.exec(name)?.[1];
  const file = code ? `../../locales/${code}/page.ts` : `page/${name}`;
  return new URL(file, import.meta.url).href;
}

async function load(name: string): Promise<Asset | undefined> {
  const url = addressOf(name);
  const extension = name.split('.').at(-1) ?? '';
  const type = TYPES[extension];
  if (!type) return undefined;
  try {
    const raw = await readFile(fileURLToPath(url));
    const body = extension === 'ts' ? Buffer.from(stripTypeScriptTypes(raw.toString('utf8'))) : raw;
    return {
      type,
      body,
      tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
