/**
 * The session's draft as people understand it. The keys known from public documentation are
 * t tt sg d m; everything else is a guess, so reading is lenient and never throws: what cannot be
 * read is left out, what is unknown is called a track.
 */
import type { Json, SessionState } from '../../nemo/nemo.ts';

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
  /** The backend's own number for the kind, as far as there was one. */
  readonly type?: number | undefined;
  readonly segments: readonly Segment[];
}

export interface Canvas {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** "16:9". */
  readonly ratio?: string | undefined;
}

export interface Timeline {
  /** Tracks without segments are left out. */
  readonly tracks: readonly Track[];
  readonly seconds?: number | undefined;
  readonly canvas?: Canvas | undefined;
  /** There is something to export. */
  readonly ready: boolean;
  readonly title?: string | undefined;
}

export function timelineOf(state: SessionState | undefined): Timeline {
  const draft = fieldsOf(parsed(state?.draft));
  const tracks = listOf(draft.t).flatMap((track) => trackOf(fieldsOf(track)));
  const meta = fieldsOf(draft.m);
  const ends = tracks.flatMap((track) => track.segments.map((segment) => segment.end));
  const milliseconds = firstNumber([draft.d]);
  const last = ends.reduce((most, end) => Math.max(most, end), 0);
  const seconds = milliseconds !== undefined && milliseconds > 0 ? milliseconds / 1000 : last;
  return {
    tracks,
    seconds: seconds > 0 ? seconds : undefined,
    canvas: canvasOf([fieldsOf(parsed(state?.canvas)), meta, draft]),
    ready: tracks.length > 0,
    title: firstText([meta.title, meta.name]),
  };
}

/** 0, 1 and 7 are the documented types. */
const KINDS = new Map<number, TrackKind>([
  [0, 'video'],
  [1, 'music'],
  [7, 'title'],
]);

function trackOf(track: Fields): Track[] {
  const type = firstNumber([track.tt]);
  const kind = (type === undefined ? undefined : KINDS.get(type)) ?? 'other';
  const found = listOf(track.sg);
  if (found.length === 0) return [];
  const inherited = nameIn([fieldsOf(track.m), track], kind);
  const trackVolume = volumeIn([fieldsOf(track.m), track]);
  const segments: Segment[] = [];
  let position = 0;
  for (const item of found) {
    const fields = fieldsOf(item);
    const meta = fieldsOf(fields.m);
    const start = seconds(firstNumber(START_KEYS.map((key) => fields[key]))) ?? position;
    const length = seconds(firstNumber([fields.d, fields.duration, meta.d, meta.duration]));
    position = start + (length ?? 0);
    const name = nameIn([meta, fields], kind) ?? inherited;
    segments.push({ name, start, end: position, volume: volumeIn([meta, fields]) ?? trackVolume });
  }
  return [{ kind, type, segments }];
}

/** Not documented: names seen in editors of this kind. */
const START_KEYS = ['st', 's', 'start', 'start_time', 'startTime', 'begin', 'at'] as const;

const seconds = (milliseconds: number | undefined): number | undefined =>
  milliseconds !== undefined && milliseconds >= 0 ? milliseconds / 1000 : undefined;

const NAME_KEYS = ['title', 'name', 'text', 'prompt', 'filename'] as const;
/** A title is known by what it says. */
const TITLE_NAME_KEYS = ['text', 'title', 'name'] as const;

function nameIn(places: readonly Fields[], kind: TrackKind): string | undefined {
  const keys = kind === 'title' ? TITLE_NAME_KEYS : NAME_KEYS;
  return firstText(places.flatMap((place) => keys.map((key) => place[key])));
}

/** A number up to 1 is a share, up to 100 a percentage, beyond that something else. */
function volumeIn(places: readonly Fields[]): number | undefined {
  const volume = firstNumber(places.flatMap((place) => [place.volume, place.vol, place.v]));
  if (volume === undefined || volume < 0 || volume > 100) return undefined;
  return Math.round(volume <= 1 ? volume * 100 : volume);
}

function canvasOf(places: readonly Fields[]): Canvas | undefined {
  const ratioKeys = ['ratio', 'aspect_ratio', 'aspectRatio'] as const;
  const width = firstNumber(places.map((place) => place.width));
  const height = firstNumber(places.map((place) => place.height));
  const named = firstText(places.flatMap((place) => ratioKeys.map((key) => place[key])));
  const ratio = named ?? (width && height ? ratioOf(width, height) : undefined);
  return width || height || ratio ? { width, height, ratio } : undefined;
}

const COMMON_RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4', '4:5', '5:4', '21:9', '2:3', '3:2'];

function ratioOf(width: number, height: number): string {
  const near = COMMON_RATIOS.find((ratio) => {
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    return Math.abs(width / height / (across / down) - 1) < 0.02;
  });
  return near ?? `${width}:${height}`;
}

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

export function summary(timeline: Timeline): Summary {
  const lines = timeline.tracks.slice(0, MOST_LINES).map(lineOf);
  return { count: timeline.tracks.length, lines, more: timeline.tracks.length - lines.length };
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

/** Every key that is looked for, documented or guessed. */
type Key =
  | ('t' | 'tt' | 'sg' | 'd' | 'm' | 'duration' | (typeof START_KEYS)[number])
  | ('title' | 'name' | 'text' | 'prompt' | 'filename' | 'file_name' | 'id' | 'url' | 'cdn_url')
  | ('volume' | 'vol' | 'v' | 'width' | 'height' | 'ratio' | 'aspect_ratio' | 'aspectRatio')
  | 'rawJSON';

export type Fields = { readonly [key in Key]?: Json };

const NONE: Fields = {};

export const listOf = (json: Json | undefined): readonly Json[] =>
  Array.isArray(json) ? json : [];

export function fieldsOf(json: Json | undefined): Fields {
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  // Array.isArray does not narrow readonly arrays away; the check above has done it.
  return isObject ? (json as Fields) : NONE;
}

/** Some deployments keep JSON inside a string. */
function parsed(json: Json | undefined): Json | undefined {
  if (typeof json !== 'string') return json;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Plain, kept to the digit (`JSON.rawJSON`), or as text. */
function numberIn(json: Json | undefined): number | undefined {
  const raw = fieldsOf(json).rawJSON ?? json;
  const isNumber = typeof raw === 'number' || (typeof raw === 'string' && raw.trim() !== '');
  // Adding 0 makes -0, which JSON does not keep, a plain 0.
  return isNumber && Number.isFinite(Number(raw)) ? Number(raw) + 0 : undefined;
}

function firstNumber(candidates: readonly (Json | undefined)[]): number | undefined {
  for (const candidate of candidates) {
    const number = numberIn(candidate);
    if (number !== undefined) return number;
  }
  return undefined;
}

/** The first text with something in it, on one line. */
export function firstText(candidates: readonly (Json | undefined)[]): string | undefined {
  for (const candidate of candidates) {
    const text = typeof candidate === 'string' ? candidate.replace(/\s+/g, ' ').trim() : '';
    if (text !== '') return text;
  }
  return undefined;
}
