/** Brings a finished render to the person: as a file where the place takes it, and as a link, always. */

import type { Render } from '../../ledger/ledger.ts';
import { NemoError } from '../../nemo/errors.ts';
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
import { voteValue } from '../feedback/take-feedback.ts';
import type { Cut } from '../job.ts';
import { orderedIn } from '../notes.ts';
import { videoButtons } from '../prompts/buttons.ts';
import type { TurnContext } from '../turn-context.ts';
import { versionButtons } from '../versions/version-buttons.ts';
import { unmetShape, versionWished } from '../versions/version-wish.ts';
import { videoName } from '../video-name.ts';
import { readCut } from './kept-cut.ts';
import { type Output, outputsOf } from './output-file.ts';
import { cutOf, entryOf } from './render-cut.ts';

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
  const part = partOf(render);
  const cut = await shapeOf(turn, render);
  const caption = captionIn(turn, render, cut);
  const description = await describe(turn, cut);
  let link: (AsLink & Pick<Output, 'bytes'>) | undefined;
  for await (const opened of outputsOf(turn, render, limit)) {
    const output = { ...opened, description, captions: await captionsWith(turn, render) };
    const posted = await postAsFile(turn, output, caption, part, limit);
    if (!('instead' in posted)) return { message: posted.id, tooLarge: false };
    link = { ...posted, bytes: opened.bytes };
    // What breaks off on one way, or is shorter than said, may come whole on the other.
    if (!posted.failed) break;
  }
  if (!link) return undefined;
  const said = await turn.say({ ...caption, text: `${caption.text}\n\n${link.instead}` }, part);
  return { message: said?.id, tooLarge: link.tooLarge, bytes: link.bytes };
}

/** Not as a file: the sentence that goes with the link. */
interface AsLink {
  readonly instead: string;
  readonly tooLarge: boolean;
  /** It was not brought there whole; nothing was said against it. */
  readonly failed: boolean;
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
  const because = (instead: string, how: Partial<AsLink> = {}): AsLink => ({
    tooLarge: false,
    failed: false,
    ...how,
    instead,
  });
  if (output.noRoom) return because(words.fileNoRoom);
  if (!thread.capabilities.files || bytes === undefined || bytes > limit) {
    await output.close();
    return thread.capabilities.files
      ? because(words.fileTooLarge(bytes, limit), { tooLarge: true })
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
    turn.deps.metrics.bytes('down', bytes);
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
          ? because(words.fileTooLargeHere, { tooLarge: true })
          : because(words.fileTooLarge(bytes, error.limit), { tooLarge: true });
      case 'not-allowed':
        return because(words.fileNotAllowed);
      case 'storage-full':
        return because(words.fileStorageFull);
      case 'failed':
        return because(words.fileFailed, { failed: true });
    }
  } finally {
    await output.close();
  }
}

export const captionOf = async (turn: TurnContext, render: Render): Promise<OutgoingMessage> =>
  captionIn(turn, render, await shapeOf(turn, render));

function captionIn(turn: TurnContext, render: Render, cut: Cut): OutgoingMessage {
  const { words } = turn;
  const entry = entryOf(turn);
  const { details, unmet } = about(turn, render, cut);
  const { held } = turn.notes;
  const head = entry && [words.batchEntry(entry), ...(held ? ['', held, ''] : [])];
  const lines = [...(head ?? []), words.videoReady(render.url, details), ...(unmet ? [unmet] : [])];
  return {
    text: lines.join('\n'),
    mention: [turn.job.message.author.id],
    buttons: entry
      ? []
      : [
          ...videoButtons(words, turn.turn.id, cut),
          ...(isSubtitled(turn, render) ? [captionsButton(words)] : []),
          ...versionButtons(words, render.version),
        ],
    feedback: {
      good: { label: words.feedback.good, value: voteValue('good', render.id) },
      bad: { label: words.feedback.bad, value: voteValue('bad', render.id) },
    },
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
export const altOf = async (turn: TurnContext, render: Render): Promise<string> =>
  describe(turn, await shapeOf(turn, render));

const describe = async (turn: TurnContext, { seconds }: Cut): Promise<string> =>
  turn.words.pictures.alt.video(await videoName(turn), seconds);

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
