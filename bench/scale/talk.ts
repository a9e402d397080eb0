/** Conversations over several replicas: how fast, and what each costs the database. */
import { startNemoDouble } from '../../test/doubles/nemo/nemo-double.ts';
import { say as agentSays } from '../../test/doubles/nemo/steps.ts';
import { startSlackDouble } from '../../test/doubles/slack/slack-double.ts';
import { figure, percentile, round, say } from './figures.ts';
import type { Options } from './options.ts';
import { settle, TITLE, talk, teamOf } from './people.ts';
import { install, type Replica, startReplica, type Used } from './replica.ts';
import type { BenchServer } from './server.ts';

const MOST_SHOWN = 25;
const SAMPLE_MS = 1_000;

export async function measureTalk(server: BenchServer, options: Options): Promise<void> {
  const { replicas: wanted, workspaces, threads, conversations, places } = options;
  const database = await server.database();
  let turn = 0;
  const addresses: string[] = [];
  const calls = new Map<string, number>();
  const slack = await startSlackDouble({
    gate(request, _response, serve) {
      const method = /^\/api\/([\w.]+)/.exec(request.url ?? '')?.[1] ?? 'another address';
      calls.set(method, (calls.get(method) ?? 0) + 1);
      return serve();
    },
    // The balancer: each event to the next replica.
    http: {
      get eventsUrl() {
        turn += 1;
        return addresses[turn % addresses.length] ?? '';
      },
    },
  });
  settle(slack, workspaces);
  const nemo = await startNemoDouble({
    runs: (text) => [agentSays(`About ${TITLE.exec(text)?.[0]}: a shorter opening, I think.`)],
  });
  const replicas: Replica[] = [];
  try {
    for (let n = 0; n < wanted; n += 1)
      replicas.push(await startReplica({ database: database.url, slack, nemo }, places));
    const [first] = replicas;
    if (!first) throw new Error('there is no replica');
    for (let n = 0; n < workspaces; n += 1) await install(first.bot, teamOf(n));
    addresses.push(...replicas.map(({ bot }) => `${bot.url}/slack/events`));

    const sizesBefore = await database.sizes();
    const before = await Promise.all(replicas.map((each) => each.used()));
    await database.reset();
    calls.clear();
    const most = new Map<string, number>();
    const sampling = setInterval(() => {
      nemo.requests.length = 0;
      void database.sessions().then((all) => {
        for (const { application, count } of all)
          most.set(application, Math.max(count, most.get(application) ?? 0));
      });
    }, SAMPLE_MS);
    const talked = await talk(slack, {
      workspaces,
      threads,
      conversations,
      atOnce: options['at-once'],
      until: performance.now() + options.minutes * 60_000,
    });
    clearInterval(sampling);
    const work = await database.work();
    const after = await Promise.all(replicas.map((each) => each.used()));
    const turns = talked.answers.length;
    const per = (total: number) => total / Math.max(1, turns);
    const sum = (of: (used: Used) => number) =>
      after.reduce((all, used, n) => all + of(used) - of(before[n] ?? used), 0);

    say(
      `Conversations: ${turns} messages, each answered by a short run of the agent (one text, no edit), in ${threads} threads of ${workspaces} workspaces; ${wanted} replicas, MAX_RUNNING_TURNS=${places}, ${options['at-once']} at once, fsync ${options.fsync}`,
    );
    figure('unanswered', String(talked.unanswered));
    figure('deliveries made again', String(talked.again));
    figure(
      'turns per second, all and per replica',
      `${round(turns / talked.seconds)}, ${round(turns / talked.seconds / wanted)}`,
    );
    figure(
      'first message of the bot, p50 and p99, ms',
      `${round(percentile(talked.signs, 50), 0)}, ${round(percentile(talked.signs, 99), 0)}`,
    );
    figure(
      'answer, p50 and p99, ms',
      `${round(percentile(talked.answers, 50), 0)}, ${round(percentile(talked.answers, 99), 0)}`,
    );
    figure('CPU of the replicas per turn, ms', round(per(sum(({ cpuMs }) => cpuMs))));
    figure('memory of a replica, MB', after.map(({ rssMb }) => round(rssMb, 0)).join(', '));
    figure('statements per turn', round(per(work.statements)));
    figure('time in the server per turn, ms', round(per(work.ms), 2));
    figure(
      'to and from the database per turn, bytes',
      `${round(per(sum(({ written }) => written)), 0)}, ${round(per(sum(({ read }) => read)), 0)}`,
    );
    figure('write-ahead log per turn, bytes', round(per(work.walBytes), 0));
    for (const [method, times] of [...calls].toSorted(([, a], [, b]) => b - a))
      figure(`calls to Slack per turn, ${method}`, round(per(times), 2));
    for (const [application, count] of most)
      figure(`connections per replica, ${application}`, round(count / wanted));
    for (const [table, bytes] of await database.sizes()) {
      const grown = bytes - (sizesBefore.get(table) ?? 0);
      if (grown > 0) figure(`growth per 1,000 turns, ${table}, kB`, round(per(grown), 0));
    }
    say(`  calls and ms per turn:`);
    for (const { query, calls, ms } of await database.top('calls', MOST_SHOWN))
      say(
        `  ${round(per(calls), 2).padStart(8)} ${round(per(ms), 3).padStart(8)}  ${query.slice(0, 110)}`,
      );
    say();
  } finally {
    await Promise.all(replicas.map(({ bot }) => bot.stop()));
    await slack.close();
    await nemo.close();
    await database.close();
  }
}
