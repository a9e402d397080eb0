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
  const extension = /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  return kinds.get(extension === 'jpeg' ? 'jpg' : extension);
}
