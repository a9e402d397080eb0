/** The words of recorded clips that came before Slack had written them down, or had told all of them. */
import type { Clock } from '../../runtime/clock.ts';
import type { Log } from '../../runtime/log.ts';
import { retry } from '../../runtime/retry.ts';
import { type Attachment, ChatError, FileUnavailable } from '../chat.ts';
import { AWAITED, spokenIn } from './clip-words.ts';
import { wordsOf } from './file-locator.ts';
import { attachmentOf, type SlackFile } from './payloads.ts';

export interface Clips {
  /** With its words, where Slack tells them within some seconds; the sound is there in any case. */
  withWords(workspace: string, file: Attachment, signal: AbortSignal): Promise<Attachment>;
}

export interface ClipsOptions {
  readonly ask: (workspace: string, id: string, signal: AbortSignal) => Promise<SlackFile>;
  readonly read: (
    workspace: string,
    url: string,
    most: number,
    signal: AbortSignal,
  ) => Promise<string>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Five minutes of speech, the longest clip, are a few kilobytes. */
const MOST_BYTES = 1024 * 1024;
/** In product time; a clip of some seconds is written down within these. */
const PAUSES_MS = [2_000, 4_000, 6_000];

class StillListening extends Error {}

export function createClips({ ask, read, clock, log }: ClipsOptions): Clips {
  async function listened(workspace: string, file: Attachment, signal: AbortSignal) {
    if (wordsOf(file) !== AWAITED) return file;
    const again = (error: unknown) => error instanceof StillListening;
    const policy = { tries: PAUSES_MS.length + 1, pauses: PAUSES_MS, clock, signal, again };
    return retry(policy, async () => {
      const now = attachmentOf(await ask(workspace, file.id, signal));
      if (wordsOf(now) === AWAITED) throw new StillListening();
      return now;
    });
  }

  return {
    async withWords(workspace, file, signal) {
      if (!wordsOf(file)) return file;
      try {
        const known = await listened(workspace, file, signal);
        const words = wordsOf(known);
        if (!words) return known;
        const transcript = spokenIn(await read(workspace, words, MOST_BYTES, signal));
        return transcript === '' ? known : { ...known, voice: { transcript } };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const isMissed =
          error instanceof StillListening ||
          error instanceof FileUnavailable ||
          error instanceof ChatError;
        if (!isMissed) throw error;
        log.debug('the words of a clip are not told', { error });
        return file;
      }
    },
  };
}
