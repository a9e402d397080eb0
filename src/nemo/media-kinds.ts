/** The media the backend takes, by extension: what it lists as supported. */

export interface MediaKind {
  readonly kind: 'video' | 'image' | 'audio';
  readonly mime: string;
}

const video = (mime: string): MediaKind => ({ kind: 'video', mime });
const image = (mime: string): MediaKind => ({ kind: 'image', mime });
const audio = (mime: string): MediaKind => ({ kind: 'audio', mime });

const kinds = new Map<string, MediaKind>([
  ['mp4', video('video/mp4')],
  ['mov', video('video/quicktime')],
  ['avi', video('video/x-msvideo')],
  ['webm', video('video/webm')],
  ['mkv', video('video/x-matroska')],
  ['jpg', image('image/jpeg')],
  ['png', image('image/png')],
  ['gif', image('image/gif')],
  ['webp', image('image/webp')],
  ['mp3', audio('audio/mpeg')],
  ['wav', audio('audio/wav')],
  ['m4a', audio('audio/mp4')],
  ['aac', audio('audio/aac')],
]);

/** For people: without the second spelling of jpg, which is accepted all the same. */
export const MEDIA_EXTENSIONS: readonly string[] = [...kinds.keys()];

/** By the extension of a file name, whatever its case. Undefined: the backend would refuse it. */
export function mediaKindOf(name: string): MediaKind | undefined {
  const extension = endingOf(name);
  return kinds.get(extension === 'jpeg' ? 'jpg' : extension);
}

const endingOf = (name: string): string => /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? '';

/** Other names for what the backend takes, by programs that write the same bytes. */
const OTHER_ENDINGS: Readonly<Record<string, string>> = {
  jfif: 'jpg',
  jpe: 'jpg',
  jif: 'jpg',
  pjpeg: 'jpg',
  qt: 'mov',
  wave: 'wav',
};

/** The ending that says what a file is; undefined where its own is none that is known here. */
export function mediaEndingOf(name: string): string | undefined {
  const ending = endingOf(name);
  const usual = ending === 'jpeg' ? 'jpg' : (OTHER_ENDINGS[ending] ?? ending);
  return kinds.has(usual) ? usual : undefined;
}

const OTHER_TYPES: Readonly<Record<string, string>> = {
  'audio/m4a': 'm4a',
  'audio/mp3': 'mp3',
  'audio/vnd.wave': 'wav',
  'audio/wave': 'wav',
  'audio/x-aac': 'aac',
  'audio/x-m4a': 'm4a',
  'audio/x-mp3': 'mp3',
  'audio/x-wav': 'wav',
  'image/jpg': 'jpg',
  'image/pjpeg': 'jpg',
  'video/avi': 'avi',
  'video/matroska': 'mkv',
  'video/msvideo': 'avi',
};

/** The ending that a file of this MIME type has. Undefined: the backend would refuse it. */
export function mediaEndingOfType(type: string): string | undefined {
  const [usual] = [...kinds].find(([, { mime }]) => mime === type) ?? [];
  return usual ?? OTHER_TYPES[type];
}

/** The backend looks at endings: a name keeps one that it knows, and gets one otherwise. */
export function nameWithEnding(name: string, ending: string): string {
  if (mediaKindOf(name)?.kind === kinds.get(ending)?.kind) return name;
  const other = OTHER_ENDINGS[endingOf(name)] === ending;
  return `${other ? name.slice(0, name.lastIndexOf('.')) : name}.${ending}`;
}

/** Of an ending that stands in the list. */
export function mediaKindOfEnding(ending: string): MediaKind {
  const kind = kinds.get(ending);
  if (!kind) throw new TypeError(`${ending} is the ending of no media`);
  return kind;
}
