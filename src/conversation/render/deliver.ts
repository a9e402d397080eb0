/** Brings a finished render to the person: as a file where the place takes it, and as a link, always. */

import type { Render } from '../../ledger/ledger.ts';
import { NemoError, OutputUnavailable } from '../../nemo/errors.ts';
import type { Download } from '../../nemo/nemo.ts';
import { withCollectedBuffers } from '../../net/transfer-memory.ts';
import {
  ChatError,
  FileRefused,
  type FileSource,
  type OutgoingMessage,
} from '../../platforms/chat.ts';
import type { MessageId } from '../../runtime/ids.ts';
import { captionsButton } from '../captions/caption-files.ts';
import { captionsWith, isSubtitled } from '../captions/video-captions.ts';
import type { Cut } from '../job.ts';
import { orderedIn } from '../notes.ts';
import { videoButtons } from '../prompts/buttons.ts';
import { retryTransient } from '../retry-transient.ts';
import type { TurnContext } from '../turn-context.ts';
import { versionButtons } from '../versions/version-buttons.ts';
import { unmetShape, versionWished } from '../versions/version-wish.ts';
import { videoName } from '../video-name.ts';
import { readCut } from './kept-cut.ts';
import { cutOf, entryOf } from './render-cut.ts';
import { readVideoHead } from './video-head.ts';

const partOf = (render: Render): string => `video-${render.id}`;

export interface Delivered {
  /** Undefined: it went to its person directly, or shows nobody knows where. */
  readonly message: MessageId | undefined;
  /** The place takes no file of that size, and has the link alone. */
  readonly tooLarge: boolean;
  /** As its host has said. */
  readonly bytes?: number | undefined;
}

export async function deliver(turn: TurnContext, render: Render): Promise<Delivered> {
  const posted = await postOutput(turn, render);
  if (posted) return posted;
  const caption = await captionOf(turn, render);
  const sorry = render.url ? turn.words.outputBroken : turn.words.outputGone;
  const said = await turn.say({ ...caption, text: `${caption.text}\n\n${sorry}` }, partOf(render));
  return { message: said?.id, tooLarge: false };
}

/** Undefined: its file could not be had. */
export async function postOutput(
  turn: TurnContext,
  render: Render,
): Promise<Delivered | undefined> {
  const { fileBytes: limit } = await turn.thread.limits();
  const opened = await openOutput(turn, render, limit);
  if (opened === 'unavailable') return undefined;
  const output = {
    ...opened,
    description: await altOf(turn, render),
    captions: await captionsWith(turn, render),
  };
  const part = partOf(render);
  const caption = await captionOf(turn, render);
  const posted = await postAsFile(turn, output, caption, part, limit);
  if (!('instead' in posted)) return { message: posted.id, tooLarge: false };
  const text = `${caption.text}\n\n${posted.instead}`;
  const said = await turn.say({ ...caption, text }, part);
  return { message: said?.id, tooLarge: posted.tooLarge, bytes: output.bytes };
}

/** Not as a file: the sentence that goes with the link. */
interface AsLink {
  readonly instead: string;
  readonly tooLarge: boolean;
}

export async function postAsFile(
  turn: TurnContext,
  output: Output & Pick<FileSource, 'description' | 'captions'>,
  caption: OutgoingMessage,
  part: string,
  limit: number,
): Promise<{ readonly id: MessageId | undefined } | AsLink> {
  const { words, thread } = turn;
  const { bytes } = output;
  const because = (instead: string, tooLarge = false): AsLink => ({ instead, tooLarge });
  if (output.noRoom) return because(words.fileNoRoom);
  if (!thread.capabilities.files || bytes === undefined || bytes > limit) {
    await output.close();
    return thread.capabilities.files
      ? because(words.fileTooLarge(bytes, limit), true)
      : because(words.fileNotAllowed);
  }
  const file: FileSource = {
    name: output.name,
    bytes,
    mime: 'video/mp4',
    description: output.description,
    captions: output.captions,
    open: output.open,
  };
  const delivery = { key: `${turn.turn.id}:${part}`, again: turn.resumed, signal: turn.signal };
  try {
    const posted = await withCollectedBuffers(bytes, () =>
      thread.postFile(file, caption, delivery),
    );
    return { id: posted?.id };
  } catch (error) {
    if (turn.signal.aborted) throw turn.signal.reason;
    if (error instanceof ChatError && error.reason !== 'unreachable')
      return because(words.fileThreadGone);
    if (!(error instanceof FileRefused)) throw error;
    turn.deps.log.warn('a video could not be posted as a file', { turn: turn.turn.id, error });
    switch (error.reason) {
      case 'too-large':
        return error.limit === undefined
          ? because(words.fileTooLargeHere, true)
          : because(words.fileTooLarge(bytes, error.limit), true);
      case 'not-allowed':
        return because(words.fileNotAllowed);
      case 'storage-full':
        return because(words.fileStorageFull);
      case 'failed':
        return because(words.fileFailed);
    }
  } finally {
    await output.close();
  }
}

export async function captionOf(turn: TurnContext, render: Render): Promise<OutgoingMessage> {
  const { words } = turn;
  const entry = entryOf(turn);
  const cut = await shapeOf(turn, render);
  const { details, unmet } = about(turn, render, cut);
  const lines = [entry && words.batchEntry(entry), words.videoReady(render.url, details), unmet];
  return {
    text: lines.filter(Boolean).join('\n'),
    mention: [turn.job.message.author.id],
    buttons: entry
      ? []
      : [
          ...videoButtons(words, turn.turn.id, cut),
          ...(isSubtitled(turn, render) ? [captionsButton(words)] : []),
          ...versionButtons(words, render.version),
        ],
  };
}

/** Which version it is, its shape, and that this is not the one that was asked for. */
interface About {
  readonly details: string;
  readonly unmet: string | undefined;
}

function about(turn: TurnContext, { version }: Render, cut: Cut): About {
  const { words } = turn;
  const size = words.details(cut.width, cut.height, cut.seconds);
  const { name, named } = words.versions;
  return {
    details: version === undefined ? size : named(name(version), size),
    unmet: unmetShape(words, versionWished(turn), cut),
  };
}

export const aboutOf = async (turn: TurnContext, render: Render): Promise<About> =>
  about(turn, render, await shapeOf(turn, render));

/** What the video is about, and its length, for those who do not see it. */
export async function altOf(turn: TurnContext, render: Render): Promise<string> {
  const { seconds } = await shapeOf(turn, render);
  return turn.words.pictures.alt.video(await videoName(turn), seconds);
}

/** As it was when the render was ordered; of one of an earlier version, as the draft is now. */
async function shapeOf({ deps, job, notes, signal }: TurnContext, render: Render): Promise<Cut> {
  const noted = job.task.type === 'watch' ? job.task.cut : orderedIn(notes)?.cut;
  if (noted) return noted;
  const kept = readCut(await deps.ledger.cut(render.id));
  if (kept) return cutOf(kept.snapshot);
  const state = await deps.nemo.state(render.session, signal).catch((error: unknown) => {
    if (signal.aborted || !(error instanceof NemoError)) throw error;
    return undefined; // Only the details are missing from the caption then.
  });
  return cutOf(state);
}

export interface Output {
  readonly name: string;
  /** Undefined: more than the place takes, and no host said how much. */
  readonly bytes: number | undefined;
  /** It has to be put on disk first, and there is no room for it. */
  readonly noRoom?: true;
  open(signal?: AbortSignal): ReturnType<FileSource['open']>;
  /** Lets go of a connection that was not used, or of the file on disk. */
  close(): Promise<void>;
}

/** The link's own host first, without our token; then the API's download route. */
export async function openOutput(
  turn: TurnContext,
  render: Render,
  limit: number,
): Promise<Output | 'unavailable'> {
  for (const fetch of sourcesOf(turn, render)) {
    const opened = await tryOutput(turn, fetch, limit);
    if (opened) return opened;
  }
  return 'unavailable';
}

type Fetch = (signal: AbortSignal) => Promise<Download>;

export function sourcesOf({ deps }: TurnContext, { url, id }: Render): readonly Fetch[] {
  const { nemo } = deps;
  return [
    ...(url ? [(signal: AbortSignal) => nemo.fetchOutput(url, signal)] : []),
    (signal) => nemo.fetchRender(id, signal),
  ];
}

/** The host of a finished file is asked again a little later: it may only be busy. */
export const FILE_PATIENCE = { looks: 3, pause: 5_000 } as const;

async function tryOutput(
  turn: TurnContext,
  fetch: Fetch,
  limit: number,
): Promise<Output | undefined> {
  const name = nameOf(turn);
  try {
    const first = await retryTransient(turn, () => fetch(turn.signal), FILE_PATIENCE);
    if (!(await readVideoHead(first.stream))) {
      first.stream.destroy();
      return undefined; // A page or an error text where the video should be.
    }
    if (first.bytes === undefined) return await fromDisk(turn, first, name, limit);
    let unused = [first.stream];
    return {
      name,
      bytes: first.bytes,
      async open(signal) {
        const [stream] = unused;
        unused = [];
        return stream ?? (await fetch(signal ?? turn.signal)).stream;
      },
      async close() {
        for (const stream of unused) stream.destroy();
      },
    };
  } catch (error) {
    if (turn.signal.aborted || !(error instanceof OutputUnavailable)) throw error;
    return undefined;
  }
}

async function fromDisk(
  turn: TurnContext,
  download: Download,
  name: string,
  limit: number,
): Promise<Output> {
  const spooled = await turn.deps.spool.take(download.stream, limit, turn.signal);
  if (typeof spooled === 'object')
    return { name, bytes: spooled.bytes, open: spooled.open, close: spooled.remove };
  const none = new OutputUnavailable(
    'download',
    'refused',
    `the file was not put on disk: ${spooled}`,
  );
  if (spooled === 'no-room')
    turn.deps.log.warn('there is no room on disk to pass a video on', { turn: turn.turn.id });
  return {
    name,
    bytes: undefined,
    ...(spooled === 'no-room' ? { noRoom: true } : {}),
    open: () => Promise.reject(none),
    close: async () => {},
  };
}

export const nameOf = (turn: TurnContext): string =>
  `${entryOf(turn)?.name ?? `video-${new Date(turn.deps.clock.now()).toISOString().slice(0, 10)}`}.mp4`;
