/**
 * How often a password may be guessed.
 *
 * - Each address has a few wrong tries, then has to wait, longer each time. What is tried while it
 *   waits is not looked at and does not lengthen the wait.
 * - All unknown browsers together have a supply of wrong tries that refills slowly, so that many
 *   addresses do not multiply the guesses.
 * - Whoever fills both up locks out only browsers that nobody has ever signed in with, and only for as
 *   long as the guessing goes on. A browser that was signed in before (see known-browser.ts) is counted by
 *   itself and apart from the supply, also where a proxy makes all addresses look the same.
 */
import ipaddr from 'ipaddr.js';

export interface Visitor {
  /** Of the connection; a forwarded address is a claim that a guesser could change with each try. */
  readonly address: string;
  /** Proven id of a browser that was signed in before. */
  readonly browser: string | undefined;
}

export interface AttemptLimit {
  /** Milliseconds until the visitor may try; 0 is now. */
  wait(visitor: Visitor): number;
  failed(visitor: Visitor): void;
  succeeded(visitor: Visitor): void;
}

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Wrong tries of all unknown browsers: this many at once, and then one each so many milliseconds. */
const SUPPLY = 60;
const REFILL_MS = 10_000;
/** Visitors remembered. Each costs a wrong try of the supply, so they cannot be pushed out quickly. */
const MOST_VISITORS = 1_000;

export function createAttemptLimit(now: () => number = () => performance.now()): AttemptLimit {
  const visitors = new Map<string, { failures: number; until: number }>();
  let supply = SUPPLY;
  let filledAt = now();

  function refill(): void {
    const drops = Math.floor((now() - filledAt) / REFILL_MS);
    supply = Math.min(SUPPLY, supply + drops);
    filledAt += drops * REFILL_MS;
  }

  return {
    wait(visitor) {
      refill();
      const own = Math.max(0, (visitors.get(keyOf(visitor))?.until ?? 0) - now());
      if (visitor.browser !== undefined || supply > 0) return own;
      return Math.max(own, filledAt + REFILL_MS - now());
    },
    failed(visitor) {
      refill();
      if (visitor.browser === undefined) supply = Math.max(0, supply - 1);
      const key = keyOf(visitor);
      const failures = (visitors.get(key)?.failures ?? 0) + 1;
      const wait =
        failures < FREE_TRIES
          ? 0
          : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES));
      // Again at the end of the map: the one that failed longest ago is forgotten first.
      visitors.delete(key);
      visitors.set(key, { failures, until: now() + wait });
      const [oldest] = visitors.keys();
      if (visitors.size > MOST_VISITORS && oldest !== undefined) visitors.delete(oldest);
    },
    succeeded(visitor) {
      visitors.delete(keyOf(visitor));
    },
  };
}

const keyOf = ({ address, browser }: Visitor): string =>
  browser === undefined ? `address ${network(address)}` : `browser ${browser}`;

/** One customer of a provider has a whole /64 of IPv6 addresses, and may change them at will. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
