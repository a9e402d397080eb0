/**
 * What is logged beside a message, as plain data without secrets. Pino's own redaction goes by path and misses
 * secrets inside texts, and its JSON shows of an error in a field nothing at all; so every text is looked at,
 * however deep it lies: keys, causes, the errors inside an error, and the fields that libraries hang on theirs.
 */
import type { Redact } from './redact.ts';

/** A whole request or socket may hang on an error; a line of the log is not the place for it. */
const DEEPEST = 8;
const MOST_ENTRIES = 100;
const LONGEST_TEXT = 20_000;
/** Of one line, over all its fields. */
const MOST_VALUES = 2_000;
const MOST_TEXT = 100_000;

/** Whatever their value is: not every secret is known, or has a shape. */
const SECRET_KEY =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|.*(?:token|secret|password|signature|api[-_]?key|encryptionkey))$/i;

/** Never throws: what cannot be read is said to be so. */
export function plainFields(fields: object, redact: Redact): Record<string, unknown> {
  const above = new Set<object>();
  let values = MOST_VALUES;
  let characters = MOST_TEXT;

  function text(value: string): string {
    // Redacted first: a cut through a secret would leave half of it.
    const clean = redact(value);
    const room = Math.min(LONGEST_TEXT, characters);
    characters -= Math.min(room, clean.length);
    return clean.length > room ? `${clean.slice(0, room)}…` : clean;
  }

  function plain(value: unknown): unknown {
    values -= 1;
    if (values < 0) return '[more]';
    if (typeof value === 'string') return text(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'symbol' || typeof value === 'function') return `[${typeof value}]`;
    if (typeof value !== 'object' || value === null) return value;
    if (above.has(value)) return '[circular]';
    if (above.size > DEEPEST) return '[deeper]';
    above.add(value);
    try {
      return plainObject(value);
    } catch {
      return '[unreadable]'; // Somebody's proxy or `toString`; the line is worth more than its reason.
    } finally {
      above.delete(value);
    }
  }

  function plainObject(value: object): unknown {
    if (value instanceof Date) return value.toJSON();
    if (value instanceof URL) return text(value.href);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value) || value instanceof Set) return list(value);
    if (value instanceof Map) return entries(Array.from(value, ([k, v]) => [String(k), () => v]));
    const own = Object.keys(value).map((key) => [key, () => Reflect.get(value, key)] as const);
    if (!(value instanceof Error)) return entries(own);
    const hidden = ['name', 'message', 'stack', 'cause', 'errors'].filter((key) => key in value);
    return entries([
      ...hidden.map((key) => [key, () => Reflect.get(value, key)] as const),
      ...own.filter(([key]) => !hidden.includes(key)),
    ]);
  }

  function list(values: Iterable<unknown>): unknown[] {
    const shown: unknown[] = [];
    for (const value of values) {
      if (shown.length === MOST_ENTRIES) return [...shown, '[more]'];
      shown.push(plain(value));
    }
    return shown;
  }

  function entries(all: readonly (readonly [string, () => unknown])[]): Record<string, unknown> {
    const shown = all.slice(0, MOST_ENTRIES).map(([key, read]) => [text(key), field(key, read)]);
    if (all.length > MOST_ENTRIES) shown.push(['more', all.length - MOST_ENTRIES]);
    return Object.fromEntries(shown);
  }

  function field(key: string, read: () => unknown): unknown {
    let value: unknown;
    try {
      value = read();
    } catch {
      return '[unreadable]';
    }
    const telling = value !== undefined && value !== null && typeof value !== 'boolean';
    return telling && SECRET_KEY.test(key) ? '[hidden]' : plain(value);
  }

  return entries(Object.keys(fields).map((key) => [key, () => Reflect.get(fields, key)]));
}
