/**
 * An order whose answer was lost, with the process or on its way: it may have been taken. The backend
 * client may have had to take a second id, so the id that counts is the one that is found.
 */
import type { Render } from '../../ledger/ledger.ts';
import { RequestRefused } from '../../nemo/errors.ts';
import { secondIdOf } from '../../nemo/submit-render.ts';
import type { RenderId } from '../../runtime/ids.ts';
import { waitForBackend } from '../backend-away.ts';
import { isTransient, retryTransient } from '../retry-transient.ts';
import type { TurnContext } from '../turn-context.ts';
import { enterExport, triesOf } from './export-state.ts';
import { keep } from './order-render.ts';

/** Rejects with `BackendAway` when the looks do not come through. */
export async function lookForRender(turn: TurnContext, render: Render): Promise<void> {
  for (const id of [render.id, secondIdOf(render.id)]) {
    if (await exists(turn, id)) return keep(turn, render, id);
  }
  const tries = triesOf(turn);
  const gone = { ...render, phase: 'abandoned' } as const;
  await enterExport(turn, { is: 'wanted', ...tries, lost: tries.lost + 1 }, { render: gone });
}

/** Only a definite no is one. */
async function exists(turn: TurnContext, id: RenderId): Promise<boolean> {
  const { deps, notes, signal } = turn;
  // Who has waited for the backend once comes back for a single look each time.
  const patience = notes.toldAway ? ONE_LOOK : undefined;
  try {
    await retryTransient(turn, () => deps.nemo.renderState(id, signal), patience);
    return true;
  } catch (error) {
    if (error instanceof RequestRefused) return false;
    if (signal.aborted || !isTransient(error)) throw error;
    return waitForBackend(turn, error);
  }
}

const ONE_LOOK = { looks: 1, pause: 0 } as const;
