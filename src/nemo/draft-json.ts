/**
 * The draft as JSON with short keys. Those known from public documentation are t tt sg d m; everything else is
 * a guess, so what cannot be read is left out, and a track of unknown kind is one all the same.
 */
import { type DraftContent, secondsOf, volumeIn } from './draft-content.ts';
import { isBlank } from './is-blank.ts';
import { type Fields, fieldsOf, firstNumber, firstText, listOf } from './json-fields.ts';
import type { Json } from './nemo.ts';
import type { Segment, Track, TrackKind } from './timeline.ts';

/** Undefined: it is in another form. */
export function readDraftJson(json: Json): DraftContent | undefined {
  const draft = fieldsOf(json);
  const entries = draft['t'];
  if (!Array.isArray(entries) && !(isBlank(entries) && ('m' in draft || 'd' in draft)))
    return undefined;
  const found = listOf(entries);
  const tracks = found.flatMap((track) => trackOf(fieldsOf(track)));
  // Tracks that hold something, and none of it as segments: the key is the same, the form is not.
  if (tracks.length === 0 && !found.every(isEmptyTrack)) return undefined;
  const meta = fieldsOf(draft['m']);
  return {
    tracks,
    milliseconds: firstNumber([draft['d']]),
    title: firstText([meta['title'], meta['name']]),
    shapes: [meta, draft],
  };
}

function isEmptyTrack(json: Json): boolean {
  const track = fieldsOf(json);
  return isBlank(json) || (('tt' in track || 'sg' in track) && isBlank(track['sg']));
}

/** 0, 1 and 7 are the documented types. */
const KINDS = new Map<number, TrackKind>([
  [0, 'video'],
  [1, 'music'],
  [7, 'title'],
]);

function trackOf(track: Fields): Track[] {
  const type = firstNumber([track['tt']]);
  const kind = (type === undefined ? undefined : KINDS.get(type)) ?? 'other';
  const found = listOf(track['sg']);
  if (found.length === 0) return [];
  const inherited = nameIn([fieldsOf(track['m']), track], kind);
  const trackVolume = volumeIn([fieldsOf(track['m']), track]);
  const segments: Segment[] = [];
  let position = 0;
  for (const item of found) {
    const fields = fieldsOf(item);
    const meta = fieldsOf(fields['m']);
    const start = secondsOf(firstNumber(START_KEYS.map((key) => fields[key]))) ?? position;
    const lengths = [fields['d'], fields['duration'], meta['d'], meta['duration']];
    position = start + (secondsOf(firstNumber(lengths)) ?? 0);
    const name = nameIn([meta, fields], kind) ?? inherited;
    segments.push({ name, start, end: position, volume: volumeIn([meta, fields]) ?? trackVolume });
  }
  return [{ kind, type, segments }];
}

/** Not documented: names seen in editors of this kind. */
const START_KEYS = ['st', 's', 'start', 'start_time', 'startTime', 'begin', 'at'];

const NAME_KEYS = ['title', 'name', 'text', 'prompt', 'filename'];
/** A title is known by what it says. */
const TITLE_NAME_KEYS = ['text', 'title', 'name'];

function nameIn(places: readonly Fields[], kind: TrackKind): string | undefined {
  const keys = kind === 'title' ? TITLE_NAME_KEYS : NAME_KEYS;
  return firstText(places.flatMap((place) => keys.map((key) => place[key])));
}
