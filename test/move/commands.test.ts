/** `npm run migrate`, `backup` and `restore` as an operator types them, beside a bot that runs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openPostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { describePostgres, usePostgres } from '../doubles/use-postgres.ts';
import { mustAppend, newTurn } from '../ledger/support.ts';
import { emptyFile, fullFile, type SqliteFile } from './support.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PATIENCE = { timeout: 120_000 };
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));

/** What npm would start; `until`: it is killed as soon as it says this. */
async function run(script: string, args: readonly string[], { until = '', database = '' } = {}) {
  const [, ...words] = (scripts[script] ?? '').split(' ');
  const child = spawn(process.execPath, [...words, ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATABASE_URL: database },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (until && output.includes(until)) child.kill('SIGKILL');
    });
  const [code] = await once(child, 'close');
  return { code, output };
}

const openFile = (file: SqliteFile) => openSqliteLedger({ path: file.path, leaseMs: 60_000 });

let file: SqliteFile;
afterEach(() => file.remove());

const server = usePostgres();
describePostgres('npm run migrate', () => {
  test('rehearses, moves, goes on after a SIGKILL, and is done once', PATIENCE, async () => {
    file = await fullFile();
    const to = await server.freshDatabase();
    const args = ['--from', `sqlite:${file.path}`, '--to', to];
    expect(await run('migrate', [...args, '--dry-run'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('Nothing was changed.'),
    });
    expect(await run('migrate', args, { until: 'turns: ' })).toMatchObject({ code: null });
    const done = await run('migrate', args);
    expect(done).toMatchObject({ code: 0, output: expect.stringContaining('Done.') });
    expect(done.output).toContain('Going on at');
    expect(done.output).not.toContain(new URL(to).password);
    expect(await run('migrate', args)).toMatchObject({
      code: 1,
      output: expect.stringContaining('was moved there on'),
    });
    expect((await run('migrate', [...args, '--undo'])).code).toBe(0);
    await openFile(file).close();
    await expect(
      openPostgresLedger({
        url: to,
        leaseMs: 60_000,
        log: { debug() {}, info() {}, warn() {}, error() {}, always() {} },
      }),
    ).rejects.toThrow('taken back');
  });

  test('says how it is used to whoever asks for something else', PATIENCE, async () => {
    file = await emptyFile();
    const from = `sqlite:${file.path}`;
    const wrong = [
      [],
      ['--from', from],
      ['--from', 'postgres://h/d', '--to', from],
      ['--form', from],
    ];
    for (const args of wrong)
      expect(await run('migrate', args)).toMatchObject({
        code: 2,
        output: expect.stringContaining('Usage:'),
      });
  });
});

describe('backup and restore of a file', () => {
  let copy: string;
  beforeEach(async () => {
    file = await emptyFile();
    copy = `${file.path}.copy`;
  });
  const backup = () => run('backup', ['--to', copy], { database: `sqlite:${file.path}` });
  const restore = () => run('restore', ['--from', copy], { database: `sqlite:${file.path}` });

  test(
    'what was on record at the backup is on record after it is put back, and what was there is kept',
    PATIENCE,
    async () => {
      const ledger = openFile(file);
      const dispatcher = ledger.dispatch({
        platforms: [],
        limit: 1,
        log: { debug() {}, info() {}, warn() {}, error() {}, always() {} },
        run: () => Promise.reject(),
      });
      dispatcher.start();
      await mustAppend(ledger, newTurn({ key: 'before' }));
      expect((await backup()).code).toBe(0);
      expect(statSync(copy).mode & 0o077).toBe(0);
      expect(existsSync(`${copy}.part`)).toBe(false);
      await mustAppend(ledger, newTurn({ key: 'after' }));
      expect(await restore()).toMatchObject({
        code: 1,
        output: expect.stringContaining('A bot is at work'),
      });
      expect((await backup()).output).toContain('there already');
      await dispatcher.drain(0);
      await ledger.close();
      const restored = await restore();
      expect(restored.code).toBe(0);
      const again = openFile(file);
      expect(await again.turnOf('before')).toBeDefined();
      expect(await again.turnOf('after')).toBeUndefined();
      await again.close();
      const [, aside = ''] = /What was there is (.+)\.\n/.exec(restored.output) ?? [];
      const kept = openSqliteLedger({ path: aside, leaseMs: 60_000 });
      expect(await kept.turnOf('after')).toBeDefined();
      await kept.close();
    },
  );

  test('what is no sound backup is not put back', PATIENCE, async () => {
    const ledger = openFile(file);
    await mustAppend(ledger, newTurn({ key: 'before' }));
    await ledger.close();
    for (const [bytes, why] of [
      ['no database at all, but long enough to be looked at', 'damaged'],
      ['', 'no database of nemo-bot'],
    ] as const) {
      writeFileSync(copy, bytes);
      expect(await restore()).toMatchObject({ code: 1, output: expect.stringContaining(why) });
    }
    const again = openFile(file);
    expect(await again.turnOf('before')).toBeDefined();
    await again.close();
  });

  test('of a PostgreSQL the tools that do it are named', PATIENCE, async () => {
    const database = 'postgres://ada:secret@127.0.0.1:1/bot';
    const said = await run('backup', ['--to', copy], { database });
    expect(said).toMatchObject({ code: 1, output: expect.stringContaining('pg_dump') });
    expect(said.output).not.toContain('secret');
    expect((await run('restore', ['--from', copy], { database })).output).toContain('pg_restore');
    expect((await run('backup', [], { database })).code).toBe(1);
  });
});
