/** Puts the conversation together: the inbox in front, the dispatcher behind, the ledger between. */

import { LRUCache } from 'lru-cache';
import type { Account } from '../nemo/account.ts';
import type { Nemo } from '../nemo/nemo.ts';
import type { Inbox } from '../platforms/chat.ts';
import { machineTimers, type Timers } from '../runtime/clock.ts';
import type { State } from '../state/state.ts';
import { openOwnAccounts } from './accounts/own-accounts.ts';
import { accountOf, OPERATOR, type Payer } from './accounts/payer.ts';
import { openDeskRules } from './admin/desk-rules.ts';
import { type Balance, openBalance } from './balance.ts';
import { createBestEffort } from './best-effort.ts';
import { openBrandKits } from './brand/brand-kit.ts';
import { openBudgetWarnings } from './budgets/warn.ts';
import { openChannelProfiles } from './channel-profiles.ts';
import { openCosts } from './cost/estimate.ts';
import { openErasures } from './data/erasures.ts';
import { openFeedback } from './feedback/feedback.ts';
import { createInbox } from './inbox.ts';
import { openProjects } from './project.ts';
import { openRecentThreads } from './recent-threads.ts';
import { runTurn } from './run-turn.ts';
import type { Profile } from './skill-profile.ts';
import { openThreadTalk } from './thread-talk.ts';
import type { Deps } from './turn-context.ts';
import { createWaitingMarks } from './waiting-mark.ts';
import { watchRun } from './watch-run.ts';

export interface Conversation {
  readonly inbox: Inbox;
  /** Begins to work on turns, those that an earlier process left first. */
  start(): void;
  running(): number;
  drain(graceMs: number): Promise<void>;
  /** Forgets what is due to be; one process does it for all. */
  forgetDue(now?: number): Promise<void>;
}

/** Real milliseconds that a shutdown waits for reactions and the like. */
const LAST_SIGNS_MS = 1_000;

/** What is known for some seconds of each. */
const MOST_BALANCES = 200;

type Given = Omit<
  Deps,
  | 'projects'
  | 'talk'
  | 'profiles'
  | 'feedback'
  | 'erasures'
  | 'desk'
  | 'brands'
  | 'balance'
  | 'costs'
  | 'budgetWarnings'
  | 'accounts'
  | 'payer'
  | 'nemoOf'
  | 'estimate'
  | 'interrupt'
  | 'append'
  | 'bestEffort'
  | 'notices'
  | 'at'
  | 'nemo'
  | 'uploadLimit'
  | 'timers'
  | 'waitingMarks'
>;

/** `profile` is the operator's choice; a channel may have another. */
export interface ConversationOptions extends Given {
  readonly state: State;
  /** The backend with a profile's attribution. */
  readonly nemoAs: (profile: Profile, account?: Account) => Nemo;
  /** There is a key to encrypt what people entrust to the bot. */
  readonly keepsSecrets: boolean;
  readonly maxRunningTurns: number;
  /** The machine's own unless given. */
  readonly timers?: Timers;
}

export function createConversation(options: ConversationOptions): Conversation {
  const {
    state,
    maxRunningTurns,
    nemoAs,
    keepsSecrets,
    timers = machineTimers,
    ...given
  } = options;
  const profiles = openChannelProfiles(state, options.profile);
  const costs = openCosts(state);
  /** What is stored of a workspace besides its turns. */
  const kept = {
    accounts: openOwnAccounts(state, keepsSecrets),
    profiles,
    feedback: openFeedback(state),
    desk: openDeskRules(state),
    brands: openBrandKits(state),
  };
  /** Of connected accounts, by their ids. */
  const balances = new LRUCache<string, Balance>({ max: MOST_BALANCES });
  const usual = openBalance(nemoAs(options.profile), options.clock, timers);
  const balanceOf = (nemo: Nemo): Balance => {
    const balance = balances.get(nemo.account) ?? openBalance(nemo, options.clock, timers);
    balances.set(nemo.account, balance);
    return balance;
  };
  const acting = (profile: Profile, payer: Payer) => {
    const account = accountOf(payer);
    const nemo = nemoAs(profile, account);
    return {
      profile,
      payer,
      nemo,
      nemoOf: (other: Account) => nemoAs(profile, other),
      estimate: costs.estimate(nemo.account),
      balance:
        'account' in payer
          ? balanceOf(nemo)
          : account
            ? openBalance(nemo, options.clock, timers)
            : usual,
      uploadLimit: options.rules.maxUploadBytes ?? profile.maxUploadMb * 1024 * 1024,
    };
  };
  const talk = openThreadTalk(state, options.ledger);
  const { ledger, platforms, clock, log } = options;
  const interrupt: Deps['interrupt'] = (turnId) => dispatcher.stop(turnId);
  const bestEffort = createBestEffort(log, timers);
  /** Of the operator's account, which nearly every turn is of: the same in all places with the same profile. */
  const byProfile = new Map<Profile, Deps>();
  const deps: Deps = {
    ...given,
    ...acting(options.profile, OPERATOR),
    ...kept,
    erasures: openErasures({
      ...{ state, ledger, platforms, clock, log, talk, interrupt },
      ...kept,
    }),
    costs,
    budgetWarnings: openBudgetWarnings(state),
    timers,
    projects: openProjects(options.ledger),
    talk,
    append: (arrival, rules) => dispatcher.append(arrival, rules),
    bestEffort,
    waitingMarks: createWaitingMarks({ bestEffort, ledger, platforms, timers }),
    notices: createBestEffort(options.log, timers),
    interrupt,
    async at(place, payer = OPERATOR) {
      const profile = await profiles.of(place);
      if (payer !== OPERATOR) return { ...deps, ...acting(profile, payer) };
      const known = byProfile.get(profile) ?? { ...deps, ...acting(profile, OPERATOR) };
      byProfile.set(profile, known);
      return known;
    },
  };
  const served = [...options.platforms.keys()];
  const dispatcher = options.ledger.dispatch({
    platforms: served,
    limit: maxRunningTurns,
    log: options.log,
    run: (worker) => watchRun(deps, worker, () => runTurn(deps, worker)),
  });
  return {
    inbox: createInbox(deps, openRecentThreads(options.ledger, served)),
    start: dispatcher.start,
    running: dispatcher.running,
    forgetDue: deps.erasures.sweep,
    async drain(graceMs) {
      await dispatcher.drain(graceMs);
      await Promise.all([deps.bestEffort.close(LAST_SIGNS_MS), deps.notices.close(LAST_SIGNS_MS)]);
    },
  };
}
