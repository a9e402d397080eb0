/** A finished video as a file that can be passed on: where it is fetched from, and what has to be on disk first. */
import type { Render } from '../../ledger/ledger.ts';
import { OutputUnavailable } from '../../nemo/errors.ts';
import type { Download } from '../../nemo/nemo.ts';
import type { FileSource } from '../../platforms/chat.ts';
import { retryTransient } from '../retry-transient.ts';
import type { TurnContext } from '../turn-context.ts';
import { entryOf } from './render-cut.ts';
import { readVideoHead } from './video-head.ts';

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

/** The link's own host first, without our token; then the API's download route. Whoever asks for the next has closed the one before. */
export async function* outputsOf(
  turn: TurnContext,
  render: Render,
  limit: number,
): AsyncGenerator<Output, undefined> {
  for (const fetch of sourcesOf(turn, render)) {
    const opened = await tryOutput(turn, fetch, limit);
    if (opened) yield opened;
  }
}

export async function openOutput(
  turn: TurnContext,
  render: Render,
  limit: number,
): Promise<Output | 'unavailable'> {
  const { value } = await outputsOf(turn, render, limit).next();
  return value ?? 'unavailable';
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
