/**
 * A cookie that says "this browser was signed in before". It opens nothing: wrong passwords from it are
 * counted apart from everybody else's (attempt-limit.ts). It is signed under a key that is made of the
 * password, so it is remembered nowhere, outlives a restart, and ends with the password.
 */
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

export interface KnownBrowsers {
  issue(): string;
  /** The browser's id, or undefined for what was not issued here. */
  recognise(cookie: string | undefined): string | undefined;
}

const ID_BYTES = 16;
const KEY_BYTES = 32;
/** Slow on purpose: the password must not be found by trying the signature of a cookie. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

export function knownBrowsers(password: string): KnownBrowsers {
  const key = scryptSync(password, 'nemo-bot playground: known browser', KEY_BYTES, COST);
  const sign = (id: string) => createHmac('sha256', key).update(id).digest();
  return {
    issue() {
      const id = randomBytes(ID_BYTES).toString('base64url');
      return `${id}.${sign(id).toString('base64url')}`;
    },
    recognise(cookie) {
      const [id, signature] = cookie?.split('.', 2) ?? [];
      if (!id || !signature) return undefined;
      const given = Buffer.from(signature, 'base64url');
      const right = sign(id);
      return given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
    },
  };
}
