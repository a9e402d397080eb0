/** What an attached file is used for, decided once, by its name: read as a script, uploaded, or refused. Pure. */
import { isDocument } from '../../documents/document.ts';
import { type MediaKind, mediaKindOf } from '../../nemo/media-kinds.ts';
import type { Attachment } from '../../platforms/chat.ts';

export type FileUse =
  | { readonly is: 'document' }
  | { readonly is: 'media'; readonly media: MediaKind }
  | { readonly is: 'refused' };

export function classify({ name, mime }: Pick<Attachment, 'name' | 'mime'>): FileUse {
  if (isDocument(name, mime)) return { is: 'document' };
  const media = mediaKindOf(name);
  return media ? { is: 'media', media } : { is: 'refused' };
}
