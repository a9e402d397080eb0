/** Reading and writing cookies, as far as signing in needs them. */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

export function cookieOf(req: IncomingMessage, name: string): string | undefined {
  for (const pair of req.headers.cookie?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

/**
 * `Strict` keeps it out of every request that another site causes, `HttpOnly` out of reach of scripts.
 * `Secure` where the browser came by TLS: elsewhere it would refuse the cookie.
 */
export function setCookie(
  req: IncomingMessage,
  name: string,
  value: string,
  seconds: number,
): string {
  const secure = cameByTls(req) ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** What a proxy says is believed: a lie changes nothing but the liar's own cookie. */
function cameByTls(req: IncomingMessage): boolean {
  if (req.socket instanceof TLSSocket) return true;
  const said = req.headers['x-forwarded-proto'];
  return String(said).split(',')[0]?.trim().toLowerCase() === 'https';
}
