/** What the drawing thread is asked, and what it answers. */
import { z } from 'zod';
import type { Chart } from './chart.ts';

export interface DrawingJob {
  readonly chart: Chart;
  readonly fontFolders: readonly string[];
  readonly mostBytes: number;
}

export const drawingReply = z.union([
  z.object({ png: z.instanceof(Uint8Array) }),
  z.object({ none: z.enum(['no-font', 'too-large', 'failed']), why: z.string() }),
]);
export type DrawingReply = z.infer<typeof drawingReply>;
