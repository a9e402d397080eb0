/** The one HTTP port: health, metrics, and whatever the platforms answer there. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './log.ts';

/** True when the request was theirs, whether or not the answer is out yet. */
export type Route = (req: IncomingMessage, res: ServerResponse) => boolean | Promise<boolean>;

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  readonly log: Log;
}

export async function startHttpServer({
  host,
  port,
  routes,
  log,
}: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((req, res) => {
    answer(req, res).catch((error) => {
      log.error('a request failed', { path: pathOf(req), error });
      if (!res.headersSent) res.writeHead(500, { 'content-type': 'text/plain' });
      res.end('Something went wrong.\n');
    });
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    for (const route of routes) {
      if (await route(req, res)) return;
    }
    res.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n');
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const pathOf = (req: IncomingMessage): string => (req.url ?? '/').split('?')[0] ?? '/';

/** A route for GET of one path. */
export const getRoute =
  (path: string, answer: () => Promise<{ status: number; type: string; body: string }>): Route =>
  async (req, res) => {
    if (pathOf(req) !== path || (req.method !== 'GET' && req.method !== 'HEAD')) return false;
    const { status, type, body } = await answer();
    res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    return true;
  };
