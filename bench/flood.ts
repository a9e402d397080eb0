/**
 * One person floods the bot with messages while another goes on working: the bot as its operator starts it (src/main.ts, SQLite,
 * Slack by HTTP), over the doubles, on loopback. It stops by itself.
 *   node bench/flood.ts                    10,000 messages within a minute, in 10 threads of one person
 *   node bench/flood.ts --messages 1000 --seconds 10 --threads 5 --places 10 --run 1000
 * Fewer places for turns than threads: the flood takes all it can get. What is told: what was put on record and answered, what was
 * refused (more than MAX_QUEUED_PER_THREAD wait), what was lost of it; how long the other person waits, before and
 * meanwhile; the memory of the bot.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createBotProcess } from '../test/doubles/bot-process.ts';
import { startNemoDouble } from '../test/doubles/nemo/nemo-double.ts';
import { say as agentSays } from '../test/doubles/nemo/steps.ts';
import { startSlackDouble } from '../test/doubles/slack/slack-double.ts';
import { BOT_TOKEN, BOT_USER, SIGNING_SECRET, TEAM } from '../test/doubles/slack/world.ts';
import { figure, percentile, round, say } from './scale/figures.ts';

const count = z.coerce.number().int().min(1);
const wanted = z.object({
  messages: count,
  seconds: count,
  threads: count,
  places: count,
  run: count,
});
const text = (value: string) => ({ type: 'string', default: value }) as const;
const { messages, seconds, threads, places, run } = wanted.parse(
  parseArgs({
    options: {
      messages: text('10000'),
      seconds: text('60'),
      threads: text('10'),
      places: text('8'),
      run: text('1000'),
    },
  }).values,
);
/** Milliseconds: between two messages of the other person, before anything of theirs counts as unanswered, for all to end. */
const PAUSE = 1_000;
const PATIENCE = 60_000;
const LAST = 600_000;
/** Deliveries that wait for their 200 at the same time, as many as a service would have open. */
const MOST_OPEN = 40;
const TITLE = /\b[MB]\d+\b/;

const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-flood-'));
const file = path.join(folder, 'bot.db');
let address = '';
const slack = await startSlackDouble({
  http: {
    get eventsUrl() {
      return address;
    },
  },
});
const nemo = await startNemoDouble({
  runs: (asked) => {
    const title = TITLE.exec(asked)?.[0] ?? '';
    const answer = agentSays(`About ${title}: a shorter opening, I think.`);
    return title.startsWith('B') ? [answer] : [{ heartbeat: true }, { wait: run }, answer];
  },
});
const bot = await createBotProcess(
  {
    DATABASE_URL: `sqlite:${file}`,
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    SLACK_API_URL: slack.apiUrl,
    SLACK_MODE: 'http',
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    MAX_RUNNING_TURNS: String(places),
    AUTO_EXPORT: 'never',
    // Between two looks at a state that has not changed: these runs change nothing.
    SILENT_EDIT_POLL_MS: '100',
    PLAYGROUND: 'off',
  },
  { imports: [path.resolve(import.meta.dirname, 'scale/process-figures.ts')] },
);
process.once('exit', () => void bot.kill());
await bot.start();
address = `${bot.url}/slack/events`;

/** The title of each message of the flood that the bot has taken with 200. */
const taken = new Set<string>();
const roots: string[] = [];
let sendingAgain = 0;
let most = 0;

async function write(by: string, title: string, root?: string): Promise<string> {
  const ts = slack.nextTs();
  const words = `${root ? '' : `<@${BOT_USER}> `}Tell me what you would change about ${title}.`;
  const parent = root ? { thread_ts: root, parent_user_id: by } : {};
  const event = {
    channel: 'C0TEA',
    user: by,
    text: words,
    ts,
    event_ts: ts,
    team: TEAM,
    ...parent,
  };
  slack.messages.push({
    ...{ ts, channel: 'C0TEA', user: by, bot: false, text: words, blocks: [], versions: [words] },
    ...{
      deleted: false,
      files: [],
      reactions: new Set<string>(),
      ...(root ? { thread_ts: root } : {}),
    },
  });
  const type = root ? { type: 'message', channel_type: 'channel' } : { type: 'app_mention' };
  for (let tries = 0; tries < 4; tries += 1) {
    const { acked } = await slack
      .event({ ...type, ...event }, {}, tries)
      .catch(() => ({ acked: false }));
    if (acked) {
      if (title.startsWith('M')) taken.add(title);
      return ts;
    }
    sendingAgain += 1;
  }
  return ts;
}

/** What the bot has said, by thread: read once, so that looking costs this process next to nothing. */
const said = new Map<string, string[]>();
let read = 0;
const reading = setInterval(() => {
  for (; read < slack.messages.length; read += 1) {
    const message = slack.messages[read];
    if (!message?.bot || message.thread_ts === undefined) continue;
    said.set(message.thread_ts, [...(said.get(message.thread_ts) ?? []), message.text]);
  }
}, 10);

/** Milliseconds from the other person's message to the first of the bot in its thread, and to the answer. */
async function converse(title: string): Promise<{ sign: number; answer: number } | undefined> {
  const begun = performance.now();
  const ts = await write('U0BOB', title);
  let sign: number | undefined;
  while (performance.now() - begun < PATIENCE) {
    const ours = said.get(ts) ?? [];
    if (ours.length > 0) sign ??= performance.now() - begun;
    if (sign !== undefined && ours.some((words) => words.includes(`About ${title}`)))
      return { sign, answer: performance.now() - begun };
    await delay(10);
  }
  return undefined;
}

async function memory(): Promise<number> {
  const before = bot.output.length;
  process.kill(bot.pid ?? 0, 'SIGUSR2');
  for (;;) {
    const line = bot.output.slice(before).find((it) => it.startsWith('{"figures"'));
    if (line) return z.object({ rssMb: z.number() }).parse(JSON.parse(line)).rssMb;
    await delay(5);
  }
}

type Waited = Awaited<ReturnType<typeof converse>>;
function tell(when: string, waits: readonly Waited[]): void {
  const answered = waits.filter((it) => it !== undefined);
  const figures = (of: readonly number[]) =>
    `p50 ${round(percentile(of, 50), 0)} ms, p95 ${round(percentile(of, 95), 0)} ms, worst ${round(Math.max(...of), 0)} ms`;
  say(
    `The other person, ${when} (${waits.length} messages, ${waits.length - answered.length} unanswered)`,
  );
  figure('first sign of life', figures(answered.map(({ sign }) => sign)));
  figure('answer', figures(answered.map(({ answer }) => answer)));
}

try {
  const calm: Waited[] = [];
  for (let n = 0; n < 15; n += 1) calm.push(await converse(`B${n}`));
  const quiet = await memory();

  const begun = performance.now();
  const flooding = { over: false };
  const meanwhile: Waited[] = [];
  const other = (async () => {
    for (let n = 100; !flooding.over; n += 1) {
      meanwhile.push(await converse(`B${n}`));
      most = Math.max(most, await memory());
      await delay(PAUSE);
    }
  })();
  const under = new Set<Promise<unknown>>();
  for (let n = 0; n < threads; n += 1) roots.push(await write('U0ALICE', `M${n}`));
  for (let n = threads; n < messages; n += 1) {
    while (under.size >= MOST_OPEN) await Promise.race(under);
    const sending = write('U0ALICE', `M${n}`, roots[n % threads]);
    under.add(sending);
    void sending.then(() => under.delete(sending));
    const ahead = (n / messages) * seconds * 1_000 - (performance.now() - begun);
    if (ahead > 0) await delay(ahead);
    slack.calls.length = 0;
    slack.lines.length = 0;
    nemo.requests.length = 0;
  }
  await Promise.all(under);
  const took = (performance.now() - begun) / 1_000;
  flooding.over = true;
  await other;

  using db = new DatabaseSync(file, { readOnly: true });
  const open = () =>
    Number(db.prepare('SELECT count(*) AS n FROM turns WHERE finished_at IS NULL').get()?.['n']);
  const until = performance.now() + LAST;
  while (open() > 0 && performance.now() < until) await delay(200);
  const ends = (title: string) => {
    const row = db
      .prepare(`SELECT phase, notes FROM turns WHERE payload LIKE ?`)
      .get(`%${title}.%`);
    return `${title} ${row?.['phase']} ${String(row?.['notes']).slice(0, 200)}`;
  };
  const rows = db
    .prepare(
      `SELECT payload, lane = 'immediate' AND phase = 'failed' AS refused FROM turns WHERE requester = 'U0ALICE'`,
    )
    .all();
  const titled = rows.map(({ payload, refused: was }) => ({
    title: TITLE.exec(String(payload))?.[0] ?? '',
    refused: was === 1,
  }));
  const of = (kind: boolean) =>
    new Set(titled.filter(({ refused }) => refused === kind).map(({ title }) => title));
  const [accepted, refused] = [of(false), of(true)];
  const answered = new Set(
    slack.messages.filter((m) => m.bot).flatMap((m) => /About (M\d+)/.exec(m.text)?.[1] ?? []),
  );
  const told = slack.ephemerals.filter((m) => m.privateTo === 'U0ALICE').length;
  const lost = [...accepted].filter((title) => !answered.has(title));

  say(
    `${messages} messages by one person in ${round(took)} s (${seconds} wanted), ${threads} threads; MAX_RUNNING_TURNS=${places}, runs of ${run} ms; load ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores`,
  );
  figure('acknowledged to Slack', `${taken.size}, after ${sendingAgain} deliveries made again`);
  figure('accepted', String(accepted.size));
  figure('answered', String(accepted.size - lost.length));
  figure('lost of what was accepted', String(lost.length));
  figure('refused', `${refused.size}, told privately ${told} times`);
  const nowhere = [...taken].filter((title) => !accepted.has(title) && !refused.has(title));
  figure('neither', String(nowhere.length));
  tell('before', calm);
  tell('meanwhile', meanwhile);
  say('Memory of the bot (resident)');
  figure(
    'before, most, afterwards',
    `${round(quiet, 0)} MB, ${round(most, 0)} MB, ${round(await memory(), 0)} MB`,
  );
  if (lost.length > 0)
    say(
      `  lost: ${lost
        .slice(0, 5)
        .map((title) => ends(title))
        .join('; ')}`,
    );
  if (lost.length + nowhere.length > 0 || taken.size !== messages) process.exitCode = 1;
} finally {
  clearInterval(reading);
  await bot.stop();
  await nemo.close();
  await slack.close();
  rmSync(folder, { recursive: true, force: true });
}
