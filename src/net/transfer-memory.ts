/** Memory of large transfers. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Smaller ones come and go without being noticed. */
const LARGE_BYTES = 8 * 1024 * 1024;

/** Real milliseconds between two collections; at a gigabyte a second some twenty megabytes. */
const EVERY_MS = 20;

let transfers = 0;
let timer: NodeJS.Timeout | undefined;
let collectYoung: (() => void) | undefined;

/**
 * Runs a transfer of so many bytes. A large file passes through as thousands of short-lived buffers whose
 * bytes lie outside the heap, where the engine hardly sees them: it collects too rarely, and up to eighty megabytes of
 * dead buffers wait. So the young objects are collected now and then while large files are on their way
 * (bench/upload.ts has the figures). A small heap for young objects would do the same, but cost every
 * mention a tenth of its CPU.
 */
export async function withCollectedBuffers<T>(
  bytes: number,
  transfer: () => Promise<T>,
): Promise<T> {
  if (bytes < LARGE_BYTES) return transfer();
  transfers += 1;
  collectYoung ??= youngCollector();
  timer ??= setInterval(collectYoung, EVERY_MS).unref();
  try {
    return await transfer();
  } finally {
    transfers -= 1;
    if (transfers === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }
}

/** The engine's collector is not reachable from a module; a fresh context made under the flag has it. */
function youngCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return typeof gc === 'function' ? () => gc({ type: 'minor' }) : () => {};
}
