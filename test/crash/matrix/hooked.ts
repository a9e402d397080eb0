/**
 * What is read by the bot's process before its own modules (`--import`) has in common: it ends the process by SIGKILL on
 * the side of a commit that is aimed at, and tells the doubles which connections are this process's. Nothing in the
 * sources knows of it.
 */
import diagnostics from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { openAim } from './point.ts';

const folder = process.env['CRASH_FOLDER'] ?? '';
const aim = openAim(folder);

function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** A commit of what has these names, the first of which it goes by; what is returned is called behind it. */
export function beforeCommit([kind]: readonly string[]): () => void {
  if (kind === undefined) return () => {};
  const nth = aim.cross(kind);
  if (aim.take({ kind, nth, side: 'before' })) end();
  return () => {
    if (aim.take({ kind, nth, side: 'after' })) end();
  };
}

/** `write update turns answered`. */
export const nameOfWrite = (verb: string, table: string, more: unknown): string =>
  `write ${[verb.split(' ')[0]?.toLowerCase(), table, more]
    .filter((word) => typeof word === 'string')
    .join(' ')}`;

/** So that a double knows which process a connection is of. */
diagnostics.subscribe('net.client.socket', (message) => {
  const { socket } = message as { socket: Socket };
  socket.once('connect', () =>
    appendFileSync(path.join(folder, `ports-${process.pid}`), `${socket.localPort}\n`),
  );
});
