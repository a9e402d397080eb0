/** By which labels a document is known: the endings of its name, and MIME types that leave no doubt. */

/** In the order in which they are offered to people. */
export const DOCUMENT_EXTENSIONS: readonly string[] = [
  ...['txt', 'md', 'docx', 'pdf', 'srt', 'vtt'],
  ...['odt', 'rtf', 'pptx', 'epub', 'fountain', 'csv', 'xlsx', 'html'],
];

/** Of the same kinds, under another name. */
const OTHER_ENDINGS: ReadonlySet<string> = new Set([
  ...[
    'text',
    'markdown',
    'mdown',
    'mkd',
    'mkdn',
    'mdwn',
    'mdtxt',
    'rst',
    'asc',
    'adoc',
    'org',
    'tex',
  ],
  ...['spmd', 'screenplay', 'docm', 'dotx', 'dotm', 'ott', 'odp', 'ods', 'pptm', 'ppsx'],
  ...['xlsm', 'xltx', 'tsv', 'tab', 'htm', 'xhtml', 'mht', 'mhtml'],
]);

export const isDocumentEnding = (extension: string): boolean =>
  DOCUMENT_EXTENSIONS.includes(extension) || OTHER_ENDINGS.has(extension);

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OASIS = 'application/vnd.oasis.opendocument';

const DOCUMENT_TYPES: ReadonlySet<string> = new Set([
  'application/epub+zip',
  'application/pdf',
  'application/rtf',
  'application/vnd.ms-word.document.macroenabled.12',
  `${OASIS}.presentation`,
  `${OASIS}.spreadsheet`,
  `${OASIS}.text`,
  `${OFFICE}.presentationml.presentation`,
  `${OFFICE}.spreadsheetml.sheet`,
  `${OFFICE}.wordprocessingml.document`,
  'application/x-subrip',
  'application/xhtml+xml',
  'message/rfc822',
  'multipart/related',
  'text/csv',
  'text/html',
  'text/markdown',
  'text/rtf',
  'text/srt',
  'text/tab-separated-values',
  'text/vtt',
  'text/x-markdown',
]);

/** Chats give plain text as the type of much that is none, so that it is not among them. */
export const isDocumentType = (type: string): boolean => DOCUMENT_TYPES.has(type);
