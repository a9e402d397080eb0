/** Files of kinds that are not taken, but that everybody's programs can save as one that is. Pure. */
import { extensionOf } from '../../documents/document.ts';

const SAVED_AS: Readonly<Record<string, readonly string[]>> = {
  'DOCX, PDF': ['doc', 'odt', 'rtf', 'pages', 'wps', 'ppt', 'pptx', 'odp', 'key', 'epub', 'html'],
  'JPG, PNG': ['heic', 'heif', 'avif', 'bmp', 'tif', 'tiff', 'svg', 'psd'],
  MP4: ['m4v', 'wmv', 'flv', 'mpg', 'mpeg', '3gp', 'mts', 'ogv'],
  MP3: ['ogg', 'oga', 'opus', 'flac', 'wma', 'aif', 'aiff', 'amr'],
};

/** What to send instead; undefined where nothing would help. */
export function suggestedFormat(name: string): string | undefined {
  const extension = extensionOf(name);
  return Object.keys(SAVED_AS).find((kind) => SAVED_AS[kind]?.includes(extension));
}
