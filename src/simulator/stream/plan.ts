import { type Draft, musicOf, scenesOf, titleOf } from '../agent/draft.ts';
import type { Intent } from '../agent/intent.ts';
import type { Language } from '../agent/text.ts';
import { ratioOf, seconds, WORDS } from '../agent/words.ts';
import type { Step } from './steps.ts';

export interface Plan {
  readonly kind: Intent['type'];
  /** Credits; taken when the work is done. */
  readonly cost: number;
  readonly language: Language;
  readonly steps: readonly Step[];
}

export interface Manners {
  /** Make the change without a word. Only edits can be silent. */
  readonly silent: boolean;
  /** Which of the sentences about buttons to add; undefined for none. */
  readonly gui: number | undefined;
  readonly thought: boolean;
  /** The uploads that a new cut takes in. */
  readonly media: readonly string[];
}

const GENERATION_COST = 10;
const EDIT_COST = 2;

const GENERATION_MS = 100_000;
const EDIT_MS = 15_000;
const ANSWER_MS = 6000;

export function planRun(intent: Intent, manners: Manners, prompt: string): Plan {
  const { type: kind, language } = intent;
  const thought = manners.thought ? WORDS[language].thought : undefined;
  switch (intent.type) {
    case 'generate': {
      const { raw, finished } = intent.cut;
      return {
        kind,
        language,
        cost: GENERATION_COST,
        steps: generation(raw, finished, language, manners, prompt, thought),
      };
    }
    case 'edit':
      return {
        kind,
        language,
        cost: EDIT_COST,
        steps: editing(intent.draft, intent.report, language, manners, thought),
      };
    case 'question':
      return { kind, language, cost: 0, steps: asking(language) };
    case 'chat':
      return {
        kind,
        language,
        cost: 0,
        steps: [
          { at: ANSWER_MS, do: 'model', thought, text: intent.text },
          { at: ANSWER_MS, do: 'close' },
        ],
      };
  }
}

/** The agent stops to ask; the run is over, and the answer comes as the next message. */
export function asking(language: Language): Step[] {
  const { title, prompt, options } = WORDS[language].question;
  const args = {
    title,
    questions: [
      {
        id: 'q1',
        prompt,
        options: options.map((label, i) => ({ id: `o${i + 1}`, label })),
        allow_multiple: false,
      },
    ],
  };
  return [
    { at: ANSWER_MS, do: 'model', call: { id: callId('ask'), name: 'ask_question', args } },
    { at: ANSWER_MS, do: 'close' },
  ];
}

/** In two stages, as users of the real service see it: the bare clip, then the extras. */
function generation(
  raw: Draft,
  finished: Draft,
  language: Language,
  manners: Manners,
  prompt: string,
  thought: string | undefined,
): Step[] {
  const words = WORDS[language];
  const scenes = scenesOf(raw).length;
  const title = titleOf(finished)?.m.text ?? '';
  const music = musicOf(finished)?.m;
  const video = { id: callId('video'), name: 'generate_video_with_seedance' };
  const extras = { id: callId('edit'), name: 'edit_multitrack' };
  const at = (share: number) => GENERATION_MS * share;
  const end = words.extras(music?.title ?? '', Math.round((music?.volume ?? 0) * 100), title);
  return [
    {
      at: at(0.02),
      do: 'model',
      thought,
      text: words.plan(scenes, seconds(raw.d), ratioOf(raw)),
      call: { ...video, args: { prompt, duration: raw.d / 1000, ratio: ratioOf(raw) } },
    },
    {
      at: at(0.7),
      do: 'tool',
      ...video,
      change: {
        draft: raw,
        generated: { id: video.id, type: 'video', prompt },
        used: [...manners.media],
      },
    },
    {
      at: at(0.72),
      do: 'model',
      text: words.rawClip(seconds(raw.d), scenes),
      call: { ...extras, args: { ops: ['add_bgm', 'add_title'], title } },
    },
    { at: at(0.95), do: 'tool', ...extras, change: { draft: finished } },
    { at: at(1), do: 'model', text: withGui(end, language, manners.gui) },
    { at: at(1), do: 'close' },
  ];
}

function editing(
  draft: Draft,
  report: string,
  language: Language,
  manners: Manners,
  thought: string | undefined,
): Step[] {
  const tool = { id: callId('edit'), name: 'edit_multitrack' };
  const answer: Step[] = manners.silent
    ? []
    : [{ at: EDIT_MS, do: 'model', text: withGui(report, language, manners.gui) }];
  return [
    { at: EDIT_MS * 0.2, do: 'model', thought, call: { ...tool, args: { op: 'edit' } } },
    { at: EDIT_MS * 0.9, do: 'tool', ...tool, change: { draft, used: [...manners.media] } },
    ...answer,
    { at: EDIT_MS, do: 'close' },
  ];
}

function withGui(text: string, language: Language, which: number | undefined): string {
  const lines = WORDS[language].gui;
  const line = which === undefined ? undefined : lines[which % lines.length];
  return line === undefined ? text : `${text} ${line}`;
}

function callId(kind: string): string {
  return `adk-${kind}-${crypto.randomUUID().slice(0, 8)}`;
}
