/** What a file of Slack's is, by what Slack says of it: its name with a fitting ending, its kind, where it lives. Pure. */
import type { UnreadPart } from '../chat.ts';
import type { Standing } from './file-locator.ts';
import type { SlackFile } from './payloads.ts';

const is = ({ mode, filetype }: SlackFile, ...kinds: readonly string[]): boolean =>
  kinds.includes(mode ?? '') || kinds.includes(filetype ?? '');

export function standingOf(file: SlackFile): Standing {
  if (file.mode === 'tombstone') return 'deleted';
  if (file.mode === 'hidden_by_limit') return 'hidden';
  if (file.is_external || file.mode === 'external') return 'external';
  // Just after a post Slack may not find the file yet; what is gone says so when it is asked for.
  const isNamed = !/^(?:check_file_info|file_not_found)$/.test(file.file_access ?? '');
  if (!isNamed || addressIn(file) === undefined) return 'stub';
  if (is(file, 'email')) return 'email';
  return is(file, 'quip', 'canvas', 'docs', 'space', 'post') ? 'page' : 'here';
}

const addressIn = (file: SlackFile): string | undefined =>
  asMp4(file) ??
  file.list_csv_download_url ??
  file.url_private_download ??
  file.url_private ??
  undefined;

/** The backend takes WebM for video, whatever is in it; Slack has the sound of a browser's WebM as MP4 besides. */
const asMp4 = (file: SlackFile): string | undefined =>
  isAudioClip(file) && isWebm(file) ? (file.aac ?? undefined) : undefined;

/** Where Slack serves it. What was written in Slack is a page at the first address, and a download of its own form at the other. */
export function addressOf(file: SlackFile): string | undefined {
  return standingOf(file) === 'page'
    ? (file.url_private ?? file.url_private_download ?? undefined)
    : addressIn(file);
}

/** A list has no words but in the table that Slack makes of it for some. */
export function unreadable(file: SlackFile): UnreadPart | undefined {
  if (!is(file, 'list') || file.list_csv_download_url) return undefined;
  const name = file.title ?? file.name;
  return { kind: 'list', ...(name ? { name } : {}) };
}

/** Of what Slack writes itself the size is not that of the words; of what is not told in full it may be missing. */
export function bytesOf(file: SlackFile): number | undefined {
  const standing = standingOf(file);
  const { size } = file;
  if (typeof size !== 'number' || file.list_csv_download_url) return undefined;
  if (standing === 'page' || standing === 'email' || asMp4(file)) return undefined;
  return standing === 'here' || size > 0 ? size : undefined;
}

export const isAudioClip = ({ subtype }: SlackFile): boolean => subtype === 'slack_audio';

export function mimeOf(file: SlackFile): string | undefined {
  const { mimetype, subtype } = file;
  const standing = standingOf(file);
  if (standing === 'page') return 'text/html';
  if (standing === 'email') return 'text/plain';
  // Passed on as text, so that they are opened, and opening them gives the true reason instead of "unknown kind".
  if (standing !== 'here') return mimetype && hasKnownEnding(file) ? mimetype : 'text/plain';
  if (file.list_csv_download_url) return 'text/csv';
  if (file.mode === 'snippet') return mimetype?.startsWith('text/') ? mimetype : 'text/plain';
  // Recorded in a browser, sound alone comes under the name of the container.
  if (isAudioClip(file)) return isWebm(file) && !asMp4(file) ? 'audio/webm' : 'audio/mp4';
  if (subtype === 'slack_video' && !mimetype?.startsWith('video/')) {
    return isWebm(file) ? 'video/webm' : 'video/mp4';
  }
  return mimetype ?? undefined;
}

const isWebm = ({ mimetype, filetype }: SlackFile): boolean =>
  filetype === 'webm' || mimetype?.endsWith('/webm') === true;

export function nameOf(file: SlackFile): string {
  const standing = standingOf(file);
  const name = (file.name || file.title || 'file').trim();
  const title = (file.title || file.name || 'file').trim();
  if (standing === 'page') return withEnding(title, 'html');
  if (standing === 'email') return withEnding((file.subject || title).trim(), 'txt');
  if (file.list_csv_download_url) return withEnding(title, 'csv');
  if (isAudioClip(file) && standing === 'here') return audioName(name, file);
  if (standing !== 'here') return hasKnownEnding(file) ? name : name.replace(ENDING, '');
  if (file.mode === 'snippet') return TEXT_ENDING.test(name) ? name : `${name}.${textEnding(file)}`;
  const ending = endingFor(file);
  return ENDING.test(name) || ending === undefined ? name : `${name}.${ending}`;
}

/** MP4 with sound alone is M4A. */
function audioName(name: string, file: SlackFile): string {
  return isWebm(file) && !asMp4(file)
    ? withEnding(name, 'webm')
    : `${name.replace(/\.(?:mp4|m4a|mov|webm)$/i, '')}.m4a`;
}

const withEnding = (name: string, ending: string): string =>
  name.toLowerCase().endsWith(`.${ending}`) ? name : `${name}.${ending}`;

/** What follows the last point of "Screenshot 2026.11.26 at 9.41" is none. */
const ENDING = /\.[a-z][a-z0-9]{0,8}$/i;
const TEXT_ENDING = /\.(?:txt|text|md|markdown|mdown|fountain|srt|vtt|csv|tsv|html?)$/i;
const MEDIA_ENDING = /\.(?:mp4|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|wav|m4a|aac|docx|pdf)$/i;

const hasKnownEnding = ({ name, title }: SlackFile): boolean => {
  const shown = name || title || '';
  return TEXT_ENDING.test(shown) || MEDIA_ENDING.test(shown);
};

const TEXT_TYPES: Readonly<Record<string, string>> = { markdown: 'md', csv: 'csv', srt: 'srt' };
const textEnding = ({ filetype }: SlackFile): string => TEXT_TYPES[filetype ?? ''] ?? 'txt';

const BY_MIME: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/markdown': 'md',
  'text/plain': 'txt',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

/** Slack's names of file types are endings, but for a few. */
function endingFor({ mimetype, filetype }: SlackFile): string | undefined {
  const byMime = BY_MIME[mimetype ?? ''];
  if (byMime) return byMime;
  const type = filetype ?? '';
  if (type === 'text') return 'txt';
  return /^(?:binary|auto|none|space|list)$/.test(type) || !/^[a-z0-9]{2,5}$/.test(type)
    ? undefined
    : type;
}

const SERVICES: Readonly<Record<string, string>> = {
  gdrive: 'Google Drive',
  dropbox: 'Dropbox',
  onedrive: 'OneDrive',
  onedrive_business: 'OneDrive',
  sharepoint: 'SharePoint',
  box: 'Box',
};

const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)(?:drive|docs)\.google\.com$/, 'Google Drive'],
  [/(^|\.)dropbox(?:usercontent)?\.com$/, 'Dropbox'],
  [/(^|\.)(?:1drv\.ms|onedrive\.live\.com|onedrive\.com)$/, 'OneDrive'],
  [/(^|\.)sharepoint\.com$/, 'SharePoint'],
  [/(^|\.)box\.com$/, 'Box'],
];

/** As people call it: the service that keeps a file, else the host. */
export function serviceOf(file: SlackFile): string | undefined {
  const addresses = [file.external_url, file.url_private, file.url_private_download];
  const [host] = addresses.flatMap((it) => (it && URL.canParse(it) ? [new URL(it).hostname] : []));
  const byHost = HOSTS.find(([known]) => known.test(host ?? ''))?.[1];
  return byHost ?? SERVICES[file.external_type ?? ''] ?? (host || undefined);
}
