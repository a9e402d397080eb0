/**
 * Makes a video smaller with ffmpeg: from a file on disk to a file on disk, one at a time, in bounded time and memory. What it
 * gives is H.264 and AAC with the index in front, so that chats play it at once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Log } from '../../runtime/log.ts';
import type { Spooled } from './download-to-disk.ts';

export interface Shrink {
  /** Undefined: none came about. `open` is asked when it is its turn: nothing waits with a connection in its hand. */
  make(open: Open, to: SmallerSize, signal: AbortSignal): Promise<Spooled | undefined>;
}

type Open = () => Promise<Readable | undefined>;

export interface SmallerSize {
  /** In bytes. */
  readonly limit: number;
  /** How long the video is; undefined: nobody says. */
  readonly seconds: number | undefined;
}

export interface ShrinkOptions {
  readonly ffmpeg: string;
  /** Its own. */
  readonly folder: string;
  readonly log: Log;
  /** Real milliseconds that one may take. */
  readonly mostMs?: number;
}

const MOST_MS = 10 * 60_000;
/** What is read, in bytes: as much as a chat takes at all. */
const MOST_INPUT = 1024 ** 3;
/** Resident, in bytes; a process that takes more is ended. */
const MOST_MEMORY = 1024 ** 3;
const MEMORY_LOOK_MS = 500;
/** What an earlier process has left is removed when nobody can be at it any more. */
const LEFT_MS = 60 * 60_000;
const LONGEST_COMPLAINT = 1_000;

export async function openShrink({
  ffmpeg,
  folder,
  log,
  mostMs = MOST_MS,
}: ShrinkOptions): Promise<Shrink> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const left = path.join(folder, name);
    const since = await stat(left).catch(() => undefined);
    if (since && Date.now() - since.mtimeMs > LEFT_MS)
      await rm(left, { recursive: true, force: true });
  }
  let last: Promise<unknown> = Promise.resolve();

  async function make(
    open: Open,
    to: SmallerSize,
    signal: AbortSignal,
  ): Promise<Spooled | undefined> {
    const place = await mkdtemp(path.join(folder, 'video-'));
    const [whole, copy] = [path.join(place, 'whole.mp4'), path.join(place, 'copy.mp4')];
    let kept = false;
    try {
      const stream = await open();
      if (!stream) return undefined;
      await pipeline(stream, atMost(MOST_INPUT), createWriteStream(whole, { mode: 0o600 }), {
        signal,
      });
      const args = argumentsFor(whole, copy, to);
      if (!args) return undefined;
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(mostMs)]);
      await run(ffmpeg, args, place, bounded);
      const { size } = await stat(copy);
      // One that was cut off at the limit is no whole video.
      if (size === 0 || size > to.limit * FILL) return undefined;
      kept = true;
      await rm(whole, { force: true });
      return {
        bytes: size,
        open: async () => createReadStream(copy),
        remove: () => rm(place, { recursive: true, force: true }),
      };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      log.warn('ffmpeg made no smaller copy of a video', { error });
      return undefined;
    } finally {
      if (!kept) await rm(place, { recursive: true, force: true });
    }
  }

  return {
    make(open, to, signal) {
      const made = last.then(() => {
        signal.throwIfAborted();
        return make(open, to, signal);
      });
      last = made.catch(() => undefined);
      return made;
    },
  };
}

/** So much of the limit is used at most; the rest is for what a container adds. */
const FILL = 0.98;
const AIMED = 0.9;
const AUDIO_BITS = 96_000;
/** In bits a second; below it there is nothing to see. */
const LEAST_VIDEO_BITS = 120_000;
const FINE_VIDEO_BITS = 1_500_000;
const FINE = 1280;
const COARSE = 854;

/** Undefined: it is too long for so few bytes. */
export function argumentsFor(
  whole: string,
  copy: string,
  { limit, seconds }: SmallerSize,
): string[] | undefined {
  const bits = seconds ? Math.floor((limit * 8 * AIMED) / seconds) - AUDIO_BITS : undefined;
  if (bits !== undefined && bits < LEAST_VIDEO_BITS) return undefined;
  const side = bits !== undefined && bits >= FINE_VIDEO_BITS ? FINE : COARSE;
  const rate =
    bits === undefined
      ? ['-crf', '30']
      : ['-b:v', `${bits}`, '-maxrate', `${bits}`, '-bufsize', `${bits}`];
  // The format is named, and only files are opened: a list that poses as a video names no other files or hosts.
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', '-protocol_whitelist', 'file'],
    ...['-f', 'mov', '-i', whole, '-map', '0:v:0', '-map', '0:a:0?', '-sn', '-dn'],
    ...['-vf', `scale='if(gt(iw,ih),min(${side},iw),-2)':'if(gt(iw,ih),-2,min(${side},ih))'`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', ...rate, '-pix_fmt', 'yuv420p'],
    ...['-threads', '2', '-c:a', 'aac', '-b:a', `${AUDIO_BITS}`, '-ac', '2'],
    ...['-movflags', '+faststart', '-fs', `${limit}`, '-f', 'mp4', copy],
  ];
}

/** Rejects where it fails, takes too long or too much memory. */
async function run(
  ffmpeg: string,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  // Nothing of our environment, which holds secrets, is its business.
  const child = spawn(ffmpeg, args, {
    cwd,
    env: {},
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < LONGEST_COMPLAINT) complaint += text;
  });
  const kill = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  const watch = setInterval(() => void watchMemory(child), MEMORY_LOOK_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => stepBack(child));
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    if (code !== 0)
      throw new Error(`ffmpeg ended with ${code}: ${complaint.slice(0, LONGEST_COMPLAINT)}`);
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', kill);
  }
}

/** The bot comes first. Not every system lets a process do that. */
function stepBack({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended, or has the priority of others: then its bounds have to do.
  }
}

const PAGE = 4096;

/** Where the system tells. */
async function watchMemory(child: ChildProcess): Promise<void> {
  const text = await readFile(`/proc/${child.pid}/statm`, 'utf8').catch(() => '');
  const [, pages] = text.split(' ');
  if (Number(pages) * PAGE > MOST_MEMORY) child.kill('SIGKILL');
}

function atMost(limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(
        bytes > limit ? new Error('the video is too large to be made smaller here') : null,
        chunk,
      );
    },
  });
}
