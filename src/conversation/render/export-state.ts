/** How far the export of a turn is, as its notes say it. */
import type { Common, Exporting } from '../notes.ts';
import type { TurnContext } from '../turn-context.ts';
import type { Along } from '../turn-record.ts';

/** An export that follows an answer keeps the mark that the answer is said. */
export function enterExport(
  turn: TurnContext,
  next: Exporting,
  along?: Along,
  change: Partial<Common> = {},
): Promise<void> {
  const said = 'said' in turn.notes ? turn.notes.said : undefined;
  return turn.enter({ ...change, phase: 'exporting', said, export: next }, along);
}

/** Orders of this export that came to nothing. */
export function triesOf({ notes }: TurnContext): { failed: number; lost: number } {
  if (notes.phase !== 'exporting') return { failed: 0, lost: 0 };
  const { export: state } = notes;
  if (state.is !== 'wanted' && state.is !== 'ordered') return { failed: 0, lost: 0 };
  return { failed: state.failed, lost: state.lost };
}
