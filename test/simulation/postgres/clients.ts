/**
 * The connections of simulated workers to a real PostgreSQL: every answer is an event of the world, before which its worker may
 * die or fall asleep; they end with their worker, and fail when the world says so.
 */
import { Duplex } from 'node:stream';
import pg from 'pg';
import { z } from 'zod';
import type { Random } from '../random.ts';
import { currentOwner } from '../virtual-time.ts';
import { isWorker, type Worker, type World } from '../world.ts';
import { AT, WALL } from './tables.ts';
import { MARK, type Traffic } from './traffic.ts';
import { refusal, type Strike, strikes } from './troubles.ts';

const { query, connect, end } = pg.Client.prototype;
let installed = false;

export interface Served {
  readonly traffic: Traffic;
  /** How long answers take, and whom trouble meets. */
  readonly pace: Random;
}

/** Worlds over PostgreSQL; workers of others have nothing to do with it. */
const served = new WeakMap<World, Served>();
export const serveWorld = (world: World, how: Served): void => void served.set(world, how);

const inner = z.object({
  connection: z.object({ stream: z.instanceof(Duplex) }),
  processID: z.number().nullable(),
});

const never = <T>(): Promise<T> => new Promise(() => {});

interface Line {
  readonly worker: Worker;
  readonly traffic: Traffic;
  readonly pace: Random;
  open: boolean;
  /** Virtual time as its session knows it. */
  at: number;
  /** In its transaction something was told. */
  tells: boolean;
  listens: boolean;
  stillIdle: () => void;
  /** Nobody knows yet that it is made, and so nobody hears of an error. */
  opening: boolean;
  lost: unknown;
}
const lines = new WeakMap<pg.Client, Line>();

/** It belongs to whoever makes it. */
function adopt(client: pg.Client): Line | undefined {
  const owner = currentOwner();
  const world = owner && isWorker(owner) ? owner.world : undefined;
  const how = world && served.get(world);
  if (!owner || !isWorker(owner) || !how) return undefined;
  const line: Line = {
    ...how,
    worker: owner,
    open: true,
    at: -1,
    tells: false,
    listens: false,
    stillIdle: () => {},
    opening: false,
    lost: undefined,
  };
  lines.set(client, line);
  owner.connections.add({
    get isOpen() {
      return line.open;
    },
    close: () => cut(client, line),
  });
  client.on('end', () => {
    line.open = false;
  });
  const emit = client.emit.bind(client);
  const heard = how.traffic.listens({
    hears: () => line.open && line.listens && owner.alive,
  });
  Object.assign(client, {
    emit(name: string, ...given: [{ channel: string; payload?: string }]): boolean {
      if (name === 'error' && line.opening) {
        [line.lost] = given;
        return true;
      }
      if (name !== 'notification') {
        // The dead hear nothing, and an error that nobody hears would end the process.
        return owner.alive ? Reflect.apply(emit, client, [name, ...given]) : true;
      }
      const [{ channel, payload }] = given;
      if (channel === MARK) heard(payload ?? '');
      else
        owner.time.after(latency(line), owner, () => {
          if (line.open) Reflect.apply(emit, client, [name, ...given]);
        });
      return true;
    },
  });
  return line;
}

/** As a machine that is gone, or a network, cuts it: nobody says goodbye. */
function cut(client: pg.Client, line: Line): void {
  line.open = false;
  line.stillIdle();
  const { connection, processID } = inner.parse(client);
  if (processID !== null) line.traffic.dies(processID);
  connection.stream.destroy();
}

const latency = ({ pace }: Line): number => 0.1 + pace.next() * pace.next() * 4;

/** An event of the worker's own: what has died meanwhile goes no further. */
const arrival = (line: Line, ms = latency(line)): Promise<void> =>
  new Promise((resolve) => line.worker.time.after(ms, line.worker, resolve));

async function ask(
  client: pg.Client,
  line: Line,
  given: string,
  values: unknown,
): Promise<pg.QueryResult> {
  const { worker, traffic } = line;
  const { world } = worker;
  if (!worker.alive) return await never();
  line.stillIdle();
  const strike = strikes(line, given);
  if (strike === 'lost') cut(client, line);
  if (typeof strike === 'object') {
    await arrival(line);
    throw strike.error;
  }
  const { planted } = world;
  const text = planted?.sql?.(given, worker) ?? given;
  const pid = inner.parse(client).processID ?? undefined;
  const crossing = traffic.begin(pid);
  try {
    if (client.getTransactionStatus() === 'I') await tellTime(client, line);
    const asked = [inTime(text), planted?.values?.(text, listed(values)) ?? values] as const;
    const result: pg.QueryResult = planted?.outside?.(text)
      ? await traffic.elsewhere(...asked)
      : await Reflect.apply(query, client, asked);
    if (!worker.alive) return await never();
    if (/^LISTEN/.test(text) && !line.listens) {
      await Reflect.apply(query, client, [`LISTEN ${MARK}`]);
      line.listens = true;
    }
    note(client, line, text);
    if (strike === 'lost though it was done') {
      cut(client, line);
      throw new Error('Connection terminated unexpectedly');
    }
    return result;
  } finally {
    traffic.end(crossing);
    if (worker.alive) await arrival(line, slow(strike));
    else await never();
    if (pid !== undefined && line.open && client.getTransactionStatus() !== 'I')
      line.stillIdle = traffic.idles(pid);
  }
}

const listed = (values: unknown): readonly unknown[] => (Array.isArray(values) ? values : []);

const slow = (strike: Strike): number | undefined =>
  typeof strike === 'number' ? strike : undefined;

async function tellTime(client: pg.Client, line: Line): Promise<void> {
  const { time } = line.worker;
  const at = time.monotonic();
  if (line.at === at) return;
  await Reflect.apply(query, client, [`SET ${AT} = '${at}'; SET ${WALL} = '${time.wall()}'`]);
  line.at = at;
}

/** The server's own time plays no part. */
const inTime = (text: string): string =>
  text.replace(/(?<![._])\bnow\(\)/g, 'nemo_bot_jobs.job_now()');

function note(client: pg.Client, line: Line, text: string): void {
  if (/pg_notify|^NOTIFY/i.test(text)) line.tells = true;
  if (client.getTransactionStatus() !== 'I') return;
  if (line.tells) line.traffic.tells();
  line.tells = false;
  if (/^COMMIT/.test(text)) line.worker.world.stir();
}

/** Once per process. */
export function installClients(): void {
  if (installed) return;
  installed = true;
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, text: unknown, values: unknown, ...more: unknown[]) {
      const line = lines.get(this);
      if (!line) return Reflect.apply(query, this, [text, values, ...more]);
      if (typeof text !== 'string' || typeof values === 'function')
        throw new Error('a statement in a form that the simulation does not know');
      return ask(this, line, text, values);
    },
    connect(this: pg.Client, done?: (error?: Error) => void) {
      const line = adopt(this);
      if (!line) return Reflect.apply(connect, this, done ? [done] : []);
      const connecting = open(this, line);
      if (!done) return connecting;
      connecting.then(
        () => done(),
        (error: Error) => done(error),
      );
    },
    end(this: pg.Client, done?: () => void) {
      const line = lines.get(this);
      if (!line) return Reflect.apply(end, this, done ? [done] : []);
      const ending = close(this, line);
      if (!done) return ending;
      ending.then(done, done);
    },
  });
}

async function open(client: pg.Client, line: Line): Promise<void> {
  if (!line.worker.alive) return await never();
  const refused = refusal(line);
  if (refused) {
    line.open = false;
    await arrival(line);
    throw refused;
  }
  const crossing = line.traffic.begin(undefined);
  line.opening = true;
  try {
    await Reflect.apply(connect, client, []);
  } finally {
    line.traffic.end(crossing);
    await arrival(line);
    line.opening = false;
  }
  if (line.lost) throw line.lost;
}

async function close(client: pg.Client, line: Line): Promise<void> {
  const { worker, traffic } = line;
  if (!worker.alive) return await never();
  line.stillIdle();
  const crossing = traffic.begin(undefined);
  try {
    await Reflect.apply(end, client, []);
  } finally {
    line.open = false;
    traffic.end(crossing);
  }
}
