/**
 * An order of an export, from its record to a job at the backend. Whether it is sent again is decided here and
 * nowhere else: the client below makes one request of each, and the record counts.
 *
 * | what became of a request | what follows |
 * |---|---|
 * | no connection, busy (429), a trial token that has run out | the same id once more, for each of these (`resendAfter`) |
 * | refused, as a duplicate id is; still no connection | a second id, with the same cures |
 * | no answer: it may have been taken | a look: a job that is there is kept; if there is none, the second id, and from then on only a job that is found is certain |
 * | nothing certain is known | `lookForRender`: a look under both ids, for as long as the backend does not answer; if there is no job, a new order, `MOST_LOST` in all |
 * | the job itself failed | a new order, `MOST_FAILED` in all |
 * | any other no | no order; its person is told |
 *
 * The claim is confirmed before each request: what came before it may have taken long enough for a successor.
 */
import { randomBytes } from 'node:crypto';
import type { Render } from '../../ledger/ledger.ts';
import { NemoError, RateLimited, RequestRefused, Unreachable } from '../../nemo/errors.ts';
import type { Nemo, RenderOrder } from '../../nemo/nemo.ts';
import { type Resend, resendAfter } from '../../nemo/resend-policy.ts';
import { type RenderId, toRenderId } from '../../runtime/ids.ts';
import type { Waits } from '../../settings/settings.ts';
import { waitForBackend } from '../backend-away.ts';
import { type Common, orderedIn } from '../notes.ts';
import {
  isTransient,
  type Looking,
  ONE_LOOK,
  type Patience,
  retryTransient,
} from '../retry-transient.ts';
import { stillOurs } from '../still-ours.ts';
import type { TurnContext } from '../turn-context.ts';
import type { Along } from '../turn-record.ts';
import { enterExport, triesOf } from './export-state.ts';
import { cutOf, type RenderedCut } from './render-cut.ts';

export const MOST_FAILED = 2;
export const MOST_LOST = 3;

/** Product milliseconds before a connection that did not come about is tried again. */
const RECONNECT_MS = 1_000;

/** Derived, so that the log shows which order it belongs to, and so that a successor can look for it. */
const secondIdOf = (id: RenderId): RenderId => toRenderId(`${id}-2`);

/** Of an order that is no export of its own: what it is a copy of, and what is noted with it. */
interface OrderAs {
  readonly copyOf?: RenderId;
  readonly noting?: Partial<Common>;
}

/** The id is on record before it leaves, so that a restart looks for the same job instead of ordering a second one. */
export async function placeOrder(
  turn: TurnContext,
  { session, draft, content, timeline, kept }: RenderedCut,
  resolution: string | undefined,
  along: Along,
  { copyOf, noting }: OrderAs = {},
): Promise<void> {
  const { clock, log } = turn.deps;
  const now = clock.now();
  const render: Render = {
    id: toRenderId(`render_${now}_${randomBytes(4).toString('hex')}`),
    thread: turn.turn.thread,
    turn: turn.turn.id,
    session,
    draft,
    resolution,
    copyOf,
    phase: 'submitting',
    polls: 0,
    createdAt: now,
  };
  const unreadable = timeline.form === 'unknown' ? true : undefined;
  const tries = { ...triesOf(turn), unreadable };
  const order = { is: 'ordered', render: render.id, cut: cutOf({ timeline }), ...tries } as const;
  // Of a copy it is kept with the whole.
  const cut = copyOf === undefined ? kept : undefined;
  await turn.cost.begin({ kind: 'export', videos: 1, seconds: undefined });
  await enterExport(turn, order, { ...along, render, cut }, noting);
  await turn.cost.before();
  turn.cost.leaves('render');
  try {
    const given = { id: render.id, sessionId: session, draft: content, resolution };
    const answer = await submitOrder(turn, given);
    if (typeof answer === 'string') return await keep(turn, render, answer);
    log.warn('the answer to an export order was lost', { turn: turn.turn.id, error: answer });
  } catch (error) {
    if (turn.signal.aborted || !(error instanceof NemoError)) throw error;
    turn.cost.turnedAway('render');
    // Certainly not taken: a record that stayed open would be looked for by the next export, in vain.
    const gone = { render: { ...render, phase: 'failed' } } as const;
    if (error instanceof RequestRefused) {
      log.warn('an export was refused', { turn: turn.turn.id, error });
      return enterExport(turn, { is: 'refused', unreadable }, gone);
    }
    await enterExport(turn, { is: 'wanted', ...triesOf(turn) }, gone);
    throw error;
  }
}

/** What a request needs of its turn. */
export interface Ordering extends Looking {
  readonly worker: Pick<TurnContext['worker'], 'confirm'>;
  readonly deps: Looking['deps'] & {
    readonly nemo: Pick<Nemo, 'submitRender' | 'renderState' | 'renewAccess'>;
    readonly rules: { readonly waits: Pick<Waits, 'rateLimitWait'> };
  };
}

/** The id of its job, or the error after which there may be one. Rejects where there certainly is none, and none is to be ordered. */
export async function submitOrder(
  turn: Ordering,
  order: RenderOrder,
): Promise<RenderId | NemoError> {
  const second = { ...order, id: secondIdOf(order.id) };
  try {
    return await submit(turn, order);
  } catch (error) {
    if (mayBeTaken(error)) {
      // The first one may arrive yet, so that not even a definite no to what follows settles it.
      return orUnknown(turn, NemoError, async () =>
        (await isThere(turn, order.id, ONE_LOOK)) ? order.id : await submit(turn, second),
      );
    }
    if (!(error instanceof RequestRefused || error instanceof Unreachable)) throw error;
  }
  // One that never left is looked for as well: the look is what waits for a backend that is away.
  return orUnknown(turn, Unreachable, () => submit(turn, second));
}

const mayBeTaken = (error: unknown): boolean => error instanceof Unreachable && !error.neverSent;

async function orUnknown(
  { signal }: Ordering,
  kind: typeof NemoError | typeof Unreachable,
  work: () => Promise<RenderId>,
): Promise<RenderId | NemoError> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || !(error instanceof kind)) throw error;
    return error;
  }
}

/** Under one id: sent again where it was certainly turned away, for a cause that has a cure, each once. */
async function submit(turn: Ordering, order: RenderOrder): Promise<RenderId> {
  const { nemo, clock, rules } = turn.deps;
  const tried = new Set<Resend>();
  for (;;) {
    await stillOurs(turn);
    try {
      return await nemo.submitRender(order, turn.signal);
    } catch (error) {
      const cure = resendAfter(error);
      if (cure === 'never' || cure === 'new-session' || tried.has(cure)) throw error;
      tried.add(cure);
      if (cure === 'new-token') await nemo.renewAccess(turn.signal);
      else await clock.sleep(pauseAfter(error, rules.waits.rateLimitWait), turn.signal);
    }
  }
}

const pauseAfter = (error: unknown, rateLimitWait: number): number =>
  error instanceof RateLimited ? (error.retryAfterMs ?? rateLimitWait) : RECONNECT_MS;

/** Only a definite no is one. */
async function isThere(turn: Ordering, id: RenderId, patience?: Patience): Promise<boolean> {
  try {
    await retryTransient(turn, () => turn.deps.nemo.renderState(id, turn.signal), patience);
    return true;
  } catch (error) {
    if (error instanceof RequestRefused) return false;
    throw error;
  }
}

/** Of an order whose answer was lost, with the process or on its way. Rejects with `BackendAway` when the looks do not come through. */
export async function lookForRender(
  turn: TurnContext,
  render: Render,
  away: typeof waitForBackend = waitForBackend,
): Promise<void> {
  const id = await findJob(turn, render, away);
  if (id !== undefined) return keep(turn, render, id);
  const tries = triesOf(turn);
  const gone = { ...render, phase: 'abandoned' } as const;
  await enterExport(turn, { is: 'wanted', ...tries, lost: tries.lost + 1 }, { render: gone });
}

async function findJob(
  turn: TurnContext,
  { id }: Render,
  away: typeof waitForBackend,
): Promise<RenderId | undefined> {
  // Who has waited for the backend once comes back for a single look each time.
  const patience = turn.notes.toldAway ? ONE_LOOK : undefined;
  try {
    for (const given of [id, secondIdOf(id)])
      if (await isThere(turn, given, patience)) return given;
    return undefined;
  } catch (error) {
    if (turn.signal.aborted || !isTransient(error)) throw error;
    return away(turn, error);
  }
}

/** The backend may have given the job another id than ours: that one is asked for from now on. */
async function keep(turn: TurnContext, render: Render, id: RenderId): Promise<void> {
  const cut = orderedIn(turn.notes)?.cut;
  await enterExport(
    turn,
    { is: 'ordered', render: id, cut, ...triesOf(turn) },
    {
      render: { ...render, id, phase: 'rendering', polls: 0 },
      ...(id === render.id ? {} : { abandons: render.id }),
    },
  );
}
