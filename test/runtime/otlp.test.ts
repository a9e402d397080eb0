/** A turn as a trace, as a collector gets it: what is in it, and what is not. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startApp } from '../../src/app.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { sampleDraft } from '../doubles/nemo/samples.ts';
import { say } from '../doubles/nemo/steps.ts';
import { type SeenSpan, startCollector } from '../doubles/otlp-collector.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN } from '../doubles/slack/world.ts';

test('a turn is a trace of steps and calls, and holds not a word of what was written', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-traces-'));
  const [nemo, slack, collector] = await Promise.all([
    startNemoDouble(),
    startSlackDouble(),
    startCollector(),
  ]);
  const app = await startApp(
    readSettings({
      NEMO_TOKEN: nemo.token,
      NEMO_API_URL: nemo.url,
      DATABASE_URL: `sqlite:${path.join(folder, 'bot.db')}`,
      PORT: '0',
      TIME_SCALE: '0.002',
      LOG_LEVEL: 'silent',
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl.replace(/\/$/, ''),
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    }),
  );
  try {
    nemo.script({ draft: sampleDraft }, say('The marmalade is filmed.'));
    slack.fail('chat.update', { status: 500 });
    const thread = await slack.write('@bot A film about marmalade.');
    await slack.until((m) => m.thread_ts === thread && m.files.length > 0);
    await slack.until((m) => /Done in/.test(m.text));
  } finally {
    // What is left is sent then.
    await app.stop();
    await Promise.all([nemo.close(), slack.close(), collector.close()]);
    await rm(folder, { recursive: true });
  }

  const { spans } = collector;
  const ids = new Map(spans.map((span) => [span.spanId, span]));
  const roots = spans.filter(({ parentSpanId }) => !parentSpanId);
  expect(roots.map(({ name }) => name)).toEqual(['turn']);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const wayOf = (span: SeenSpan): string => {
    const above = span.parentSpanId ? ids.get(span.parentSpanId) : undefined;
    return above ? `${wayOf(above)} > ${span.name}` : span.name;
  };
  expect(spans.map(wayOf)).toEqual(
    expect.arrayContaining([
      'turn > prepare-and-send > nemo session',
      'turn > prepare-and-send > listen > nemo run_sse',
      'turn > prepare-and-send > settle > nemo state',
      'turn > say-answer > slack chat.postMessage',
      'turn > order-render > nemo render',
      'turn > follow-render > nemo render-state',
      'turn > deliver > slack files.completeUploadExternal',
    ]),
  );
  const of = (name: string) =>
    spans
      .filter((span) => span.name === name)
      .flatMap(({ attributes }) =>
        attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
      );
  expect(of('turn')).toEqual(
    expect.arrayContaining([
      ['platform', 'slack'],
      ['lane', 'ordered'],
      ['how', 'finished'],
    ]),
  );
  expect(of('nemo run_sse')).toContainEqual(['status', 200]);
  expect(of('slack chat.update')).toContainEqual(['status', 500]);
  for (const { startTimeUnixNano, endTimeUnixNano } of spans)
    expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
  const keys = spans.flatMap(({ attributes }) => attributes.map(({ key }) => key));
  expect([...new Set(keys)].sort()).toEqual(
    ['crashes', 'how', 'lane', 'method', 'phase', 'platform', 'status', 'turn.id'].sort(),
  );
  expect(collector.bodies.join()).not.toMatch(
    /marmalade|nmv_usr|xoxb|xapp|U0ALICE|C0TEA|127\.0\.0\.1/,
  );
});
