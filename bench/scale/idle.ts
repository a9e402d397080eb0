/** What a replica asks of the database while there is nothing to do, by MAX_RUNNING_TURNS. */
import { setTimeout as delay } from 'node:timers/promises';
import { startNemoDouble } from '../../test/doubles/nemo/nemo-double.ts';
import { startSlackDouble } from '../../test/doubles/slack/slack-double.ts';
import { figure, round, say } from './figures.ts';
import type { Options } from './options.ts';
import { startReplica } from './replica.ts';
import type { BenchServer } from './server.ts';

/** After the start, until all that it does once is done. */
const SETTLE_MS = 4_000;
const WATCHED_S = 10;

export async function measureIdle(server: BenchServer, { idle }: Options): Promise<void> {
  const slack = await startSlackDouble({ http: { eventsUrl: '' } });
  const nemo = await startNemoDouble();
  say(`One replica that has nothing to do, ${WATCHED_S} s`);
  try {
    for (const places of idle) {
      const database = await server.database();
      const replica = await startReplica({ database: database.url, slack, nemo }, places);
      await delay(SETTLE_MS);
      const before = await replica.used();
      await database.reset();
      await delay(WATCHED_S * 1000);
      const work = await database.work();
      const after = await replica.used();
      const connections = (await database.sessions()).reduce((sum, { count }) => sum + count, 0);
      figure(
        `MAX_RUNNING_TURNS=${places}`,
        `${round(work.statements / WATCHED_S)} statements a second, ${round(work.ms / WATCHED_S, 2)} ms a second in the server, ${round((after.cpuMs - before.cpuMs) / WATCHED_S)} ms a second of its CPU, ${connections} connections`,
      );
      await replica.bot.stop();
      await database.close();
    }
    say();
  } finally {
    await slack.close();
    await nemo.close();
  }
}
