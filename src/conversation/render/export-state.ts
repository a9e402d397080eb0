/** How far the export of a turn is, as its notes say it. */
import type { Common, Exporting, Tries } from '../notes.ts';
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
export function triesOf({ notes }: TurnContext): Tries {
  if (notes.phase !== 'exporting') return { failed: 0, lost: 0 };
  const { export: state } = notes;
  if (state.is !== 'wanted' && state.is !== 'ordered') return { failed: 0, lost: 0 };
  const { failed, lost, unreadable } = state;
  return { failed, lost, unreadable };
}

/** What is said of an export that came to nothing: of an unreadable timeline it may be that there was nothing to export. */
export function failureWords({ notes, words }: TurnContext): string {
  const isUnreadable =
    notes.phase === 'exporting' && 'unreadable' in notes.export && notes.export.unreadable;
  return isUnreadable ? words.exportFailedUnreadable : words.exportFailed;
}
