import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Gate, openGate } from '../gate.ts';
import {
  createDeliveries,
  type Delivered,
  type Deliveries,
  type HttpTarget,
} from './deliveries.ts';
import { createPeople, type PeopleDo } from './people.ts';
import { serveSlack } from './server.ts';
import {
  ALL_SCOPES,
  APP_ID,
  APP_TOKEN,
  BOT_TOKEN,
  CONFIG_TOKEN,
  type Fault,
  type SeenMessage,
  TEAM,
  type World,
} from './world.ts';

export interface SlackDouble extends World, PeopleDo {
  /** For `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly deliveries: Deliveries;
  /** Where events go by HTTP; another address after a restart. */
  readonly http: HttpTarget | undefined;
  /** The next answers of a method, in order; `*` for any, `upload` for the upload address. */
  fail(method: string, ...faults: Fault[]): void;
  /** The message as it stands in its thread now, or soon. */
  until(fits: (message: SeenMessage) => boolean): Promise<SeenMessage>;
  untilTrue(holds: () => boolean): Promise<void>;
  /** What is visible of a thread, oldest first. */
  thread(ts: string): SeenMessage[];
  callsOf(method: string): World['calls'];
  /** The end of the workspace's tokens that rotate has come. */
  expireTokens(team: string): void;
  /** Addresses given with interactions so far answer no more. */
  expireResponses(): void;
  close(): Promise<void>;
}

/**
 * A workspace on loopback, to be used by the real SDK: Web API, Socket Mode or signed HTTP events,
 * files. Its people act by the methods of people.ts; everything they could see is in `messages` and
 * `ephemerals`; what a careful Slack would punish is in `violations`.
 */
export async function startSlackDouble(
  options: { http?: HttpTarget; gate?: Gate } = {},
): Promise<SlackDouble> {
  const { gate = openGate } = options;
  const watchers = new Set<() => void>();
  const responses = new Map<string, Record<string, unknown>[]>();
  const deliveries = createDeliveries(options.http);
  let last = 1_790_000_000_000_000;
  let count = 0;

  const world: World = {
    users: new Map(
      [
        { id: 'U0ALICE', name: 'Alice' },
        { id: 'U0BOB', name: 'Bob' },
        { id: 'U0MEI', name: 'Mei', locale: 'zh-CN' },
        { id: 'U0ADMIN', name: 'Ada', admin: true },
      ].map((user) => [user.id, user]),
    ),
    channels: new Map(
      [
        { id: 'C0TEA', name: 'tea', member: true, archived: false },
        { id: 'C0AWAY', name: 'away', member: false, archived: false },
      ].map((channel) => [channel.id, channel]),
    ),
    messages: [],
    ephemerals: [],
    files: new Map(),
    calls: [],
    downloads: [],
    violations: [],
    views: [],
    addresses: new Map(),
    answered: [],
    triggers: new Map(),
    homes: new Map(),
    sessions: [],
    lines: [],
    prompts: [],
    tokens: new Map([[BOT_TOKEN, TEAM]]),
    expiries: new Map(),
    refreshTokens: new Set(),
    scopes: [...ALL_SCOPES],
    app: {
      id: APP_ID,
      socketMode: true,
      appTokens: new Map([[APP_TOKEN, ['connections:write']]]),
      configTokens: new Set([CONFIG_TOKEN]),
      manifest: undefined,
      made: [],
    },
    agentSessions: false,
    unknownBlocks: new Set(),
    shareDelayMs: 5,
    faults: new Map(),
    url: '',
    nextTs() {
      last = Math.max(last + 1, Date.now() * 1000);
      return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
    },
    nextId(prefix) {
      count += 1;
      return `${prefix}${String(count).padStart(4, '0')}`;
    },
    changed() {
      for (const look of [...watchers]) look();
    },
  };

  const server = createServer((request, response) => {
    const serve = () => serveSlack({ world, responses }, request, response);
    gate(request, response, serve).catch((error: unknown) => {
      world.violations.push(`the double failed: ${String(error)}`);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket) => deliveries.accept(request, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const untilTrue = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });

  return Object.assign(world, createPeople(world, deliveries, responses), {
    apiUrl: `${world.url}/api/`,
    deliveries,
    http: options.http,
    fail(method: string, ...faults: Fault[]) {
      world.faults.set(method, [...(world.faults.get(method) ?? []), ...faults]);
    },
    untilTrue,
    async until(fits: (message: SeenMessage) => boolean) {
      const find = () => world.messages.find((message) => !message.deleted && fits(message));
      await untilTrue(() => find() !== undefined);
      const found = find();
      if (!found) throw new Error('it was here a moment ago');
      return found;
    },
    thread: (ts: string) =>
      world.messages.filter((m) => !m.deleted && (m.ts === ts || m.thread_ts === ts)),
    callsOf: (method: string) => world.calls.filter((call) => call.method === method),
    expireResponses: () => responses.clear(),
    expireTokens(team: string) {
      for (const [token, of] of world.tokens)
        if (of === team && world.expiries.has(token)) world.expiries.set(token, Date.now());
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const wire of deliveries.sockets) wire.cut();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

export type { Delivered };
