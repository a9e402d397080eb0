/**
 * Who may ask. The page listens on loopback without a password, so the browser is the border: any
 * site that the person visits can send requests to 127.0.0.1, and DNS rebinding can even make them
 * look like its own. Hence the name in `Host` must be ours, what changes something must come from
 * our own page, and needs a header that other sites cannot send without a preflight.
 * https://owasp.org/www-community/attacks/DNS_Rebinding (idea), https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export const OWN_HEADER = 'x-playground';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const WILDCARDS = ['0.0.0.0', '::', ''];

export type Verdict = 'ok' | 'wrong-host' | 'cross-site';

export function judge(req: IncomingMessage, own: Address): Verdict {
  const host = req.headers.host?.toLowerCase();
  if (host === undefined || !ownNames(own).includes(host)) return 'wrong-host';
  const site = req.headers['sec-fetch-site'];
  if (req.method === 'GET' || req.method === 'HEAD') {
    // A link elsewhere may lead to the page; nobody else's page may draw on what is behind it.
    const isPage = req.url === '/' || req.url?.startsWith('/?');
    return site === undefined || site === 'same-origin' || site === 'none' || isPage
      ? 'ok'
      : 'cross-site';
  }
  const { origin } = req.headers;
  const same = origin === undefined ? site === 'same-origin' : origin === `http://${host}`;
  return same && req.headers[OWN_HEADER] === '1' ? 'ok' : 'cross-site';
}

function ownNames({ host, port }: Address): string[] {
  const names = WILDCARDS.includes(host)
    ? LOOPBACK_NAMES
    : [...LOOPBACK_NAMES, bracketed(host.toLowerCase())];
  // Browsers leave the scheme's own port out.
  return names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);

const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No string ever becomes markup or code: the browser itself refuses `innerHTML` and the like.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** On every answer. Files get a stricter policy of their own (see serve-file.ts). */
export function setSafeHeaders(res: ServerResponse): void {
  res.setHeader('Content-Security-Policy', PAGE_POLICY);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
}
