/** Hashes that are equal for equal values, in whatever order the keys of an object came. */
import { createHash } from 'node:crypto';
import { isBlank } from './is-blank.ts';
import { fieldsOf } from './json-fields.ts';
import type { Json } from './nemo.ts';

/** Of a draft: equal for what renders to the same video. Text in a form that is not known counts to the letter. */
export const hashOf = (json: Json): string =>
  createHash('sha256').update(stable(json)).digest('hex');

/** A part that is missing and one that is empty are the same. */
export const hashOfParts = (parts: readonly Json[]): string =>
  createHash('sha256')
    .update(parts.map((part) => (isBlank(part) ? 'null' : stable(part))).join('\n'))
    .digest('hex');

/** JSON with sorted keys. */
function stable(json: Json | undefined): string {
  if (json === undefined || json === null) return 'null';
  if (typeof json !== 'object') return JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map(stable).join(',')}]`;
  const fields = fieldsOf(json);
  const rawJSON = fields['rawJSON'];
  if (typeof rawJSON === 'string') return canonicalNumber(rawJSON);
  const keys = Object.keys(fields).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${stable(fields[key])}`).join(',')}}`;
}

/** `10000` and `1e4` are one number; digits beyond double precision still count. */
function canonicalNumber(digits: string): string {
  const number = Number(digits);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? String(number) : digits;
}
