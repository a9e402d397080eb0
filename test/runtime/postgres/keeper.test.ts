/** The PostgreSQL of the tests ends with the process that asked for it, however that ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'vitest';
import { postgresMissing } from '../../doubles/postgres.ts';

const DOUBLE = new URL('../../doubles/postgres.ts', import.meta.url).href;
const START = `const { startPostgres } = await import(${JSON.stringify(DOUBLE)});
  console.log((await startPostgres()).port); setInterval(() => {}, 1000);`;

test.skipIf(postgresMissing !== undefined)('also when that is killed', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', START], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  const port = Number(said);
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
});
