/** Gates that name and count what comes to a double, and end the caller there where it is aimed at. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { Gate } from '../../doubles/gate.ts';
import type { Ledge } from './point.ts';

export interface Callers {
  /** Processes that may be calling. */
  pids(): readonly number[];
  readonly folder: string;
}

/** `nameOf`: undefined, and it is none of a turn's. */
export function gateOf(
  ledge: Ledge,
  callers: Callers,
  nameOf: (request: IncomingMessage) => string | undefined,
): Gate {
  return async (request, response, handle) => {
    const kind = nameOf(request);
    if (kind === undefined) return handle();
    const nth = ledge.cross(kind);
    if (ledge.take({ kind, nth, side: 'before' })) {
      kill(request, callers);
      response.destroy();
      return;
    }
    // What is handled is told by the head of its answer: whoever is killed here never reads it.
    before(response, 'writeHead', () => {
      if (ledge.take({ kind, nth, side: 'after' })) kill(request, callers);
    });
    if (kind.endsWith('run_sse'))
      before(response, 'write', () => {
        const says = { kind: `${kind} says`, nth: ledge.cross(`${kind} says`) };
        if (ledge.take({ ...says, side: 'before' })) kill(request, callers);
      });
    await handle();
  };
}

function before(response: ServerResponse, method: 'writeHead' | 'write', act: () => void): void {
  const original = response[method];
  Object.defineProperty(response, method, {
    value(...given: unknown[]) {
      act();
      return Reflect.apply(original, response, given);
    },
  });
}

function kill({ socket }: IncomingMessage, { pids, folder }: Callers): void {
  const all = pids();
  const [only] = all;
  const caller =
    all.length === 1 ? only : all.find((pid) => portsOf(folder, pid).includes(socket.remotePort));
  if (caller === undefined) throw new Error(`nobody of ${all} calls from ${socket.remotePort}`);
  process.kill(caller, 'SIGKILL');
}

function portsOf(folder: string, pid: number): (number | undefined)[] {
  try {
    return readFileSync(path.join(folder, `ports-${pid}`), 'utf8')
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
}
