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
import { captionsButton } from '../captions/caption-files.ts';
import { captionsWith, isSubtitled } from '../captions/video-captions.ts';
import { buttons } from '../compose-answer.ts';
import type { Cut } from '../job.ts';
import { orderedIn } from '../notes.ts';
import { retryTransient } from '../retry-transient.ts';
import type { TurnContext } from '../turn-context.ts';
import { videoName } from '../video-name.ts';
import { cutOf, entryOf } from './render-cut.ts';
import { readVideoHead } from './video-head.ts';

const partOf = (render: Render): string => `video-${render.id}`;

export async function deliver(turn: TurnContext, render: Render): Promise<void> {
  if (await postOutput(turn, render)) return;
  const caption = await captionOf(turn, render);
  const sorry = render.url ? turn.words.outputBroken : turn.words.outputGone;
  await turn.say({ ...caption, text: `${caption.text}\n\n${sorry}` }, partOf(render));
}

/** False: its file could not be had. */
export async function postOutput(turn: TurnContext, render: Render): Promise<boolean> {
  const { fileBytes: limit } = await turn.thread.limits();
  const opened = await openOutput(turn, render, limit);
  if (opened === 'unavailable') return false;
  const output = {
    ...opened,
    description: await altOf(turn, render),
    captions: await captionsWith(turn, render),
  };
  const part = partOf(render);
  const caption = await captionOf(turn, render);
  const reason = await postAsFile(turn, output, caption, part, limit);
  if (reason) await turn.say({ ...caption, text: `${caption.text}\n\n${reason}` }, part);
  return true;
}

/** Undefined: delivered. Else the sentence that goes with the link instead. */
async function postAsFile(
  turn: TurnContext,
  output: Output & Pick<FileSource, 'description' | 'captions'>,
  caption: OutgoingMessage,
  part: string,
  limit: number,
): Promise<string | undefined> {
  const { words, thread } = turn;
  const { bytes } = output;
  if (output.noRoom) return words.fileNoRoom;
  if (!thread.capabilities.files || bytes === undefined || bytes > limit) {
    await output.close();
    return thread.capabilities.files ? words.fileTooLarge(bytes, limit) : words.fileNotAllowed;
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
    await withCollectedBuffers(bytes, () => thread.postFile(file, caption, delivery));
    return undefined;
  } catch (error) {
    if (turn.signal.aborted) throw turn.signal.reason;
    if (error instanceof ChatError && error.reason !== 'unreachable') return words.fileThreadGone;
    if (!(error instanceof FileRefused)) throw error;
    turn.deps.log.warn('a video could not be posted as a file', { turn: turn.turn.id, error });
    switch (error.reason) {
      case 'too-large':
        return error.limit === undefined
          ? words.fileTooLargeHere
          : words.fileTooLarge(bytes, error.limit);
      case 'not-allowed':
        return words.fileNotAllowed;
      case 'storage-full':
        return words.fileStorageFull;
      case 'failed':
        return words.fileFailed;
    }
  } finally {
    await output.close();
  }
}

export async function captionOf(turn: TurnContext, render: Render): Promise<OutgoingMessage> {
  const { words } = turn;
  const entry = entryOf(turn);
  const details = await detailsOf(turn, render);
  return {
    text: [entry && words.batchEntry(entry), words.videoReady(render.url, details)]
      .filter(Boolean)
      .join('\n'),
    mention: [turn.job.message.author.id],
    buttons: entry
      ? []
      : [...buttons(words, true), ...(isSubtitled(turn, render) ? [captionsButton(words)] : [])],
  };
}

export async function detailsOf(turn: TurnContext, render: Render): Promise<string> {
  const { width, height, seconds } = await shapeOf(turn, render);
  return turn.words.details(width, height, seconds);
}

/** What the video is about, and its length, for those who do not see it. */
async function altOf(turn: TurnContext, render: Render): Promise<string> {
  const { seconds } = await shapeOf(turn, render);
  return turn.words.pictures.alt.video(await videoName(turn), seconds);
}

/** As it was when the render was ordered; of one that another turn ordered, as the draft is now. */
async function shapeOf({ deps, job, notes, signal }: TurnContext, render: Render): Promise<Cut> {
  const noted = job.task.type === 'watch' ? job.task.cut : orderedIn(notes)?.cut;
  if (noted) return noted;
  const state = await deps.nemo.state(render.session, signal).catch((error: unknown) => {
    if (signal.aborted || !(error instanceof NemoError)) throw error;
    return undefined; // Only the details are missing from the caption then.
  });
  return cutOf(state);
}

interface Output {
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
async function openOutput(
  turn: TurnContext,
  render: Render,
  limit: number,
): Promise<Output | 'unavailable'> {
  const { nemo } = turn.deps;
  const { url } = render;
  const sources: ((signal: AbortSignal) => Promise<Download>)[] = [
    ...(url ? [(signal: AbortSignal) => nemo.fetchOutput(url, signal)] : []),
    (signal) => nemo.fetchRender(render.id, signal),
  ];
  for (const fetch of sources) {
    const opened = await tryOutput(turn, fetch, limit);
    if (opened) return opened;
  }
  return 'unavailable';
}

/** The host of a finished file is asked again a little later: it may only be busy. */
export const FILE_PATIENCE = { looks: 3, pause: 5_000 } as const;

async function tryOutput(
  turn: TurnContext,
  fetch: (signal: AbortSignal) => Promise<Download>,
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

const nameOf = (turn: TurnContext): string =>
  `${entryOf(turn)?.name ?? `video-${new Date(turn.deps.clock.now()).toISOString().slice(0, 10)}`}.mp4`;
