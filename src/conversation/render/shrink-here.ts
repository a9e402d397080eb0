/** A smaller copy that is made on this machine, where the backend gave none. */
import type { Readable } from 'node:stream';
import type { Render } from '../../ledger/ledger.ts';
import { OutputUnavailable } from '../../nemo/errors.ts';
import type { Common } from '../notes.ts';
import { retryTransient } from '../retry-transient.ts';
import type { TurnContext } from '../turn-context.ts';
import { videoName } from '../video-name.ts';
import { COPY_PART, captionOfCopy } from './copy-caption.ts';
import { postAsFile } from './deliver.ts';
import { readCut } from './kept-cut.ts';
import { FILE_PATIENCE, nameOf, sourcesOf } from './output-file.ts';
import { cutOf } from './render-cut.ts';
import { readVideoHead } from './video-head.ts';

/** Counted before each: one that brings the process down does so no more often. */
const MOST_TRIES = 2;

export async function shrinkHere(
  turn: TurnContext,
  whole: Render,
  copy: NonNullable<Common['copy']>,
): Promise<void> {
  const { job, deps, signal } = turn;
  const { shrink } = deps;
  if (!shrink || copy.shrunk >= MOST_TRIES) return;
  const { fileBytes: limit } = await turn.thread.limits();
  const bytes = job.task.type === 'copy' ? job.task.bytes : undefined;
  // It was refused for another size than the one that is known here.
  if (bytes !== undefined && bytes <= limit) return;
  await turn.note({ copy: { ...copy, shrunk: copy.shrunk + 1 } });
  const { seconds } = cutOf(readCut(await deps.ledger.cut(whole.id))?.snapshot);
  const made = await shrink.make(() => openWhole(turn, whole), { limit, seconds }, signal);
  if (!made) return;
  const description = turn.words.pictures.alt.video(await videoName(turn), seconds);
  const { bytes: size, open, remove: close } = made;
  const output = { name: nameOf(turn), bytes: size, description, open, close };
  await postAsFile(turn, output, captionOfCopy(turn), COPY_PART, limit);
}

async function openWhole(turn: TurnContext, render: Render): Promise<Readable | undefined> {
  for (const fetch of sourcesOf(turn, render)) {
    try {
      const { stream } = await retryTransient(turn, () => fetch(turn.signal), FILE_PATIENCE);
      if (await readVideoHead(stream)) return stream;
      stream.destroy();
    } catch (error) {
      if (turn.signal.aborted || !(error instanceof OutputUnavailable)) throw error;
    }
  }
  return undefined;
}
