/** "Captions": the words of the video with their times, as a file in the thread. */

import { DocumentUnreadable } from '../../documents/document.ts';
import type { Cue } from '../../documents/subtitles/read-subtitles.ts';
import { readCues } from '../../documents/subtitles/read-subtitles.ts';
import { isExportable } from '../../nemo/timeline.ts';
import { type Attachment, FileUnavailable, type OutgoingMessage } from '../../platforms/chat.ts';
import { sayWithFile } from '../say-with-file.ts';
import type { TurnContext } from '../turn-context.ts';
import { videoName } from '../video-name.ts';
import { srtFile } from './caption-files.ts';
import { captionsOf } from './captions-of.ts';
import { inStep } from './match-script.ts';

export async function tellCaptions(turn: TurnContext): Promise<void> {
  const { deps, project, words, signal } = turn;
  const told = words.captions;
  const state = project?.sessionId ? await deps.nemo.state(project.sessionId, signal) : undefined;
  if (!state || !isExportable(state.timeline)) return say(turn, { text: words.exportNothing });
  const onTrack = captionsOf(state.timeline);
  if (onTrack) return post(turn, onTrack, told.fromTrack(onTrack.length));
  const script = project?.subtitles;
  if (!script) return say(turn, noneYet(turn));
  const cues = await cuesOf(turn, script);
  if (!cues) return say(turn, { text: told.scriptGone(script.name) });
  const timed = inStep(cues, state.timeline);
  if (!timed) return say(turn, { ...noneYet(turn), text: told.notInStep(script.name) });
  await post(turn, timed, told.fromScript(script.name, timed.length));

  async function post(it: TurnContext, list: readonly Cue[], text: string): Promise<void> {
    const file = srtFile(list, { words, name: await videoName(it) });
    await sayWithFile(it, { text }, file, PART, { text: told.notTaken });
  }
}

const PART = 'captions';

const say = async (turn: TurnContext, message: OutgoingMessage): Promise<void> =>
  void (await turn.say(message, PART));

/** Whoever wants them has them made by one press. */
function noneYet({ words }: TurnContext): OutgoingMessage {
  const { none, add, addWords } = words.captions;
  return { text: none, buttons: [{ label: add, does: { action: 'prompt', value: addWords } }] };
}

/** The script as it was sent; undefined where it can't be had any more. */
async function cuesOf(turn: TurnContext, file: Attachment): Promise<Cue[] | undefined> {
  const { deps, platform, job, signal } = turn;
  try {
    const { stream, bytes } = await platform.openFile(job.message.thread, file, signal);
    const { name, mime } = file;
    const { text } = await deps.documents.read({ name, mime, stream, bytes }, signal);
    const cues = readCues(text);
    return cues.length > 0 ? cues : undefined;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof FileUnavailable || error instanceof DocumentUnreadable)) throw error;
    deps.log.info('a subtitle script could not be read once more', { turn: turn.turn.id, error });
    return undefined;
  }
}
