/** Names of uploaded and generated media. The container may be a list, or an object of entries by id. */
import { fieldsOf, firstText, lastPathPart, listOf } from './json-fields.ts';
import type { Json } from './nemo.ts';

const NAME_KEYS = ['filename', 'file_name', 'name', 'title', 'prompt', 'id', 'url', 'cdn_url'];

export function mediaNames(json: Json): string[] {
  const entries = Array.isArray(json) ? listOf(json) : Object.values(fieldsOf(json));
  return entries.flatMap((entry) => {
    const fields = fieldsOf(entry);
    const name = typeof entry === 'string' ? entry : firstText(NAME_KEYS.map((key) => fields[key]));
    return name === undefined ? [] : [lastPathPart(name)];
  });
}
