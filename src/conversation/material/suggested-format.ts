/** Files of kinds that are not taken, but that everybody's programs can save as one that is. Pure. */
import { extensionOf } from '../../documents/document.ts';

const SAVED_AS: Readonly<Record<string, readonly string[]>> = {
  'DOCX, PDF': [
    ...['doc', 'dot', 'gdoc', 'hwp', 'key', 'mobi', 'azw3', 'gslides', 'pages', 'pps', 'ppt'],
    ...['pub', 'wpd', 'wps', 'fdx', 'celtx', 'one', 'xps', 'djvu'],
  ],
  'XLSX, CSV': ['et', 'gsheet', 'numbers', 'xls', 'xlsb'],
  'JPG, PNG': ['heic', 'heif', 'avif', 'bmp', 'tif', 'tiff', 'svg', 'psd'],
  MP4: ['m4v', 'wmv', 'flv', 'mpg', 'mpeg', '3gp', 'mts', 'ogv'],
  MP3: ['ogg', 'oga', 'opus', 'flac', 'wma', 'aif', 'aiff', 'amr'],
};

/** Where a file has no ending that would say it. */
const TYPES: Readonly<Record<string, string>> = {
  'application/msword': 'doc',
  'application/vnd.apple.keynote': 'key',
  'application/vnd.apple.numbers': 'numbers',
  'application/vnd.apple.pages': 'pages',
  'application/vnd.google-apps.document': 'gdoc',
  'application/vnd.google-apps.presentation': 'gslides',
  'application/vnd.google-apps.spreadsheet': 'gsheet',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.ms-works': 'wps',
  'application/x-iwork-keynote-sffkey': 'key',
  'application/x-iwork-numbers-sffnumbers': 'numbers',
  'application/x-iwork-pages-sffpages': 'pages',
  'audio/amr': 'amr',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/x-flac': 'flac',
  'audio/x-ms-wma': 'wma',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/svg+xml': 'svg',
  'image/tiff': 'tiff',
  'image/vnd.adobe.photoshop': 'psd',
  'video/3gpp': '3gp',
  'video/mpeg': 'mpeg',
  'video/ogg': 'ogv',
  'video/x-flv': 'flv',
  'video/x-m4v': 'm4v',
  'video/x-ms-wmv': 'wmv',
};

/** What to send instead; undefined where nothing would help. */
export function suggestedFormat(name: string, type = ''): string | undefined {
  return savedAs(extensionOf(name)) ?? savedAs(TYPES[type] ?? '');
}

const savedAs = (extension: string): string | undefined =>
  Object.keys(SAVED_AS).find((kind) => SAVED_AS[kind]?.includes(extension));
