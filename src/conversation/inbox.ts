/**
 * Where the platforms' messages come in. A message is in the ledger when `receive` resolves; what it
 * asks for is decided here, what is done about it in run-turn.ts.
 */

import { type Budget, isUsedUp } from '../ledger/ledger.ts';
import { localeFor } from '../locales/locales.ts';
import { type Inbox, type IncomingMessage, threadKey } from '../platforms/chat.ts';
import { createInOrder } from '../runtime/in-order.ts';
import { isStoreOutage } from '../runtime/store-outage.ts';
import {
  admits,
  admitsTo,
  capsOf,
  overQuota,
  requestsLeft,
  timeZone,
  turnedAwayText,
} from './access.ts';
import { orderAccount } from './accounts/account-orders.ts';
import { payerOf, paysPrivately } from './accounts/payer.ts';
import { haltedBy, pausedText } from './admin/pause.ts';
import { arrivalOf } from './arrival.ts';
import { budgetsFor, budgetsOf, mayCost } from './budgets/budgets.ts';
import { usedUp, usedUpMessage } from './budgets/used-up.ts';
import { createPresses } from './button-presses.ts';
import { createCommands } from './commands.ts';
import { hear } from './hear.ts';
import type { Append, NotTaken, Put } from './interaction.ts';
import type { Task } from './job.ts';
import { localeOfJob } from './language/reply-language.ts';
import { createOutageNotice } from './outage-notice.ts';
import type { RecentThreads } from './recent-threads.ts';
import { createSecondThoughts } from './second-thoughts.ts';
import type { Asked } from './task-from-message.ts';
import { type Deps, platformOf } from './turn-context.ts';
import { createWhose } from './verify-thread-claim.ts';
import { createViews } from './views.ts';

/** Nobody misses them who has not been answered. */
const UNSEEN: ReadonlySet<Task['type']> = new Set(['courtesy', 'whose', 'theirs']);

const refusalIn = (outcome: Awaited<ReturnType<Put>>): NotTaken | undefined =>
  typeof outcome === 'string' ? undefined : outcome;

/** What is put on record in place of what was asked, so that its person is told once. */
function toldAsTurn(refusal: NotTaken): Task | undefined {
  if (refusal.type === 'queue-full') return undefined;
  return refusal.type === 'paused' ? { type: 'turned-away', why: 'paused' } : refusal;
}

export function createInbox(deps: Deps, recent: RecentThreads): Inbox {
  const whose = createWhose(deps, recent);
  const inOrder = createInOrder();
  /** What comes of a message is on record before what is heard of it afterwards is looked for there. */
  const byKey = createInOrder();
  const outage = createOutageNotice(deps);

  const put: Put = async (message, asked) =>
    (await haltedBy(deps, message, asked)) ??
    record(message, asked, await budgetsIn(message, asked));

  const budgetsIn = async ({ thread, author }: IncomingMessage, { task }: Asked) =>
    mayCost(task) ? budgetsFor(deps, thread, author) : [];

  /** Nothing is waited for before the append: messages are put on record in the order in which this is called. */
  async function record(
    message: IncomingMessage,
    asked: Asked,
    budgets: readonly Budget[],
  ): ReturnType<Put> {
    const arrival = arrivalOf(message, asked);
    const caps = capsOf(deps, message.author);
    const maxWaiting = deps.rules.maxQueued;
    const appended = await deps.append(arrival, { caps, budgets, maxWaiting });
    outage.over();
    switch (appended.outcome) {
      case 'known':
        return 'known';
      case 'over-quota':
        return overQuota(asked, appended.left);
      case 'over-budget':
        return usedUp(appended.budget, appended.used);
      case 'queue-full':
        return { type: 'queue-full' };
      case 'new':
        if (arrival.lane === 'ordered')
          deps.waitingMarks.heard(message, { waits: appended.ahead > 0 });
        return 'new';
    }
  }

  const append: Append = async (message, asked) => refusalIn(await put(message, asked));

  /** Of many that are refused at the same time, their person reads once; nothing is done for the others. */
  function tellRefused(message: IncomingMessage, task: Task): void {
    const { thread, author } = message;
    deps.notices.run(threadKey(thread), author.id, async () => {
      const words = localeOfJob({ task, message }, await deps.projects.of(thread)).words;
      const text = words.queueFull(deps.rules.maxQueued);
      await platformOf(deps, thread).thread(thread).postPrivately(author.id, { text });
    });
  }

  async function receive(message: IncomingMessage): Promise<void> {
    const begun = await inOrder(threadKey(message.thread), async () => {
      const asked = await hear(deps, message);
      if (!asked) return undefined;
      const halted = await haltedBy(deps, message, asked);
      const budgets = halted ? [] : await budgetsIn(message, asked);
      // In an object, so that the next message waits for the look and not for the disk.
      return { asked, onRecord: halted ?? record(message, asked, budgets) };
    });
    if (!begun) return;
    const { asked } = begun;
    const refusal = refusalIn(await begun.onRecord);
    // What is said about a quota is a turn, too, and may itself be one too many.
    const task = refusal && toldAsTurn(refusal);
    const full = task ? await append(message, { task, weight: 0 }) : refusal;
    if (full && !UNSEEN.has(asked.task.type)) tellRefused(message, asked.task);
  }

  return {
    async receive(message, comesAgain = false) {
      try {
        await byKey(message.key, () => receive(message));
      } catch (error) {
        if (isStoreOutage(error)) outage.tell(message, comesAgain);
        throw error;
      }
    },

    ...createViews(deps, recent),
    ...createSecondThoughts(deps, { append, byKey, inThread: inOrder }),
    ...createCommands(deps, whose, append),
    ...createPresses(deps, whose, { append, put }),

    async mayBegin({ person, place, key, command }) {
      const { words } = localeFor(person.locale);
      const { platform, workspace, channel } = place;
      const visit = { author: person, platform, workspace, channel };
      const refusal = await (command ? admitsTo(deps, command, visit) : admits(deps, visit));
      if (refusal) return { refused: { text: turnedAwayText(words, refusal) } };
      if (command !== undefined) return 'yes';
      const paused = await pausedText(deps, words, place);
      if (paused !== undefined) return { refused: { text: paused } };
      if (key === undefined) return 'yes';
      if ((await requestsLeft(deps, person)) < 1)
        return { refused: { text: words.quotaUsed(deps.rules.dailyTurns, timeZone()) } };
      const pays = await payerOf(deps, place, person, undefined, 'look');
      for (const budget of paysPrivately(pays) ? [] : budgetsOf(deps, place, person)) {
        const used = await deps.ledger.budgetUse(budget, budget.since);
        if (isUsedUp(budget, used))
          return { refused: usedUpMessage(deps, words, usedUp(budget, used), place.platform) };
      }
      try {
        return (await deps.ledger.begin(key)) ? 'yes' : 'again';
      } catch (error) {
        if (!isStoreOutage(error)) throw error;
        deps.log.error('a video cannot be begun', { error });
        return { refused: { text: words.cannotWriteNow } };
      }
    },

    account: (order) => orderAccount(deps, order),

    async left(workspace, at) {
      await deps.accounts.forget(workspace, at);
      await deps.erasures.left(workspace, Math.min(at, deps.timers.now()));
    },

    knows: (thread) => deps.ledger.knows(threadKey(thread)),
  };
}
