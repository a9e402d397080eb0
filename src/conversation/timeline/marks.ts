/** What has changed from one state of a draft to another, as places on the timeline. Pure. */
import { type Segment, type Track, tracksOf } from '../../nemo/timeline.ts';
import type { Snapshot } from './snapshot.ts';
import { lineOf } from './summary.ts';
import { type AddedOrRemoved, diffTimelines, type TimelineChange } from './timeline-diff.ts';

export interface Mark {
  readonly track: number;
  readonly segment: number;
  readonly is: 'new' | 'changed';
}

const MOST_MARKS = 60;

/** None of a first cut, all of which is new, nor of a change of which no place can be told. */
export function marksOf(before: Snapshot, after: Snapshot): readonly Mark[] {
  if (tracksOf(before.timeline).length === 0) return [];
  const tracks = tracksOf(after.timeline);
  const marks = diffTimelines(before, after).flatMap((change) => marked(change, tracks));
  return marks.slice(0, MOST_MARKS);
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
