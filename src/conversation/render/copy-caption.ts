/** What stands beside a smaller copy. */
import type { OutgoingMessage } from '../../platforms/chat.ts';
import type { TurnContext } from '../turn-context.ts';
import { entryOf } from './render-cut.ts';

/** There is one copy of a video, however it was made. */
export const COPY_PART = 'copy';

/** The same words each time: a chat that knows a post by its words finds the one of an earlier worker. */
export function captionOfCopy(turn: TurnContext): OutgoingMessage {
  const { words } = turn;
  const entry = entryOf(turn);
  const text = [entry && words.batchEntry(entry), words.smallerCopy].filter(Boolean).join('\n');
  return { text };
}
