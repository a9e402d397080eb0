/**
 * What is to be forgotten, on record until it is: asked for by somebody, or because the bot left a workspace a while ago.
 * Whoever is interrupted in it, another process goes on with it; what has been done is found done. First what runs is
 * stopped, then what lies elsewhere goes, the ledger last: as long as that names a thread it is gone through again.
 */
import { z } from 'zod';
import type { Scope } from '../../ledger/forgetting.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { localeFor } from '../../locales/locales.ts';
import {
  ChatError,
  type ChatPlatform,
  type Place,
  type PlatformName,
  type ThreadRef,
  threadKey,
} from '../../platforms/chat.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { ThreadKey, TurnId } from '../../runtime/ids.ts';
import type { Log } from '../../runtime/log.ts';
import type { State } from '../../state/state.ts';
import type { OwnAccounts } from '../accounts/own-accounts.ts';
import type { DeskRules } from '../admin/desk-rules.ts';
import type { BrandKits } from '../brand/brand-kit.ts';
import type { ChannelProfiles } from '../channel-profiles.ts';
import type { Feedback } from '../feedback/feedback.ts';
import type { ThreadTalk } from '../thread-talk.ts';

const place = z.object({
  platform: z.string(),
  workspace: z.string(),
  channel: z.string(),
  thread: z.string(),
});
const erasure = z.object({
  /** `thread`: the whole of it; `part`: its person's. `left`: the workspace, unless the bot is back in it. */
  what: z.enum(['thread', 'part', 'mine', 'workspace', 'left']),
  platform: z.string(),
  workspace: z.string(),
  /** The one that is meant, or in which all of it was asked for. */
  thread: place.optional(),
  /** Who asked; of `part` and `mine` whose it is. */
  by: z.object({ id: z.string(), locale: z.string().optional() }).optional(),
  /** Epoch milliseconds: from then on whoever comes round does it. */
  due: z.number(),
  done: z.number().optional(),
});
export type Erasure = z.infer<typeof erasure>;

export interface Erasures {
  /** Puts it on record under the name, and does it. False: it has been done before. */
  now(name: string, wanted: Omit<Erasure, 'due' | 'done'>): Promise<boolean>;
  isDone(name: string): Promise<boolean>;
  /** The bot is no longer in the workspace; `at` in epoch milliseconds. */
  left(workspace: Pick<Place, 'platform' | 'workspace'>, at: number): Promise<void>;
  /** Does what is due, also what others left half done. Goes on with the next one where one fails. */
  sweep(now?: number): Promise<void>;
}

/** What the bot was removed from is forgotten so long after. Product time. */
export const LEFT_MS = 30 * 86_400_000;
/** Whoever was asked does it; others come to it only when that must have failed. Product time. */
const OTHERS_AFTER_MS = 120_000;
/** A card that is pressed again finds what was done for so long. */
const DONE_KEPT_MS = 86_400_000;
/** In which nobody has written: longer than a removal waits. */
const KEPT_MS = 90 * 86_400_000;
/** What runs has so many looks, so far apart in product time, to come to its end by itself. */
const LOOKS = 20;
const LOOK_MS = 500;
const AT_ONCE = 100;

export interface ErasuresDeps {
  readonly state: State;
  readonly ledger: Ledger;
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>;
  readonly talk: ThreadTalk;
  readonly profiles: ChannelProfiles;
  readonly brands: BrandKits;
  readonly desk: DeskRules;
  readonly feedback: Feedback;
  readonly accounts: OwnAccounts;
  readonly clock: Clock;
  readonly interrupt: (turn: TurnId) => boolean;
  readonly log: Log;
}

export function openErasures(deps: ErasuresDeps): Erasures {
  const { state, ledger, platforms, talk, clock, log } = deps;
  const { profiles, brands, desk, feedback, accounts } = deps;
  const map = state.map('erasures', erasure, { ttlMs: KEPT_MS });

  async function stopWhatRuns(scope: Scope): Promise<void> {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const open = await ledger.openOf(scope);
      if (open.length === 0) return;
      for (const turn of open) {
        if (!turn.stopRequested) await ledger.requestStop(turn.id, turn.requester);
        deps.interrupt(turn.id);
      }
      await clock.sleep(LOOK_MS);
    }
    // What does not end loses its claim with its row, and is told so at its next write.
  }

  async function eraseIn(thread: ThreadKey, person: string | undefined): Promise<void> {
    const ref = refOf(thread);
    const whole = person === undefined || !(await ledger.othersTookPart(thread, person));
    if (whole) {
      await platforms.get(ref.platform)?.forget?.(ref);
      await talk.forget(ref);
    } else await talk.forgetVoice(ref, person);
    await ledger.erase(thread, person);
  }

  async function run(wanted: Erasure): Promise<void> {
    const scope = scopeOf(wanted);
    await stopWhatRuns(scope);
    const person = wanted.what === 'part' || wanted.what === 'mine' ? wanted.by?.id : undefined;
    for (let after = ''; ; ) {
      const threads = await ledger.threadsOf(scope, after, AT_ONCE);
      for (const thread of threads) await eraseIn(thread, person);
      const last = threads.at(-1);
      if (last === undefined) break;
      after = last;
    }
    if (wanted.what === 'mine' && wanted.by)
      await accounts.disconnect(wanted, { whose: 'person', person: wanted.by.id });
    if (wanted.what !== 'workspace' && wanted.what !== 'left') return;
    await Promise.all([profiles.forget(wanted), brands.forget(wanted), feedback.forget(wanted)]);
    await desk.forget(wanted);
    // Of a workspace that was left they are gone already, and what was connected since stays.
    if (wanted.what === 'workspace') await accounts.forget(wanted, clock.now());
  }

  /** True where this was the one that brought it to its end. */
  async function settle(name: string, wanted: Erasure): Promise<boolean> {
    await run(wanted);
    const next = wanted.what === 'left' ? undefined : { ...wanted, done: clock.now() };
    log.info('what was to be forgotten has been', { what: wanted.what });
    return map.swap(name, wanted, next);
  }

  async function come(name: string, now: number): Promise<void> {
    const wanted = await map.get(name);
    if (!wanted || !platforms.has(wanted.platform)) return;
    if (wanted.done !== undefined) {
      if (now - wanted.done > DONE_KEPT_MS) await map.delete(name);
      return;
    }
    if (wanted.due > now) return;
    if (wanted.what === 'left' && (await isBack(wanted))) {
      await map.swap(name, wanted, undefined);
      return;
    }
    if (await settle(name, wanted)) await tell(wanted);
  }

  async function isBack({ platform, workspace }: Erasure): Promise<boolean> {
    return (await platforms.get(platform)?.isIn?.(workspace)) ?? true;
  }

  /** Who asked and was not answered, because the process that was at it is gone. */
  async function tell({ thread, by }: Erasure): Promise<void> {
    if (!thread || !by) return;
    const { words } = localeFor(by.locale);
    try {
      const said = platforms.get(thread.platform)?.thread(thread);
      await said?.postPrivately(by.id, { text: words.data.forgotten });
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      log.debug('nobody could be told that something was forgotten', { error });
    }
  }

  return {
    async now(name, given) {
      const wanted = { ...given, due: clock.in(OTHERS_AFTER_MS) };
      const isNew = await map.swap(name, undefined, wanted);
      const known: Erasure = (isNew ? undefined : await map.get(name)) ?? wanted;
      if (known.done !== undefined) return false;
      await settle(name, known);
      return true;
    },

    isDone: async (name) => (await map.get(name))?.done !== undefined,

    async left({ platform, workspace }, at) {
      const due = at + clock.in(LEFT_MS) - clock.now();
      await map.set(`left:${platform}:${workspace}`, { what: 'left', platform, workspace, due });
    },

    async sweep(now = clock.now()) {
      for (const name of await map.keys('')) {
        try {
          await come(name, now);
        } catch (error) {
          log.error('something could not be forgotten yet', { error });
        }
      }
    },
  };
}

function scopeOf({ what, platform, workspace, thread, by }: Erasure): Scope {
  if (what === 'workspace' || what === 'left') return { platform, workspace };
  if (what === 'mine' && by) return { platform, person: by.id };
  if (!thread) throw new Error('a thread is to be forgotten, and none is named');
  const key = threadKey(thread);
  return what === 'part' ? { thread: key, person: by?.id } : { thread: key };
}

/** As `threadKey` wrote it; the platform's own id may have the sign between them in it. */
function refOf(key: ThreadKey): ThreadRef {
  const [platform = '', workspace = '', channel = '', ...thread] = key.split(':');
  return { platform, workspace, channel, thread: thread.join(':') };
}
