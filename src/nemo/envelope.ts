/**
 * The three envelopes the backend answers in: `{code, data}`, `{success, data}`, or the bare object.
 * Which route uses which is not certain, so each field is looked for inside first, then outside.
 */
import { exactDigits } from './exact-json.ts';

export interface Opened {
  /** What `data` holds, or the whole body where there is no `data`. */
  readonly data: unknown;
  readonly body: unknown;
}

export interface EnvelopeRefusal {
  /** The business code; absent where only `success: false` was said. */
  readonly code: number | undefined;
  readonly message: string;
}

export type Envelope = { readonly opened: Opened } | { readonly refusal: EnvelopeRefusal };

export function openEnvelope(body: unknown): Envelope {
  if (!isObject(body)) return { opened: { data: body, body } };
  const code = codeOf(body['code']);
  if (code === undefined ? body['success'] === false : code !== 0) {
    return { refusal: { code, message: messageOf(body) } };
  }
  const wrapped = code !== undefined || typeof body['success'] === 'boolean';
  return { opened: { data: wrapped && 'data' in body ? body['data'] : body, body } };
}

/** "1001" counts as 1001. */
export function codeOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

/** What the backend says about a failure, in whichever field it says it. */
export function messageOf(body: Readonly<Record<string, unknown>>): string {
  for (const key of ['message', 'msg', 'detail', 'error']) {
    const value = body[key];
    if (typeof value === 'string' && value !== '') return value;
    if (isObject(value) && typeof value['message'] === 'string') return value['message'];
  }
  return '';
}

/** The first of the named fields that is there, inside the envelope first. */
export function field(opened: Opened, ...names: string[]): unknown {
  for (const place of [opened.data, opened.body]) {
    if (!isObject(place)) continue;
    for (const name of names) {
      if (place[name] !== undefined && place[name] !== null) return place[name];
    }
  }
  return undefined;
}

export function textField(opened: Opened, ...names: string[]): string | undefined {
  const value = field(opened, ...names);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id as text, every digit kept, whether it came as text or as a number. */
export function idField(opened: Opened, ...names: string[]): string | undefined {
  for (const place of [opened.data, opened.body]) {
    if (!isObject(place)) continue;
    for (const name of names) {
      const value = place[name];
      if (typeof value === 'string' && value !== '') return value;
      const digits = exactDigits(place, name);
      if (digits !== undefined) return digits;
    }
  }
  return undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
