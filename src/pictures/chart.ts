/** What a picture of a timeline shows, as data: already in the words of its reader, bounded, and storable. */
import { z } from 'zod';

const segment = z.object({
  name: z.string(),
  /** Seconds from the start of the video. */
  start: z.number(),
  end: z.number(),
  /** 0 to 100. */
  volume: z.number().optional(),
  mark: z.enum(['new', 'changed']).optional(),
  /** What a press on it begins a message with: "scene 3: ". */
  prompt: z.string(),
});
export type ChartSegment = z.infer<typeof segment>;

const lane = z.object({
  kind: z.enum(['video', 'music', 'title', 'other']),
  label: z.string(),
  segments: z.array(segment),
  /** How many of its segments are not drawn. */
  more: z.number(),
});
export type ChartLane = z.infer<typeof lane>;

export const chartSchema = z.object({
  title: z.string(),
  /** Shape and length. */
  facts: z.string(),
  seconds: z.number(),
  lanes: z.array(lane),
  /** "+2 more", where not all tracks are drawn. */
  more: z.string().optional(),
  /** What stands there where nothing else does. */
  empty: z.string(),
  /** What the marks mean. */
  legend: z.object({ new: z.string(), changed: z.string() }),
  /** The same in words, for those who do not see it. */
  alt: z.string(),
});
export type Chart = z.infer<typeof chartSchema>;

export const MOST_LANES = 10;
export const MOST_SEGMENTS = 60;
