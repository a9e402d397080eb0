/** Whether a finished run is exported without another word: AUTO_EXPORT, or a wish in the message itself. Pure. */
import { isExportable } from '../../nemo/timeline.ts';
import type { RunResult } from '../agent/listen.ts';
import type { Settled } from '../agent/settle.ts';
import type { Deps } from '../turn-context.ts';

export interface ExportQuestion {
  readonly mode: Deps['rules']['autoExport'];
  readonly settled: Settled;
  readonly heard: Pick<RunResult, 'question'>;
  /** Finished videos that the project has delivered so far. */
  readonly videos: number;
  /** One of several videos from one message: each is exported. */
  readonly inBatch: boolean;
  /** The message, or the agent, speaks of the video as a file. */
  readonly asked: boolean;
  /** The turn is about nothing else than a change that is exported. */
  readonly follows: boolean;
}

export function isExportDue(question: ExportQuestion): boolean {
  const { mode, settled, heard, videos, inBatch, asked, follows } = question;
  // The agent waits for an answer: what is there is not what was wanted yet.
  if (heard.question || !isExportable(settled.after.timeline)) return false;
  if (follows) return settled.changed;
  // In a batch what has not changed is the video before.
  if (asked && (settled.changed || !inBatch)) return true;
  return settled.changed && (inBatch || mode === 'always' || (mode === 'first' && videos === 0));
}
