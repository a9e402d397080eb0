/** Names and kinds of files, as far as they decide how a browser is told to treat them. */
import { shownName } from '../../conversation/language/shown-name.ts';

/**
 * Kinds that a browser shows in place. All are inert: no markup, no script. SVG is a document and
 * is not among them.
 */
const SHOWN_IN_PLACE: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
};

/** Inert, too, but nothing that a name alone is believed about: captions, which a player asks for by their type. */
const CAPTIONS = 'text/vtt';

const SAFE_TYPES = new Set([...Object.values(SHOWN_IN_PLACE), CAPTIONS]);

/** What the browser is told about a stored file: a kind that it may show, or bytes to be saved. */
export function servedAs(mime: string): { readonly type: string; readonly inPlace: boolean } {
  const inPlace = SAFE_TYPES.has(mime);
  return { type: inPlace ? mime : 'application/octet-stream', inPlace };
}

/** From what the sender said, if that is a media type at all, else from the name. */
export function kindOf(name: string, said: string | undefined): string {
  const type = said?.split(';')[0]?.trim().toLowerCase();
  if (type && type !== 'application/octet-stream' && /^[a-z]+\/[\w.+-]{1,100}$/.test(type))
    return type;
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  return SHOWN_IN_PLACE[extension] ?? 'application/octet-stream';
}

const LONGEST_NAME = 200;

/** The last part of the path, without control and direction characters, which disguise extensions. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const characters = [...shownName(last, 2 * LONGEST_NAME)];
  // The extension stays: it is what decides whether the file can be used.
  const short = characters.slice(-LONGEST_NAME).join('');
  return short === '' || /^\.+$/.test(short) ? 'file' : short;
}
