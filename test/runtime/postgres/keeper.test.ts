/** The PostgreSQL of the tests ends with the process that asked for it, however that ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { postgresMissing } from '../../doubles/postgres.ts';

const DOUBLE = new URL('../../doubles/postgres.ts', import.meta.url).href;
const START = `const { startPostgres } = await import(${JSON.stringify(DOUBLE)});
  console.log(await (await startPostgres()).freshDatabase()); setInterval(() => {}, 1000);`;

test.skipIf(postgresMissing !== undefined)(
  'also when that is killed, and leaves nothing behind',
  async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', START], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(child.stdout, 'data');
    const url = String(said).trim();
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const data = rows[0]?.data_directory ?? '';
    await client.end();
    expect(existsSync(data)).toBe(true);
    const port = Number(new URL(url).port);
    const session = connect(port, '127.0.0.1');
    await once(session, 'connect');
    child.kill('SIGKILL');
    // The server's end is what closes it.
    session.resume();
    await once(session, 'close');
    const attempt = () =>
      new Promise<string>((resolve) => {
        const next = connect(port, '127.0.0.1').resume();
        next.once('error', ({ message }) => resolve(message));
        next.once('close', () => resolve('closed'));
      });
    // A last one may come in between, and be reset or closed.
    while (!(await attempt()).includes('ECONNREFUSED'));
    await vi.waitUntil(() => !existsSync(path.dirname(data)), 10_000);
  },
);
