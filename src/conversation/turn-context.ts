/** What every step of a turn works with: the job, the notes, the thread to speak in. */

import type { DocumentReader } from '../documents/document-reader.ts';
import type { ClaimedTurn, Dispatcher } from '../ledger/dispatch.ts';
import type { Claim, Ledger, Turn } from '../ledger/ledger.ts';
import type { Words } from '../locales/locale.ts';
import type { Account } from '../nemo/account.ts';
import type { Nemo } from '../nemo/nemo.ts';
import type { GuardedFetch } from '../net/guarded-fetch.ts';
import type { Pictures } from '../pictures/pictures.ts';
import type {
  ChatPlatform,
  ChatThread,
  OutgoingMessage,
  Place,
  PlatformName,
  Posted,
  ThreadRef,
} from '../platforms/chat.ts';
import type { Clock, Timers } from '../runtime/clock.ts';
import type { TurnId } from '../runtime/ids.ts';
import type { Log } from '../runtime/log.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Redact } from '../runtime/redact.ts';
import type { Tracer } from '../runtime/tracing.ts';
import type { Access, Settings } from '../settings/settings.ts';
import type { OwnAccounts } from './accounts/own-accounts.ts';
import { certain, type Payer, payerOf } from './accounts/payer.ts';
import type { DeskRules } from './admin/desk-rules.ts';
import type { Balance } from './balance.ts';
import type { BestEffort } from './best-effort.ts';
import type { BrandKits } from './brand/brand-kit.ts';
import { mayCost } from './budgets/budgets.ts';
import type { BudgetWarnings } from './budgets/warn.ts';
import type { ChannelProfiles } from './channel-profiles.ts';
import type { Costs, EstimateWork } from './cost/estimate.ts';
import { type CostMeter, openMeter } from './cost/meter.ts';
import type { Erasures } from './data/erasures.ts';
import type { Feedback } from './feedback/feedback.ts';
import { type Job, readJob } from './job.ts';
import { localeOfJob } from './language/reply-language.ts';
import type { Projects } from './project.ts';
import type { Spool } from './render/download-to-disk.ts';
import type { Shrink } from './render/shrink.ts';
import { elsewhere, sayIn } from './say.ts';
import type { Profile } from './skill-profile.ts';
import type { ThreadTalk } from './thread-talk.ts';
import { threadUnderClaim } from './thread-under-claim.ts';
import { openRecord, type TurnRecord } from './turn-record.ts';
import { timesOf } from './turn-times.ts';
import type { WaitingMarks } from './waiting-mark.ts';
import { isUnsent } from './withdrawn-turn.ts';

/** The settings that a conversation follows. */
export interface Rules
  extends Access,
    Pick<
      Settings,
      | 'waits'
      | 'autoExport'
      | 'heartbeatMode'
      | 'fitVideo'
      | 'maxUploadBytes'
      | 'costNotes'
      | 'planFirst'
      | 'approveOver'
    >,
    Partial<Pick<Settings, 'links'>> {}

/** What the conversation works with in one place: the skill profile decides three of these. */
export interface Deps {
  readonly profile: Profile;
  /** Sends the profile's attribution with every call. */
  readonly nemo: Nemo;
  /** The account's credits, for whoever asks; what was just spent is asked of the backend itself. */
  readonly balance: Balance;
  /** What was learnt of the costs of work. */
  readonly costs: Costs;
  readonly budgetWarnings: BudgetWarnings;
  readonly accounts: OwnAccounts;
  /** Whose account `nemo`, `balance` and `estimate` are of. */
  readonly payer: Payer;
  /** The backend with another account. */
  readonly nemoOf: (account: Account) => Nemo;
  /** The same, of the account of this place. */
  readonly estimate: EstimateWork;
  /** Largest file taken, in bytes. */
  readonly uploadLimit: number;
  readonly ledger: Ledger;
  readonly documents: DocumentReader;
  /** Opens the links that people send. */
  readonly openLink: GuardedFetch;
  /** Where files of unknown length wait on disk. */
  readonly spool: Spool;
  /** Makes a video smaller on this machine, where that can be done. */
  readonly shrink: Shrink | undefined;
  /** Timelines as pictures, for places that do not draw them. */
  readonly pictures: Pick<Pictures, 'png'>;
  readonly projects: Projects;
  readonly talk: ThreadTalk;
  readonly profiles: ChannelProfiles;
  readonly feedback: Feedback;
  /** What is to be forgotten. */
  readonly erasures: Erasures;
  readonly brands: BrandKits;
  /** What admins have decided while the bot runs. */
  readonly desk: DeskRules;
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>;
  readonly clock: Clock;
  /** For what product time has no say in. */
  readonly timers: Timers;
  readonly rules: Rules;
  readonly log: Log;
  readonly redact: Redact;
  readonly metrics: Metrics;
  /** Where there are traces. */
  readonly tracer?: Tracer | undefined;
  /** Further lines for the help text, from whoever composed the app. */
  readonly helpNotes: (words: Words) => readonly string[];
  /** Puts a turn on record, and to work at once where there is room for it. */
  readonly append: Dispatcher['append'];
  /** For reactions, signs of life and names: what no message and no answer may wait for. */
  readonly bestEffort: BestEffort;
  readonly waitingMarks: WaitingMarks;
  /** For what is told to one person beside everything else. Apart, because a post may wait for long. */
  readonly notices: BestEffort;
  /** Interrupts a turn that runs in this process; others see the mark in the ledger. */
  readonly interrupt: (turnId: TurnId) => boolean;
  /** The same in another place, by another's account; the operator's unless one is given. */
  readonly at: (place: Place, payer?: Payer) => Promise<Deps>;
}

export interface TurnContext extends TurnRecord {
  readonly deps: Deps;
  readonly claim: Claim;
  readonly turn: Turn;
  readonly job: Job;
  readonly thread: ChatThread;
  readonly platform: ChatPlatform;
  readonly words: Words;
  readonly signal: AbortSignal;
  readonly worker: ClaimedTurn;
  /** What the turn spends of the account. */
  readonly cost: CostMeter;
  /** True when an earlier worker began this turn: what it posted may be there already. */
  readonly resumed: boolean;
  /** Of one post of this turn: the same in each attempt at it. */
  keyOf(part: string): string;
  /**
   * Posts once, whatever crashes in between; `part` tells the posts of one turn apart. Undefined: the thread takes
   * nothing, and it went to the person directly.
   */
  say(
    message: OutgoingMessage,
    part: string,
    how?: {
      readonly again?: boolean;
      /** A sign of life, which nobody needs where it cannot be shown. */
      readonly onlyHere?: boolean;
    },
  ): Promise<Posted | undefined>;
  /** The same turn at another of its videos: what it posts is told apart from the others'. */
  part(name: string): TurnContext;
}

export function platformOf(deps: Pick<Deps, 'platforms'>, ref: ThreadRef): ChatPlatform {
  const platform = deps.platforms.get(ref.platform);
  if (!platform)
    throw new Error(`a turn came for ${ref.platform}, which this process does not serve`);
  return platform;
}

export async function openTurn(anywhere: Deps, worker: ClaimedTurn): Promise<TurnContext> {
  const { claim } = worker;
  const stored = readJob(claim.turn.payload);
  const { thread: ref, author } = stored.message;
  const project = await anywhere.projects.of(ref);
  const use = mayCost(stored.task) || stored.task.type === 'export' ? 'spend' : 'look';
  const payer = await payerOf(anywhere, ref, author, project, use);
  const deps = await anywhere.at(ref, await certain(anywhere, ref, payer, project));
  const platform = platformOf(deps, stored.message.thread);
  const job = await withLocale(platform, stored);
  const thread = threadUnderClaim(platform.thread(job.message.thread), worker);
  const record = openRecord(deps.ledger, claim, project);
  const words = localeOfJob(job, record.project).words;
  const { resumed } = claim;
  const cost = openMeter({ turn: claim.turn, startedAt: () => record.notes.startedAt, deps });

  const times = timesOf(claim, deps);
  const keysOf = (prefix: string) => (part: string) => `${claim.turn.id}:${prefix}${part}`;
  const contextOf = (prefix: string): TurnContext => ({
    deps,
    keyOf: keysOf(prefix),
    claim,
    turn: claim.turn,
    job,
    thread,
    platform,
    words,
    signal: worker.signal,
    worker,
    cost,
    resumed,
    get notes() {
      return record.notes;
    },
    get project() {
      return record.project;
    },
    note: record.note,
    enter: times.entering(record),
    put: record.put,
    say: times.saying((message, part, { again = resumed, onlyHere = false } = {}) =>
      sayIn(
        deps,
        thread,
        job.message.author.id,
        message,
        {
          key: keysOf(prefix)(part),
          again,
          // Who took the message back wants to hear nothing of it, unless it has cost something.
          quiet: isUnsent(record.notes),
        },
        async (it) =>
          onlyHere
            ? undefined
            : elsewhere(it, words, (await deps.ledger.thread(claim.turn.thread))?.name),
      ),
    ),
    part: (name) => contextOf(`${prefix}${name}:`),
  });
  return contextOf('');
}

/** Who says nothing is spoken to in the language of their client. */
async function withLocale(platform: ChatPlatform, job: Job): Promise<Job> {
  const { thread, author, text } = job.message;
  if (text.trim() !== '' || author.locale !== undefined || !platform.localeOf) return job;
  const locale = await platform.localeOf(thread, author.id);
  return { ...job, message: { ...job.message, author: { ...author, locale } } };
}
