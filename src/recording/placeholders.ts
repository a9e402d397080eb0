/**
 * What people and the agent wrote, with nothing of it left: letters become x, Han signs 字, digits 0; punctuation, spaces
 * and the length stay, since clients stumble over these. Addresses, ids and tokens become placeholders, the same one for
 * the same value. Of JSON the shape stays, and the words by which programs tell things apart.
 */

/** Stands for an address; whoever replays puts one of its own in its place. */
const ADDRESS = /https?:\/\/[^\s"'<>()[\]{}\\]+/gi;
/** Looks like a word, and is none of the protocol's. */
const TOKEN = /^(?:nmv_usr_|clm_|xox[a-z]?-|xapp-)/i;

/** Values that are words of the protocol under these names, where they look like such words. */
const KEPT_NAMES: ReadonlySet<string> = new Set([
  'author',
  'event',
  'finishreason',
  'format',
  'kind',
  'mime',
  'mimetype',
  'filetype',
  'quality',
  'resolution',
  'role',
  'status',
  'type',
]);
const WORD = /^[A-Za-z][A-Za-z_+./-]{0,48}\d{0,4}$/;
const FIGURE = /^-?\d{1,8}(?:\.\d{1,6})?(?:p|%|px|ms|s)?$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?$/;
const SECRET_NAME = /token|secret|password|authorization|cookie|signature|api_?key/i;
const ID_NAME = /(?:^|[a-z_])(?:id|Id|ID|uuid|hash|sha256)s?$/;
/** Names of fields; what has another form may be somebody's words. */
const FIELD_NAME = /^[A-Za-z_$][A-Za-z0-9_$-]{0,40}$/;
/** What a call of a tool is called is the agent's own affair. */
const CALLS: ReadonlySet<string> = new Set([
  'functionCall',
  'functionResponse',
  'function_call',
  'function_response',
]);
const ENDING = /\.(?:png|jpe?g|gif|webp|mp4|mov|webm|mp3|wav|m4a|srt|vtt|txt|md|pdf|docx)$/i;
/** Heartbeats in words. */
const BEATS: ReadonlySet<string> = new Set([
  'ping',
  'heartbeat',
  'keepalive',
  'keep-alive',
  '[DONE]',
  '',
]);
const DEEPEST = 40;

export interface Placeholders {
  /** Of one id: `id-1`, `id-2`, … */
  id(value: string): string;
  text(value: string): string;
  /** Plain data. */
  json(value: unknown): unknown;
  /** JSON where it is, else text; the words of heartbeats stay. */
  body(value: string): string;
}

export function createPlaceholders(): Placeholders {
  const ids = new Map<string, string>();
  const addresses = new Map<string, string>();

  function id(value: string): string {
    const known = ids.get(value) ?? `id-${ids.size + 1}`;
    ids.set(value, known);
    return known;
  }

  function address(value: string): string {
    const known = addresses.get(value) ?? `{{address-${addresses.size + 1}}}`;
    addresses.set(value, known);
    return known;
  }

  const without = (value: string): string =>
    value
      .replace(/\p{Script=Han}/gu, '字')
      .replace(/\p{Lu}/gu, 'X')
      // Letters but those that stand for one by now.
      .replace(/[^\P{L}X字]|\p{M}/gu, 'x')
      .replace(/\p{N}/gu, '0');

  function text(value: string): string {
    let shown = '';
    let from = 0;
    for (const found of value.matchAll(ADDRESS)) {
      shown += without(value.slice(from, found.index)) + address(found[0]);
      from = found.index + found[0].length;
    }
    return shown + without(value.slice(from));
  }

  /** Text nodes and attributes are redacted; tags and figures stay. */
  const markup = (value: string): string =>
    value.replace(/(\s)([\w:-]+)="([^"]*)"|(>)([^<]+)/g, (_whole, space, name, held, end, words) =>
      end ? end + text(words) : `${space}${name}="${word(name, held)}"`,
    );

  function word(name: string, value: string): string {
    if (SECRET_NAME.test(name)) return 'hidden';
    if (FIGURE.test(value) || MOMENT.test(value)) return value;
    if (ID_NAME.test(name) && value !== '') return id(value);
    const plain = name.toLowerCase().replaceAll(/[_-]/g, '');
    if (KEPT_NAMES.has(plain) && WORD.test(value) && !TOKEN.test(value)) return value;
    const inner = parsed(value);
    if (inner !== undefined) return JSON.stringify(walk(inner.json, '', 0));
    if (/^\s*<[a-z]/i.test(value)) return markup(value);
    if (/^https?:\/\//i.test(value)) return text(value);
    const ending = ENDING.exec(value)?.[0] ?? '';
    return text(value.slice(0, value.length - ending.length)) + ending.toLowerCase();
  }

  function walk(value: unknown, name: string, depth: number): unknown {
    if (depth > DEEPEST) return null;
    if (typeof value === 'string') return word(name, value);
    if (typeof value === 'number')
      return ID_NAME.test(name) ? Number(id(String(value)).slice(3)) : value;
    if (Array.isArray(value)) return value.map((it) => walk(it, name, depth + 1));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => {
        const isTool =
          CALLS.has(name) && key === 'name' && typeof held === 'string' && /^\w{1,60}$/.test(held);
        return [FIELD_NAME.test(key) ? key : text(key), isTool ? held : walk(held, key, depth + 1)];
      }),
    );
  }

  return {
    id,
    text,
    json: (value) => walk(value, '', 0),
    body(value) {
      const inner = parsed(value);
      if (inner) return JSON.stringify(walk(inner.json, '', 0));
      return BEATS.has(value.trim()) ? value : text(value);
    },
  };
}

function parsed(value: string): { readonly json: object } | undefined {
  if (!/^\s*[[{]/.test(value)) return undefined;
  try {
    const json: unknown = JSON.parse(value);
    return typeof json === 'object' && json !== null ? { json } : undefined;
  } catch {
    return undefined;
  }
}
