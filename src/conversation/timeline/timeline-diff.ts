/** What changed between two looks at a session, as facts that can be put into words. */
import {
  type Canvas,
  type Segment,
  type Timeline,
  type Track,
  type TrackKind,
  tracksOf,
} from '../../nemo/timeline.ts';
import type { Snapshot } from './snapshot.ts';
import { lineOf } from './summary.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

export type TimelineChange =
  | AddedOrRemoved
  /** Another text, song or clip in the same place. */
  | (Where & {
      readonly type: 'renamed';
      readonly before?: string | undefined;
      readonly after?: string | undefined;
    })
  | (Where & { readonly type: 'timing'; readonly before: Range; readonly after: Range })
  | (Where & {
      readonly type: 'volume';
      readonly before?: number | undefined;
      readonly after?: number | undefined;
    })
  /** The same segments in another sequence; names as far as known. */
  | {
      readonly type: 'order';
      readonly kind: TrackKind;
      readonly before: readonly Name[];
      readonly after: readonly Name[];
    }
  | {
      readonly type: 'canvas';
      readonly before?: Canvas | undefined;
      readonly after?: Canvas | undefined;
    }
  /** Total length in seconds. */
  | {
      readonly type: 'length';
      readonly before?: number | undefined;
      readonly after?: number | undefined;
    }
  /** The timeline is another, in a way that cannot be read. */
  | { readonly type: 'unreadable' }
  | { readonly type: 'media-added'; readonly name: string }
  | { readonly type: 'media-removed'; readonly name: string };

type Name = string | undefined;

/** The segment in question, as it is now. */
interface Where extends Range {
  readonly kind: TrackKind;
  readonly name?: string | undefined;
}

export interface AddedOrRemoved extends Where {
  readonly type: 'added' | 'removed';
  readonly what: 'track' | 'segment';
  readonly volume?: number | undefined;
  /** For a track: how many segments there are besides the named one. */
  readonly others: number;
}

/** Empty when nothing changed that people could see, even where the fingerprints differ. */
export function diffTimelines(before: Snapshot, after: Snapshot): TimelineChange[] {
  return [
    ...diffContent(before, after),
    ...surplus(after.media, before.media).map(
      (name): TimelineChange => ({ type: 'media-added', name }),
    ),
    ...surplus(before.media, after.media).map(
      (name): TimelineChange => ({ type: 'media-removed', name }),
    ),
  ];
}

function diffContent(before: Snapshot, after: Snapshot): TimelineChange[] {
  const canvas = diffCanvas(before.timeline.canvas, after.timeline.canvas);
  const [old, now] = [readableOf(before.timeline), readableOf(after.timeline)];
  // What one side does not tell is neither added nor removed by the other.
  if (!old || !now)
    return before.draft === after.draft ? canvas : [{ type: 'unreadable' }, ...canvas];
  return [
    ...diffTracks(tracksOf(old), tracksOf(now)),
    ...canvas,
    ...diffLength(lengthOf(old), lengthOf(now)),
  ];
}

const readableOf = (timeline: Timeline) => (timeline.form === 'unknown' ? undefined : timeline);
const lengthOf = (timeline: Timeline): number | undefined =>
  timeline.form === 'known' ? timeline.seconds : undefined;

function diffTracks(before: readonly Track[], after: readonly Track[]): TimelineChange[] {
  const pairs = pairUp(before, after, [sameTrack, sharesName, sameKind]);
  return [
    ...pairs.added.map((track) => wholeTrack('added', track)),
    ...pairs.removed.map((track) => wholeTrack('removed', track)),
    ...pairs.kept.flatMap(([old, now]) => diffSegments(now.kind, old.segments, now.segments)),
  ];
}

const sameKind = (one: Track, other: Track): boolean =>
  one.kind === other.kind && one.type === other.type;
const sharesName = (one: Track, other: Track): boolean =>
  sameKind(one, other) &&
  one.segments.some((it) => it.name !== undefined && other.segments.some(named(it.name)));
const sameTrack = (one: Track, other: Track): boolean =>
  sameKind(one, other) && JSON.stringify(one.segments) === JSON.stringify(other.segments);
const named = (name: Name) => (segment: Segment) => segment.name === name;

const wholeTrack = (type: AddedOrRemoved['type'], track: Track): AddedOrRemoved => ({
  type,
  what: 'track',
  ...lineOf(track),
});

function diffSegments(
  kind: TrackKind,
  before: readonly Segment[],
  after: readonly Segment[],
): TimelineChange[] {
  const samePlace = (old: Segment, now: Segment) =>
    before.indexOf(old) === after.indexOf(now) || !differs(old.start, now.start);
  const { added, removed, kept } = pairUp(before, after, [
    (old, now) => old.name === now.name && samePlace(old, now),
    (old, now) => old.name === now.name,
    samePlace,
  ]);
  const reordered = kept.some(([old], index) => {
    const next = kept[index + 1];
    return next !== undefined && before.indexOf(old) > before.indexOf(next[0]);
  });
  // Whatever moves the rest along is the change; that the rest has moved goes without saying.
  const ripples =
    reordered || added.length + removed.length > 0 || kept.some(([old, now]) => resized(old, now));
  const names = (segments: readonly Segment[]) => segments.map((segment) => segment.name);
  return [
    ...added.map((segment) => oneSegment('added', kind, segment)),
    ...removed.map((segment) => oneSegment('removed', kind, segment)),
    ...kept.flatMap(([old, now]) => diffSegment(kind, old, now, ripples)),
    ...(reordered
      ? [{ type: 'order', kind, before: names(before), after: names(after) } as const]
      : []),
  ];
}

const oneSegment = (
  type: AddedOrRemoved['type'],
  kind: TrackKind,
  segment: Segment,
): AddedOrRemoved => ({
  type,
  what: 'segment',
  kind,
  others: 0,
  ...segment,
});

function diffSegment(
  kind: TrackKind,
  old: Segment,
  now: Segment,
  ripples: boolean,
): TimelineChange[] {
  const where = { kind, name: now.name, start: now.start, end: now.end };
  const moved = differs(old.start, now.start) || differs(old.end, now.end);
  const changes: TimelineChange[] = [];
  if (old.name !== now.name)
    changes.push({ ...where, type: 'renamed', before: old.name, after: now.name });
  if (resized(old, now) || (moved && !ripples)) {
    changes.push({ ...where, type: 'timing', before: rangeOf(old), after: rangeOf(now) });
  }
  if (old.volume !== now.volume)
    changes.push({ ...where, type: 'volume', before: old.volume, after: now.volume });
  return changes;
}

const rangeOf = ({ start, end }: Segment): Range => ({ start, end });
const resized = (old: Segment, now: Segment): boolean =>
  differs(old.end - old.start, now.end - now.start);

/** Times are shown with one decimal: what looks equal is equal. */
const differs = (one: number | undefined, other: number | undefined): boolean =>
  tenths(one) !== tenths(other);
const tenths = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 10);

/** A canvas that was not known before has not changed. */
function diffCanvas(before: Canvas | undefined, after: Canvas | undefined): TimelineChange[] {
  if (!before || !after) return [];
  const same = (['ratio', 'width', 'height'] as const).every((key) => before[key] === after[key]);
  return same ? [] : [{ type: 'canvas', before, after }];
}

function diffLength(before: number | undefined, after: number | undefined): TimelineChange[] {
  return differs(before, after) ? [{ type: 'length', before, after }] : [];
}

/** What `more` has that `less` has not, each as often as it is missing. */
function surplus(more: readonly string[], less: readonly string[]): string[] {
  const left = [...less];
  return more.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

interface Pairs<T> {
  /** In the order of `after`. */
  readonly kept: readonly (readonly [before: T, after: T])[];
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

/** Finds each item's counterpart by the strictest rule that gives one. Lists are at most some dozens long. */
function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  rules: readonly ((old: T, now: T) => boolean)[],
): Pairs<T> {
  const partner = new Map<T, T>();
  const free = new Set(before);
  for (const same of rules) {
    for (const now of after) {
      if (partner.has(now)) continue;
      const old = [...free].find((candidate) => same(candidate, now));
      if (old === undefined) continue;
      partner.set(now, old);
      free.delete(old);
    }
  }
  return {
    kept: after.flatMap((now) => {
      const old = partner.get(now);
      return old === undefined ? [] : [[old, now] as const];
    }),
    added: after.filter((now) => !partner.has(now)),
    removed: before.filter((old) => free.has(old)),
  };
}
