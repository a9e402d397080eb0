// Over 250 lines: its cases share one setup and read as one list.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { toThreadKey } from '../../src/runtime/ids.ts';
import { aesCipher } from '../../src/state/encryption.ts';
import { openState, type StateOptions } from '../../src/state/open-state.ts';
import { type State, StateUnavailable } from '../../src/state/state.ts';

const KEY = randomBytes(32).toString('base64');
const WRITER = fileURLToPath(new URL('./fixtures/writer.ts', import.meta.url));
const project = z.object({ session: z.string(), language: z.string().optional() });

let folder: string;
let path: string;
const opened: State[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemo-bot-state-'));
  path = join(folder, 'data', 'state.db');
});
afterEach(async () => {
  vi.useRealTimers();
  for (const state of opened.splice(0)) await state.close();
  await rm(folder, { recursive: true });
});

function open(options: Partial<StateOptions> = {}): State {
  const state = openState({ path, encryptionKey: KEY, ...options });
  opened.push(state);
  return state;
}

/** Changes the file behind the state's back. */
function tamper(sql: string, ...values: string[]): void {
  using db = new DatabaseSync(path);
  expect(db.prepare(sql).run(...values).changes).toBe(1);
}

describe('a map', () => {
  test('gives back what was set, until it is deleted', async () => {
    const projects = open().map('projects', project);
    expect(await projects.get('t')).toBeUndefined();
    await projects.set('t', { session: 's1' });
    await projects.set('t', { session: 's2', language: 'zh' });
    expect(await projects.get('t')).toEqual({ session: 's2', language: 'zh' });
    await projects.delete('t');
    await projects.delete('t');
    expect(await projects.get('t')).toBeUndefined();
  });

  test('shares nothing with a map of another name', async () => {
    const state = open();
    const [a, b] = [state.map('a', z.string()), state.map('b', z.string())];
    await a.set('key', 'of a');
    await b.set('key', 'of b');
    await b.delete('key');
    expect(await a.get('key')).toBe('of a');
  });

  test('keeps any JSON under any key, encrypted or not', async () => {
    const state = open();
    const maps = [
      state.map('open', z.unknown()),
      state.map('secret', z.unknown(), { secret: true }),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.jsonValue(),
        async (key, value) => {
          for (const map of maps) {
            await map.set(key, value);
            expect(await map.get(key)).toEqual(JSON.parse(JSON.stringify(value)));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is there after a restart, and on another connection meanwhile', async () => {
    const first = open();
    await first.map('projects', project).set('t', { session: 's' });
    const beside = open().map('projects', project);
    expect(await beside.get('t')).toEqual({ session: 's' });
    await beside.set('t', { session: 's2' });
    await first.close();
    expect(await open().map('projects', project).get('t')).toEqual({ session: 's2' });
  });

  test('takes the writes of several processes at once', async () => {
    const exits = ['a', 'b'].map((name) => {
      const child = spawn(process.execPath, [WRITER, path, name], { stdio: 'inherit' });
      return once(child, 'exit');
    });
    expect(await Promise.all(exits)).toEqual([
      [0, null],
      [0, null],
    ]);
    const numbers = open().map('numbers', z.number());
    for (let n = 0; n < 100; n++) {
      expect(await numbers.get(`a-${n}`)).toBe(n);
      expect(await numbers.get(`b-${n}`)).toBe(n);
    }
  });

  test('lives in the same file as the ledger', async () => {
    const ledger = openSqliteLedger({ path, leaseMs: 1_000 });
    const projects = open().map('projects', project);
    const turn = {
      thread: {
        key: toThreadKey('t'),
        platform: 'slack',
        workspace: 'T1',
        channel: 'C1',
        ref: 't',
      },
      lane: 'ordered',
      requester: 'ada',
      payload: '{}',
    } as const;
    await Promise.all([
      ledger.append({ ...turn, key: '1' }),
      projects.set('t', { session: 's' }),
      ledger.append({ ...turn, key: '2' }),
    ]);
    expect(await ledger.countUnfinished()).toBe(2);
    expect(await projects.get('t')).toEqual({ session: 's' });
    await ledger.close();
  });

  test('has one schema', () => {
    const state = open();
    state.map('projects', project);
    expect(() => state.map('projects', project)).not.toThrow();
    expect(() => state.map('projects', z.string())).toThrow(/"projects".*another schema/);
  });
});

describe('time to live', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

  test('ends when nothing was written for so long', async () => {
    const seen = open().map('seen', z.number(), { ttlMs: 1_000 });
    await seen.set('event', 1);
    pass(999);
    expect(await seen.get('event')).toBe(1);
    await seen.set('event', 2);
    pass(999);
    expect(await seen.get('event')).toBe(2);
    pass(1);
    expect(await seen.get('event')).toBeUndefined();
  });

  test('expired rows are removed by later writes, and others stay', async () => {
    const state = open();
    const seen = state.map('seen', z.number(), { ttlMs: 1_000 });
    await state.map('kept', z.number()).set('always', 1);
    for (let n = 0; n < 40; n++) await seen.set(`old ${n}`, n);
    pass(1_000);
    for (let n = 0; n < 5; n++) await seen.set(`new ${n}`, n);
    using db = new DatabaseSync(path);
    const keys = db.prepare('SELECT key FROM state ORDER BY key').all();
    expect(keys.map(({ key }) => key)).toEqual([
      'always',
      ...[0, 1, 2, 3, 4].map((n) => `new ${n}`),
      // Of the key that the file is encrypted with.
      'probe',
    ]);
  });
});

describe('secrets', () => {
  const token = 'xoxb-very-secret-token';

  test('stand in no file of the database', async () => {
    const installs = open().map('installs', z.object({ token: z.string() }), { secret: true });
    await installs.set('T1', { token });
    const files = await readdir(join(folder, 'data'));
    expect(files).toContain('state.db-wal');
    for (const file of files) {
      const bytes = await readFile(join(folder, 'data', file));
      expect(bytes.includes(token)).toBe(false);
    }
    expect(await installs.get('T1')).toEqual({ token });
  });

  test('cannot be asked for without a key', () => {
    const state = open({ encryptionKey: undefined });
    expect(() => state.map('installs', z.string(), { secret: true })).toThrow(
      /ENCRYPTION_KEY must be set: "installs"/,
    );
  });

  test('met by another key in mid-run are unavailable, with a sentence that names ENCRYPTION_KEY', async () => {
    const installs = open().map('installs', z.string(), { secret: true });
    await installs.set('T1', token);
    const written = aesCipher(randomBytes(32)).encrypt('x', { map: 'installs', key: 'T1' });
    tamper("UPDATE state SET value = ? WHERE key = 'T1'", written);
    const reading = installs.get('T1');
    await expect(reading).rejects.toThrow(StateUnavailable);
    await expect(reading).rejects.toThrow(/"installs".*ENCRYPTION_KEY/);
  });

  test('copied to another key of their map do not open there', async () => {
    const installs = open().map('installs', z.string(), { secret: true });
    await installs.set('T1', token);
    tamper("UPDATE state SET key = 'T2' WHERE key = 'T1'");
    await expect(installs.get('T2')).rejects.toThrow(StateUnavailable);
  });

  test('copied into another map do not open there', async () => {
    const state = open();
    await state.map('a', z.string(), { secret: true }).set('key', token);
    tamper("UPDATE state SET namespace = 'b' WHERE namespace = 'a'");
    const b = state.map('b', z.string(), { secret: true });
    await expect(b.get('key')).rejects.toThrow(StateUnavailable);
  });

  test('written openly are not taken for encrypted ones', async () => {
    const state = open();
    await state.map('a', z.string()).set('key', token);
    tamper("UPDATE state SET namespace = 'b' WHERE namespace = 'a'");
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
  ])('a stored value that is %s makes the look reject', async (_, raw) => {
    const projects = open().map('projects', project);
    await projects.set('t', { session: 's' });
    tamper("UPDATE state SET value = ? WHERE key = 't'", raw);
    await expect(projects.get('t')).rejects.toThrow(StateUnavailable);
  });

  test('an error does not quote the stored value', async () => {
    const codes = open().map('codes', z.enum(['a', 'b']));
    await codes.set('t', 'a');
    for (const raw of ['hunter2', '{"value":"hunter2"}']) {
      tamper("UPDATE state SET value = ? WHERE key = 't'", raw);
      const error = await codes.get('t').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StateUnavailable);
      expect(JSON.stringify([`${error}`, error])).not.toContain('hunter2');
    }
  });

  test('a closed database makes every call reject', async () => {
    const state = open();
    const projects = state.map('projects', project);
    await state.close();
    await state.close();
    await expect(projects.get('t')).rejects.toThrow(StateUnavailable);
    await expect(projects.set('t', { session: 's' })).rejects.toThrow(StateUnavailable);
    await expect(projects.delete('t')).rejects.toThrow(StateUnavailable);
  });

  test('a missing table too, and the failure of one call is not that of another', async () => {
    const state = open();
    const projects = state.map('projects', project);
    await projects.set('good', { session: 's' });
    await projects.set('bad', { session: 's' });
    tamper("UPDATE state SET value = 'x' WHERE key = 'bad'");
    const [good, bad] = await Promise.allSettled([projects.get('good'), projects.get('bad')]);
    expect([good.status, bad.status]).toEqual(['fulfilled', 'rejected']);

    using db = new DatabaseSync(path);
    db.exec('DROP TABLE state');
    await expect(projects.get('good')).rejects.toThrow(StateUnavailable);
  });

  test('a value that is not JSON, or an empty key, is not taken', async () => {
    const state = open();
    await expect(state.map('big', z.bigint()).set('n', 1n)).rejects.toThrow(StateUnavailable);
    await expect(state.map('any', z.string()).set('', 'x')).rejects.toThrow(StateUnavailable);
  });

  test('a path that cannot be opened stops the start', () => {
    expect(() => open({ path: '/dev/null/state.db' })).toThrow(/state\.db cannot be opened/);
  });
});
