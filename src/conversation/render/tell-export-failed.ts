/** An export that came to nothing, as its person hears it. */

import type { Button } from '../../platforms/chat.ts';
import type { TurnId } from '../../runtime/ids.ts';
import type { TurnContext } from '../turn-context.ts';
import { entryOf } from './render-cut.ts';

/** `retry`: the turn to repeat, where an export would show another video than the one that failed. */
export async function tellExportFailed(
  turn: TurnContext,
  text: string,
  retry?: TurnId,
): Promise<void> {
  const { words, job } = turn;
  const entry = entryOf(turn);
  const again = { label: words.button.retry, style: 'primary' } as const;
  const buttons: Button[] = entry
    ? retry
      ? [{ ...again, does: { action: 'retry', value: retry } }]
      : []
    : [{ label: words.button.export, style: 'primary', does: { action: 'export' } }];
  await turn.say(
    {
      text: entry ? `${words.batchEntry(entry)}\n${text}` : text,
      mention: [job.message.author.id],
      buttons,
    },
    'export-failed',
  );
}
