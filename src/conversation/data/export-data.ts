/**
 * What is stored of a person, as a file for them alone. A card first, so that nobody gets a file by a slip; reading changes
 * nothing, so that a second press gives it once more.
 */
import type { Turn } from '../../ledger/ledger.ts';
import {
  type ButtonPress,
  type Command,
  type FileSource,
  threadKey,
} from '../../platforms/chat.ts';
import type { InteractionContext } from '../interaction.ts';
import { jobIn } from '../job.ts';
import { readNotes, UnreadableNotes } from '../notes.ts';
import { refOf } from '../recent-threads.ts';
import { textFile } from '../text-file.ts';
import type { Deps } from '../turn-context.ts';
import { isoTime } from './iso-time.ts';
import { NEMO_PRIVACY } from './nemo-pages.ts';

const AT_ONCE = 100;
/** Characters of words, after which no more are read: what a file of a chat may hold, and a process in memory. */
const MOST_CHARS = 8_000_000;

type Asked = InteractionContext<ButtonPress | Command>;

export async function commandExportData(asked: InteractionContext<Command>): Promise<void> {
  const { event, deps, words, respond } = asked;
  const { platform, person } = event;
  const record = await deps.ledger.onRecord({ platform, person: person.id });
  if (record.turns === 0 && record.threads === 0) return respond({ text: words.data.nothing });
  await respond({
    text: words.data.exportCard(record),
    buttons: [{ label: words.data.exportButton, does: { action: 'export-data' } }],
  });
}

export async function pressExportData(asked: InteractionContext<ButtonPress>): Promise<void> {
  const { event, deps, words, respond, signal } = asked;
  const file = await dataFile(asked, signal);
  const message = { text: words.data.exported(NEMO_PRIVACY) };
  const send = deps.platforms.get(event.platform)?.sendPrivately;
  if (!send) return respond(message, undefined, file);
  const where = await send({ ...event, key: event.key }, message, file, signal);
  if (where === 'directly') await respond({ text: words.data.exportedDirectly });
}

async function dataFile({ deps, words, event }: Asked, signal: AbortSignal): Promise<FileSource> {
  const about = {
    name: 'nemo-data.json',
    mime: 'application/json',
    description: words.data.exportDescription,
  };
  const stored = await storedOf(deps, event.platform, event.person.id, signal);
  return textFile(about, deps.redact(`${JSON.stringify(stored, undefined, 2)}\n`));
}

/** No ids of the backend's, no addresses of files: who has those may get at more than what is theirs. */
export async function storedOf(
  deps: Pick<Deps, 'ledger' | 'projects' | 'talk' | 'clock'>,
  platform: string,
  person: string,
  signal: AbortSignal,
) {
  const scope = { platform, person };
  const projects: object[] = [];
  for (let after = ''; ; ) {
    const keys = await deps.ledger.threadsOf(scope, after, AT_ONCE);
    for (const key of keys) {
      signal.throwIfAborted();
      projects.push(await projectOf(deps, key, person));
    }
    const last = keys.at(-1);
    if (last === undefined) break;
    after = last;
  }
  const requests: object[] = [];
  let chars = 0;
  let complete = true;
  for (let after = 0; complete; ) {
    const turns = await deps.ledger.turnsOf(scope, after, AT_ONCE);
    for (const turn of turns) {
      signal.throwIfAborted();
      const request = requestOf(turn);
      chars += JSON.stringify(request).length;
      requests.push(request);
    }
    complete = chars < MOST_CHARS;
    const last = turns.at(-1);
    if (last === undefined) break;
    after = last.order;
  }
  return { platform, person, at: isoTime(deps.clock.now()), complete, projects, requests };
}

type Key = Parameters<Deps['ledger']['thread']>[0];

async function projectOf(
  { ledger, projects, talk }: Pick<Deps, 'ledger' | 'projects' | 'talk'>,
  key: Key,
  person: string,
): Promise<object> {
  const known = await ledger.thread(key);
  if (!known) return { project: key };
  const thread = refOf(known);
  const shared = await ledger.othersTookPart(threadKey(thread), person);
  const project = await projects.of(thread);
  const { credits, complete } = await ledger.spent({ thread: key });
  const renders = await ledger.renders(key);
  const { voice } = await talk.of(thread);
  return {
    project: key,
    ...{ workspace: thread.workspace, channel: thread.channel, thread: thread.thread },
    // The first words in it, and the names of its files, may be those of others.
    ...(shared ? { shared } : { name: known.name, files: project?.media.map(({ name }) => name) }),
    lastUsed: isoTime(known.touchedAt),
    ...{ language: project?.language, title: project?.title, videos: project?.videos },
    versions: renders.flatMap(({ version, createdAt }) =>
      version === undefined ? [] : [{ version, ordered: isoTime(createdAt) }],
    ),
    creditsSpent: credits,
    creditsComplete: complete,
    spokeHere: voice === person,
  };
}

/** Of notes that cannot be read nothing is known, and the rest is its person's all the same. */
function answerIn({ notes, phase }: Turn): string | undefined {
  try {
    const read = readNotes(notes, phase);
    return 'reply' in read ? read.reply?.message.text : undefined;
  } catch (error) {
    if (!(error instanceof UnreadableNotes)) throw error;
    return undefined;
  }
}

function requestOf(turn: Turn): object {
  const common = { project: turn.thread, at: isoTime(turn.acceptedAt), state: turn.phase };
  const job = jobIn(turn.payload);
  // Its person gets it as it stands.
  if (!job) return { ...common, text: turn.payload };
  const { text, attachments, quoted, author } = job.message;
  const answer = answerIn(turn);
  return {
    ...common,
    ...{ asked: job.task.type, name: author.name, locale: author.locale, text },
    files: attachments.map(({ name, bytes }) => ({ name, bytes })),
    ...(quoted ? { quoted: quoted.text } : {}),
    ...(answer === undefined ? {} : { answer }),
  };
}
