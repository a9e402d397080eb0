/** Where only the backend's answer tells how to go on, the turn waits for it. */
import { BackendAway } from './park-or-fail.ts';
import type { TurnContext } from './turn-context.ts';

/** Tells the person, once in a turn, and rejects with `BackendAway`. */
export async function waitForBackend(turn: TurnContext, cause: unknown): Promise<never> {
  if (!turn.notes.toldAway) {
    const { words, job } = turn;
    await turn.say({ text: words.backendAway, mention: [job.message.author.id] }, 'backend-away');
    await turn.note({ toldAway: true });
  }
  throw new BackendAway({ cause });
}
