import { describe, expect, it } from 'vitest';
import {
  createAttemptLimit,
  type Visitor,
} from '../../../src/platforms/web/sign-in/attempt-limit.ts';
import { knownBrowsers } from '../../../src/platforms/web/sign-in/known-browser.ts';
import { createSessions } from '../../../src/platforms/web/sign-in/sessions.ts';

const MINUTE = 60_000;
const from = (address: string, browser?: string): Visitor => ({ address, browser });
const stranger = (n: number) => from(`10.0.${Math.floor(n / 250)}.${n % 250}`);

function limitAt() {
  const time = { now: 0 };
  const limit = createAttemptLimit(() => time.now);
  const fail = (visitor: Visitor, times: number) => {
    for (let n = 0; n < times; n++) limit.failed(visitor);
  };
  return { time, limit, fail };
}

describe('one address', () => {
  it('waits longer with each wrong try after the fifth, up to a quarter of an hour', () => {
    const { time, limit, fail } = limitAt();
    const visitor = from('10.0.0.1');
    fail(visitor, 4);
    expect(limit.wait(visitor)).toBe(0);
    const waits: number[] = [];
    for (let n = 0; n < 7; n++) {
      fail(visitor, 1);
      waits.push(limit.wait(visitor));
      time.now += limit.wait(visitor);
      expect(limit.wait(visitor)).toBe(0);
    }
    expect(waits.map((ms) => ms / MINUTE)).toEqual([0.5, 1, 2, 4, 8, 15, 15]);
  });

  it('begins anew when it has been right', () => {
    const { limit, fail } = limitAt();
    fail(from('10.0.0.1'), 4);
    limit.succeeded(from('10.0.0.1'));
    fail(from('10.0.0.1'), 4);
    expect(limit.wait(from('10.0.0.1'))).toBe(0);
  });

  it('is a whole network of IPv6, and the same in both ways of writing IPv4', () => {
    const { limit, fail } = limitAt();
    fail(from('2001:db8:1:2::1'), 5);
    expect(limit.wait(from('2001:db8:1:2:ffff::9'))).toBeGreaterThan(0);
    expect(limit.wait(from('2001:db8:1:3::1'))).toBe(0);
    fail(from('::ffff:10.0.0.9'), 5);
    expect(limit.wait(from('10.0.0.9'))).toBeGreaterThan(0);
  });
});

describe('many addresses together', () => {
  it('have sixty wrong tries and then one in ten seconds, which keep no known browser out', () => {
    const { time, limit } = limitAt();
    for (let n = 0; n < 60; n++) limit.failed(stranger(n));
    expect(limit.wait(stranger(1_000))).toBe(10_000);
    expect(limit.wait(from('10.0.0.1', 'known'))).toBe(0);
    time.now += 10_000;
    expect(limit.wait(stranger(1_000))).toBe(0);
    limit.failed(stranger(1_000));
    expect(limit.wait(stranger(1_001))).toBe(10_000);
    time.now += 10 * MINUTE;
    for (let n = 0; n < 60; n++) expect(limit.wait(stranger(2_000 + n))).toBe(0);
  });

  it('are remembered up to a number: the one that failed longest ago is forgotten', () => {
    const { limit, fail } = limitAt();
    const [first, second] = [from('10.9.0.1', 'first'), from('10.9.0.1', 'second')];
    fail(first, 5);
    fail(second, 5);
    for (let n = 0; n < 999; n++) limit.failed(from('10.9.0.1', `browser ${n}`));
    expect(limit.wait(first)).toBe(0);
    expect(limit.wait(second)).toBeGreaterThan(0);
  });
});

describe('a known browser', () => {
  it('is recognised after a restart, and by nobody who has another password', () => {
    const cookie = knownBrowsers('a password').issue();
    const id = knownBrowsers('a password').recognise(cookie);
    expect(cookie.startsWith(`${id}.`)).toBe(true);
    expect(knownBrowsers('another password').recognise(cookie)).toBeUndefined();
    for (const wrong of [undefined, '', '.', 'x.', '.x', `${id}.`, `${id}.x`, `x${cookie}`])
      expect(knownBrowsers('a password').recognise(wrong)).toBeUndefined();
  });
});

describe('sessions', () => {
  it('are two hundred at most: the oldest ends', () => {
    const sessions = createSessions();
    const tokens = Array.from({ length: 200 }, () => sessions.begin());
    const oldest = sessions.find(tokens[0]);
    expect(oldest?.signal.aborted).toBe(false);
    sessions.begin();
    expect(oldest?.signal.aborted).toBe(true);
    expect(tokens.filter((token) => sessions.find(token))).toHaveLength(199);
    sessions.close();
  });
});
