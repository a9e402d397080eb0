/** What becomes of an arrival, inside one transaction: known, refused, or a turn, perhaps with its claim. */
import { tightest } from '../change-rules.ts';
import { type Arrival, type Cap, type Claim, isUsedUp, type Turn } from '../ledger.ts';
import { orderedId } from '../ordered-id.ts';
import type { AppendedClaimed, ClaimingRules } from './claiming-ledger.ts';
import type { spendingTable } from './spendings.ts';
import type { threadTable } from './threads.ts';
import { FIRST_FENCE, type turnTable } from './turns.ts';

const only = ({ counts, since }: Cap) => ({ counts, since });

/** What the table says of a turn that nothing has been done about; see schema.ts. */
const FRESH = {
  phase: 'accepted',
  notes: '{}',
  stopRequested: false,
  stopBy: undefined,
  withdrawn: false,
} as const satisfies Partial<Turn>;

export interface Moment {
  readonly now: number;
  /** When a lease that begins now runs out. */
  readonly until: number;
}

export function createAppending(
  turns: ReturnType<typeof turnTable>,
  threads: ReturnType<typeof threadTable>,
  spendings: Pick<ReturnType<typeof spendingTable>, 'ofBudget'>,
) {
  /** Each cap of the kind that is counted, with what is used of it. */
  const usedOf = (
    {
      requester,
      counts,
    }: { readonly requester: string; readonly counts?: Cap['counts'] | null | undefined },
    caps: readonly Cap[],
  ) =>
    caps
      .filter((cap) => cap.counts === counts)
      .map((cap) => ({ ...cap, used: turns.used({ requester, ...only(cap) }) }));

  function insert(arrival: Arrival, owner: string | undefined, { now, until }: Moment): Turn {
    const { key, thread, lane, requester, payload, counts, opens, name } = arrival;
    const { key: id, ...place } = thread;
    const row = {
      id: orderedId(now),
      key,
      thread: id,
      platform: thread.platform,
      lane,
      requester,
      payload,
      weight: arrival.weight ?? 1,
    };
    const order = turns.insert({
      ...row,
      counts: counts ?? null,
      now,
      owner: owner ?? null,
      fence: owner ? FIRST_FENCE : 0,
      until: owner ? until : 0,
    });
    if (opens || lane === 'ordered') threads.remember({ key: id, ...place, now });
    if (lane === 'ordered') {
      threads.touch({ key: id, name: name ?? '', now });
      threads.join({ key: id, person: requester, now });
    }
    // As a look at the row would give it, which was made of nothing else.
    return { ...row, ...FRESH, order, acceptedAt: now };
  }

  return {
    usedOf,

    append(
      arrival: Arrival,
      { owner: asked, caps = [], budgets = [], maxWaiting }: ClaimingRules,
      at: Moment,
    ): AppendedClaimed {
      const known = turns.byKey({ key: arrival.key });
      if (known) return { outcome: 'known', turn: known };
      const { weight = 1, lane, thread } = arrival;
      const { used, left } = tightest(usedOf(arrival, caps));
      if (weight > left) return { outcome: 'over-quota', used, left };
      for (const budget of budgets) {
        const { since, limit: _, ...place } = budget;
        const found = spendings.ofBudget(place, since);
        if (isUsedUp(budget, found)) return { outcome: 'over-budget', budget, used: found };
      }
      const ahead = lane === 'ordered' ? turns.ahead({ thread: thread.key }) : 0;
      const { key, requester, payload } = arrival;
      const waiting =
        maxWaiting === undefined
          ? 0
          : turns.waiting({ thread: thread.key, lane, requester, now: at.now });
      if (maxWaiting !== undefined && waiting >= maxWaiting) {
        turns.refuse({
          id: orderedId(at.now),
          key,
          thread: thread.key,
          platform: thread.platform,
          requester,
          payload,
          now: at.now,
        });
        return { outcome: 'queue-full', waiting };
      }
      // It can run now, and is born with its claim.
      const owner = ahead === 0 ? asked : undefined;
      const turn = insert(arrival, owner, at);
      const claim: Claim | undefined =
        owner === undefined
          ? undefined
          : { turn, owner, fence: FIRST_FENCE, crashes: 0, resumed: false };
      return { outcome: 'new', turn, ahead, claim };
    },

    /** False when its key is on record already. */
    follow(arrival: Arrival, at: Moment): boolean {
      if (turns.byKey({ key: arrival.key })) return false;
      insert(arrival, undefined, at);
      return true;
    },
  };
}
