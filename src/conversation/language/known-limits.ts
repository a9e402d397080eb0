/** Wishes that the service cannot fulfil, seen in the message, so that the answer can say so honestly. */

export type KnownLimit =
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

export function limitsMentioned(whole: string): KnownLimit[] {
  const text = whole.slice(0, LONGEST_WISH);
  const found: KnownLimit[] = [];
  if (MUSIC_PAGE.test(text)) found.push('stock-music-link');
  if (LOCAL_PATH.test(text)) found.push('local-path');
  if (PHOTO_EDITING.some((wish) => wish.test(text))) found.push('photo-editing');
  if (longestVideo(text) > 60) found.push('long-video');
  return found;
}

const MUSIC_PAGE =
  /\b(?:youtube\.com\/\w|youtu\.be\/\w|youtube-nocookie\.com\/\w|spotify\.com\/\w|spotify\.link\/\w|soundcloud\.com\/\w|music\.apple\.com\/\w|y\.qq\.com\/\w|music\.163\.com\/)|\bspotify:(?:track|album|playlist):/i;

const LOCAL_PATH =
  /(?<![\w/.:-])(?:[a-z]:[\\/](?![\\/])\S|\\\\[\w.-]+\\\w|file:\/\/\/?\S|~\/[\w.-]|\/(?:Users|home|mnt|Volumes|tmp|var|root)\/[\w.-])/iu;

const PHOTO_EDITING: readonly RegExp[] = [
  /\b(?:photoshop|retouch(?:ing)?|airbrush|edit|touch up) (?:(?:my|this|that|these|the|our|a|an|some) )?(?:attached )?(?:photos?|pictures?|pics?|images?|selfies?|portraits?)\b(?! into)/i,
  /\bremove (?:the |its )?(?:background|person|people|object|watermark|blemish\w*|red[- ]eyes?) (?:from|in|of) (?:(?:my|this|that|these|the|our|a|an) )?(?:photos?|pictures?|pics?|images?|selfies?)\b/i,
  /P图|修图|抠图|美颜|(?:照片|图片|圖片|相片)(?:精修|修一下|美化|去背景|去背|去水印|去水印)|(?:修|精修|美化|PS)(?:一下)?(?:这张|這張|我的|一下|这些)*(?:照片|图片|圖片|相片)/iu,
];

const NUMBER_WORDS = new Map(
  Object.entries({
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    fifteen: 15,
    twenty: 20,
    thirty: 30,
    half: 0.5,
    半: 0.5,
    一: 1,
    二: 2,
    两: 2,
    兩: 2,
    三: 3,
    四: 4,
    五: 5,
    六: 6,
    七: 7,
    八: 8,
    九: 9,
    十: 10,
    几: 3,
  }),
);
const WORD = [...NUMBER_WORDS.keys()].join('|');
const VIDEO =
  '(?:video|clip|film|movie|reel|short|animation|ad|advert|commercial|documentary|explainer|trailer|teaser)s?';

const LENGTHS: readonly RegExp[] = [
  new RegExp(
    `(?<![\\w.:])(?<n>\\d+(?:\\.\\d+)?|${WORD})[ -]?(?<unit>seconds?|secs?|s|minutes?|mins?|hours?|hrs?)\\b(?:[ -]long)?(?: [\\w'-]+){0,3}? ${VIDEO}\\b`,
    'gi',
  ),
  new RegExp(
    `(?<![\\w.:])(?<n>\\d+(?:\\.\\d+)?|${WORD})[ -]?(?<unit>seconds?|secs?|s|minutes?|mins?|hours?|hrs?)[ -](?:long|in length|in duration)\\b`,
    'gi',
  ),
  new RegExp(
    `\\b(?:${VIDEO}|it|this)(?: (?:of|lasting|for|to|should be|must be|that is|that lasts))+ (?:about )?(?<n>\\d+(?:\\.\\d+)?|${WORD})[ -]?(?<unit>seconds?|secs?|s|minutes?|mins?|hours?|hrs?)\\b`,
    'gi',
  ),
  /(?<!\d)(?<n>\d+(?:\.\d+)?|[半一二两兩三四五六七八九十])(?:个|個)?(?<unit>秒|分钟|分鐘|小时|小時)(?:钟|鐘)?(?:左右|以上)?(?:长|長)?(?:的)?[^，。,.！？\n]{0,12}?(?:视频|視頻|影片|短片|片子|动画|動畫|广告|廣告)/gu,
  /(?:时长|時長|长度|長度|片长|片長|视频长|影片長)(?:为|為|是|：|:|约|約|要)?\s?(?<n>\d+(?:\.\d+)?|[半一二两兩三四五六七八九十])(?:个|個)?(?<unit>秒|分钟|分鐘|小时|小時)/gu,
];

/** Seconds; 0 where no length of a video is named. */
function longestVideo(text: string): number {
  const lengths = LENGTHS.flatMap((length) =>
    Array.from(text.matchAll(length), ({ groups }) => secondsOf(groups)),
  );
  return Math.max(0, ...lengths);
}

function secondsOf(groups: Record<string, string> | undefined): number {
  const { n = '', unit = '' } = groups ?? {};
  const number = NUMBER_WORDS.get(n.toLowerCase()) ?? Number(n);
  if (/^(?:h|小)/i.test(unit)) return number * 3600;
  return /^(?:m|分)/i.test(unit) ? number * 60 : number;
}
