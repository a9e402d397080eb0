/**
 * JSON that keeps every digit. Ids of the backend have 19 digits, more than a number can hold, and a
 * draft must go back as it came, `1.0` and all. Readers still see ordinary numbers: the digits are
 * remembered beside the object or list that holds them, for as long as that object lives. A copy
 * (spread, structuredClone) is a new object and remembers nothing.
 */

import type { Json } from './nemo.ts';

const digits = new WeakMap<object, Map<string, string>>();

/** The reviver's third argument (ES2026), which the type library does not know yet. */
type Reviver = (this: object, key: string, value: unknown, context: { source?: string }) => unknown;

/** Parses JSON text. Throws `SyntaxError` like `JSON.parse`. */
export function parseExact(text: string): unknown {
  const revive: Reviver = function (key, value, { source }) {
    if (typeof value === 'number' && source !== undefined && source !== String(value)) {
      const known = digits.get(this) ?? new Map<string, string>();
      digits.set(this, known.set(key, source));
    }
    return value;
  };
  return JSON.parse(text, revive as (this: object, key: string, value: unknown) => unknown);
}

/** Undefined: not JSON at all, such as a proxy's page. */
export function tryParseExact(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

/** Out of a JSON parser comes `Json`; some parts may be stored as JSON inside a string. Other strings stay what they are. */
export function unpack(value: unknown): Json {
  if (typeof value !== 'string') return (value ?? null) as Json;
  const parsed = /^\s*[[{"]/.test(value) ? tryParseExact(value) : undefined;
  return (parsed ?? value) as Json;
}

/** Writes JSON text; numbers that came through `parseExact` are written as they were. */
export function stringifyExact(value: unknown): string {
  return JSON.stringify(value, function (this: object, key: string, item: unknown): unknown {
    const source = typeof item === 'number' ? digits.get(this)?.get(key) : undefined;
    // A number that was changed since is written as what it is now.
    return source !== undefined && Number(source) === item ? rawJson(source) : item;
  });
}

/** The digits of a number as they came, or undefined if there is no number under that key. */
export function exactDigits(holder: object, key: string): string | undefined {
  const value: unknown = Reflect.get(holder, key);
  if (typeof value !== 'number') return undefined;
  return digits.get(holder)?.get(key) ?? String(value);
}

function rawJson(source: string): unknown {
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
  return rawJSON(source);
}
