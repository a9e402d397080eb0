/**
 * Which requests a browser may bring. Any site that the person visits can send requests here, so what
 * changes something must come from our own page, and needs a header that other sites cannot send without
 * a preflight. Without a password the page listens on loopback alone, and DNS rebinding can make a site
 * look like our own: the name in `Host` must be ours then. With a password the names are the operator's
 * affair; a site that takes our address under its own name gets no cookie of ours.
 * https://owasp.org/www-community/attacks/DNS_Rebinding (idea), https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf } from './http.ts';
import { SIGN_IN } from './sign-in/sign-in.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export const OWN_HEADER = 'x-playground';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

export type Verdict = 'ok' | 'wrong-host' | 'cross-site';

/** `own` is the one address it may be asked by; undefined where signing in takes its place. */
export function judge(req: IncomingMessage, own: Address | undefined): Verdict {
  const host = req.headers.host?.toLowerCase();
  if (host === undefined || (own && !ownNames(own).includes(host))) return 'wrong-host';
  const site = req.headers['sec-fetch-site'];
  if (req.method === 'GET' || req.method === 'HEAD') {
    // A link elsewhere may lead to the page; nobody else's page may draw on what is behind it.
    const isPage = PAGES.includes(pathOf(req));
    return site === undefined || site === 'same-origin' || site === 'none' || isPage
      ? 'ok'
      : 'cross-site';
  }
  const { origin } = req.headers;
  const names = own ? [host] : [host, forwardedHost(req)];
  const same = origin === undefined ? site === 'same-origin' : names.some(isAt(origin, own));
  // A form cannot send a header; the origin that the browser gives with it is proof enough.
  const byForm = !own && pathOf(req) === SIGN_IN;
  return same && (byForm || req.headers[OWN_HEADER] === '1') ? 'ok' : 'cross-site';
}

const PAGES = ['/', SIGN_IN];

/** A proxy may speak TLS with the browser, and may keep the name that the browser used to itself. */
function isAt(origin: string, own: Address | undefined) {
  return (name: string | undefined): boolean => {
    if (name === undefined || !URL.canParse(origin)) return false;
    const { protocol, host } = new URL(origin);
    if (own && protocol !== 'http:') return false;
    // Through URL, because browsers leave the scheme's own port out.
    const asked = `${protocol}//${name}`;
    return /^https?:$/.test(protocol) && URL.canParse(asked) && new URL(asked).host === host;
  };
}

/** No site can make a browser send this header here. */
const forwardedHost = (req: IncomingMessage): string | undefined =>
  String(req.headers['x-forwarded-host'] ?? '')
    .split(',')[0]
    ?.trim()
    .toLowerCase() || undefined;

function ownNames({ host, port }: Address): string[] {
  const names = [...LOOPBACK_NAMES, bracketed(host.toLowerCase())];
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
