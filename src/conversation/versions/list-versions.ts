/** The list of a thread's versions, and what has changed between two of them, in words. */
import type { Words } from '../../locales/locale.ts';
import {
  ChatError,
  type OutgoingMessage,
  type ThreadRef,
  threadKey,
} from '../../platforms/chat.ts';
import { within } from '../../runtime/deadline.ts';
import type { KeptCut } from '../render/kept-cut.ts';
import { cutOf } from '../render/render-cut.ts';
import { diffTimelines } from '../timeline/timeline-diff.ts';
import { type Deps, platformOf } from '../turn-context.ts';
import { listButtons } from './version-buttons.ts';
import { keptCutOf, type Version, versionsOf } from './versions.ts';

/** More is a flood in a chat; of those before, their number. */
const MOST_LISTED = 10;
/** Real milliseconds that the addresses of messages are waited for: they only adorn. */
const GLANCE_MS = 2_000;

type Reading = Pick<Deps, 'ledger' | 'platforms' | 'timers' | 'log'>;

/** What is said of one version beside its number. */
export interface VersionNews {
  readonly version: Version;
  /** Its size and length. */
  readonly details: string;
  /** What has changed since the version before; none of the first. */
  readonly changes: readonly string[];
}

/** The newest of them, in order, each with what has changed since the one before. */
export async function newsOf(
  ledger: Reading['ledger'],
  versions: readonly Version[],
  words: Words,
): Promise<readonly VersionNews[]> {
  const shown = versions.slice(-MOST_LISTED);
  const [first] = shown;
  let before = first && (await cutBefore(ledger, versions, first));
  const news: VersionNews[] = [];
  for (const version of shown) {
    const kept = await keptCutOf(ledger, version);
    const { width, height, seconds } = cutOf(kept?.snapshot);
    const isFirst = version === versions[0];
    const changes = isFirst ? [] : changesIn(words, before, kept);
    news.push({ version, details: words.details(width, height, seconds), changes });
    before = kept;
  }
  return news;
}

async function cutBefore(
  ledger: Reading['ledger'],
  versions: readonly Version[],
  version: Version,
): Promise<KeptCut | undefined> {
  const before = versions[versions.indexOf(version) - 1];
  return before && keptCutOf(ledger, before);
}

function changesIn(
  words: Words,
  before: KeptCut | undefined,
  after: KeptCut | undefined,
): readonly string[] {
  if (!before || !after) return [words.versions.notComparable];
  const changes = diffTimelines(before.snapshot, after.snapshot);
  return changes.length > 0 ? words.changes(changes) : [words.versions.nothingToSee];
}

export async function versionsAnswer(
  deps: Reading,
  thread: ThreadRef,
  words: Words,
): Promise<OutgoingMessage> {
  const versions = await versionsOf(deps.ledger, threadKey(thread));
  if (versions.length === 0) return { text: words.versions.none };
  const news = await newsOf(deps.ledger, versions, words);
  const links = await Promise.all(news.map(({ version }) => linkTo(deps, thread, version)));
  const entries = news.map(({ version, details, changes }, index) => {
    const { number, at, url } = version;
    const lines = [
      words.versions.entry(words.versions.name(number), words.versions.when(at), details),
      ...changes,
      links[index],
      url,
    ];
    return lines.filter(Boolean).join('\n');
  });
  const more = versions.length - news.length;
  const lines = [
    words.versions.title(versions.length),
    ...entries.reverse(),
    more > 0 ? words.versions.more(more) : undefined,
    words.versions.hint(words.versions.name(versions[0]?.number ?? 1)),
  ];
  return {
    text: lines.filter(Boolean).join('\n\n'),
    buttons: listButtons(
      words,
      versions.map(({ number }) => number),
    ),
  };
}

/** Undefined where messages have no addresses, or it is not there at once. */
async function linkTo(
  deps: Reading,
  thread: ThreadRef,
  { message }: Version,
): Promise<string | undefined> {
  const platform = platformOf(deps, thread);
  if (message === undefined || !platform.linkToMessage) return undefined;
  const link = platform.linkToMessage(thread, message).catch((error: unknown) => {
    if (!(error instanceof ChatError)) throw error;
    deps.log.debug('the address of a message could not be had', { error });
    return undefined;
  });
  return within(GLANCE_MS, undefined, () => link, deps.timers);
}

/** `pair`: as it was asked for; the last two where none was named. */
export async function compareAnswer(
  deps: Reading,
  thread: ThreadRef,
  words: Words,
  pair: readonly [number, number] | undefined,
): Promise<OutgoingMessage> {
  const versions = await versionsOf(deps.ledger, threadKey(thread));
  const newest = versions.at(-1);
  if (!newest) return { text: words.versions.none };
  const wanted = pair ?? lastTwo(versions);
  if (!wanted) return { text: words.versions.onlyOne };
  const found = wanted.map((number) => versions.find((it) => it.number === number));
  const [one, other] = found;
  if (!one || !other) {
    const missing = wanted[found.indexOf(undefined)] ?? 0;
    const { name } = words.versions;
    return { text: words.versions.unknown(name(missing), name(newest.number)) };
  }
  const [before, after] = await Promise.all([
    keptCutOf(deps.ledger, one),
    keptCutOf(deps.ledger, other),
  ]);
  const [from, to] = [words.versions.name(one.number), words.versions.name(other.number)];
  const changes = one === other ? [words.versions.nothingToSee] : changesIn(words, before, after);
  return { text: [words.versions.compared(from, to), ...changes].join('\n') };
}

function lastTwo(versions: readonly Version[]): readonly [number, number] | undefined {
  const [before, last] = versions.slice(-2);
  return before && last ? [before.number, last.number] : undefined;
}
