/**
 * What admins have decided while the bot runs: whether it is paused, and who and what is allowed or denied besides the
 * settings. One record per workspace and one for all; changed by compare and set, so that of two admins, at two
 * processes, neither undoes what the other has done. Every message asks, so that what was read is kept for a moment.
 */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Place } from '../../platforms/chat.ts';
import { machineTimers, type Timers } from '../../runtime/clock.ts';
import type { State, StateMap } from '../../state/state.ts';
import type { Ruled, Ruling } from './rulings.ts';

const pause = z.object({ by: z.string(), at: z.number() });
export type Pause = z.infer<typeof pause>;

const ids = z.array(z.string()).readonly();
const lists = z.object({ allowed: ids, denied: ids });
const record = z.object({
  paused: pause.optional(),
  channel: lists.optional(),
  person: lists.optional(),
});
type DeskRecord = z.infer<typeof record>;

export type Workspace = Pick<Place, 'platform' | 'workspace'>;

export interface Standing {
  /** `everywhere`: by the operator, for all workspaces. */
  readonly paused: (Pause & { readonly everywhere: boolean }) | undefined;
  readonly rules: Readonly<Record<Ruled, Readonly<z.infer<typeof lists>>>>;
}

export interface DeskRules {
  /** As it was within the last second, at most. */
  of(workspace: Workspace): Promise<Standing>;
  /** Undefined resumes. False: it was so already. */
  pause(where: Workspace | 'everywhere', by: Pause | undefined): Promise<boolean>;
  /** `full`: no more can be listed. */
  rule(
    workspace: Workspace,
    what: Ruled,
    id: string,
    ruling: Ruling,
  ): Promise<'done' | 'same' | 'full'>;
  /** All that was decided in it. */
  forget(workspace: Workspace): Promise<void>;
}

/** Real milliseconds after which what another process has decided is seen here. */
const LIFE_MS = 1_000;
const MOST_LISTED = 200;
/** Of admins that decide at the same moment each gets through in one of as many tries. */
const TRIES = 20;
const EVERYWHERE = 'everywhere';
const NONE = { allowed: [], denied: [] } as const;

export function openDeskRules(
  state: State,
  timers: Pick<Timers, 'monotonic'> = machineTimers,
): DeskRules {
  const map = state.map('admin-desk', record);
  // Promises, so that those who ask meanwhile share one look, and go on in the order in which they asked.
  const recent = new LRUCache<string, Promise<DeskRecord>>({
    max: 2_000,
    ttl: LIFE_MS,
    ttlResolution: 0,
    perf: { now: () => timers.monotonic() },
  });

  function read(key: string): Promise<DeskRecord> {
    const known = recent.get(key);
    if (known) return known;
    const reading = map.get(key).then((found) => found ?? {});
    recent.set(key, reading);
    reading.catch(() => {
      if (recent.peek(key) === reading) recent.delete(key);
    });
    return reading;
  }

  async function change(
    key: string,
    next: (was: DeskRecord) => DeskRecord | undefined,
  ): Promise<boolean> {
    const changed = await swapped(map, key, next);
    recent.delete(key);
    return changed;
  }

  return {
    async of(workspace) {
      const [here, all] = await Promise.all([read(keyOf(workspace)), read(EVERYWHERE)]);
      const paused = all.paused ?? here.paused;
      return {
        paused: paused && { ...paused, everywhere: all.paused !== undefined },
        rules: { channel: here.channel ?? NONE, person: here.person ?? NONE },
      };
    },

    pause: (where, by) =>
      change(where === EVERYWHERE ? EVERYWHERE : keyOf(where), (was) =>
        Boolean(was.paused) === Boolean(by) ? undefined : { ...was, paused: by },
      ),

    async rule(workspace, what, id, ruling) {
      let isFull = false;
      const changed = await change(keyOf(workspace), (was) => {
        const before = was[what] ?? NONE;
        const after = ruled(before, id, ruling);
        isFull = Object.values(after).some((list) => list.length > MOST_LISTED);
        return isFull || isSame(before, after) ? undefined : { ...was, [what]: after };
      });
      return changed ? 'done' : isFull ? 'full' : 'same';
    },

    async forget(workspace) {
      await map.delete(keyOf(workspace));
      recent.delete(keyOf(workspace));
    },
  };
}

/** No platform has a colon in its name, so that none is called like the record of all. */
const keyOf = ({ platform, workspace }: Workspace): string => `${platform}:${workspace}`;

async function swapped(
  map: StateMap<DeskRecord>,
  key: string,
  next: (was: DeskRecord) => DeskRecord | undefined,
): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const was = await map.get(key);
    const wanted = next(was ?? {});
    if (!wanted) return false;
    if (await map.swap(key, was, wanted)) return true;
  }
  throw new Error('too many admins decide at the same time');
}

function ruled(
  { allowed, denied }: Standing['rules'][Ruled],
  id: string,
  ruling: Ruling,
): z.infer<typeof lists> {
  const without = (list: readonly string[]) => list.filter((it) => it !== id);
  return {
    allowed: [...without(allowed), ...(ruling === 'allow' ? [id] : [])],
    denied: [...without(denied), ...(ruling === 'deny' ? [id] : [])],
  };
}

const isSame = (before: Standing['rules'][Ruled], after: Standing['rules'][Ruled]): boolean =>
  before.allowed.join() === after.allowed.join() && before.denied.join() === after.denied.join();
