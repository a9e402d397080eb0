/**
 * A file taken from one place to the backend: our guarded download and upload beside a bare pipe of the same bytes
 * (undici to undici), over loopback, as ratios within one run. Each runs in a process of its own, against
 * a server in this one that gives and counts the bytes.
 *   node bench/upload.ts            500 MB, three rounds; BENCH_MB and BENCH_ROUNDS change that
 * Speed is the best round, memory the worst: the highest resident size of the process over what it
 * had after a small warm-up.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { toSessionId } from '../src/runtime/ids.ts';

const WARM_UP_BYTES = 8_000_000;
const bytes = Number(process.env['BENCH_MB'] ?? 500) * 1_000_000;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);

interface Figure {
  readonly seconds: number;
  readonly growthMb: number;
}

const [, self, kind, address] = process.argv;
if (kind === undefined || address === undefined) await compare();
else await measure(await (kind === 'ours' ? ours(address) : pipe(address)));

/** Runs in the child. */
async function measure(upload: Transfer): Promise<void> {
  await upload(WARM_UP_BYTES);
  const idle = process.memoryUsage.rss();
  const begun = process.hrtime.bigint();
  await upload(bytes);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const growthMb = (process.resourceUsage().maxRSS * 1024 - idle) / 1e6;
  const figure: Figure = { seconds, growthMb };
  process.stdout.write(JSON.stringify(figure));
}

type Transfer = (size: number) => Promise<void>;

async function ours(url: string): Promise<Transfer> {
  const { createHttp } = await import('../src/nemo/http.ts');
  const { sendUpload } = await import('../src/nemo/upload.ts');
  const { createGuardedFetch } = await import('../src/net/guarded-fetch.ts');
  const attribution = { source: 'bench', version: '1', platform: 'unknown' };
  const http = createHttp({ apiUrl: url, attribution });
  const fetch = createGuardedFetch({ allowOrigins: [url], allowLoopback: false });
  const { signal } = new AbortController();
  return async (size) => {
    const open = async () => (await fetch(`${url}/${size}`, { signal })).body;
    const file = { name: 'a.mp4', mime: 'video/mp4', bytes: size, open };
    await sendUpload(http, {
      sessionId: toSessionId('1'),
      files: [file],
      token: 't',
      signal,
      stallMs: 60_000,
    });
  };
}

async function pipe(url: string): Promise<Transfer> {
  const { Agent, request } = await import('undici');
  const dispatcher = new Agent();
  return async (size) => {
    const { body } = await request(`${url}/${size}`, { dispatcher });
    const headers = { 'content-length': String(size) };
    const reply = await request(url, { dispatcher, method: 'POST', headers, body });
    await reply.body.dump();
  };
}

/** The server's side: one block over and over, so that it costs little beside what is measured. */
function blocks(size: number): Readable {
  const block = Buffer.alloc(65_536, 7);
  async function* give(): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; left -= block.length) yield block.subarray(0, left);
  }
  return Readable.from(give(), { objectMode: false });
}

async function compare(): Promise<void> {
  const server = createServer(async (incoming, response) => {
    if (incoming.method === 'GET') {
      const size = Number(incoming.url?.slice(1));
      response.setHeader('content-length', size);
      await pipeline(blocks(size), response);
      return;
    }
    let seen = 0;
    for await (const chunk of incoming) seen += (chunk as Buffer).length;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: 0, data: { files: [{ filename: 'a.mp4', size: seen }] } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const figures: Record<'ours' | 'pipe', Figure[]> = { ours: [], pipe: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const who of ['pipe', 'ours'] as const) figures[who].push(await inChild(who, url));
  }
  server.close();

  const speed = (all: Figure[]) => bytes / 1e6 / Math.min(...all.map((f) => f.seconds));
  const growth = (all: Figure[]) => Math.max(...all.map((f) => f.growthMb));
  const row = (name: string, all: Figure[]) =>
    `${name.padEnd(12)} ${speed(all).toFixed(0).padStart(6)} MB/s   peak memory +${growth(all).toFixed(0)} MB\n`;
  process.stdout.write(`${bytes / 1e6} MB, ${rounds} rounds\n`);
  process.stdout.write(row('bare pipe', figures.pipe) + row('our upload', figures.ours));
  const speedRatio = speed(figures.ours) / speed(figures.pipe);
  const growthRatio = growth(figures.ours) / growth(figures.pipe);
  process.stdout.write(
    `ratio        speed ${speedRatio.toFixed(2)}, memory ${growthRatio.toFixed(2)}\n`,
  );
}

function inChild(who: string, url: string): Promise<Figure> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [self ?? fileURLToPath(import.meta.url), who, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve(JSON.parse(out) as Figure)
        : reject(new Error(`${who} ended with ${code}`)),
    );
  });
}
