/** From an SQLite file to a PostgreSQL: everything, once, also after a run that was cut off. */
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { moveDatabase, rehearse, undo } from '../../src/cli/move-database.ts';
import type { Claim } from '../../src/ledger/ledger.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { toThreadKey } from '../../src/runtime/ids.ts';
import type { Log } from '../../src/runtime/log.ts';
import { openPostgresState } from '../../src/state/postgres/open-state.ts';
import { describePostgres, usePostgres } from '../doubles/use-postgres.ts';
import { mustAppend, newTurn } from '../ledger/support.ts';
import { emptyFile, fullFile, KEY, olderFile, plain, type SqliteFile, secret } from './support.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, always() {} };
const PATIENCE = { timeout: 120_000 };

const server = usePostgres();
let file: SqliteFile;
let to: string;
let said: string[];
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  to = await server.freshDatabase();
  said = [];
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await file.remove();
});

const move = (more: Partial<Parameters<typeof moveDatabase>[0]> = {}) =>
  moveDatabase({ from: file.path, to, say: (line) => void said.push(line), ...more });

async function openBot(url = to) {
  const ledger = await openPostgresLedger({ url, leaseMs: 60_000, log: silent });
  closing.push(() => ledger.close());
  return ledger;
}

/** A closed connection is counted until the server has ended its process. */
async function nobodyOnTarget(): Promise<void> {
  const count = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'nemo-bot%'`;
  while ((await onTarget(count)).length > 0);
}

async function onTarget<T extends object>(text: string): Promise<T[]> {
  const client = new pg.Client(to);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

function inFile(sql: string): unknown[] {
  using db = new DatabaseSync(file.path);
  return db.prepare(sql).all();
}

/** Has a bot work off all that is there, as it comes. */
async function workOff(count: number, platforms = ['slack', 'web', 'discord']): Promise<Claim[]> {
  const ledger = await openBot();
  const seen: Claim[] = [];
  const all = Promise.withResolvers<void>();
  const dispatcher = ledger.dispatch({
    platforms,
    limit: 4,
    log: silent,
    run: async ({ claim }) => {
      seen.push(claim);
      await ledger.finish(claim, claim.turn.withdrawn ? 'stopped' : 'delivered');
      if (seen.length === count) all.resolve();
      return { how: 'finished' };
    },
  });
  closing.push(() => dispatcher.drain(0));
  dispatcher.start();
  await all.promise;
  return seen;
}

const WAITING = `SELECT key FROM turns WHERE finished_at IS NULL ORDER BY seq`;

describePostgres('a move', () => {
  test(
    'every unfinished turn goes on there, in its phase, with its notes, in the order of its thread',
    PATIENCE,
    async () => {
      file = await fullFile();
      const before =
        inFile(`SELECT key, thread, phase, notes, crashes + (owner IS NOT NULL) AS crashes
      FROM turns WHERE finished_at IS NULL ORDER BY seq`);
      await move();
      const seen = await workOff(before.length);
      const shown = seen
        .toSorted((one, other) => one.turn.order - other.turn.order)
        .map(({ turn: { key, thread, phase, notes }, crashes }) => ({
          key,
          thread,
          phase,
          notes,
          crashes,
        }));
      expect(shown).toEqual(before);
      for (const { turn } of seen) {
        const next = seen.findIndex((other) => other.turn.key === `${turn.key} next`);
        if (next >= 0) expect(next).toBeGreaterThan(seen.findIndex((other) => other.turn === turn));
      }
      const of = (key: string) => seen.find(({ turn }) => turn.key === key)?.turn;
      expect(of('called off')).toMatchObject({ withdrawn: true, stopBy: undefined });
      expect(of('to be stopped')).toMatchObject({
        stopRequested: true,
        stopBy: 'grace',
        withdrawn: false,
      });
    },
  );

  test(
    'a file of an earlier version is brought up to date and moved, renders and projects too',
    PATIENCE,
    async () => {
      file = await olderFile();
      await move();
      const ledger = await openBot();
      expect(await ledger.countUnfinished()).toBe(inFile(WAITING).length);
      const thread = await ledger.thread(toThreadKey('web:w:c:old-delivered'));
      expect(thread).toMatchObject({ name: 'A film about delivered.' });
      expect(await ledger.recent({ person: 'ada', workspace: 'w', limit: 3 })).toHaveLength(3);
      const renders = inFile('SELECT id, thread, phase FROM renders ORDER BY seq');
      expect(renders.length).toBeGreaterThan(0);
      expect(await onTarget('SELECT id, thread, phase FROM nemo_bot.renders ORDER BY seq')).toEqual(
        renders,
      );
      expect(await ledger.used({ requester: 'ada', counts: 'requests', since: 0 })).toBe(11);
    },
  );

  test('values keep their key, their end and the names they stand under', PATIENCE, async () => {
    file = await fullFile();
    await move();
    const ends = 'SELECT expires FROM state WHERE expires IS NOT NULL';
    expect(
      await onTarget(
        'SELECT (extract(epoch FROM expires) * 1000)::float8 AS expires FROM nemo_bot.state WHERE expires IS NOT NULL',
      ),
    ).toEqual(inFile(ends));
    const other = Buffer.alloc(32, 8).toString('base64');
    const open = (encryptionKey: string) =>
      openPostgresState({ url: to, encryptionKey, onLost() {} });
    await expect(open(other)).rejects.toThrow('ENCRYPTION_KEY is not the key');
    const state = await open(KEY);
    closing.push(() => state.close());
    expect(await state.map('secrets', secret, { secret: true }).get('T1')).toEqual({
      token: 'xoxb-secret',
    });
    expect(await state.map('talk', plain, { ttlMs: 1 }).get('a\0b\\0c')).toEqual({
      text: 'with a \0 in its key',
    });
    expect(await state.map('talk-of-all-time', plain).get('ключ')).toEqual({ text: '永远' });
  });

  test('new turns are numbered behind all that ever were', PATIENCE, async () => {
    file = await fullFile();
    inFile("DELETE FROM turns WHERE key = 'opens'");
    const [last] = inFile("SELECT seq FROM sqlite_sequence WHERE name = 'turns'");
    await move();
    const { turn } = await mustAppend(await openBot());
    expect({ seq: turn.order - 1 }).toEqual(last);
  });

  test(
    'runs that end behind each of the batches are gone on with, and comes to the same',
    PATIENCE,
    async () => {
      file = await fullFile();
      await move();
      const whole = said.filter((line) => line.includes('the same'));
      expect(whole).toHaveLength(7);
      await undo({ from: file.path, say() {} });
      to = await server.freshDatabase();
      let runs = 0;
      for (let over = false; !over; runs += 1) {
        said = [];
        const say = (line: string): void => {
          said.push(line);
          if (line.endsWith(' more')) throw new Error('cut off');
        };
        over = await move({ batch: 3, say }).then(
          () => true,
          (error: unknown) => {
            expect(String(error)).toContain('cut off');
            return false;
          },
        );
      }
      expect(runs).toBeGreaterThan(15);
      expect(said.filter((line) => line.includes('the same'))).toEqual(whole);
      const jobs = await onTarget(
        "SELECT id FROM nemo_bot_jobs.job WHERE name LIKE 'ordered-%' OR name LIKE 'immediate-%'",
      );
      expect(jobs).toHaveLength(inFile(WAITING).length);
    },
  );

  test(
    'of two runs at once one comes to the end, and nothing is there twice',
    PATIENCE,
    async () => {
      file = await fullFile();
      const runs = await Promise.allSettled([move({ batch: 2 }), move({ batch: 2 })]);
      const refused = runs.flatMap((run) =>
        run.status === 'rejected' ? [String(run.reason)] : [],
      );
      expect(refused).toEqual([expect.stringContaining('Another run of the move is at work')]);
      expect(await (await openBot()).countUnfinished()).toBe(inFile(WAITING).length);
    },
  );

  test.each([
    ["UPDATE nemo_bot.turns SET notes = '{}' WHERE key = 'sending'", 'is not what it was'],
    ["DELETE FROM nemo_bot.begun WHERE key = 'begun 3'", 'has not arrived'],
    ["INSERT INTO nemo_bot.begun VALUES ('one more', 1)", '5 rows were to be moved, 6 are there'],
    [
      "UPDATE nemo_bot.state SET expires = expires + interval '1 ms' WHERE expires IS NOT NULL",
      'is not what it was',
    ],
  ])('%s in between is noticed, and no bot starts', PATIENCE, async (text, noticed) => {
    file = await fullFile();
    const cut = (line: string): void => {
      if (line.startsWith('threads') && line.includes('the same')) throw new Error('cut off');
    };
    await expect(move({ say: cut })).rejects.toThrow('cut off');
    await onTarget(`SET nemo_bot.moving = 'on'; ${text}`);
    await expect(move()).rejects.toThrow(noticed);
    await expect(openBot()).rejects.toThrow('has not ended');
  });

  test('while it is under way, and after, nobody else writes to either', PATIENCE, async () => {
    file = await fullFile();
    const early = await openBot();
    await early.close();
    const late = await openSqliteLedger({ path: file.path, leaseMs: 60_000 });
    closing.push(() => late.close());
    const say = (): void => {
      throw new Error('cut off');
    };
    await expect(move({ say })).rejects.toThrow('cut off');
    await expect(late.append(newTurn())).rejects.toThrow('moved elsewhere');
    expect(() => openSqliteLedger({ path: file.path, leaseMs: 60_000 })).toThrow('was moved to');
    for (const table of [
      'turns',
      'threads',
      'participants',
      'renders',
      'begun',
      'spendings',
      'state',
    ])
      await expect(onTarget(`DELETE FROM nemo_bot.${table}`)).rejects.toMatchObject({
        code: '57P03',
      });
    await expect(openPostgresState({ url: to, encryptionKey: KEY, onLost() {} })).rejects.toThrow(
      'has not ended',
    );
    await nobodyOnTarget();
    await move();
    await mustAppend(await openBot());
    await expect(late.append(newTurn())).rejects.toThrow('moved elsewhere');
    await expect(move()).rejects.toThrow('A bot is connected');
  });

  test('a bot at work on either side refuses it, and nothing is changed', PATIENCE, async () => {
    file = await fullFile();
    const ledger = openSqliteLedger({ path: file.path, leaseMs: 60_000 });
    const dispatcher = ledger.dispatch({
      platforms: [],
      limit: 1,
      log: silent,
      run: () => Promise.reject(),
    });
    dispatcher.start();
    await expect(move()).rejects.toThrow('A bot is at work on');
    await expect(rehearse({ from: file.path, to, say() {} })).rejects.toThrow(
      'A bot is at work on',
    );
    await mustAppend(ledger);
    await dispatcher.drain(0);
    await ledger.close();
    const bot = await openBot();
    await expect(move()).rejects.toThrow('A bot is connected');
    await bot.close();
    await nobodyOnTarget();
    await move();
  });

  test('a database that has turns, or anything, of its own is no target', PATIENCE, async () => {
    file = await fullFile();
    const ledger = await openBot();
    await ledger.health();
    await mustAppend(ledger);
    await ledger.close();
    await expect(move()).rejects.toThrow('rows in the table "threads" of the target already');
    await expect(rehearse({ from: file.path, to, say() {} })).rejects.toThrow(
      'Take an empty database',
    );
    const again = await openBot();
    expect((await again.health()).trouble).toBeUndefined();
    const own = openSqliteLedger({ path: file.path, leaseMs: 60_000 });
    await mustAppend(own);
    await own.close();
  });

  test('one that has been looked after only is', PATIENCE, async () => {
    file = await fullFile();
    const ledger = await openBot();
    await ledger.health();
    await ledger.close();
    await (await openPostgresState({ url: to, encryptionKey: KEY, onLost() {} })).close();
    await move();
  });

  test('a rehearsal says what would be done, and changes nothing', PATIENCE, async () => {
    file = await olderFile();
    await rehearse({ from: file.path, to, say: (line) => void said.push(line) });
    expect(said).toEqual([
      expect.stringContaining('of an earlier version'),
      ...['threads', 'turns', 'renders', 'state'].map((name) =>
        expect.stringContaining(`${name}: `),
      ),
      expect.stringContaining('The tables would be made in'),
      'Nothing was changed.',
    ]);
    expect(said.find((line) => line.startsWith('turns'))).toMatch(
      /\d+ of them turns that go on there/,
    );
    expect(inFile('PRAGMA user_version')).not.toEqual([{ user_version: 6 }]);
    expect(await onTarget("SELECT FROM pg_namespace WHERE nspname LIKE 'nemo%'")).toEqual([]);
  });

  test('taken back, the file is used again and the target is not', PATIENCE, async () => {
    file = await fullFile();
    await expect(undo({ from: file.path, to, say() {} })).rejects.toThrow('was not moved');
    await move();
    await undo({ from: file.path, to, say() {} });
    await expect(openBot()).rejects.toThrow('was taken back');
    // The server may still be at the end of that bot's connections.
    const refusal = () => move().then(String, String);
    await expect.poll(refusal, { timeout: 20_000 }).toContain('Take an empty one');
    const ledger = openSqliteLedger({ path: file.path, leaseMs: 60_000 });
    await mustAppend(ledger);
    await ledger.close();
  });

  test('an empty file is moved, too, and a missing one is told', PATIENCE, async () => {
    file = await emptyFile();
    await expect(move()).rejects.toThrow('There is no file');
    await openSqliteLedger({ path: file.path, leaseMs: 60_000 }).close();
    await move();
    await mustAppend(await openBot());
  });
});
