/** Wishes that the service cannot fulfil, seen in the message, so that the answer can say so honestly. */
import type { Wishes } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';

export type UnsupportedWish =
  /** A page of a music or video service: the built-in library has similar styles. */
  | 'stock-music-link'
  /** A file on somebody's own machine: it has to be attached. */
  | 'local-path'
  /** Retouching of pictures: a slideshow is possible. */
  | 'photo-editing'
  /** More than a minute: best made in parts. */
  | 'long-video';

/** In UTF-16 units: wishes stand near the beginning, and what lies behind is script. */
const LONGEST_WISH = 6_000;

export function unsupportedWishes(whole: string): UnsupportedWish[] {
  const text = whole.slice(0, LONGEST_WISH);
  const found: UnsupportedWish[] = [];
  if (MUSIC_PAGE.test(text)) found.push('stock-music-link');
  if (LOCAL_PATH.test(text)) found.push('local-path');
  if (LOCALES.some(({ wishes }) => wishes.photoEditing.some((wish) => wish.test(text))))
    found.push('photo-editing');
  if (longestVideo(text) > 60) found.push('long-video');
  return found;
}

const MUSIC_PAGE =
  /\b(?:youtube\.com\/\w|youtu\.be\/\w|youtube-nocookie\.com\/\w|spotify\.com\/\w|spotify\.link\/\w|soundcloud\.com\/\w|music\.apple\.com\/\w|y\.qq\.com\/\w|music\.163\.com\/)|\bspotify:(?:track|album|playlist):/i;

const LOCAL_PATH =
  /(?<![\w/.:-])(?:[a-z]:[\\/](?![\\/])\S|\\\\[\w.-]+\\\w|file:\/\/\/?\S|~\/[\w.-]|\/(?:Users|home|mnt|Volumes|tmp|var|root)\/[\w.-])/iu;

/** Seconds; 0 where no length of a video is named. */
function longestVideo(text: string): number {
  const lengths = LOCALES.flatMap(({ wishes }) =>
    wishes.lengths.flatMap((length) =>
      Array.from(text.matchAll(length), ({ groups }) => secondsOf(wishes, groups)),
    ),
  );
  return Math.max(0, ...lengths);
}

function secondsOf(wishes: Wishes, groups: Record<string, string> | undefined): number {
  const { n = '', unit = '' } = groups ?? {};
  const number = wishes.numbers[n.toLowerCase()] ?? Number(n.replace(',', '.'));
  return number * wishes.secondsIn(unit);
}
