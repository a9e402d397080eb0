/**
 * What the last change was about, as places on the timeline. They hold for the draft they were noted with and for no
 * other: where somebody has changed it elsewhere, nothing is marked.
 */
import { z } from 'zod';
import { type Segment, type Track, tracksOf } from '../../nemo/timeline.ts';
import type { Snapshot } from './snapshot.ts';
import { lineOf } from './summary.ts';
import { type AddedOrRemoved, diffTimelines, type TimelineChange } from './timeline-diff.ts';

const mark = z.object({
  track: z.number(),
  segment: z.number(),
  is: z.enum(['new', 'changed']),
});
export type Mark = z.infer<typeof mark>;

export const marksSchema = z.object({
  /** A hash of the draft. */
  draft: z.string(),
  list: z.array(mark),
});
export type Marks = z.infer<typeof marksSchema>;

const MOST_MARKS = 60;

/** Undefined: a first cut, all of which is new; or a change of which no place can be told. */
export function marksOf(before: Snapshot, after: Snapshot): Marks | undefined {
  const { draft } = after;
  if (draft === undefined || tracksOf(before.timeline).length === 0) return undefined;
  const tracks = tracksOf(after.timeline);
  const list = diffTimelines(before, after).flatMap((change) => marked(change, tracks));
  return list.length > 0 ? { draft, list: list.slice(0, MOST_MARKS) } : undefined;
}

function marked(change: TimelineChange, tracks: readonly Track[]): Mark[] {
  switch (change.type) {
    case 'added':
      return change.what === 'track' ? wholeTrack(change, tracks) : one(change, tracks, 'new');
    case 'renamed':
    case 'timing':
    case 'volume':
      return one(change, tracks, 'changed');
    default:
      return [];
  }
}

function wholeTrack(change: AddedOrRemoved, tracks: readonly Track[]): Mark[] {
  const { kind, name, start, end } = change;
  const at = tracks.findLastIndex((track) => {
    const line = lineOf(track);
    return line.kind === kind && line.name === name && line.start === start && line.end === end;
  });
  const segments = tracks[at]?.segments ?? [];
  return segments.map((_, segment) => ({ track: at, segment, is: 'new' }));
}

type Place = Pick<Segment, 'name' | 'start' | 'end'> & Pick<Track, 'kind'>;

/** The segment as it is now. */
function one({ kind, name, start, end }: Place, tracks: readonly Track[], is: Mark['is']): Mark[] {
  for (const [at, track] of tracks.entries()) {
    if (track.kind !== kind) continue;
    const segment = track.segments.findIndex(
      (it) => it.name === name && it.start === start && it.end === end,
    );
    if (segment >= 0) return [{ track: at, segment, is }];
  }
  return [];
}
