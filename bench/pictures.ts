/**
 * A picture of a timeline: what it costs the event loop (the drawing as a tree and as markup, which the page's server
 * does too), how long its PNG takes in its thread, the first one with the thread's start apart, and what memory stays.
 *   node bench/pictures.ts          100 of each; BENCH_ROUNDS changes that
 * The drawing is told by the CPU that it takes of the thread it is in, which a busy machine does not change; the PNG by
 * the clock, the middle one of all.
 */

import { draw } from '../src/pictures/draw.ts';
import { createPictures } from '../src/pictures/pictures.ts';
import { markup } from '../src/pictures/shape.ts';
import { CHARTS } from '../test/pictures/charts.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 100);
const log = { debug() {}, info() {}, warn: say, error: say, always() {} };
const pictures = createPictures({ log, timeoutMs: 60_000 });
const before = process.memoryUsage.rss();
const all = Object.entries(CHARTS);

say(`${'timeline'.padEnd(50)} draw, CPU  PNG, middle  event loop    bytes`);
for (const [at, [name, chart]] of all.entries()) {
  const drawing = await cpuOf(() => markup(draw(chart)));
  if (at === 0)
    say(
      `(the first PNG, with the start of its thread: ${ms(await took(() => pictures.png(chart)))})`,
    );
  const times: number[] = [];
  const loop = await cpuOf(async () => times.push(await took(() => pictures.png(chart))));
  const middle = times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0;
  const figures = [drawing, middle, loop].map((it) => ms(it).padStart(10)).join('  ');
  const bytes = (await pictures.png(chart))?.length;
  say(`${name.padEnd(50)} ${figures}  ${bytes ?? 'no font here'}`);
}
say(`memory: ${grown()} MB more than before the first`);
await pictures.close();
say(`and ${grown()} MB after its thread has ended`);

/** Milliseconds of CPU of this thread for one. */
async function cpuOf(work: () => unknown): Promise<number> {
  const begun = process.threadCpuUsage();
  for (let n = 0; n < rounds; n += 1) await work();
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1_000 / rounds;
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function grown(): string {
  return ((process.memoryUsage.rss() - before) / 1e6).toFixed(0);
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
