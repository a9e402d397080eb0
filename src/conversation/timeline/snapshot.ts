/**
 * What is remembered of a session's state before a message is sent, so that a change can be seen
 * and named afterwards, also by another process after a restart. Small and plain JSON.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Json, SessionState } from '../../nemo/nemo.ts';
import { fieldsOf, firstText, listOf, type Timeline, timelineOf } from './timeline.ts';

export interface Snapshot {
  /** Equal for equal states; says that something changed, not what. */
  readonly fingerprint: string;
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
  type: z.number().optional(),
  segments: z.array(segment),
});
const canvas = z.object({
  width: z.number().optional(),
  height: z.number().optional(),
  ratio: z.string().optional(),
});
const snapshot = z.object({
  fingerprint: z.string(),
  timeline: z.object({
    tracks: z.array(track),
    seconds: z.number().optional(),
    canvas: canvas.optional(),
    ready: z.boolean(),
    title: z.string().optional(),
  }),
  media: z.array(z.string()),
}) satisfies z.ZodType<Snapshot>;

/** A snapshot as it was stored, by this process or an earlier one. */
export const readSnapshot = (text: string): Snapshot => snapshot.parse(JSON.parse(text));

const MOST_TRACKS = 30;
const MOST_SEGMENTS = 60;
const MOST_MEDIA = 60;
const LONGEST_NAME = 120;

export function snapshotOf(state: SessionState | undefined): Snapshot {
  return {
    fingerprint: fingerprintOf(state),
    timeline: bounded(timelineOf(state)),
    media: [...mediaNames(state?.videoInfos), ...mediaNames(state?.generatedMedia)]
      .slice(0, MOST_MEDIA)
      .map(cut),
  };
}

function fingerprintOf(state: SessionState | undefined): string {
  const parts = [state?.draft, state?.canvas, state?.generatedMedia, state?.videoInfos];
  return createHash('sha256')
    .update(parts.map((part) => (isBlank(part) ? 'null' : stable(part))).join('\n'))
    .digest('hex');
}

/** Equal for equal drafts: what a render shows. */
export const draftHash = ({ draft }: SessionState): string =>
  createHash('sha256').update(stable(draft)).digest('hex');

/** A session without a state yet and one whose state is empty are the same to people. */
const isBlank = (json: Json | undefined): boolean =>
  !json || (typeof json === 'object' && Object.keys(json).length === 0);

/** JSON with sorted keys: the same text for the same value, whatever order it came in. */
function stable(json: Json | undefined): string {
  if (json === undefined || json === null) return 'null';
  if (typeof json !== 'object') return JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map(stable).join(',')}]`;
  const { rawJSON } = fieldsOf(json);
  if (typeof rawJSON === 'string') return canonicalNumber(rawJSON);
  const entries = Object.entries(json).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${stable(value)}`).join(',')}}`;
}

/** `10000` and `1e4` are one number; digits beyond double precision still count. */
function canonicalNumber(digits: string): string {
  const number = Number(digits);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? String(number) : digits;
}

const NAME_KEYS = [
  'filename',
  'file_name',
  'name',
  'title',
  'prompt',
  'id',
  'url',
  'cdn_url',
] as const;

/** The container may be a list, or an object of entries by id. */
function mediaNames(json: Json | undefined): string[] {
  const entries = Array.isArray(json) ? listOf(json) : Object.values(fieldsOf(json));
  return entries.flatMap((entry) => {
    const fields = fieldsOf(entry);
    const name = typeof entry === 'string' ? entry : firstText(NAME_KEYS.map((key) => fields[key]));
    return name === undefined ? [] : [lastPathPart(name)];
  });
}

/** Of an address only the file's name is of interest. */
function lastPathPart(name: string): string {
  if (!/^https?:\/\//i.test(name)) return name;
  return (
    name
      .replace(/[?#].*$/s, '')
      .split('/')
      .pop() || name
  );
}

function bounded(timeline: Timeline): Timeline {
  const tracks = timeline.tracks.slice(0, MOST_TRACKS).map((track) => ({
    ...track,
    segments: track.segments
      .slice(0, MOST_SEGMENTS)
      .map((it) => ({ ...it, name: it.name && cut(it.name) })),
  }));
  return { ...timeline, tracks, title: timeline.title && cut(timeline.title) };
}

const cut = (name: string): string => name.slice(0, LONGEST_NAME).toWellFormed();
