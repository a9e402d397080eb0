/**
 * What an attached file is used for by its label: read as a script, uploaded, or refused. The MIME type is
 * asked first, since names are titles as often as they have an ending ("Screenshot 2026.11.26 at 9.41");
 * what is inside has the last word when the file is opened (`take-file.ts`). Pure.
 */
import { extensionOf } from '../../documents/document.ts';
import { isDocumentEnding, isDocumentType } from '../../documents/document-kinds.ts';
import {
  type MediaKind,
  mediaEndingOf,
  mediaEndingOfType,
  mediaKindOfEnding,
} from '../../nemo/media-kinds.ts';
import type { Attachment } from '../../platforms/chat.ts';
import { isOtherEnding } from './other-endings.ts';
import { suggestedFormat } from './suggested-format.ts';

export type FileUse =
  | { readonly is: 'document' }
  | MediaUse
  /** The label says nothing: the bytes will. */
  | { readonly is: 'unclear' }
  | { readonly is: 'refused' };

export interface MediaUse {
  readonly is: 'media';
  readonly media: MediaKind;
  /** What its name ends in, where the backend sees it. */
  readonly ending: string;
}

export const mediaUse = (ending: string): MediaUse => ({
  is: 'media',
  media: mediaKindOfEnding(ending),
  ending,
});

export function classify({ name, mime = '' }: Pick<Attachment, 'name' | 'mime'>): FileUse {
  const [type = ''] = mime.toLowerCase().split(';', 1);
  const label = { type: type.trim(), extension: extensionOf(name), name };
  return byType(label) ?? byEnding(label) ?? withoutEnding(label.type);
}

interface Label {
  readonly type: string;
  readonly extension: string;
  readonly name: string;
}

/** Chats give plain text and octets as the type of all that they do not know; the ending says more then. */
function byType({ type, extension, name }: Label): FileUse | undefined {
  const ending = mediaEndingOfType(type);
  if (ending !== undefined) return mediaUse(kindAgrees(name, ending) ?? ending);
  return isDocumentType(type) && !isOtherEnding(extension) ? { is: 'document' } : undefined;
}

/** Of two endings for one kind (an MP4 and a MOV) the one that the name has. */
function kindAgrees(name: string, ending: string): string | undefined {
  const own = mediaEndingOf(name);
  const same = own && mediaKindOfEnding(own).kind === mediaKindOfEnding(ending).kind;
  return same ? own : undefined;
}

function byEnding({ extension, name }: Label): FileUse | undefined {
  if (isDocumentEnding(extension)) return { is: 'document' };
  const media = mediaEndingOf(name);
  if (media !== undefined) return mediaUse(media);
  const known = isOtherEnding(extension) || suggestedFormat(name) !== undefined;
  return known ? { is: 'refused' } : undefined;
}

function withoutEnding(type: string): FileUse {
  if (type === 'text/plain') return { is: 'document' };
  return { is: suggestedFormat('', type) === undefined ? 'unclear' : 'refused' };
}
