/** JSON that holds nothing: a session without a draft yet and one whose draft is empty are the same to people. */
import type { Json } from './nemo.ts';

export function isBlank(json: Json | undefined): boolean {
  if (typeof json === 'string') return json.trim() === '';
  return !json || (typeof json === 'object' && Object.keys(json).length === 0);
}

/** Nothing but empty lists, zeros and nulls, however deep they lie: nothing has been made in such a project. */
export function isHollow(json: Json): boolean {
  const open: Json[] = [json];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isBlank(next)) continue;
    if (typeof next !== 'object' || next === null) return false;
    for (const inner of Object.values(next)) open.push(inner);
  }
  return true;
}
