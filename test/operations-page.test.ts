/** docs/operations.md is held to what is there: its commands, its SQL, the lines of the log, what is kept and how long. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { moveDatabase } from '../src/cli/move-database.ts';
import { openPostgresLedger } from '../src/ledger/postgres/open-ledger.ts';
import { openSqliteLedger } from '../src/ledger/sqlite/open-ledger.ts';
import { toThreadKey } from '../src/runtime/ids.ts';
import type { Log } from '../src/runtime/log.ts';
import { describePostgres, usePostgres } from './doubles/use-postgres.ts';
import { fullFile } from './move/support.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const page = read('docs/operations.md');
const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((file) => [file, read(file)] as const);
const all = sources.map(([, text]) => text).join('\n');
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, always() {} };

const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );
const sqlFor = (store: string): string[] =>
  blocks('sql').filter((text) => text.startsWith(`-- ${store}\n`));
/** The rows of the table behind a heading, cell by cell. */
const rowsUnder = (heading: string): string[][] =>
  (page.split(`${heading}\n`)[1]?.split('\n#')[0] ?? '')
    .split('\n')
    .filter((line) => /^\| (?!map|line|what \|)/.test(line))
    .map((line) => line.slice(2, -2).split(' | '));
const quoted = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, it = '']) => it);

const OLDEST = 'slack:T1:C1:sending';

describe('the page for operators', () => {
  test('names commands that there are', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const named = [...page.matchAll(/npm run (\w+)/g)].map(([, name = '']) => name);
    expect(new Set(named)).toEqual(
      new Set(['migrate', 'backup', 'restore', 'doctor', 'record', 'replay']),
    );
    for (const name of named) expect(scripts[name]).toBeDefined();
    // Each line of these is run by test/move/commands.test.ts or test/recording/record-and-replay.test.ts, with other names.
    const typed = blocks('sh').flatMap((text) => text.trim().split('\n'));
    const options = typed
      .filter((line) => line.startsWith('npm'))
      .flatMap((line) => line.match(/--[a-z-]+(?= )|--[a-z-]+$/g) ?? []);
    expect(new Set(options)).toEqual(new Set(['--from', '--to', '--dry-run', '--undo', '--out']));
  });

  test('gives for PostgreSQL the commands that the programs name, and for Compose the one of its file', () => {
    for (const line of blocks('sh').flatMap((text) => text.trim().split('\n'))) {
      if (/^(?:pg_|psql)/.test(line))
        expect(read('src/cli/backup.ts') + read('src/cli/restore.ts')).toContain(line);
      if (line.startsWith('docker')) expect(read('compose.yaml')).toContain(line);
    }
  });

  test('quotes lines of the log and figures that there are', () => {
    const lines = rowsUnder('### What the log says').map(([cell]) => quoted(cell)[0] ?? '');
    expect(lines.length).toBeGreaterThan(15);
    expect(lines.filter((line) => !all.includes(line))).toEqual([]);
    // Each series is looked for by test/runtime/metrics.test.ts.
    const figures = [...page.matchAll(/nemo_bot_[a-z]+_[a-z_]+/g)].map(([name]) => name);
    const metrics = read('src/runtime/metrics.ts');
    expect(figures.filter((name) => !metrics.includes(`'${name}'`))).toEqual([]);
  });

  test('lists every map of the state, with a term for those that have one and no other', () => {
    const maps = new Map(
      sources.flatMap(([, text]) =>
        [...text.matchAll(/state\.map\(\s*'([\w-]+)',([^;]*?)\);/g)].map(
          ([, name = '', options = '']) => [name, options.includes('ttlMs')] as const,
        ),
      ),
    );
    const rows = rowsUnder('## What is kept, and how long');
    const listed = rows.flatMap(([names, , kept = '']) =>
      quoted(names).map((name) => [name, /^\d+ days$/.test(kept)] as const),
    );
    expect(new Map(listed)).toEqual(maps);
  });

  test('its SQL for SQLite shows what is open, and ends a turn for the next one of its thread', async () => {
    const file = await fullFile();
    try {
      const [open = '', end = ''] = sqlFor('SQLite');
      using db = new DatabaseSync(file.path);
      expect(db.prepare(open).all().length).toBe(18);
      const first = z
        .object({ id: z.string() })
        .parse(db.prepare(`SELECT id FROM turns WHERE thread = '${OLDEST}' ORDER BY seq`).get());
      expect(db.prepare(end.replace('TURN', first.id)).run().changes).toBe(1);
      const ledger = openSqliteLedger({ path: file.path, leaseMs: 60_000 });
      const [next] = await ledger.unfinished(toThreadKey(OLDEST));
      expect(next?.key).toBe('sending next');
      await ledger.close();
    } finally {
      await file.remove();
    }
  });
});

const server = usePostgres();
describePostgres('its SQL for PostgreSQL', () => {
  test('shows what is open with its job, and ends a turn for the next one of its thread', async () => {
    const file = await fullFile();
    const url = await server.freshDatabase();
    const client = new pg.Client(url);
    try {
      await moveDatabase({ from: file.path, to: url, say() {} });
      await client.connect();
      const [open = '', end = ''] = sqlFor('PostgreSQL');
      const { rows } = await client.query<{ id: string; job: string; thread: string }>(open);
      expect(rows.map(({ job }) => job)).toEqual(Array.from({ length: 18 }, () => 'created'));
      const id = rows.find(({ thread }) => thread === OLDEST)?.id ?? '';
      expect((await client.query(end.replace('TURN', id))).rowCount).toBe(1);
      const ledger = await openPostgresLedger({ url, leaseMs: 60_000, log: silent });
      const ran = Promise.withResolvers<void>();
      const dispatcher = ledger.dispatch({
        platforms: ['slack'],
        limit: 4,
        log: silent,
        run: async ({ claim }) => {
          await ledger.finish(claim, 'delivered');
          if (claim.turn.key === 'sending next') ran.resolve();
          return { how: 'finished' };
        },
      });
      dispatcher.start();
      await ran.promise;
      await dispatcher.drain(1_000);
      await ledger.close();
      for (const text of blocks('sql').filter((it) => it.startsWith('-- PostgreSQL, once')))
        await client.query(text);
      for (const [, text = ''] of read('docs/scaling.md').matchAll(/^```sql\n([^`]*)^```/gm))
        await client.query(text);
    } finally {
      await client.end();
      await file.remove();
    }
  });
});
