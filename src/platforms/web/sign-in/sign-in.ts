/** Signing in to a playground that others than the person at this machine can reach. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { localeOf, pathOf, RequestRefusal, readBody, sendJson } from '../http.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { knownBrowsers } from './known-browser.ts';
import { createSessions, SESSION_MS, type SignInSession } from './sessions.ts';
import { OPEN_ASSETS, type SignInProblem, sendSignInPage } from './sign-in-page.ts';

export interface SignInOptions {
  readonly password: string;
  /** How long a session lasts, in milliseconds; a week unless given. */
  readonly sessionMs?: number | undefined;
}

export interface SignIn {
  /**
   * The session under which the request may go on. Undefined: it has been answered here. Rejects with
   * `RequestRefusal` where the request is not one that leads to the form.
   */
  admit(req: IncomingMessage, res: ServerResponse): Promise<SignInSession | undefined>;
  close(): void;
}

export const SIGN_IN = '/sign-in';
export const SIGN_OUT = '/api/sign-out';

const SESSION_COOKIE = 'nemo_session';
const BROWSER_COOKIE = 'nemo_browser';
const YEAR_S = 365 * 86_400;
/** A password is not longer; what comes without one must not be stored. */
const MAX_FORM = 4_096;

export function createSignIn({ password, sessionMs = SESSION_MS }: SignInOptions): SignIn {
  const sessions = createSessions(sessionMs);
  const browsers = knownBrowsers(password);
  const limit = createAttemptLimit();
  const right = digest(password);

  /** Looks, compares and counts in one step: tries that come at the same time are counted one by one. */
  function attempt(req: IncomingMessage, given: string): SignInProblem | undefined {
    const visitor = {
      address: req.socket.remoteAddress ?? '',
      browser: browsers.recognise(cookieOf(req, BROWSER_COOKIE)),
    };
    const waitMs = limit.wait(visitor);
    if (waitMs > 0) return { waitMs };
    // Digests have one length, so that the comparison tells nothing about the password's.
    if (timingSafeEqual(digest(given), right)) {
      limit.succeeded(visitor);
      return undefined;
    }
    limit.failed(visitor);
    return 'wrong';
  }

  async function takePassword(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readBody(req, MAX_FORM));
    const problem = attempt(req, form.get('password')?.trim() ?? '');
    if (problem !== undefined) return sendSignInPage(res, localeOf(req), problem);
    const known = cookieOf(req, BROWSER_COOKIE);
    const browser = browsers.recognise(known) === undefined ? browsers.issue() : known;
    res.setHeader('Set-Cookie', [
      setCookie(req, SESSION_COOKIE, sessions.begin(), Math.floor(sessionMs / 1000)),
      setCookie(req, BROWSER_COOKIE, browser ?? '', YEAR_S),
    ]);
    redirect(res, '/');
  }

  return {
    async admit(req, res) {
      const session = sessions.find(cookieOf(req, SESSION_COOKIE));
      const path = pathOf(req);
      const reads = req.method === 'GET' || req.method === 'HEAD';
      if (path === SIGN_IN && req.method === 'POST') {
        await takePassword(req, res);
        return undefined;
      }
      if (path === SIGN_IN && reads) {
        if (session) redirect(res, '/');
        else sendSignInPage(res, localeOf(req));
        return undefined;
      }
      if (!session) {
        if (path === '/' && reads) redirect(res, SIGN_IN);
        else throw new RequestRefusal('signed-out', 'Please sign in.');
        return undefined;
      }
      if (path !== SIGN_OUT || req.method !== 'POST') return session;
      res.setHeader('Set-Cookie', setCookie(req, SESSION_COOKIE, '', 0));
      // What this browser has stored of other people's videos goes with the session.
      res.setHeader('Clear-Site-Data', '"cache"');
      sendJson(res, {});
      session.end();
      return undefined;
    },
    close: sessions.close,
  };
}

/** Style, icon and letters of the form itself. */
export function isOpen(req: IncomingMessage): boolean {
  const [, name = ''] = /^\/page\/([^/?]+)$/.exec(req.url ?? '') ?? [];
  return OPEN_ASSETS.has(name);
}

function redirect(res: ServerResponse, to: string): void {
  res.writeHead(303, { Location: to, 'Cache-Control': 'no-store' }).end();
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
