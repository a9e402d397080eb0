/**
 * Fetches addresses that others chose: links in chats and in the backend's answers. Only https to the public
 * internet passes, and what the operator's own settings open. The guard sits where the connection
 * is made, on the very addresses that the name resolved to, so a name that changes its mind between a
 * check and the connection gains nothing; every redirect is judged anew.
 */
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, request } from 'undici';
import { isLoopback, isLoopbackHost, isPublic } from './ip-ranges.ts';

/** The address is not one that may be fetched. The message names the host alone: a path may be a secret. */
export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/** One after the other might be fetched; together they lead nowhere. */
export class RedirectsTooOften extends AddressRefused {
  override name = 'RedirectsTooOften';
}

export interface GuardedReply {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: Readable;
  /** Where the answer came from in the end. */
  readonly url: string;
}

export interface GuardedOptions {
  /** Sent to the first origin; of these only the harmless ones follow a redirect to another. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** 5 by default. */
  readonly maxRedirects?: number;
}

/** Rejects with `AddressRefused`, with the network's error, or with the signal's reason. */
export type GuardedFetch = (url: string, options: GuardedOptions) => Promise<GuardedReply>;

export interface Openings {
  /** Origins (`http://10.0.0.5:8080`) that are trusted whatever they resolve to. */
  readonly allowOrigins: readonly string[];
  /** For a backend that itself is on loopback: http and https to loopback too. */
  readonly allowLoopback: boolean;
}

type Trust = 'trusted' | 'loopback' | 'public';

/** Real milliseconds for an answer to begin, and between two pieces of it. */
const PATIENCE_MS = 60_000;

const harmless = new Set(['accept', 'range', 'user-agent']);

export function createGuardedFetch(openings: Openings): GuardedFetch {
  const origins = new Set(openings.allowOrigins.map((origin) => new URL(origin).origin));
  const agents: Record<Trust, Agent> = {
    trusted: agentFor(() => true),
    loopback: agentFor(isLoopback),
    public: agentFor(isPublic),
  };

  return async (start, { headers = {}, signal, maxRedirects = 5 }) => {
    const first = parse(start);
    let url = first;
    for (let hops = 0; ; hops += 1) {
      const trust = judge(url);
      const answer = await request(url, {
        dispatcher: agents[trust],
        signal,
        headers: url.origin === first.origin ? headers : withoutSecrets(headers),
      });
      // A body that its reader leaves alone reports its own end as an error, to nobody.
      answer.body.on('error', () => {});
      const location = answer.headers['location'];
      if (answer.statusCode < 300 || answer.statusCode > 399 || typeof location !== 'string') {
        const { statusCode: status, headers: given, body } = answer;
        return { status, headers: given, body, url: url.href };
      }
      answer.body.destroy();
      if (hops === maxRedirects) throw new RedirectsTooOften(`${url.host} redirects too often`);
      url = parse(location, url);
    }
  };

  function judge(url: URL): Trust {
    if (url.username !== '' || url.password !== '') {
      throw new AddressRefused(`${url.host}: an address with a password in it`);
    }
    if (origins.has(url.origin)) return 'trusted';
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    if (openings.allowLoopback && web && isLoopbackHost(url.hostname)) return 'loopback';
    if (url.protocol !== 'https:') throw new AddressRefused(`${url.host}: not https`);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // The connection looks names up, but takes a literal address as it is.
    if (/^[\d.]+$|:/.test(host) && !isPublic(host)) throw new AddressRefused(`${host}: not public`);
    return 'public';
  }
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new AddressRefused('not an address');
  return new URL(address, base);
}

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => harmless.has(name.toLowerCase())),
  );
}

function agentFor(allowed: (ip: string) => boolean): Agent {
  const guarded: LookupFunction = (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      // One bad address is enough: an honest public name has none.
      if (addresses.length === 0 || !addresses.every(({ address }) => allowed(address))) {
        return done(new AddressRefused(`${hostname}: not public`), []);
      }
      const [one] = addresses;
      if (options.all || one === undefined) done(null, addresses);
      else done(null, one.address, one.family);
    });
  };
  return new Agent({
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
    connect: { lookup: guarded, timeout: 10_000 },
  });
}
