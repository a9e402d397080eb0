/**
 * What is remembered of a session's state before a message is sent, so that a change can be seen
 * and named afterwards, also by another process after a restart. Small and plain JSON.
 */
import { z } from 'zod';
import type { SessionState } from '../../nemo/nemo.ts';
import { EMPTY_STATE } from '../../nemo/session-state.ts';
import type { Timeline } from '../../nemo/timeline.ts';

export interface Snapshot {
  /** Equal for equal states; says that something changed, not what. */
  readonly fingerprint: string;
  /** Of the draft alone; unknown in what an earlier version stored. */
  readonly draft?: string | undefined;
  readonly timeline: Timeline;
  /** Names of uploaded and generated media, in order. */
  readonly media: readonly string[];
}

const segment = z.object({
  name: z.string().optional(),
  start: z.number(),
  end: z.number(),
  volume: z.number().optional(),
});
const track = z.object({
  kind: z.enum(['video', 'music', 'title', 'other']),
  type: z.union([z.number(), z.string()]).optional(),
  segments: z.array(segment),
});
const canvas = z
  .object({
    width: z.number().optional(),
    height: z.number().optional(),
    ratio: z.string().optional(),
  })
  .optional();
const readable = z.object({
  tracks: z.array(track),
  seconds: z.number().optional(),
  canvas,
  title: z.string().optional(),
});
const timeline = z.union([
  readable.extend({ form: z.literal('known') }),
  z.object({ form: z.enum(['none', 'unknown']), canvas }),
  // Before there were forms, what could not be read was stored as no tracks.
  readable
    .extend({ ready: z.boolean() })
    .transform(({ ready: _ready, ...it }) => ({ ...it, form: 'known' as const })),
]);
const snapshot = z.object({
  fingerprint: z.string(),
  draft: z.string().optional(),
  timeline,
  media: z.array(z.string()),
}) satisfies z.ZodType<Snapshot>;

/** A snapshot as it was stored, by this process or an earlier one. */
export const readSnapshot = (text: string): Snapshot => snapshot.parse(JSON.parse(text));

const MOST_TRACKS = 30;
const MOST_SEGMENTS = 60;
const MOST_MEDIA = 60;
const LONGEST_NAME = 120;

export function snapshotOf(state: SessionState = EMPTY_STATE): Snapshot {
  return {
    fingerprint: state.fingerprint,
    draft: state.draftHash,
    timeline: bounded(state.timeline),
    media: state.media.slice(0, MOST_MEDIA).map(cut),
  };
}

function bounded(timeline: Timeline): Timeline {
  if (timeline.form !== 'known') return timeline;
  const tracks = timeline.tracks.slice(0, MOST_TRACKS).map((track) => ({
    ...track,
    segments: track.segments
      .slice(0, MOST_SEGMENTS)
      .map((it) => ({ ...it, name: it.name && cut(it.name) })),
  }));
  return { ...timeline, tracks, title: timeline.title && cut(timeline.title) };
}

const cut = (name: string): string => name.slice(0, LONGEST_NAME).toWellFormed();
