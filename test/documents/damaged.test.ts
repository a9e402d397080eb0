/** Files that nobody made to be read. Each gets a reason or a text; none takes the process with it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type DocumentText,
  DocumentUnreadable,
  type UnreadableReason,
} from '../../src/documents/document.ts';
import { createDocumentReader } from '../../src/documents/document-reader.ts';
import { attached, docx, fixture, pdf, shown } from './files.ts';
import * as hostile from './hostile.ts';
import { pictures, readable, unreadable } from './unreadable-files.ts';

const reader = createDocumentReader();
/** Of the thread that the bot lives in. */
let ticks = 0;
const timer = setInterval(() => {
  ticks += 1;
}, 1);
afterAll(async () => {
  clearInterval(timer);
  await reader.close();
});
const { signal } = new AbortController();

async function outcome(name: string, bytes: Uint8Array): Promise<DocumentText | UnreadableReason> {
  const file = attached(name, bytes);
  const before = ticks;
  const began = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  try {
    return await reader.read(file, signal);
  } catch (error) {
    if (error instanceof DocumentUnreadable) return error.reason;
    throw error;
  } finally {
    delay.disable();
    const turns = ticks - before;
    reads.push({ turns, took: performance.now() - began, delay });
  }
}

interface Read {
  /** How often the timer fired in the meantime. */
  readonly turns: number;
  /** Milliseconds. */
  readonly took: number;
  readonly delay: IntervalHistogram;
}
const reads: Read[] = [];

function figures(): string {
  const worst = (of: (delay: IntervalHistogram) => number) =>
    reads.map(({ delay }) => of(delay) / 1e6).sort((one, other) => one - other);
  const median = (values: number[]) => values[Math.floor(values.length / 2)];
  const ms = (value = 0) => `${value.toFixed(1)} ms`;
  return `event loop delay while each of ${reads.length} files was read: p50 ${ms(median(worst((delay) => delay.percentile(50))))} (median file), p99 ${ms(worst((delay) => delay.percentile(99)).at(-1))} (worst file), max ${ms(worst((delay) => delay.max).at(-1))}`;
}

function addressOf(server: Server): { port: number } {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the server does not listen');
  return address;
}

const cut = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

/** The same every time: a multiplicative step visits bytes all over the file. */
function flipped(bytes: Buffer, seed: number, times: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at < times; at += 1) {
    const place = ((seed + 1) * 7919 + at * 104_729) % copy.length;
    copy.writeUInt8(copy.readUInt8(place) ^ (1 << (at % 8)), place);
  }
  return copy;
}

const SHARES = [0.02, 0.25, 0.5, 0.75, 0.95, 0.999];
const SEEDS = [1, 2, 3, 4, 5];
const SOURCES = ['brief.docx', 'report.pdf', 'film.srt', 'gbk.txt'];
const broken = SOURCES.flatMap((name) => [
  ...SHARES.map(
    (share) => [`${name}, the first ${share * 100} %`, name, cut(fixture(name), share)] as const,
  ),
  ...SEEDS.map(
    (seed) =>
      [
        `${name}, bits flipped (${seed})`,
        name,
        flipped(fixture(name), seed, 2 + seed * 3),
      ] as const,
  ),
]);

describe('damaged and hostile files', () => {
  it('are at least fifty', () => {
    expect(broken.length + unreadable.length).toBeGreaterThanOrEqual(50);
  });

  it.each(broken)('%s: a reason or a text', async (_, name, bytes) => {
    const result = await outcome(name, bytes);
    if (typeof result !== 'string') expect(result.text).not.toBe('');
  });

  it.each([...unreadable, ...pictures])('%s', async (_, name, bytes, reason) => {
    expect(await outcome(name, bytes)).toBe(reason);
  });

  it.each(readable)('%s', async (_, name, bytes, text) => {
    const result = await outcome(name, bytes);
    expect(result).toMatchObject({ text: expect.stringMatching(text) });
  });

  it('parts that lie elsewhere are not asked for', async () => {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = addressOf(server);
    const result = await outcome('a.docx', hostile.externalParts(`http://127.0.0.1:${port}`));
    server.close();
    expect(result).toMatchObject({ text: 'The sea.' });
    expect(requests).toEqual([]);
  });

  it('a PDF whose page is nested without end is given up or has no text', async () => {
    const nested = deflateSync(Buffer.alloc(3_000_000, '['));
    expect(['scanned', 'damaged', 'too-large']).toContain(
      await outcome('a.pdf', pdf([{ flate: nested }])),
    );
  });

  it('Word documents of two million paragraphs do not keep the next one waiting', async () => {
    const bomb = docx('<w:p/>'.repeat(2_000_000));
    const results = await Promise.all([
      outcome('bomb.docx', bomb),
      outcome('bomb.docx', bomb),
      outcome('brief.docx', fixture('brief.docx')),
    ]);
    expect(results).toEqual([
      'too-large',
      'too-large',
      expect.objectContaining({ format: 'docx' }),
    ]);
  });

  it('a PDF that is cut keeps what can be saved, and is never called scanned', async () => {
    const whole = pdf([shown('The sea is quiet.', 50, 700), shown('The crew waits.', 50, 700)]);
    for (const share of [0.3, 0.5, 0.7, 0.9]) {
      expect(await outcome('a.pdf', cut(whole, share))).not.toBe('scanned');
    }
  });

  it('all of them left the bot responsive', async ({ annotate }) => {
    await annotate(figures());
    expect(reads.length).toBeGreaterThan(100);
    const long = reads.filter(({ took }) => took > 200);
    expect(long).not.toEqual([]);
    // A thread that reads by itself would let the timer fire once, at the end.
    expect(long.filter(({ turns }) => turns < 5)).toEqual([]);
  });
});
