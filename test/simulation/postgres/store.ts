/**
 * Worlds over a real PostgreSQL: the server is real and so are the connections, time is the world's. A seed names the world, but
 * of two statements that the server does at once it alone decides which is first: a story may differ from the last one.
 */
import type { Clock } from 'pg-boss';
import { openPostgresLedger } from '../../../src/ledger/postgres/open-ledger.ts';
import { openPostgresState } from '../../../src/state/postgres/open-state.ts';
import type { Store } from '../store.ts';
import { logOf } from '../worker.ts';
import { lookWhenStirred, timersOf } from '../worker-time.ts';
import { LEASE_MS, type Worker } from '../world.ts';
import { openBooks } from './books.ts';
import { installClients, serveWorld } from './clients.ts';
import { newDatabase } from './server.ts';
import { addressFor } from './tables.ts';
import { createTraffic } from './traffic.ts';

export const postgresStore: Store = {
  name: 'postgres',
  async newDatabase() {
    installClients();
    const { url, remove } = await newDatabase();
    return {
      place: url,
      serve(world) {
        const traffic = createTraffic(world, url);
        const connected = traffic.connect();
        const books = openBooks(url);
        serveWorld(world, { traffic, pace: world.random.fork('server') });
        return {
          books,
          async open(worker) {
            await connected;
            const { time, name } = worker;
            const address = addressFor(url, name, time.monotonic(), time.wall());
            const log = logOf(worker);
            const ledger = await openPostgresLedger({
              url: address,
              leaseMs: LEASE_MS,
              log,
              timers: timersOf(worker),
              boss: { clock: clockOf(worker) },
            });
            const onLost = (error: Error) =>
              log.error('the state has lost a connection', { error });
            return { ledger, state: await openPostgresState({ url: address, onLost }) };
          },
          async rest() {
            await connected;
            await traffic.rest();
          },
          async remove() {
            await traffic.close();
            await remove();
          },
        };
      },
    };
  },
};

/** Looks of pg-boss's, for jobs, for the dead and after its tables, come so often. */
const isLook = (ms: number): boolean => ms > 300 && ms <= 5_000;

/** And so often where nothing was written: each asks the real server. */
const IDLE_MS = 30_000;

/** pg-boss's time. What it does again and again is not done as long as it would find nothing. */
function clockOf(worker: Worker): Clock {
  const { time } = worker;
  const callOff = (timer: unknown) => {
    if (typeof timer === 'function') timer();
  };
  return {
    now: time.wall,
    setTimeout: (run, ms) =>
      isLook(ms) ? lookWhenStirred(worker, ms, run, IDLE_MS) : time.after(ms, worker, run),
    clearTimeout: callOff,
    setInterval(run, ms) {
      let off = () => {};
      const next = () => {
        off = time.after(ms, worker, () => {
          next();
          run();
        });
      };
      next();
      return () => off();
    },
    clearInterval: callOff,
  };
}
