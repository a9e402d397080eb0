/**
 * A picture of a timeline: what it costs the event loop (the drawing as a tree and as markup, which the page's server
 * does too), how long its PNG takes in its thread, the first one with the thread's start apart, and what memory stays.
 *   node bench/pictures.ts          100 of each; BENCH_ROUNDS changes that
 * The longest time in which the event loop did nothing else stands beside the mean of each.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Chart } from '../src/pictures/chart.ts';
import { draw } from '../src/pictures/draw.ts';
import { createPictures } from '../src/pictures/pictures.ts';
import { markup } from '../src/pictures/shape.ts';
import { CHARTS } from '../test/pictures/charts.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 100);
const log = { debug() {}, info() {}, warn: say, error: say, always() {} };
const pictures = createPictures({ log, timeoutMs: 60_000 });
const before = process.memoryUsage.rss();

say(`${'timeline'.padEnd(52)}    draw (most)    PNG (most)     bytes`);
let first = true;
for (const [name, chart] of Object.entries(CHARTS)) {
  const drawing = await measured(async () => void markup(draw(chart)));
  if (first)
    say(
      `(the first PNG, with the start of its thread: ${ms(await took(() => pictures.png(chart)))})`,
    );
  first = false;
  const png = await measured(async () => void (await pictures.png(chart)));
  const bytes = (await pictures.png(chart))?.length;
  say(`${name.padEnd(52)} ${shown(drawing)}  ${shown(png)}  ${bytes ?? 'no font here'}`);
}
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
for (let n = 0; n < rounds; n += 1) await pictures.png(CHARTS['seven segments'] as Chart);
delay.disable();
say(`event loop while PNGs are made, one after the other: at most ${ms(delay.max / 1e6)} late`);
say(
  `memory: ${((process.memoryUsage.rss() - before) / 1e6).toFixed(0)} MB more than before the first`,
);
await pictures.close();
say(`and ${((process.memoryUsage.rss() - before) / 1e6).toFixed(0)} MB after its thread has ended`);

async function took(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function measured(work: () => Promise<void>): Promise<{ mean: number; most: number }> {
  const times: number[] = [];
  for (let n = 0; n < rounds; n += 1) times.push(await took(work));
  return { mean: times.reduce((sum, it) => sum + it, 0) / rounds, most: Math.max(...times) };
}

function shown({ mean, most }: { mean: number; most: number }): string {
  return `${ms(mean)} (${ms(most)})`.padStart(14);
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
