/**
 * The draft as the vendor's newer markup (Draft Protocol V3): `<draft fps width height duration>` holds
 * `<track id type>`, which hold `<clip id in out>` in milliseconds, whose content is HTML.
 */
import { type DraftContent, secondsOf, volumeIn } from './draft-content.ts';
import { type Fields, firstNumber, firstText, lastPathPart } from './json-fields.ts';
import { type MarkupPiece, markupPieces } from './markup.ts';
import type { Segment, Track, TrackKind } from './timeline.ts';

type Opening = Extract<MarkupPiece, { type: 'open' }>;

interface Clip {
  readonly attributes: Fields;
  /** The first picture, film or sound in it. */
  media?: { readonly element: string; readonly attributes: Fields };
  text: string;
}

interface OpenTrack {
  readonly attributes: Fields;
  readonly clips: Clip[];
}

/** In UTF-16 units: of a clip's words no more is ever shown. */
const MOST_TEXT = 500;

/** Undefined: there is no `<draft>` in it. */
export function readDraftMarkup(markup: string): DraftContent | undefined {
  let draft: Fields | undefined;
  let track: OpenTrack | undefined;
  let clip: Clip | undefined;
  const tracks: OpenTrack[] = [];
  for (const piece of markupPieces(markup)) {
    if (piece.type === 'text') {
      if (clip) addText(clip, piece.text);
    } else if (piece.type === 'close') {
      if (piece.name === 'draft') break;
      if (piece.name === 'clip') clip = undefined;
      // HTML has a `<track>` of its own, which belongs to the film in a clip.
      else if (clip) addText(clip, ' ');
      else if (piece.name === 'track') track = undefined;
    } else if (!draft) {
      if (piece.name !== 'draft') continue;
      draft = attributesOf(piece);
      if (piece.isClosed) break;
    } else if (piece.name === 'clip') {
      track ??= begun(tracks, {});
      const opened: Clip = { attributes: attributesOf(piece), text: '' };
      track.clips.push(opened);
      clip = piece.isClosed ? undefined : opened;
    } else if (clip) {
      addContent(clip, piece);
    } else if (piece.name === 'track') {
      const opened = begun(tracks, attributesOf(piece));
      track = piece.isClosed ? undefined : opened;
    }
  }
  if (!draft) return undefined;
  return {
    tracks: tracks.flatMap(trackOf),
    milliseconds: firstNumber([draft['duration']]),
    title: firstText([draft['title'], draft['name']]),
    shapes: [draft],
  };
}

function begun(tracks: OpenTrack[], attributes: Fields): OpenTrack {
  const track: OpenTrack = { attributes, clips: [] };
  tracks.push(track);
  return track;
}

const attributesOf = ({ attributes }: Opening): Fields => Object.fromEntries(attributes);

function addText(clip: Clip, text: string): void {
  if (clip.text.length < MOST_TEXT)
    clip.text += text.replace(/\s+/g, ' ').slice(0, MOST_TEXT - clip.text.length);
}

const MEDIA: ReadonlySet<string> = new Set(['img', 'image', 'video', 'audio']);

function addContent(clip: Clip, opening: Opening): void {
  addText(clip, ' ');
  if (MEDIA.has(opening.name))
    clip.media ??= { element: opening.name, attributes: attributesOf(opening) };
}

/** What people see or hear of a track; a voice is no music, and an effect is nothing that has a name. */
const KINDS = new Map<string, TrackKind>([
  ['video', 'video'],
  ['image', 'video'],
  ['text', 'title'],
  ['audio', 'music'],
  ['bgm', 'music'],
  ['voice', 'other'],
  ['sfx', 'other'],
  ['graphics', 'other'],
  ['effect', 'other'],
]);

function trackOf({ attributes, clips }: OpenTrack): Track[] {
  if (clips.length === 0) return [];
  const type = firstText([attributes['type']])?.toLowerCase();
  const kind = type === undefined ? kindOf(attributes, clips) : (KINDS.get(type) ?? 'other');
  const segments: Segment[] = [];
  let position = 0;
  for (const clip of clips) {
    const start = secondsOf(firstNumber([clip.attributes['in']])) ?? position;
    const length = secondsOf(firstNumber([clip.attributes['duration']])) ?? 0;
    const out = secondsOf(firstNumber([clip.attributes['out']]));
    position = Math.max(start, out ?? start + length);
    const places = [clip.media?.attributes ?? {}, clip.attributes, attributes];
    segments.push({ name: nameOf(clip, kind), start, end: position, volume: volumeIn(places) });
  }
  return [{ kind, type, segments }];
}

/** Earlier texts of the vendor have tracks without a type, told by their id or by what is in them. */
function kindOf(attributes: Fields, clips: readonly Clip[]): TrackKind {
  const byId = KINDS.get(firstText([attributes['id']])?.toLowerCase() ?? '');
  if (byId) return byId;
  const media = clips.find((clip) => clip.media)?.media;
  if (media) return media.element === 'audio' ? 'music' : 'video';
  return clips.some((clip) => wordsOf(clip) !== undefined) ? 'title' : 'other';
}

/** Expressions are worked out by the render; what they say is not known here. */
const wordsOf = ({ text }: Clip): string | undefined =>
  firstText([text.replace(/\{[^{}]*\}/g, '')]);

function nameOf(clip: Clip, kind: TrackKind): string | undefined {
  const { attributes, media } = clip;
  const words = wordsOf(clip);
  if (kind === 'title' && words !== undefined) return words;
  const given = [attributes['name'], attributes['title'], attributes['label']];
  const described = [media?.attributes['title'], media?.attributes['alt']];
  return firstText([...given, ...described, fileName(media?.attributes['src']), words]);
}

function fileName(src: Fields[string]): string | undefined {
  if (typeof src !== 'string' || src.includes('{')) return undefined;
  const name = lastPathPart(src);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
