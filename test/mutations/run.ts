/**
 * Takes out each guard of the table in a copy of the sources and demands that its test fails there; before that, that
 * the test holds as things are. `npm run test:mutations`, or with words of the names that are to be tried.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { MUTATIONS, type Mutation } from './table.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const COPIED = [
  'src',
  'test',
  'examples',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  '.env.example',
];
/** A mutant may wait for ever; a test that it has not failed by then is ended. */
const LONGEST_MS = 180_000;

type Result = 'holds' | 'fails' | 'hangs';

async function copyOfSources(): Promise<string> {
  const copy = await mkdtemp(path.join(os.tmpdir(), 'nemo-bot-mutants-'));
  for (const name of COPIED)
    await cp(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

function run(copy: string, { test, title }: Mutation): Promise<{ result: Result; output: string }> {
  const vitest = path.join(copy, 'node_modules/vitest/vitest.mjs');
  const only = title === undefined ? [] : ['-t', title.replace(/[()[\].*+?]/g, '\\$&')];
  const child = spawn(
    process.execPath,
    [vitest, 'run', path.join('test', test), '--maxWorkers=1', ...only],
    { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    // With the processes that the test has started.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, LONGEST_MS);
  return new Promise((resolve) =>
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ result: late ? 'hangs' : code === 0 ? 'holds' : 'fails', output });
    }),
  );
}

async function mutate(
  copy: string,
  { file, find, replace }: Mutation,
): Promise<() => Promise<void>> {
  const at = path.join(copy, 'src', file);
  const source = await readFile(at, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`);
  await writeFile(
    at,
    source.replace(find, () => replace),
  );
  return () => writeFile(at, source);
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const wanted = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ name }) => wanted.every((word) => name.includes(word)));
const copy = await copyOfSources();
let survivors = 0;
/** Ran green without any mutation, or there was nothing in it to run. */
const sound = new Map<string, boolean>();
try {
  for (const mutation of chosen) {
    const { name, test, title = '' } = mutation;
    const key = `${test} ${title}`;
    if (!sound.has(key)) {
      const { result, output } = await run(copy, mutation);
      sound.set(key, result === 'holds' && /Tests .*passed/.test(stripVTControlCharacters(output)));
    }
    if (!sound.get(key)) {
      survivors += 1;
      say(`UNSOUND   ${name}: ${key} does not hold without it`);
      continue;
    }
    const restore = await mutate(copy, mutation);
    const { result } = await run(copy, mutation);
    await restore();
    if (result === 'holds') survivors += 1;
    say(`${result === 'holds' ? 'SURVIVES ' : 'found    '} ${name} (${test})`);
  }
} finally {
  await rm(copy, { recursive: true, force: true });
}
say(`${chosen.length - survivors} of ${chosen.length} found`);
process.exitCode = survivors > 0 || chosen.length === 0 ? 1 : 0;
