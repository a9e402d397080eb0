/** How the parts of an office document point at each other. */
import { posix } from 'node:path';
import { found, parseXml } from '../markup/xml.ts';

/** By its id: what kind of relation it is, and the part that is meant. */
export type Relations = ReadonlyMap<string, { readonly type: string; readonly target: string }>;

/** Of the part of this name. What lies outside the archive is left out. */
export function relationsOf(part: string, parts: ReadonlyMap<string, Uint8Array>): Relations {
  const { dir, base } = posix.parse(part);
  const listed = parts.get(posix.join(dir, '_rels', `${base}.rels`));
  const relations = new Map<string, { type: string; target: string }>();
  if (!listed) return relations;
  for (const { attributes } of found(parseXml(listed), 'rel:Relationship')) {
    if (attributes['TargetMode'] === 'External') continue;
    const target = pathFrom(dir, attributes['Target'] ?? '');
    const type = (attributes['Type'] ?? '').replace(/^.*\//, '');
    relations.set(attributes['Id'] ?? '', { type, target });
  }
  return relations;
}

/** Names in an archive: from its root, or from the folder of the part that names them. */
export const pathFrom = (folder: string, target: string): string =>
  target.startsWith('/') ? posix.normalize(target.slice(1)) : posix.join(folder, target);
