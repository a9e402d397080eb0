/** Memory of large transfers. */
import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the engine's space for young objects at its first size. A large file passes through as thousands
 * of short-lived buffers whose bytes lie outside the heap; the young space would grow, collections become
 * rare, and tens of megabytes of dead buffers wait for the next one. Measured on Node 24 with 500 MB
 * (bench/upload.ts): 7 MB of growth instead of 60 to 80, and no slower. Call it before
 * anything big is loaded: a space that has grown stays so. An engine that does not know the flag says so on stderr
 * and goes on.
 */
export function keepTransfersSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
