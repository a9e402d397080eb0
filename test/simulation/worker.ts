/** One process of the bot in a simulated world: the real conversation over the real ledger. */
import { Readable } from 'node:stream';
import { type Conversation, createConversation } from '../../src/conversation/conversation.ts';
import type { Spool } from '../../src/conversation/render/download-to-disk.ts';
import { PROFILES } from '../../src/conversation/skill-profile.ts';
import type { Rules } from '../../src/conversation/turn-context.ts';
import { DocumentUnreadable } from '../../src/documents/document.ts';
import type { Claim, Ledger } from '../../src/ledger/ledger.ts';
import type { Log } from '../../src/runtime/log.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { State } from '../../src/state/state.ts';
import { silentMetrics } from '../doubles/silent-metrics.ts';
import type { Backend } from './backend.ts';
import type { WorkingPhase } from './census.ts';
import type { Chat } from './chat.ts';
import type { Random } from './random.ts';
import type { Database, Opened } from './store.ts';
import { actingAs } from './virtual-time.ts';
import { clockOf } from './worker-time.ts';
import { turnOf, type Worker, type World } from './world.ts';

const GRACE_MS = 20_000;

export interface House {
  readonly world: World;
  readonly chat: Chat;
  readonly backend: Backend;
  readonly database: Database;
  readonly rules: Pick<Rules, 'autoExport' | 'dailyTurns' | 'dailyExports' | 'maxQueued'>;
  readonly maxRunningTurns: number;
}

export interface Hired extends Worker {
  readonly conversation: Conversation;
  /** Ordered turns at work now. */
  readonly working: () => number;
  /** As a deployment ends a process; resolves when it has gone, unless it is killed on the way. */
  shutDown(): Promise<void>;
}

/** It has begun, and serves nobody yet. */
export function announce(world: World, name: string): Worker {
  const bare: Worker = {
    name,
    world,
    time: world.time,
    alive: true,
    stalledUntil: 0,
    readyAt: 0,
    connections: new Set(),
    phases: () => [],
    isBusy: () => false,
    listening: true,
    naps: [],
    lookedAt: -1,
    endedAt: undefined,
  };
  world.workers.push(bare);
  world.tell(name, 'starts');
  return bare;
}

/** With what it has opened of the store. */
export function hire(house: House, bare: Worker, opened: Opened): Hired {
  const { world } = house;
  const { name } = bare;
  const { conversation, working, phases, close } = actingAs(bare, () => work(house, bare, opened));
  return Object.assign(bare, {
    conversation,
    working,
    phases,
    isBusy: () => conversation.running() > 0,
    shutDown: () =>
      actingAs(bare, async () => {
        world.tell(name, 'is told to shut down');
        bare.listening = false;
        await conversation.drain(GRACE_MS);
        await close();
        bare.endedAt = world.time.monotonic();
        bare.alive = false;
        world.tell(name, 'has shut down');
      }),
  });
}

function work(
  { world, chat, backend, rules, maxRunningTurns }: House,
  worker: Worker,
  opened: Opened,
) {
  const random = world.random.fork(`pace ${worker.name}`);
  const { planted } = world;
  const counted = countWork(opened.ledger);
  const ledger = paced(worker, random, planted?.ledger?.(counted.ledger, worker) ?? counted.ledger);
  const kept = opened.state;
  const plain = backend.nemoFor(worker);
  const nemo = planted?.nemo?.(plain) ?? plain;
  const { waits } = readSettings({ PLAYGROUND: 'on', NEMO_TOKEN: 'not-a-token' });
  const platform = chat.platformFor(worker);
  const conversation = createConversation({
    shrink: undefined,
    ledger,
    state: pacedState(worker, random, kept),
    documents: {
      mayRead: async () => true,
      listen: () => Promise.reject(new Error('nobody speaks here')),
      readArticle: () => Promise.reject(new DocumentUnreadable('damaged', 'no pages here')),
      read: () => Promise.reject(new DocumentUnreadable('damaged', 'no documents here')),
      close: async () => {},
    },
    openLink: () => Promise.reject(new Error('nobody sends links here')),
    spool: inMemory,
    pictures: { png: async () => undefined },
    clock: clockOf(worker),
    log: logOf(worker),
    profile: PROFILES['text-to-video-high-quality'],
    nemoAs: () => nemo,
    keepsSecrets: false,
    platforms: new Map([[platform.name, platform]]),
    redact: (text) => text,
    metrics: silentMetrics,
    maxRunningTurns,
    helpNotes: () => [],
    rules: {
      ...rules,
      waits,
      heartbeatMode: 'edit',
      fitVideo: false,
      costNotes: true,
      planFirst: 'large',
      approveOver: undefined,
      maxUploadBytes: 10_000_000,
      admins: [],
      workspaces: [],
      channels: [],
      users: [],
      budgets: { workspace: 0, channel: 0, person: 0 },
    },
  });
  conversation.start();
  const close = async () => {
    await ledger.close();
    await kept.close();
  };
  return { conversation, working: counted.working, phases: counted.phases, close };
}

interface Counted {
  readonly ledger: Ledger;
  /** Immediate turns have places of their own, which no setting counts. */
  readonly working: () => number;
  readonly phases: () => readonly WorkingPhase[];
}

function countWork(opened: Ledger): Counted {
  const open = new Set<{ readonly claim: Claim; phase: WorkingPhase }>();
  const ordered = () => [...open].filter(({ claim }) => claim.turn.lane === 'ordered');
  const ledger: Ledger = {
    ...opened,
    async advance(claim, change) {
      await opened.advance(claim, change);
      for (const it of open) if (it.claim === claim) it.phase = change.phase ?? it.phase;
    },
    dispatch: (options) =>
      opened.dispatch({
        ...options,
        async run(shift) {
          const { claim } = shift;
          const { phase } = claim.turn;
          if (phase === 'delivered' || phase === 'failed' || phase === 'stopped')
            throw new Error(`a turn that has ended was claimed: ${claim.turn.id}`);
          const entry = { claim, phase };
          open.add(entry);
          try {
            return await options.run(shift);
          } finally {
            open.delete(entry);
          }
        },
      }),
  };
  return {
    ledger,
    working: () => ordered().length,
    phases: () => ordered().map(({ phase }) => phase),
  };
}

/** A real disk takes real time, in which the world would go on. */
const inMemory: Spool = {
  async take(stream, limit, signal) {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream) {
      signal.throwIfAborted();
      const content = Buffer.from(chunk);
      bytes += content.length;
      if (bytes > limit) return 'too-long';
      chunks.push(content);
    }
    return { bytes, open: async () => Readable.from(chunks), remove: async () => {} };
  },
};

/** Every promise of the store is waited for, and something else may happen before and after. */
function paced<T extends object>(worker: Worker, random: Random, store: T): T {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || DIRECT.has(name)) return value;
      return async (...args: unknown[]) => {
        await turnOf(worker, random);
        const result: unknown = await Reflect.apply(value, target, args);
        await turnOf(worker, random);
        return result;
      };
    },
  });
}

/** Answered at once, without a promise. */
const DIRECT: ReadonlySet<string | symbol> = new Set(['onWork', 'dispatch']);

function pacedState(worker: Worker, random: Random, state: State): State {
  return {
    map: (name, schema, options) => paced(worker, random, state.map(name, schema, options)),
    close: () => state.close(),
  };
}

export function logOf(worker: Worker): Log {
  const write =
    (level: string) =>
    (message: string, fields: object = {}) => {
      const error = 'error' in fields && fields.error instanceof Error ? fields.error : undefined;
      const why = error ? ` (${error.name}: ${error.message})` : '';
      if (worker.alive) worker.world.tell(worker.name, `logs ${level}: ${message}${why}`);
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    always: write('info'),
  };
}
