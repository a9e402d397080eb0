/** Buttons that ask the agent for something, and what stands in them: a turn of the thread, and which of its offers. */
import type { Words } from '../../locales/locale.ts';
import type { Button } from '../../platforms/chat.ts';
import type { TurnId } from '../../runtime/ids.ts';
import type { Cut } from '../job.ts';
import { shownName } from '../language/shown-name.ts';
import { otherShapes, SHAPES, type Shape } from '../video-shape.ts';

/** In characters; a platform may show less. */
const LONGEST_LABEL = 80;

/** Their words are on record with the turn; the button only names them. */
export const promptButtons = (turn: TurnId, prompts: readonly string[]): Button[] =>
  prompts.map((prompt, index) => ({
    label: shownName(prompt, LONGEST_LABEL) || `${index + 1}`,
    does: { action: 'suggested', value: `${turn}.${index}` },
  }));

/** Under a finished video. What it is ordered with comes last: it is there. */
export function videoButtons(words: Words, turn: TurnId, cut: Cut): Button[] {
  const { button } = words;
  return [
    { label: button.change, style: 'primary', does: { action: 'change' } },
    ...otherShapes(cut).map(
      (shape): Button => ({
        label: words.shape[shape],
        does: { action: 'shape', value: `${turn}.${shape}` },
      }),
    ),
    { label: button.timeline, does: { action: 'timeline' } },
    { label: button.editor, does: { action: 'editor' } },
    { label: button.export, does: { action: 'export' } },
  ];
}

export interface Offer {
  /** As the client says it. */
  readonly turn: string;
  readonly what: string;
}

/** Ids are short; anything else is not of our making. */
export function readOffer(value: string | undefined): Offer | undefined {
  const [, turn, what] = /^([\w-]{1,80})\.([a-z\d]{1,12})$/.exec(value ?? '') ?? [];
  return turn !== undefined && what !== undefined ? { turn, what } : undefined;
}

export const shapeNamed = (what: string): Shape | undefined =>
  SHAPES.find((shape) => shape === what);
