/**
 * The HTTP port: health, metrics, and whatever the platforms answer there. Anybody may connect, so everything that a
 * stranger can hold is bounded: connections, the time for a request to arrive, and (in the routes) its bytes.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { machineTimers } from './clock.ts';
import type { Log } from './log.ts';
import { hasMethod, refuse } from './refuse-request.ts';

/** True when the request was theirs, whether or not the answer is out yet. */
export type Route = (req: IncomingMessage, res: ServerResponse) => boolean | Promise<boolean>;

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Times in real milliseconds. */
export interface HttpLimits {
  /** More are dropped as they come. */
  readonly connections: number;
  /** From the connection to the end of the headers. */
  readonly headersMs: number;
  /** From there to the end of the body. */
  readonly bodyMs: number;
  /** Between two pieces of an upload, which may otherwise take its time. */
  readonly idleMs: number;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  readonly log: Log;
  /** Is this a body that may take its time? */
  readonly isUpload?: (req: IncomingMessage) => boolean;
  readonly limits?: Partial<HttpLimits>;
}

const LIMITS: HttpLimits = {
  connections: 500,
  headersMs: 10_000,
  bodyMs: 15_000,
  idleMs: 60_000,
};

export async function startHttpServer({
  host,
  port,
  routes,
  log,
  isUpload = () => false,
  limits = {},
}: HttpServerOptions): Promise<HttpServer> {
  const { connections, headersMs, bodyMs, idleMs } = { ...LIMITS, ...limits };
  const server = createServer(
    {
      headersTimeout: headersMs,
      connectionsCheckingInterval: Math.min(5_000, headersMs),
      // Node's own limit would end a large upload too; see `endLateBody`.
      requestTimeout: 0,
    },
    (req, res) => {
      limitBody(req, res);
      answer(req, res).catch((error: unknown) => {
        if (req.destroyed && !req.complete) {
          log.debug('a request was broken off', { path: pathOf(req), error });
          return;
        }
        log.error('a request failed', { path: pathOf(req), error });
        if (!res.headersSent) res.writeHead(500, { 'content-type': 'text/plain' });
        res.end('Something went wrong.\n');
      });
    },
  );
  server.maxConnections = connections;

  function limitBody(req: IncomingMessage, res: ServerResponse): void {
    if (isUpload(req)) {
      req.setTimeout(idleMs);
      // What comes after a refusal is read by nobody.
      res.once('finish', () => endLateBody(req, res));
    } else endLateBody(req, res);
  }

  function endLateBody(req: IncomingMessage, res: ServerResponse): void {
    if (req.complete) return;
    const callOff = machineTimers.after(bodyMs, () => {
      if (req.complete) return;
      log.debug('a request took too long to arrive', { path: pathOf(req) });
      if (res.headersSent) req.destroy();
      else refuse(req, res, 408, 'The request took too long.\n');
    });
    req.once('close', callOff);
  }

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
    if (pathOf(req) !== path) return false;
    if (!hasMethod(req, res, 'GET', 'HEAD')) return true;
    const { status, type, body } = await answer();
    res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    return true;
  };
