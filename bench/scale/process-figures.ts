/**
 * Read with --import by a replica, before its own modules: on SIGUSR2 it writes what the process has used so far. Bytes are
 * those of its connections to PostgreSQL, counted at the sockets.
 */
import { Socket } from 'node:net';
import pg from 'pg';

const open = new Set<Socket>();
const past = { read: 0, written: 0 };
const listened = new WeakSet<pg.Client>();

const streamOf = (client: pg.Client): unknown =>
  Reflect.get(Object(Reflect.get(client, 'connection')), 'stream');

const connect = pg.Client.prototype.connect;
Reflect.set(
  pg.Client.prototype,
  'connect',
  function counted(this: pg.Client, ...given: unknown[]): unknown {
    const stream = streamOf(this);
    if (stream instanceof Socket && !listened.has(this)) {
      listened.add(this);
      open.add(stream);
      stream.once('close', () => {
        past.read += stream.bytesRead;
        past.written += stream.bytesWritten;
        open.delete(stream);
      });
    }
    return Reflect.apply(connect, this, given);
  },
);

process.on('SIGUSR2', () => {
  const { user, system } = process.cpuUsage();
  const bytes = [...open].reduce(
    (sum, stream) => ({
      read: sum.read + stream.bytesRead,
      written: sum.written + stream.bytesWritten,
    }),
    past,
  );
  const figures = {
    figures: true,
    cpuMs: (user + system) / 1000,
    rssMb: process.memoryUsage.rss() / 1e6,
    ...bytes,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
});
