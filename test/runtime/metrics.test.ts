/** One evening of a bot in Slack and Discord, read through /metrics: every series moves, and is described in docs/operations.md. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { DISCORD_TOKEN, startDiscordDouble } from '../doubles/discord/discord-double.ts';
import { holdDatabase } from '../doubles/held-database.ts';
import { refused } from '../doubles/nemo/answers.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { sampleDraft } from '../doubles/nemo/samples.ts';
import { has, makesVideo, turnsIt, wideDraft } from '../doubles/nemo/spending.ts';
import { say, toolCall } from '../doubles/nemo/steps.ts';
import { type Family, parseMetrics, sumOf } from '../doubles/prometheus-text.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN } from '../doubles/slack/world.ts';
import { type Labels, MOVES } from './metric-moves.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(ROOT, 'docs/operations.md'), 'utf8');

type Reading = ReadonlyMap<string, Family>;

const png = {
  name: 'leaf.png',
  mimetype: 'image/png',
  bytes: Buffer.from('89504e470d0a1a0a0000', 'hex'),
};
const closing: (() => Promise<unknown>)[] = [];
const readings: Reading[] = [];
let app: App;

async function look(): Promise<Reading> {
  const answer = await fetch(`${app.url}/metrics`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  const reading = parseMetrics(await answer.text());
  readings.push(reading);
  return reading;
}

/** Resolves when the figure is there; the test's own limit is the end of patience. */
async function reached(name: string, least: number, labels?: Labels): Promise<void> {
  while (sumOf(await look(), name, labels) < least)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

async function idle(): Promise<void> {
  while (sumOf(await look(), 'nemo_bot_turns_unfinished') > 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

function busyFor(ms: number): void {
  const until = Date.now() + ms;
  while (Date.now() < until);
}

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-metrics-'));
  const [nemo, slack, discord] = await Promise.all([
    startNemoDouble(),
    startSlackDouble(),
    startDiscordDouble(),
  ]);
  const database = path.join(folder, 'bot.db');
  app = await startApp(
    readSettings({
      NEMO_TOKEN: nemo.token,
      NEMO_API_URL: nemo.url,
      DATABASE_URL: `sqlite:${database}`,
      PORT: '0',
      TIME_SCALE: '0.002',
      LEASE_MS: '1000',
      LOG_LEVEL: 'silent',
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl.replace(/\/$/, ''),
      DISCORD_TOKEN,
      DISCORD_API_URL: discord.api,
    }),
  );
  closing.push(
    () => app.stop(),
    () => slack.close(),
    () => discord.close(),
    () => nemo.close(),
    () => rm(folder, { recursive: true }),
  );
  await look();

  // A video with a picture; Slack has too much to do at first.
  has(nemo, 1000);
  slack.fail('chat.postMessage', { retryAfter: 0 });
  nemo.script(...makesVideo(nemo, 96));
  const thread = await slack.write('@bot Open on this picture.', { files: [png] });
  await reached('nemo_bot_video_seconds', 1, { platform: 'slack' });
  await idle();
  await slack.vote(await slack.until((m) => m.thread_ts === thread && m.files.length > 0), 'good');
  await reached('nemo_bot_votes_total', 1);

  // An edit without a word.
  nemo.script(...turnsIt(nemo, 5).slice(0, -1));
  await slack.write('make it upright', { thread });
  await reached('nemo_bot_silent_edits_total', 1);
  await idle();

  // A stream that is lost, while the backend has trouble.
  nemo.script(
    toolCall('edit_multitrack', 'e'),
    { draft: wideDraft },
    { call: () => nemo.once('state', refused(503, 503, 'busy')) },
    { drop: true },
  );
  await slack.write('make it wide again', { thread });
  await reached('nemo_bot_recoveries_total', 1);
  await idle();

  // Credits that are used up, and a balance that nobody gives.
  nemo.once('run_sse', refused(200, 2001, 'insufficient credits'));
  for (const _ of [1, 2, 3]) nemo.once('credits', { drop: true });
  await slack.write('and louder', { thread });
  await reached('nemo_bot_failures_total', 1);
  await idle();

  // A turn that somebody else takes while it runs, and leaves.
  const held = Promise.withResolvers<void>();
  nemo.script({ heartbeat: true }, { until: held.promise }, say('Done.'));
  const runs = nemo.received('run_sse').length;
  await slack.write('now slower', { thread });
  await nemo.arrival('run_sse', runs + 1);
  await look();
  using db = new DatabaseSync(database, { timeout: 5_000 });
  db.exec(
    "UPDATE turns SET owner = 'somebody-else', fence = fence + 1, lease_until = 0 WHERE finished_at IS NULL",
  );
  held.resolve();
  await reached('nemo_bot_stale_claims_total', 1);
  await reached('nemo_bot_takeovers_total', 1);
  await idle();

  // Discord.
  nemo.script({ draft: sampleDraft }, say('Your video is ready!'));
  discord.mention(discord.general, discord.alice, 'A film about tea.');
  await reached('nemo_bot_video_seconds', 1, { platform: 'discord' });
  await idle();

  // Nothing can be written for a moment, and the process stands still.
  const release = holdDatabase(database);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
  await look();
  release();
  busyFor(300);
  await look();
}, 60_000);

afterAll(async () => {
  for (const close of closing) await close();
});

describe('the metrics', () => {
  const moves = MOVES.map(([name, ...labels]) => [name, labels] as const);

  test.each(moves)('%s moves', (name, labels) => {
    const [first, last] = [readings[0] ?? new Map(), readings.at(-1) ?? new Map()];
    const kind = last.get(name)?.kind;
    for (const wanted of labels.length > 0 ? labels : [{}]) {
      if (kind === 'gauge') {
        const seen = new Set(readings.map((reading) => sumOf(reading, name, wanted)));
        expect([name, wanted, seen.size > 1]).toEqual([name, wanted, true]);
      } else
        expect(sumOf(last, name, wanted), JSON.stringify(wanted)).toBeGreaterThan(
          sumOf(first, name, wanted),
        );
    }
  });

  test('are all in that table, and none besides', () => {
    expect([...(readings[0]?.keys() ?? [])].sort()).toEqual(MOVES.map(([name]) => name).sort());
  });

  test('are described on the page, each with its labels, and no other is', () => {
    const rows = [...page.matchAll(/^\| `(nemo_bot_\w+)`(?: by ((?:`\w+`(?:, )?)+))? \|/gm)];
    const described = new Map(
      rows.map(([, name = '', labels = '']) => [
        name,
        [...labels.matchAll(/\w+/g)].map(([it]) => it).sort(),
      ]),
    );
    const used = new Map<string, string[]>();
    for (const reading of readings)
      for (const [name, { samples }] of reading)
        for (const { labels } of samples)
          used.set(
            name,
            Object.keys(labels)
              .filter((it) => it !== 'le')
              .sort(),
          );
    expect(new Map([...described].sort())).toEqual(new Map([...used].sort()));
  });

  test('have few labels, and in none of them what came in', () => {
    const values = [...(readings.at(-1) ?? new Map<string, Family>()).values()].flatMap(
      ({ samples }) => samples.flatMap(({ labels }) => Object.values(labels)),
    );
    expect(values.filter((value) => /\d{6,}|U0|C0|T0|xox|picture|leaf/.test(value))).toEqual([]);
    for (const { samples } of readings.at(-1)?.values() ?? [])
      expect(samples.length).toBeLessThan(150);
  });
});
