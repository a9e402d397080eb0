/** What an operator watches: turns by platform and end, how long they took, how many are under way. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  turnEnded(platform: string, end: string, seconds: number): void;
  failed(cause: string): void;
  text(): Promise<{ type: string; body: string }>;
}

export function createMetrics(now: {
  running: () => number;
  unfinished: () => Promise<number>;
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const turns = new Counter({
    name: 'nemo_bot_turns_total',
    help: 'Turns that came to an end',
    labelNames: ['platform', 'end'],
    registers,
  });
  const seconds = new Histogram({
    name: 'nemo_bot_turn_seconds',
    help: 'From acceptance to the end of a turn, waiting included',
    labelNames: ['platform'],
    buckets: [1, 5, 15, 60, 180, 300, 600, 900, 1800],
    registers,
  });
  const failures = new Counter({
    name: 'nemo_bot_failures_total',
    help: 'Turns that failed, by the kind of error',
    labelNames: ['cause'],
    registers,
  });
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
      this.set(await now.unfinished());
    },
  });
  return {
    turnEnded(platform, end, duration) {
      turns.inc({ platform, end });
      seconds.observe({ platform }, duration);
    },
    failed: (cause) => failures.inc({ cause }),
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
