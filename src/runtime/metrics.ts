/**
 * What an operator watches. Every series is described in docs/operations.md and moved by test/runtime/metrics.test.ts.
 * Labels have few values, all of them words of this program: no ids, no names of people, nothing that came in.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One call of a chat service's API that was answered, or not (`none`). `method` is a word of ours. */
export type OnPlatformCall = (call: { readonly method: string; readonly code: string }) => void;

export interface Metrics {
  turnEnded(platform: string, end: string, seconds: number): void;
  failed(cause: string): void;
  firstSign(platform: string, seconds: number): void;
  answered(platform: string, seconds: number): void;
  videoDelivered(platform: string, seconds: number): void;
  takenOver(platform: string): void;
  recovering(platform: string): void;
  silentEdit(platform: string): void;
  staleClaim(platform: string): void;
  backendCalled(endpoint: string, code: string): void;
  backendFailed(endpoint: string, error: string): void;
  /** `up`: to the backend; `down`: a finished video into a chat. */
  bytes(direction: 'up' | 'down', bytes: number): void;
  creditsSpent(credits: number): void;
  /** Somebody said what they think of a video, or changed their mind. */
  voted(platform: string, good: boolean): void;
  platformCalled(platform: string, ...call: Parameters<OnPlatformCall>): void;
  wrote(kind: string, seconds: number): void;
  text(): Promise<{ type: string; body: string }>;
}

/** What is asked whenever somebody reads. */
export interface MetricsNow {
  running(): number;
  /** Rejects where the store cannot be read: the figure is left out then. */
  unfinished(): Promise<number>;
  /** 1 ready, 0.5 degraded, 0 not; by part. */
  parts?(): Promise<ReadonlyMap<string, number>>;
  /** In seconds since the reading before; by percentile. */
  eventLoopDelay?(): ReadonlyMap<string, number>;
}

const SECONDS_OF_TURN = [1, 5, 15, 60, 180, 300, 600, 900, 1800];

/** An answer's status as a label; `none`: there was no answer. */
export const codeLabel = (status: number | undefined): string =>
  status === undefined || !(status >= 100 && status < 600)
    ? 'none'
    : KNOWN_CODES.has(status)
      ? String(status)
      : `${Math.floor(status / 100)}xx`;

const KNOWN_CODES: ReadonlySet<number> = new Set([
  200, 201, 202, 204, 206, 400, 401, 402, 403, 404, 408, 409, 413, 415, 422, 429, 500, 502, 503,
  504,
]);

export function createMetrics(now: MetricsNow): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    labelNames: L[],
    buckets: number[],
  ) => new Histogram({ name, help, labelNames, buckets, registers });
  const turns = counter('nemo_bot_turns_total', 'Turns that came to an end', ['platform', 'end']);
  const seconds = histogram(
    'nemo_bot_turn_seconds',
    'From acceptance to the end of a turn, waiting included',
    ['platform'],
    SECONDS_OF_TURN,
  );
  const firstSigns = histogram(
    'nemo_bot_first_sign_seconds',
    'From acceptance to the first message of a turn, mostly its status',
    ['platform'],
    [0.25, 0.5, 1, 2, 5, 15, 60, 300],
  );
  const answers = histogram(
    'nemo_bot_answer_seconds',
    'From acceptance to an answer that was posted',
    ['platform'],
    SECONDS_OF_TURN,
  );
  const videos = histogram(
    'nemo_bot_video_seconds',
    'From acceptance to a finished video that was posted',
    ['platform'],
    [...SECONDS_OF_TURN, 3600],
  );
  const failures = counter('nemo_bot_failures_total', 'Turns that failed, by the kind of error', [
    'cause',
  ]);
  const takeovers = counter(
    'nemo_bot_takeovers_total',
    'Claims of turns that a worker before had lost',
    ['platform'],
  );
  const recoveries = counter(
    'nemo_bot_recoveries_total',
    'Turns whose stream was lost, so that the state had to tell the outcome',
    ['platform'],
  );
  const silentEdits = counter(
    'nemo_bot_silent_edits_total',
    'Changes of a timeline on which the agent said nothing',
    ['platform'],
  );
  const staleClaims = counter(
    'nemo_bot_stale_claims_total',
    'Runs that ended because their turn had become the work of another',
    ['platform'],
  );
  const backendCalls = counter(
    'nemo_bot_backend_calls_total',
    'Requests to NemoVideo, by endpoint and HTTP status; none: no answer',
    ['endpoint', 'code'],
  );
  const backendErrors = counter(
    'nemo_bot_backend_errors_total',
    'What NemoVideo ended with, repeats aside, by endpoint and kind of error',
    ['endpoint', 'error'],
  );
  const bytes = counter(
    'nemo_bot_bytes_total',
    'Bytes of files: up to NemoVideo, down into chats',
    ['direction'],
  );
  const credits = counter(
    'nemo_bot_credits_spent_total',
    'Credits that turns have spent, as far as that is certain',
  );
  const votes = counter(
    'nemo_bot_votes_total',
    'What people thought of their videos: good or bad, changed votes too',
    ['platform', 'vote'],
  );
  const platformCalls = counter(
    'nemo_bot_platform_calls_total',
    'Requests to the API of a chat service, by method and HTTP status; none: no answer',
    ['platform', 'method', 'code'],
  );
  const rateLimits = counter(
    'nemo_bot_rate_limits_total',
    'Requests that a chat service turned away because there were too many',
    ['platform', 'method'],
  );
  const writes = histogram(
    'nemo_bot_store_write_seconds',
    'How long a write of the ledger took until it was on disk',
    ['kind'],
    [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
  );
  new Gauge({
    name: 'nemo_bot_turns_running',
    help: 'Turns this process works on',
    registers,
    collect() {
      this.set(now.running());
    },
  });
  new Gauge({
    name: 'nemo_bot_turns_unfinished',
    help: 'Turns in the ledger without an end, running or waiting',
    registers,
    async collect() {
      const count = await now.unfinished().catch(() => undefined);
      if (count === undefined) this.remove();
      else this.set(count);
    },
  });
  new Gauge({
    name: 'nemo_bot_part_state',
    help: 'What /readyz says of a part: 1 ready, 0.5 degraded, 0 not ready',
    labelNames: ['part'],
    registers,
    async collect() {
      this.reset();
      for (const [part, state] of (await now.parts?.()) ?? []) this.set({ part }, state);
    },
  });
  new Gauge({
    name: 'nemo_bot_event_loop_delay_seconds',
    help: 'How late the process comes to what is due, since the reading before',
    labelNames: ['at'],
    registers,
    collect() {
      for (const [at, delay] of now.eventLoopDelay?.() ?? []) this.set({ at }, delay);
    },
  });
  return {
    turnEnded(platform, end, duration) {
      turns.inc({ platform, end });
      seconds.observe({ platform }, duration);
    },
    // A library may put a code or an address of its own into the name.
    failed: (cause) => failures.inc({ cause: /^\w{1,40}/.exec(cause)?.[0] ?? 'unknown' }),
    firstSign: (platform, duration) => firstSigns.observe({ platform }, duration),
    answered: (platform, duration) => answers.observe({ platform }, duration),
    videoDelivered: (platform, duration) => videos.observe({ platform }, duration),
    takenOver: (platform) => takeovers.inc({ platform }),
    recovering: (platform) => recoveries.inc({ platform }),
    silentEdit: (platform) => silentEdits.inc({ platform }),
    staleClaim: (platform) => staleClaims.inc({ platform }),
    backendCalled: (endpoint, code) => backendCalls.inc({ endpoint, code }),
    backendFailed: (endpoint, error) => backendErrors.inc({ endpoint, error }),
    bytes: (direction, count) => bytes.inc({ direction }, count),
    creditsSpent: (count) => credits.inc(count),
    voted: (platform, good) => votes.inc({ platform, vote: good ? 'good' : 'bad' }),
    platformCalled(platform, { method, code }) {
      platformCalls.inc({ platform, method, code });
      if (code === '429') rateLimits.inc({ platform, method });
    },
    wrote: (kind, duration) => writes.observe({ kind }, duration),
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
