/** Which document lies in an archive: all the newer formats are one, told apart by the parts they must have. */
import { DocumentUnreadable } from '../document.ts';
import { type Unzipped, unzip } from './zip-guard.ts';

export type ArchiveKind = 'docx' | 'pptx' | 'xlsx' | 'odt' | 'odp' | 'ods' | 'epub';

export interface OfficeArchive extends Unzipped {
  readonly kind: ArchiveKind;
}

/** Throws `DocumentUnreadable`. Only parts that have words are kept. */
export async function openArchive(
  bytes: Uint8Array,
  maxExpandedBytes: number,
): Promise<OfficeArchive> {
  const archive = await unzip(bytes, maxExpandedBytes, hasWords);
  const kind = kindOf(archive);
  if (kind) return { ...archive, kind };
  if (archive.names.some((name) => /\.iwa$|^index\.(?:zip|xml|apxl)/i.test(name))) {
    throw new DocumentUnreadable('other-office', 'the file is of Apple’s office programs');
  }
  throw new DocumentUnreadable('wrong-kind', 'the archive is no document');
}

/** Pictures, fonts and macros stay behind: nothing can happen to what is not there. */
const hasWords = (name: string): boolean =>
  /\.(?:xml|rels|opf|ncx|x?html?|mht|mhtml|rtf|txt|dat|docx)$|^mimetype$/i.test(name);

const OPENDOCUMENT: Readonly<Record<string, ArchiveKind>> = {
  text: 'odt',
  'text-template': 'odt',
  'text-master': 'odt',
  presentation: 'odp',
  'presentation-template': 'odp',
  spreadsheet: 'ods',
  'spreadsheet-template': 'ods',
};

function kindOf({ names, parts }: Unzipped): ArchiveKind | undefined {
  const has = (folder: string) => names.some((name) => name.startsWith(folder));
  if (has('word/')) return 'docx';
  if (has('ppt/')) return 'pptx';
  if (has('xl/')) return 'xlsx';
  if (parts.has('META-INF/container.xml')) return 'epub';
  const type = Buffer.from(parts.get('mimetype') ?? []).toString('latin1', 0, 200);
  if (/^application\/epub\+zip/.test(type)) return 'epub';
  const document = /^application\/vnd\.oasis\.opendocument\.([a-z-]+)/.exec(type)?.[1];
  if (document !== undefined) return OPENDOCUMENT[document];
  return parts.has('content.xml') ? 'odt' : undefined;
}
