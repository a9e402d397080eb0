/** How the app at Slack differs from the manifest that this version of the bot wants. Pure. */

export interface Drift {
  /** Where in the manifest, as `settings.event_subscriptions.bot_events`. */
  readonly path: string;
  /** In words, what is different there. */
  readonly says: string;
  /** Only words and colours: an operator may have others, and everything works. */
  readonly wording: boolean;
}

const WORDING =
  /^display_information|agent_description|suggested_prompts|display_name|always_online|\.(?:description|usage_hint|name)$/;
/** How a part of a list is known again. */
const NAMED_BY = ['command', 'callback_id', 'title'] as const;

type Part = Readonly<Record<string, unknown>>;

/** What only the app has is left alone, but for lists: a surplus scope or event is told. */
export function manifestDrift(ours: Part, theirs: Part): Drift[] {
  return inParts(ours, theirs, '');
}

function inParts(ours: Part, theirs: Part, at: string): Drift[] {
  return Object.entries(ours).flatMap(([name, wanted]) =>
    compare(wanted, theirs[name], at === '' ? name : `${at}.${name}`),
  );
}

function compare(wanted: unknown, found: unknown, path: string): Drift[] {
  if (Array.isArray(wanted)) return inLists(wanted, Array.isArray(found) ? found : [], path);
  if (isPart(wanted)) {
    if (isPart(found)) return inParts(wanted, found, path);
    return isNothing(wanted) ? [] : [drift(path, 'is not there')];
  }
  if (plain(wanted) === plain(found)) return [];
  return [drift(path, `is ${shown(found)} there, and should be ${shown(wanted)}`)];
}

function inLists(wanted: readonly unknown[], found: readonly unknown[], path: string): Drift[] {
  const known = new Map(found.map((each) => [keyOf(each), each]));
  const names = new Set(wanted.map(keyOf));
  const missing = [...names].filter((name) => !known.has(name));
  const surplus = [...known.keys()].filter((name) => !names.has(name));
  return [
    ...(missing.length > 0 ? [drift(path, `lacks ${missing.join(', ')}`)] : []),
    ...(surplus.length > 0 ? [drift(path, `has ${surplus.join(', ')} besides`)] : []),
    ...wanted.flatMap((each) => {
      const there = known.get(keyOf(each));
      return isPart(each) && isPart(there) ? inParts(each, there, `${path}[${keyOf(each)}]`) : [];
    }),
  ];
}

const drift = (path: string, says: string): Drift => ({ path, says, wording: WORDING.test(path) });

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Slack leaves out what is off or empty. */
const isNothing = (part: Part): boolean =>
  Object.values(part).every((value) => plain(value) === '' || (isPart(value) && isNothing(value)));

const plain = (value: unknown): string =>
  value === undefined || value === false || (Array.isArray(value) && value.length === 0)
    ? ''
    : String(value).replaceAll(/\s+/g, ' ').trim();

function keyOf(value: unknown): string {
  if (!isPart(value)) return String(value);
  const name = NAMED_BY.find((each) => typeof value[each] === 'string');
  return name ? String(value[name]) : JSON.stringify(value);
}

function shown(value: unknown): string {
  const text = plain(value);
  if (text === '') return value === false ? 'off' : 'empty';
  return value === true ? 'on' : `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
