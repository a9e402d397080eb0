/** pg-boss on connections of ours: they end statements that take too long, tell outages apart, and quote no row in an error. */
import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Log } from '../../runtime/log.ts';
import { openPool, query } from '../../runtime/postgres/database.ts';
import type { Listener } from '../../runtime/postgres/listener.ts';
import { MIGRATION_MS } from '../../runtime/postgres/open-database.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { OutageLog } from './outage-log.ts';
import { JOBS_SCHEMA } from './schema.ts';

/** Seconds between looks for jobs whose worker has gone; one replica does it. */
const LOOK_FOR_THE_DEAD_S = 2;

export type BossOptions = Pick<ConstructorParameters<typeof PgBoss>[0] & object, 'clock'>;

export interface JobQueueOptions {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly listener: Listener;
  readonly outages: OutageLog;
  readonly log: Log;
  readonly boss?: BossOptions | undefined;
}

/** With its tables brought up to date. */
export async function startJobQueue(options: JobQueueOptions): Promise<PgBoss> {
  const { url, pool, listener, outages, log } = options;
  // Others wait for whoever brings the tables up to date, which may take its time.
  const patient = openPool({ url, onLost: outages.failed, max: 2, statementMs: MIGRATION_MS });
  let through = patient;
  const boss = new PgBoss({
    ...options.boss,
    db: {
      async executeSql(text, values) {
        try {
          const result = await query(through, text, values);
          outages.answered();
          return result;
        } catch (error) {
          if (isStoreOutage(error)) outages.failed(error);
          throw error;
        }
      },
      listen: (channel, onTold, onHearing) => listener.listen(channel, onTold, onHearing),
    },
    schema: JOBS_SCHEMA,
    useListenNotify: true,
    superviseIntervalSeconds: LOOK_FOR_THE_DEAD_S,
    monitorIntervalSeconds: LOOK_FOR_THE_DEAD_S,
    schedule: false,
  });
  boss.on('error', (error: unknown) => {
    if (!isOutage(error)) log.error('the job queue met an error', { error });
  });
  boss.on('warning', ({ message, data }) => log.warn(message, { data }));
  try {
    await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  } finally {
    through = pool;
    await patient.end();
  }
  return boss;
}

/** pg-boss hands on some errors as copies, of which the name is left. */
const isOutage = (error: unknown): boolean =>
  isStoreOutage(error) ||
  (typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    error.name === 'StoreUnavailable');
