/**
 * The places of a queue in this process: so many of its jobs run here at the same time. A place that waits is a worker of
 * pg-boss's, and each of them asks the database whenever anybody sends a job to the queue, and by itself from time to time. So few
 * are kept waiting: another one opens when one of them is taken, and one too many closes.
 */
import type { JobWithMetadata, PgBoss } from 'pg-boss';

/** More than one, so that a connection that does not answer holds up no other place. */
const WAITING = 2;

/**
 * Seconds between two looks of a worker that hears of new jobs by NOTIFY, and of one that does not. Of jobs whose worker
 * has gone, and of those that were put off, nobody tells.
 */
const LOOK_S = 2;
const POLL_S = 0.5;

export interface PlacesOptions {
  readonly boss: PgBoss;
  readonly queue: string;
  readonly most: number;
  /** From then on no place opens. */
  readonly ending: AbortSignal;
  readonly run: (job: JobWithMetadata<unknown>) => Promise<void>;
}

export interface Places {
  /** Those that wait; more open by themselves. */
  open(): Promise<void>;
  /** There may be something to do. */
  look(): void;
  /** Takes nothing more; resolves when every place has ended, with what it had. */
  close(): Promise<void>;
}

interface Place {
  worker: string | undefined;
  busy: boolean;
}

export function createPlaces({ boss, queue, most, ending, run }: PlacesOptions): Places {
  const places = new Set<Place>();
  const waiting = (): Place[] => [...places].filter(({ busy }) => !busy);
  const lookFrom = ({ worker }: Place): void => {
    if (worker !== undefined) boss.notifyWorker(worker);
  };

  /** One job at a time, since a batch would wait for the longest of its turns. */
  async function openOne(): Promise<void> {
    const place: Place = { worker: undefined, busy: false };
    places.add(place);
    const options = {
      batchSize: 1,
      includeMetadata: true as const,
      pollingIntervalSeconds: POLL_S,
      notifyPollingIntervalSeconds: LOOK_S,
    };
    try {
      place.worker = await boss.work(queue, options, async ([job]: JobWithMetadata<unknown>[]) => {
        place.busy = true;
        try {
          await keepWaiting();
          if (job) await run(job);
        } finally {
          place.busy = false;
          await goOn(place);
        }
      });
      // It was being opened while the others were closed.
      if (ending.aborted) await boss.offWork(queue, { id: place.worker, wait: true });
    } catch (error) {
      places.delete(place);
      throw error;
    }
  }

  async function keepWaiting(): Promise<void> {
    while (waiting().length < WAITING && places.size < most && !ending.aborted) await openOne();
  }

  /** What the end of its turn lets run is looked for at once: pg-boss would pause first, with others waiting. */
  async function goOn(place: Place): Promise<void> {
    if (place.worker !== undefined && waiting().length > WAITING) {
      places.delete(place);
      await boss.offWork(queue, { id: place.worker, wait: false });
      waiting().slice(0, 1).forEach(lookFrom);
    } else lookFrom(place);
  }

  return {
    open: keepWaiting,
    look: () => waiting().forEach(lookFrom),
    close: () => boss.offWork(queue, { wait: true }),
  };
}
