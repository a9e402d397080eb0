/**
 * A session's draft as people understand it, whichever form the backend keeps it in. A draft that nobody here can
 * read is not the absence of one: it can be exported all the same, and it has changed when its content has.
 */

export type TrackKind = 'video' | 'music' | 'title' | 'other';

/** Times in seconds from the start of the video. */
export interface Segment {
  readonly name?: string | undefined;
  readonly start: number;
  /** Equal to `start` when the length is unknown. */
  readonly end: number;
  /** 0 to 100. */
  readonly volume?: number | undefined;
}

export interface Track {
  readonly kind: TrackKind;
  /** The backend's own number or word for the kind, as far as there was one. */
  readonly type?: number | string | undefined;
  readonly segments: readonly Segment[];
}

export interface Canvas {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** "16:9". */
  readonly ratio?: string | undefined;
}

interface Any {
  readonly canvas?: Canvas | undefined;
}

/** Nothing has been made yet. */
export interface NoTimeline extends Any {
  readonly form: 'none';
}

export interface KnownTimeline extends Any {
  readonly form: 'known';
  /** Tracks without segments are left out. */
  readonly tracks: readonly Track[];
  readonly seconds?: number | undefined;
  readonly title?: string | undefined;
}

/** There is a draft, in a form that cannot be read here. */
export interface UnknownTimeline extends Any {
  readonly form: 'unknown';
}

export type Timeline = NoTimeline | KnownTimeline | UnknownTimeline;

export const tracksOf = (timeline: Timeline): readonly Track[] =>
  timeline.form === 'known' ? timeline.tracks : [];

/** At least one segment, or a draft of which only the render can tell. */
export const isExportable = (timeline: Timeline): boolean =>
  timeline.form === 'unknown' || tracksOf(timeline).length > 0;
