/** The words of a cut with their times, where it has a track of them. Pure. */
import type { Cue } from '../../documents/subtitles/read-subtitles.ts';
import { type Segment, type Timeline, type Track, tracksOf } from '../../nemo/timeline.ts';

/**
 * One text is a title. Of several tracks with more the one that holds most words is taken: the others are the same in
 * another language, or titles. Undefined: there is none.
 */
export function captionsOf(timeline: Timeline): Cue[] | undefined {
  const found = tracksOf(timeline)
    .filter(({ kind }) => kind === 'title')
    .map(cuesOf)
    .filter((cues) => cues.length > 1)
    .sort((one, other) => other.length - one.length);
  return found[0];
}

const cuesOf = ({ segments }: Track): Cue[] => segments.flatMap(cueOf);

function cueOf({ name, start, end }: Segment): Cue[] {
  if (!name?.trim() || end <= start) return [];
  return [{ start: Math.round(start * 1000), end: Math.round(end * 1000), text: name }];
}
