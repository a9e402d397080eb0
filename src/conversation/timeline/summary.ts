/** A timeline in a few lines, as data. */
import type { Track, TrackKind } from '../../nemo/timeline.ts';

export interface SummaryLine {
  readonly kind: TrackKind;
  /** Of the first segment. */
  readonly name?: string | undefined;
  /** How many segments the track has besides the first. */
  readonly others: number;
  readonly start: number;
  readonly end: number;
  readonly volume?: number | undefined;
}

export interface Summary {
  readonly count: number;
  readonly lines: readonly SummaryLine[];
  /** Tracks that are not among the lines. */
  readonly more: number;
}

const MOST_LINES = 10;

export function summary(tracks: readonly Track[]): Summary {
  const lines = tracks.slice(0, MOST_LINES).map(lineOf);
  return { count: tracks.length, lines, more: tracks.length - lines.length };
}

export function lineOf(track: Track): SummaryLine {
  const { segments } = track;
  return {
    kind: track.kind,
    name: segments[0]?.name,
    others: Math.max(0, segments.length - 1),
    start: segments.reduce(
      (least, segment) => Math.min(least, segment.start),
      Number.POSITIVE_INFINITY,
    ),
    end: segments.reduce((most, segment) => Math.max(most, segment.end), 0),
    volume: segments.find((segment) => segment.volume !== undefined)?.volume,
  };
}
