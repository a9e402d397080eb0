// Over 250 lines: its cases share one setup and read as one list.
/** What a state keeps to, in every store. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { aesCipher, type KeyOptions } from '../../src/state/encryption.ts';
import { type State, StateUnavailable } from '../../src/state/state.ts';
import type { StoredState } from './stores.ts';

const KEY = randomBytes(32).toString('base64');
const WRITER = fileURLToPath(new URL('./fixtures/writer.ts', import.meta.url));
const project = z.object({ session: z.string(), language: z.string().optional() });
const token = 'xoxb-very-secret-token';

export function describeState(create: () => Promise<StoredState>): void {
  let stored: StoredState;
  const opened: State[] = [];
  beforeEach(async () => {
    stored = await create();
  });
  afterEach(async () => {
    for (const state of opened.splice(0)) await state.close();
    await stored.remove();
  });

  async function open(keys: KeyOptions = { encryptionKey: KEY }): Promise<State> {
    const state = await stored.open(keys);
    opened.push(state);
    return state;
  }

  async function processes(task: string, ...names: string[]): Promise<string[]> {
    const children = names.map((name) => {
      const place = JSON.stringify(stored.place);
      const child = spawn(process.execPath, [WRITER, task, place, name], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
      });
      return once(child, 'close').then(([code]) => {
        expect(code).toBe(0);
        return said;
      });
    });
    return await Promise.all(children);
  }

  describe('a map', () => {
    test('lists its keys by how they begin, and no other map’s, nor what has ended', async () => {
      const state = await open();
      const here = state.map('here', z.string());
      const short = state.map('short', z.string(), { ttlMs: 1 });
      const names = ['slack:T1:a', 'slack:T1:b', 'slack:T10:a', 'slack:T%:a', 'slack:T1'];
      for (const name of names) await here.set(name, 'x');
      await state.map('elsewhere', z.string()).set('slack:T1:z', 'x');
      expect(await here.keys('slack:T1:')).toEqual(['slack:T1:a', 'slack:T1:b']);
      expect(await here.keys('slack:T%')).toEqual(['slack:T%:a']);
      expect(new Set(await here.keys(''))).toEqual(new Set(names));
      await short.set('k', 'x');
      await expect.poll(() => short.keys('')).toEqual([]);
    });

    test('gives back what was set, until it is deleted', async () => {
      const projects = (await open()).map('projects', project);
      expect(await projects.get('t')).toBeUndefined();
      await projects.set('t', { session: 's1' });
      await projects.set('t', { session: 's2', language: 'zh' });
      expect(await projects.get('t')).toEqual({ session: 's2', language: 'zh' });
      await projects.delete('t');
      await projects.delete('t');
      expect(await projects.get('t')).toBeUndefined();
    });

    test('shares nothing with a map of another name', async () => {
      const state = await open();
      const [a, b] = [state.map('a', z.string()), state.map('b', z.string())];
      await a.set('key', 'of a');
      await b.set('key', 'of b');
      await b.delete('key');
      expect(await a.get('key')).toBe('of a');
    });

    test('keeps any JSON under any key, encrypted or not', async () => {
      const state = await open();
      const maps = [
        state.map('open', z.unknown()),
        state.map('secret', z.unknown(), { secret: true }),
      ];
      const anything = fc.asyncProperty(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.jsonValue(),
        async (key, value) => {
          for (const map of maps) {
            await map.set(key, value);
            expect(await map.get(key)).toEqual(JSON.parse(JSON.stringify(value)));
          }
        },
      );
      await fc.assert(anything, {
        numRuns: 60,
        examples: [
          ['a\0b', '\0'],
          ['a\\0b', ''],
        ],
      });
      for (const map of maps) {
        await map.set('a\0b', 1);
        await map.set('a\\0b', 2);
        expect([await map.get('a\0b'), await map.get('a\\0b')]).toEqual([1, 2]);
      }
    });

    test('is there after a restart, and on another connection meanwhile', async () => {
      const first = await open();
      await first.map('projects', project).set('t', { session: 's' });
      const beside = (await open()).map('projects', project);
      expect(await beside.get('t')).toEqual({ session: 's' });
      await beside.set('t', { session: 's2' });
      await first.close();
      expect(await (await open()).map('projects', project).get('t')).toEqual({ session: 's2' });
    });

    test('takes the writes of several processes at once', async () => {
      await processes('set', 'a', 'b');
      const numbers = (await open()).map('numbers', z.number());
      for (let n = 0; n < 100; n++) {
        expect(await numbers.get(`a-${n}`)).toBe(n);
        expect(await numbers.get(`b-${n}`)).toBe(n);
      }
    });

    test('has one schema', async () => {
      const state = await open();
      state.map('projects', project);
      expect(() => state.map('projects', project)).not.toThrow();
      expect(() => state.map('projects', z.string())).toThrow(/"projects".*another schema/);
    });
  });

  describe('compare and set', () => {
    test.each([
      ['openly', {}],
      ['encrypted', { secret: true }],
      ['for a time', { ttlMs: 60_000 }],
    ])('writes what is kept %s only over what was read', async (_, options) => {
      const state = await open();
      const map = state.map('projects', project, options);
      expect(await map.swap('t', { session: 's' }, { session: 's1' })).toBe(false);
      expect(await map.get('t')).toBeUndefined();
      expect(await map.swap('t', undefined, { session: 's1' })).toBe(true);
      expect(await map.swap('t', undefined, { session: 's2' })).toBe(false);
      expect(await map.swap('t', { session: 'other' }, { session: 's2' })).toBe(false);
      expect(await map.get('t')).toEqual({ session: 's1' });
      // Without a property, or with one that is undefined: the same.
      expect(await map.swap('t', { session: 's1', language: undefined }, { session: 's3' })).toBe(
        true,
      );
      expect(await map.swap('t', await map.get('t'), { session: 's4' })).toBe(true);
      expect(await map.get('t')).toEqual({ session: 's4' });
      expect(await map.swap('t', { session: 's1' }, undefined)).toBe(false);
      expect(await map.swap('t', { session: 's4' }, undefined)).toBe(true);
      expect(await map.get('t')).toBeUndefined();
      expect(await map.swap('t', undefined, undefined)).toBe(true);
    });

    test('compares the whole value, whatever the order of its properties', async () => {
      const map = (await open()).map('projects', project);
      await map.set('t', { session: 's', language: 'zh' });
      expect(await map.swap('t', { session: 's' }, { session: 'x' })).toBe(false);
      expect(await map.swap('t', { language: 'zh', session: 's' }, { session: 'x' })).toBe(true);
    });

    test('has one winner among many, in one process and in several', async () => {
      const states = await Promise.all([open(), open(), open()]);
      const maps = states.map((state) => state.map('owner', z.string(), { secret: true }));
      const tries = Array.from({ length: 12 }, (_, n) => ({ map: maps[n % 3], name: `${n}` }));
      const won = await Promise.all(
        tries.map(({ map, name }) => map?.swap('lease', undefined, name)),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await maps[0]?.get('lease')).toBe(`${won.indexOf(true)}`);

      // Each adds one a hundred times; an addition that is lost would be missing at the end.
      const sums = await processes('add', 'a', 'b', 'c');
      expect(sums.map(Number)).toEqual([50, 50, 50]);
      expect(await states[0]?.map('sums', z.number()).get('sum')).toBe(150);
    });

    test('takes what has expired for nothing, and begins its time anew', async () => {
      const map = (await open()).map('leases', z.string(), { ttlMs: 60_000 });
      expect(await map.swap('t', undefined, 'a')).toBe(true);
      await stored.pass(40_000);
      expect(await map.swap('t', 'a', 'a2')).toBe(true);
      await stored.pass(40_000);
      expect(await map.swap('t', undefined, 'b')).toBe(false);
      await stored.pass(20_001);
      expect(await map.swap('t', 'a2', 'a3')).toBe(false);
      expect(await map.swap('t', undefined, 'b')).toBe(true);
      expect(await map.get('t')).toBe('b');
    });

    test('of what cannot be read, or under no key, rejects', async () => {
      const map = (await open()).map('projects', project);
      await stored.put({ namespace: 'projects', key: 't', value: '{"value":{"sessionId":19}}' });
      await expect(map.swap('t', { session: 's' }, { session: 'x' })).rejects.toThrow(
        StateUnavailable,
      );
      await expect(map.swap('', undefined, { session: 'x' })).rejects.toThrow(StateUnavailable);
    });
  });

  describe('time to live', () => {
    test('ends when nothing was written for so long', async () => {
      const seen = (await open()).map('seen', z.number(), { ttlMs: 60_000 });
      await seen.set('event', 1);
      await stored.pass(50_000);
      expect(await seen.get('event')).toBe(1);
      await seen.set('event', 2);
      await stored.pass(50_000);
      expect(await seen.get('event')).toBe(2);
      await stored.pass(10_000);
      expect(await seen.get('event')).toBeUndefined();
    });

    test('expired rows are removed by later writes, and others stay', async () => {
      const state = await open();
      const seen = state.map('seen', z.number(), { ttlMs: 60_000 });
      await state.map('kept', z.number()).set('always', 1);
      for (let n = 0; n < 40; n++) await seen.set(`old ${n}`, n);
      await stored.pass(60_000);
      await seen.set('old 39', 39);
      for (let n = 0; n < 4; n++) await seen.set(`new ${n}`, n);
      const keys = (await stored.rows()).map(({ key }) => key);
      // The probe is of the key that the database is encrypted with.
      const left = ['probe', 'always', ...[0, 1, 2, 3].map((n) => `new ${n}`), 'old 39'];
      expect(keys).toEqual(left);
    });
  });

  describe('secrets', () => {
    test('cannot be asked for without a key', async () => {
      const state = await open({});
      expect(() => state.map('installs', z.string(), { secret: true })).toThrow(
        /ENCRYPTION_KEY must be set: "installs"/,
      );
    });

    test('stand nowhere as they are', async () => {
      const installs = (await open()).map('installs', z.string(), { secret: true });
      await installs.set('T1', token);
      await installs.swap('T1', token, `${token}-2`);
      expect(JSON.stringify(await stored.rows())).not.toContain(token);
      expect(await installs.get('T1')).toBe(`${token}-2`);
    });

    test('met by another key in mid-run are unavailable, with a sentence that names ENCRYPTION_KEY', async () => {
      const installs = (await open()).map('installs', z.string(), { secret: true });
      await installs.set('T1', token);
      const value = aesCipher(randomBytes(32)).encrypt('x', { map: 'installs', key: 'T1' });
      await stored.put({ namespace: 'installs', key: 'T1', value });
      for (const call of [() => installs.get('T1'), () => installs.swap('T1', token, 'x')]) {
        await expect(call()).rejects.toThrow(StateUnavailable);
        await expect(call()).rejects.toThrow(/"installs".*ENCRYPTION_KEY/);
      }
    });

    test('copied to another place do not open there', async () => {
      const state = await open();
      const a = state.map('a', z.string(), { secret: true });
      const b = state.map('b', z.string(), { secret: true });
      await a.set('1', token);
      await stored.move({ namespace: 'a', key: '1' }, { namespace: 'a', key: '2' });
      await expect(a.get('2')).rejects.toThrow(StateUnavailable);
      await stored.move({ namespace: 'a', key: '2' }, { namespace: 'b', key: '1' });
      await expect(b.get('1')).rejects.toThrow(StateUnavailable);
    });

    test('written openly are not taken for encrypted ones', async () => {
      const state = await open();
      await state.map('a', z.string()).set('key', token);
      await stored.move({ namespace: 'a', key: 'key' }, { namespace: 'b', key: 'key' });
      const b = state.map('b', z.string(), { secret: true });
      await expect(b.get('key')).rejects.toThrow(/should be encrypted/);
    });
  });

  describe('trouble is never "not there"', () => {
    test.each([
      ['cut off', '{"value":{"session":"s'],
      ['empty', ''],
      ['null', 'null'],
      ['without its wrapping', '"text"'],
      ['without a value', '{}'],
      ['of an earlier shape', '{"value":{"sessionId":19}}'],
    ])('a stored value that is %s makes the look reject', async (_, value) => {
      const projects = (await open()).map('projects', project);
      await stored.put({ namespace: 'projects', key: 't', value });
      await expect(projects.get('t')).rejects.toThrow(StateUnavailable);
    });

    test('an error does not quote the stored value', async () => {
      const codes = (await open()).map('codes', z.enum(['a', 'b']));
      for (const value of ['hunter2', '{"value":"hunter2"}']) {
        await stored.put({ namespace: 'codes', key: 't', value });
        const error = await codes.get('t').catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(StateUnavailable);
        expect(JSON.stringify([`${error}`, error])).not.toContain('hunter2');
      }
    });

    test('a closed database makes every call reject', async () => {
      const state = await open();
      const projects = state.map('projects', project);
      await state.close();
      await state.close();
      const value = { session: 's' };
      await expect(projects.get('t')).rejects.toThrow(StateUnavailable);
      await expect(projects.set('t', value)).rejects.toThrow(StateUnavailable);
      await expect(projects.delete('t')).rejects.toThrow(StateUnavailable);
      await expect(projects.swap('t', undefined, value)).rejects.toThrow(StateUnavailable);
    });

    test('a missing table too, and the failure of one call is not that of another', async () => {
      const projects = (await open()).map('projects', project);
      await projects.set('good', { session: 's' });
      await stored.put({ namespace: 'projects', key: 'bad', value: 'x' });
      const [good, bad] = await Promise.allSettled([projects.get('good'), projects.get('bad')]);
      expect([good.status, bad.status]).toEqual(['fulfilled', 'rejected']);
      await stored.dropTable();
      await expect(projects.get('good')).rejects.toThrow(StateUnavailable);
    });

    test('a value that is not JSON, or an empty key, is not taken', async () => {
      const state = await open();
      const big = state.map('big', z.bigint());
      await expect(big.set('n', 1n)).rejects.toThrow(StateUnavailable);
      await expect(big.swap('n', undefined, 1n)).rejects.toThrow(StateUnavailable);
      await expect(state.map('any', z.string()).set('', 'x')).rejects.toThrow(StateUnavailable);
    });
  });
}
