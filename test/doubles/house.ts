/** The whole conversation over a scriptable backend and a room in memory; only time is shortened. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { type Conversation, createConversation } from '../../src/conversation/conversation.ts';
import type { Sample } from '../../src/conversation/cost/averages.ts';
import { openCosts } from '../../src/conversation/cost/estimate.ts';
import { openSpool } from '../../src/conversation/render/download-to-disk.ts';
import { openShrink } from '../../src/conversation/render/shrink.ts';
import { PROFILES, type Profile, type ProfileName } from '../../src/conversation/skill-profile.ts';
import type { Rules } from '../../src/conversation/turn-context.ts';
import { createDocumentReader, type DocumentReader } from '../../src/documents/document-reader.ts';
import type { ClaimingLedger } from '../../src/ledger/sqlite/claiming-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { type Account, operatorAccount } from '../../src/nemo/account.ts';
import { anonymousAccount, anonymousRecord } from '../../src/nemo/anonymous-account.ts';
import { createNemo } from '../../src/nemo/create-nemo.ts';
import type { Nemo } from '../../src/nemo/nemo.ts';
import { createGuardedFetch, type GuardedFetch } from '../../src/net/guarded-fetch.ts';
import type { Pictures } from '../../src/pictures/pictures.ts';
import type { ChatPlatform } from '../../src/platforms/chat.ts';
import { type Clock, scaledClock, type Timers } from '../../src/runtime/clock.ts';
import type { Log } from '../../src/runtime/log.ts';
import { createRedact } from '../../src/runtime/redact.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import type { State } from '../../src/state/state.ts';
import { startNemoDouble } from './nemo/nemo-double.ts';
import type { NemoDouble } from './nemo/world.ts';
import { createRoom, type Room } from './room.ts';
import { silentMetrics } from './silent-metrics.ts';

export const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString('base64');

/** One for all houses of a process: a thread that can read takes most of a second to start. Without work it ends by itself. */
const reader = createDocumentReader();

/** A house's own: when it closes, nothing of it is read or waited for any more. */
function readerUntil(closed: AbortSignal): DocumentReader {
  const either = (signal: AbortSignal) => AbortSignal.any([signal, closed]);
  return {
    read: (file, signal) => reader.read(file, either(signal)),
    readArticle: (page, signal) => reader.readArticle(page, either(signal)),
    listen: (file, signal) => reader.listen(file, either(signal)),
    mayRead: (rules, signal) => reader.mayRead(rules, either(signal)),
    close: async () => {},
  };
}

/** What a platform is made with. */
export interface HouseTools {
  readonly state: State;
  readonly clock: Clock;
  readonly log: Log;
}

export interface HouseOptions {
  /** A platform in place of the room. The house starts and closes it. */
  readonly platform?: (tools: HouseTools) => ChatPlatform;
  readonly scale?: number;
  readonly anonymous?: boolean;
  readonly rules?: Partial<Rules>;
  readonly profile?: ProfileName;
  /** The session's draft from the start. */
  readonly draft?: unknown;
  readonly path?: string;
  readonly nemo?: NemoDouble;
  readonly room?: Room;
  readonly leaseMs?: number;
  /** Real milliseconds that a small call to the backend may take. */
  readonly requestTimeoutMs?: number;
  readonly start?: boolean;
  /** For what is real time: deadlines and pauses of the conversation. */
  readonly timers?: Timers;
  /** For the leases of the ledger. */
  readonly ledgerTimers?: Timers;
  readonly maxRunningTurns?: number;
  /** What was measured of the account's work before. */
  readonly learnt?: Sample;
  /** For links; the guard, open to loopback, unless given. */
  readonly openLink?: GuardedFetch;
  /** Bytes that may lie on disk for downloads of unknown length. */
  readonly mostSpooled?: number;
  /** A program that stands in for ffmpeg; none unless given. */
  readonly ffmpeg?: string;
  /** A machine on which nothing can be drawn, unless given. */
  readonly pictures?: Pick<Pictures, 'png'>;
}

export interface House {
  readonly room: Room;
  readonly nemo: NemoDouble;
  readonly ledger: ClaimingLedger;
  readonly state: State;
  readonly conversation: Conversation;
  readonly clock: Clock;
  /** Everything that was logged, as text. */
  readonly logged: string[];
  /** Resolves when no turn is left to be worked on. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const scale = options.scale ?? 0.002;
  const room = options.room ?? createRoom();
  const nemo =
    options.nemo ??
    (await startNemoDouble(options.draft === undefined ? {} : { draft: options.draft }));
  const path = options.path ?? ':memory:';
  const ledger = openSqliteLedger({
    path,
    leaseMs: options.leaseMs ?? 30_000,
    ...(options.ledgerTimers ? { timers: options.ledgerTimers } : {}),
  });
  const state = openSqliteState({ path, encryptionKey: ENCRYPTION_KEY });
  const clock = scaledClock(scale);
  const logged: string[] = [];
  const log = recorder(logged);
  const platform = options.platform?.({ state, clock, log }) ?? room.platform;
  const { waits } = readSettings({ PLAYGROUND: 'on', NEMO_TOKEN: nemo.token });
  const profile = PROFILES[options.profile ?? 'text-to-video-high-quality'];
  const common = {
    apiUrl: nemo.url,
    clock,
    attribution: { source: profile.name, version: '1.0.0', platform: 'unknown' },
    rateLimitWaitMs: waits.rateLimitWait,
    requestTimeoutMs: options.requestTimeoutMs,
    log: () => {},
  };
  const account = options.anonymous
    ? anonymousAccount({
        ...common,
        store: state.map('anonymous-account', anonymousRecord, { secret: true }),
      })
    : operatorAccount(nemo.token);
  const folder = await mkdtemp(join(os.tmpdir(), 'nemo-bot-house-'));
  const closed = new AbortController();
  if (options.learnt) await openCosts(state).learn(account.id, options.learnt);
  const conversation = createConversation({
    documents: readerUntil(closed.signal),
    openLink: options.openLink ?? createGuardedFetch({ allowOrigins: [], allowLoopback: true }),
    spool: await openSpool(join(folder, 'spool'), options.mostSpooled),
    shrink: options.ffmpeg
      ? await openShrink({ ffmpeg: options.ffmpeg, folder: join(folder, 'shrink'), log })
      : undefined,
    pictures: options.pictures ?? { png: async () => undefined },
    ledger,
    state,
    clock,
    log,
    profile,
    keepsSecrets: true,
    nemoAs: onePerProfile((as, own) =>
      createNemo({
        ...common,
        attribution: { ...common.attribution, source: as.name },
        webUrl: 'https://nemovideo.com',
        account: own ?? account,
        output: createGuardedFetch({ allowOrigins: [nemo.url], allowLoopback: true }),
      }),
    ),
    platforms: new Map([[platform.name, platform]]),
    redact: createRedact(() => [nemo.token]),
    metrics: silentMetrics,
    maxRunningTurns: options.maxRunningTurns ?? 50,
    ...(options.timers ? { timers: options.timers } : {}),
    helpNotes: () => [],
    rules: {
      waits,
      autoExport: 'never',
      heartbeatMode: 'edit',
      fitVideo: false,
      costNotes: true,
      planFirst: 'large',
      approveOver: undefined,
      maxUploadBytes: profile.maxUploadMb * 1024 * 1024,
      admins: [],
      workspaces: [],
      channels: [],
      users: [],
      dailyTurns: 0,
      dailyExports: 0,
      maxQueued: 25,
      budgets: { workspace: 0, channel: 0, person: 0 },
      ...options.rules,
    },
  });
  await platform.start(conversation.inbox);
  if (options.start !== false) conversation.start();
  return {
    room,
    nemo,
    ledger,
    state,
    conversation,
    clock,
    logged,
    async idle() {
      while ((await ledger.countUnfinished()) > 0)
        await new Promise((resolve) => setTimeout(resolve, 2));
    },
    async close() {
      await platform.stopListening();
      await conversation.drain(0);
      await platform.close();
      closed.abort();
      await rm(folder, { recursive: true, force: true });
      await ledger.close();
      await state.close();
      if (!options.nemo) await nemo.close();
    },
  };
}

export function recorder(lines: string[]): Log {
  const write =
    (level: string) =>
    (message: string, fields: object = {}) => {
      const error =
        'error' in fields && fields.error instanceof Error ? ` ${fields.error.stack}` : '';
      lines.push(`${level} ${message}${error}`);
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    always: write('info'),
  };
}

function onePerProfile(
  make: (profile: Profile, own?: Account) => Nemo,
): (profile: Profile, own?: Account) => Nemo {
  const made = new Map<Profile, Nemo>();
  return (profile, own) => {
    if (own) return make(profile, own);
    const nemo = made.get(profile) ?? make(profile);
    made.set(profile, nemo);
    return nemo;
  };
}
