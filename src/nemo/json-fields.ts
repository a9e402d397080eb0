/** Lenient reading of JSON whose shape is only guessed at: what has another type than expected is not there. */
import type { Json } from './nemo.ts';

export type Fields = { readonly [key: string]: Json | undefined };

const NONE: Fields = {};

export const listOf = (json: Json | undefined): readonly Json[] =>
  Array.isArray(json) ? json : [];

export function fieldsOf(json: Json | undefined): Fields {
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  // Array.isArray does not narrow readonly arrays away; the check above has done it.
  return isObject ? (json as Fields) : NONE;
}

/** Plain, kept to the digit (`JSON.rawJSON`), or as text. */
function numberIn(json: Json | undefined): number | undefined {
  const raw = fieldsOf(json)['rawJSON'] ?? json;
  const isNumber = typeof raw === 'number' || (typeof raw === 'string' && raw.trim() !== '');
  // Adding 0 makes -0, which JSON does not keep, a plain 0.
  return isNumber && Number.isFinite(Number(raw)) ? Number(raw) + 0 : undefined;
}

export function firstNumber(candidates: readonly (Json | undefined)[]): number | undefined {
  for (const candidate of candidates) {
    const number = numberIn(candidate);
    if (number !== undefined) return number;
  }
  return undefined;
}

/** The first text with something in it, on one line. */
export function firstText(candidates: readonly (Json | undefined)[]): string | undefined {
  for (const candidate of candidates) {
    const text = typeof candidate === 'string' ? candidate.replace(/\s+/g, ' ').trim() : '';
    if (text !== '') return text;
  }
  return undefined;
}

/** Of an address only the file's name is of interest. */
export function lastPathPart(name: string): string {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(name)) return name;
  return (
    name
      .replace(/[?#].*$/s, '')
      .split('/')
      .pop() || name
  );
}
