/** Composes the answer of a turn from what was heard and what has changed. Pure. */

import type { Words } from '../locales/locale.ts';
import { CreditsExhausted } from '../nemo/errors.ts';
import { isExportable, tracksOf } from '../nemo/timeline.ts';
import type { Button, OutgoingMessage } from '../platforms/chat.ts';
import type { TurnId } from '../runtime/ids.ts';
import { abridged, readable } from './abridge.ts';
import type { RunResult } from './agent/listen.ts';
import { refusalAmong } from './agent/refusal.ts';
import type { Settled } from './agent/settle.ts';
import { captionsButton } from './captions/caption-files.ts';
import { captionsOf } from './captions/captions-of.ts';
import type { BatchEntry } from './job.ts';
import { translateGuiTalk } from './language/gui-talk.ts';
import { unsupportedWishes } from './language/unsupported-wishes.ts';
import { wantsAnswer } from './language/whom-for.ts';
import { promptButtons } from './prompts/buttons.ts';
import { takeNextSteps } from './prompts/next-steps.ts';
import type { Ending } from './status-stage.ts';
import { timelineText } from './timeline/format-timeline.ts';
import type { Snapshot } from './timeline/snapshot.ts';
import { diffTimelines, type TimelineChange } from './timeline/timeline-diff.ts';

export interface AnswerInput {
  readonly words: Words;
  readonly requester: string;
  /** The turn that is answered; what its "Try again" repeats. */
  readonly turn: TurnId;
  readonly said: string;
  readonly before: Snapshot;
  readonly settled: Settled;
  readonly heard: RunResult;
  readonly how: 'heard' | 'temporary-issue' | 'stream-lost' | 'restarted';
  /** Files with which something is wrong, a line each. */
  readonly wrong: readonly string[];
  readonly tip: string | undefined;
  /** Messages of the thread that come next. */
  readonly waiting: number;
  /** In a batch, the video that this is about. */
  readonly entry: BatchEntry | undefined;
  /** What one message of the place shows at one glance, in characters. */
  readonly textChars: number;
}

export interface ComposedAnswer {
  readonly message: OutgoingMessage;
  /** All of the agent's words, where the message holds their beginning alone. */
  readonly whole: string | undefined;
  readonly ending: Ending;
  /** The agent's last words, as people may read them. */
  readonly lastWords: string;
  readonly asks: { readonly export: boolean; readonly credits: boolean };
  /** The person is asked something. */
  readonly wantsAnswer: boolean;
  /** Words that the message offers, in the order of their buttons. */
  readonly prompts: readonly string[];
}

export function composeAnswer(material: AnswerInput): ComposedAnswer {
  const { words, heard, settled, entry } = material;
  const { texts, cut } = readable(heard.texts);
  const spoken = texts.map((text) => translateGuiTalk(text));
  const { prose, prompts } = offersIn(
    material,
    spoken.map((s) => s.text).filter((text) => text.trim() !== ''),
  );
  const { shown, whole } = abridged(prose, material.textChars);
  const changes = diffTimelines(material.before, settled.after);
  const body = [...shown, ...verdict(material, prose.length > 0, changes)];
  const stuck = needsRetry(material, prose.length > 0);
  const wantsTimeline =
    spoken.some((s) => s.asks.timeline) || isNewCut(material) || prose.length === 0;
  const lines = [
    ...body,
    material.wrong.join('\n'),
    cut ? words.answerCut : undefined,
    heard.question ? words.question(heard.question.title, heard.question.questions) : undefined,
    wantsTimeline && settled.changed && !wasUnreadable(material)
      ? timelineText(settled.after.timeline, words)
      : undefined,
    !entry && addedUnasked(material, prose.length) ? keepOrStrip(material) : undefined,
    ...unsupportedWishes(material.said).map((limit) => words.limit[limit]),
    settled.changed && !heard.question && !entry && !isExportable(settled.after.timeline)
      ? words.tellMore
      : undefined,
    material.tip,
    material.waiting > 0 ? words.waiting(material.waiting) : undefined,
  ];
  return {
    message: {
      text: lines.filter((line) => line).join('\n\n'),
      // In a batch the next video is begun at once: it is the videos that call, and the end that has buttons.
      mention: entry ? [] : [material.requester],
      buttons: entry
        ? []
        : [
            ...buttons(
              words,
              isExportable(settled.after.timeline),
              stuck ? material.turn : undefined,
            ),
            ...(captionsOf(settled.after.timeline) ? [captionsButton(words)] : []),
            ...promptButtons(material.turn, prompts),
          ],
    },
    whole,
    ending: heard.question || turnedDown(heard) ? 'needs-you' : stuck ? 'failed' : 'done',
    lastWords: spoken.at(-1)?.text ?? '',
    asks: {
      export: spoken.some((s) => s.asks.export),
      credits: spoken.some((s) => s.asks.credits),
    },
    prompts,
    wantsAnswer: heard.question !== undefined || wantsAnswer(prose.at(-1) ?? ''),
  };
}

/** The timeline was empty before, or holds another video of the batch: a first cut, not an edit. */
const isNewCut = ({ before, settled, entry }: AnswerInput): boolean =>
  isExportable(settled.after.timeline) && (entry !== undefined || !isExportable(before.timeline));

/** It still cannot be read: that was said when it first was so. */
const wasUnreadable = ({ before, settled, entry }: AnswerInput): boolean =>
  !entry && before.timeline.form === 'unknown' && settled.after.timeline.form === 'unknown';

/** The second stage of a generation has put more than the clip on the timeline. */
const addedUnasked = (material: AnswerInput, texts: number): boolean =>
  isNewCut(material) &&
  (material.heard.rawClip || texts > 1) &&
  tracksOf(material.settled.after.timeline).some((track) => track.kind !== 'video');

function keepOrStrip({ words, settled }: AnswerInput): string {
  const kinds = tracksOf(settled.after.timeline).map((track) => track.kind);
  return words.keepOrStrip(kinds.includes('music'), kinds.includes('title'));
}

/** What the bot itself has to say about the outcome, besides the agent's words. */
function verdict(
  material: AnswerInput,
  spoke: boolean,
  changes: readonly TimelineChange[],
): string[] {
  const { words, heard, settled, how } = material;
  const report = settled.changed ? changeReport(material, changes) : [];
  if (how === 'restarted') {
    return settled.changed ? [words.restartedChanged, ...report] : [words.restartedUnchanged];
  }
  if (how === 'stream-lost') {
    if (settled.changed) return [words.recoveredChanged, ...report];
    return [heard.end === 'lost' ? words.recoveredUnchanged : words.tookTooLong];
  }
  if (refusalAmong(heard.problems) instanceof CreditsExhausted) {
    return [words.creditsOutOperator, ...report];
  }
  const problem = heard.problems.at(-1);
  if (problem) return [problemSentence(words, problem.code, spoke, settled.changed), ...report];
  if (settled.changed) return report;
  if (spoke || heard.question) return [];
  if (how === 'temporary-issue') return [words.temporaryProblem];
  return [heard.toolsUsed ? words.nothingChanged : words.noAnswer];
}

/** Every edit is confirmed concretely; a first cut is shown by its timeline instead. */
function changeReport(material: AnswerInput, changes: readonly TimelineChange[]): string[] {
  if (isNewCut(material)) return [];
  if (changes.length === 0) return [material.words.somethingChanged];
  return [material.words.changed(material.words.changes(changes))];
}

function problemSentence(
  words: Words,
  code: string | undefined,
  spoke: boolean,
  changed: boolean,
): string {
  if (code === 'MAX_TOKENS' && spoke) return words.answerCut;
  if (isTurnedDown({ code })) return words.refusedByService;
  return changed ? words.serviceProblem : words.serviceProblemUnchanged;
}

function needsRetry({ heard, settled, how }: AnswerInput, spoke: boolean): boolean {
  if (settled.changed || heard.question) return false;
  return how !== 'heard' || (!spoke && !turnedDown(heard));
}

/** The model would not do it, and would not the next time either. */
const turnedDown = ({ problems }: RunResult): boolean => problems.some(isTurnedDown);
const isTurnedDown = ({ code }: { readonly code: string | undefined }): boolean =>
  /SAFETY|PROHIBITED|BLOCK|RECITATION|SPII/.test(code ?? '');

/** The agent's own suggestions become buttons; where it has none, and there is something to go on with, ours do. */
function offersIn(
  material: AnswerInput,
  texts: readonly string[],
): { readonly prose: readonly string[]; readonly prompts: readonly string[] } {
  const { words, settled, heard, entry } = material;
  if (entry || heard.question) return { prose: texts, prompts: [] };
  const { text, prompts } = takeNextSteps(texts.at(-1) ?? '');
  const prose = texts.length > 0 ? [...texts.slice(0, -1), text] : [];
  if (prompts.length > 0 || !settled.changed || !isExportable(settled.after.timeline))
    return { prose, prompts };
  return { prose, prompts: isNewCut(material) ? words.prompts.video : words.prompts.edit };
}

/** The buttons under an answer; the same four wherever they make sense. `retry` is the turn to repeat. */
export function buttons(words: Words, ready: boolean, retry?: TurnId): Button[] {
  return [
    ...(retry
      ? [
          {
            label: words.button.retry,
            style: 'primary',
            does: { action: 'retry', value: retry },
          } as const,
        ]
      : []),
    ...(ready
      ? [
          {
            label: words.button.export,
            ...(retry ? {} : { style: 'primary' as const }),
            does: { action: 'export' },
          } as const,
        ]
      : []),
    { label: words.button.timeline, does: { action: 'timeline' } },
    { label: words.button.change, does: { action: 'change' } },
    { label: words.button.editor, does: { action: 'editor' } },
  ];
}
