/**
 * What is on its way between the workers of a world and their server. Real sockets take real time, in which virtual time must
 * stand still, unless a statement waits for a lock: whoever holds that may be waiting for virtual time.
 */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import type { World } from '../world.ts';
import { DEADLOCK_MS } from './server.ts';
import { AT, addressFor, WALL } from './tables.ts';

/** A channel that every listening worker hears: what was told before it has arrived then. */
export const MARK = 'sim_mark';

/** So long, in real time, an answer is waited for before the server is asked what it is doing. */
const LATE_MS = 15;
/** As the product's connections ask for, in the world's time. */
const STATEMENT_MS = 15_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

export interface Crossing {
  readonly pid: number | undefined;
  readonly since: number;
  /** It waits for a lock. */
  blocked: boolean;
  over: boolean;
}

export interface Ear {
  hears(): boolean;
}

const pidRows = z.array(z.object({ pid: z.number(), waits: z.boolean() }));

export function createTraffic(world: World, url: string) {
  const crossings = new Set<Crossing>();
  const dying = new Set<number>();
  const ears = new Set<{ readonly ear: Ear; readonly heard: Set<string> }>();
  const watchers = new Set<() => void>();
  let ended = 0;
  let looked = 0;
  let told = false;
  let marks = 0;
  const observer = new pg.Client(addressFor(url, 'nobody', 0, 0));
  observer.on('error', () => {});
  const stranger = new pg.Client(addressFor(url, 'nobody', 0, 0));

  function changed(): void {
    const all = [...watchers];
    watchers.clear();
    for (const watcher of all) watcher();
  }

  /** Something of it has changed, or some time has passed: false. */
  const change = (ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        watchers.delete(over);
        resolve(false);
      }, ms);
      const over = () => {
        clearTimeout(timer);
        resolve(true);
      };
      watchers.add(over);
    });

  /** Of these sessions those that there are still, and whether each waits for a lock. */
  async function sessions(pids: readonly (number | undefined)[]): Promise<Map<number, boolean>> {
    const { rows } = await observer.query(
      `SELECT pid, coalesce(wait_event_type = 'Lock', false) AS waits FROM pg_stat_activity
       WHERE pid = ANY($1) AND datname = current_database()`,
      [pids.filter((pid) => pid !== undefined)],
    );
    return new Map(pidRows.parse(rows).map(({ pid, waits }) => [pid, waits]));
  }

  const moving = (): Crossing[] => [...crossings].filter(({ blocked }) => !blocked);

  async function lookWhoWaits(): Promise<void> {
    const all = moving();
    const waits = await sessions(all.map(({ pid }) => pid));
    const late = ({ since }: Crossing) => performance.now() - since > DEADLOCK_MS + LATE_MS;
    if (!all.every((it) => it.over || (waits.get(it.pid ?? 0) && late(it)))) return;
    for (const crossing of all) block(crossing);
  }

  function block(crossing: Crossing): void {
    if (crossing.over || crossing.blocked) return;
    crossing.blocked = true;
    world.count('statement waits for a lock');
    world.time.after(STATEMENT_MS, undefined, () => {
      if (crossing.over) return;
      crossing.blocked = false;
      void observer.query('SELECT pg_cancel_backend($1)', [crossing.pid]);
    });
  }

  /** A lock may have been given back. */
  async function lookWhoGoesOn(): Promise<void> {
    if (looked === ended) return;
    looked = ended;
    const blocked = [...crossings].filter((it) => it.blocked);
    if (blocked.length === 0) return;
    const waits = await sessions(blocked.map(({ pid }) => pid));
    for (const it of blocked) if (!waits.get(it.pid ?? 0)) it.blocked = false;
  }

  /** What the dead have left is rolled back by the server, which gives their locks back with it. */
  async function burial(): Promise<void> {
    while (dying.size > 0) {
      const left = await sessions([...dying]);
      for (const pid of dying) if (left.get(pid) !== false) dying.delete(pid);
      if (dying.size > 0) await change(1);
    }
    ended += 1;
  }

  async function allTold(): Promise<void> {
    marks += 1;
    const mark = String(marks);
    await observer.query(`NOTIFY ${MARK}, '${mark}'`);
    while ([...ears].some(({ ear, heard }) => ear.hears() && !heard.has(mark))) await change(20);
    for (const { heard } of ears) heard.delete(mark);
  }

  return {
    async connect(): Promise<void> {
      await observer.connect();
      if (world.planted?.outside) await stranger.connect();
    },
    async close(): Promise<void> {
      await observer.end();
      if (world.planted?.outside) await stranger.end();
    },
    begin(pid: number | undefined): Crossing {
      const crossing = { pid, since: performance.now(), blocked: false, over: false };
      crossings.add(crossing);
      return crossing;
    },
    end(crossing: Crossing): void {
      crossing.over = true;
      crossings.delete(crossing);
      ended += 1;
      changed();
    },
    /** On a connection of nobody's, and so a transaction by itself. */
    async elsewhere(text: string, values: unknown): Promise<pg.QueryResult> {
      await stranger.query(
        `SET ${AT} = '${world.time.monotonic()}'; SET ${WALL} = '${world.time.wall()}'`,
      );
      told = true;
      return await stranger.query(text, z.array(z.unknown()).parse(values));
    },
    /** Its connection was cut. */
    dies(pid: number): void {
      dying.add(pid);
    },
    /** The returned function is called with each mark that it hears. */
    listens(ear: Ear): (mark: string) => void {
      const heard = new Set<string>();
      ears.add({ ear, heard });
      return (mark) => {
        heard.add(mark);
        changed();
      };
    },
    tells(): void {
      told = true;
    },
    /** In a transaction, and silent; the returned function is called when it says something. */
    idles(pid: number): () => void {
      return world.time.after(IDLE_IN_TRANSACTION_MS, undefined, () => {
        dying.add(pid);
        void observer.query('SELECT pg_terminate_backend($1)', [pid]);
      });
    },
    async rest(): Promise<void> {
      for (;;) {
        await turnOfTheLoop();
        if (dying.size > 0) await burial();
        else if (moving().length > 0) {
          if (!(await change(LATE_MS)) && moving().length > 0) await lookWhoWaits();
        } else if (told) {
          told = false;
          await allTold();
        } else if (looked !== ended) await lookWhoGoesOn();
        else return;
      }
    },
  };
}

export type Traffic = ReturnType<typeof createTraffic>;
