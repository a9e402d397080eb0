/** What a link leads to, as far as its address tells. Pure. */
import { mediaEndingOf } from '../../../nemo/media-kinds.ts';
import { type MediaUse, mediaUse } from '../classify-file.ts';

export type LinkKind =
  /** A page, or whatever its host says that it is. */
  | { readonly is: 'page' }
  /** A shared text document, under the address of its plain text. */
  | { readonly is: 'shared-text'; readonly service: string; readonly address: string }
  | { readonly is: 'media'; readonly use: MediaUse }
  /** What is there cannot be taken from there. */
  | { readonly is: Closed; readonly service: string };

/** Films, music, posts behind a login; files in somebody's store. */
export const CLOSED_KINDS = ['film', 'music', 'post', 'store'] as const;
export type Closed = (typeof CLOSED_KINDS)[number];

const SERVICES: readonly (readonly [Closed, string, readonly string[]])[] = [
  ['film', 'YouTube', ['youtube.com', 'youtu.be', 'youtube-nocookie.com']],
  ['film', 'Vimeo', ['vimeo.com']],
  ['film', 'TikTok', ['tiktok.com']],
  ['film', 'Douyin', ['douyin.com', 'iesdouyin.com']],
  ['film', 'Bilibili', ['bilibili.com', 'b23.tv']],
  ['film', 'Dailymotion', ['dailymotion.com', 'dai.ly']],
  ['film', 'Twitch', ['twitch.tv']],
  ['film', 'Loom', ['loom.com']],
  ['film', 'Netflix', ['netflix.com']],
  ['music', 'Spotify', ['spotify.com', 'spotify.link']],
  ['music', 'Apple Music', ['music.apple.com']],
  ['music', 'SoundCloud', ['soundcloud.com']],
  ['music', 'YouTube Music', ['music.youtube.com']],
  ['music', 'Deezer', ['deezer.com']],
  ['music', 'Tidal', ['tidal.com']],
  ['post', 'Instagram', ['instagram.com']],
  ['post', 'Facebook', ['facebook.com', 'fb.watch']],
  ['post', 'X', ['x.com', 'twitter.com', 't.co']],
  ['post', 'LinkedIn', ['linkedin.com', 'lnkd.in']],
  ['post', 'Threads', ['threads.net']],
  ['post', 'Xiaohongshu', ['xiaohongshu.com', 'xhslink.com']],
  ['store', 'Google Drive', ['drive.google.com']],
  ['store', 'Google Docs', ['docs.google.com']],
  ['store', 'Dropbox', ['dropbox.com']],
  ['store', 'OneDrive', ['onedrive.live.com', '1drv.ms']],
  ['store', 'SharePoint', ['sharepoint.com']],
  ['store', 'iCloud', ['icloud.com']],
  ['store', 'Notion', ['notion.so']],
];

export function kindOfLink(url: string): LinkKind {
  const { hostname, pathname } = new URL(url);
  const document =
    hostname === 'docs.google.com'
      ? /^\/document\/(?:u\/\d{1,3}\/)?d\/([\w-]{10,200})(?:\/|$)/.exec(pathname)
      : null;
  if (document) {
    const address = `https://docs.google.com/document/d/${document[1]}/export?format=txt`;
    return { is: 'shared-text', service: 'Google Docs', address };
  }
  const closed = serviceOf(hostname);
  if (closed) return closed;
  const ending = mediaEndingOf(pathname);
  return ending === undefined ? { is: 'page' } : { is: 'media', use: mediaUse(ending) };
}

/** The most particular name: music.youtube.com is no film. */
function serviceOf(hostname: string): Extract<LinkKind, { service: string }> | undefined {
  const host = hostname.toLowerCase();
  const fitting = SERVICES.flatMap(([is, service, domains]) =>
    domains
      .filter((domain) => host === domain || host.endsWith(`.${domain}`))
      .map((domain) => ({ is, service, length: domain.length })),
  ).sort((a, b) => b.length - a.length);
  const [best] = fitting;
  return best && { is: best.is, service: best.service };
}

/** As people read it. */
export const hostOf = (url: string): string => new URL(url).host.replace(/^www\./, '');

/** The last part of the path, as a name. */
export function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last) || hostOf(url);
  } catch {
    // No text behind the percent signs: the name stays as it is written.
    return last;
  }
}
