/** What a thread's video is called where it is told of: by its file, by its own title, by what was asked for. */
import { shownName } from './language/shown-name.ts';
import { entryOf } from './render/render-cut.ts';
import type { TurnContext } from './turn-context.ts';

/** Undefined where nobody has called it anything. */
export async function videoName(turn: TurnContext): Promise<string | undefined> {
  const { deps, project } = turn;
  const name =
    entryOf(turn)?.name ?? project?.title ?? (await deps.ledger.thread(turn.turn.thread))?.name;
  return (name && shownName(deps.redact(name))) || undefined;
}
