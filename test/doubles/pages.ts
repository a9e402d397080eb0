/** A web site on loopback: what it answers by path, and what was asked of it. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export type Page =
  | { readonly status?: number; readonly type?: string; readonly body?: string | Buffer }
  | { readonly to: string }
  /** Answers nothing, or begins and never ends. */
  | { readonly never: 'head' | 'body' };

export interface Site {
  readonly url: string;
  /** By path; a robots.txt that nobody set is not there. */
  readonly pages: Map<string, Page>;
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startSite(pages: Readonly<Record<string, Page>> = {}): Promise<Site> {
  const site = { pages: new Map(Object.entries(pages)), asked: [] as string[] };
  const server = createServer((request, response) => {
    const at = request.url ?? '/';
    site.asked.push(`${request.method} ${at}`);
    answer(site.pages.get(at), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...site,
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(page: Page | undefined, _request: IncomingMessage, response: ServerResponse) {
  if (!page) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing here');
  } else if ('to' in page) {
    response.writeHead(302, { location: page.to }).end();
  } else if ('never' in page) {
    if (page.never === 'body')
      response.writeHead(200, { 'content-type': 'text/html' }).write('<p>');
  } else {
    const body = page.body ?? '';
    response.writeHead(page.status ?? 200, {
      'content-type': page.type ?? 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  }
}

const FOLDER = path.resolve(import.meta.dirname, '../conversation/links/pages');

/** One of the written pages. */
export const pageFile = (name: string): Page => ({
  type: 'text/html',
  body: readFileSync(path.join(FOLDER, name)),
});
