/** The platform alone, with an inbox made by hand: for what lies between Slack and the record. */

import { createGuardedFetch } from '../../../src/net/guarded-fetch.ts';
import type {
  ButtonPress,
  Command,
  Inbox,
  IncomingMessage,
  Overview,
} from '../../../src/platforms/chat.ts';
import type { OperatorLinks } from '../../../src/platforms/platform-module.ts';
import { createSlackPlatform, type SlackPlatform } from '../../../src/platforms/slack/platform.ts';
import type { SlackSettings } from '../../../src/platforms/slack/settings.ts';
import { scaledClock } from '../../../src/runtime/clock.ts';
import { startHttpServer } from '../../../src/runtime/http-server.ts';
import { openSqliteState } from '../../../src/state/sqlite/open-state.ts';
import type { State } from '../../../src/state/state.ts';
import { ENCRYPTION_KEY, recorder } from '../../doubles/house.ts';
import { type SlackDouble, startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN, CLIENT, SIGNING_SECRET } from '../../doubles/slack/world.ts';

export interface HandMadeInbox extends Inbox {
  readonly taken: IncomingMessage[];
  readonly commands: Command[];
  readonly presses: ButtonPress[];
  /** Threads that count as ours, by their root's ts. */
  readonly ours: Set<string>;
  /** The next message that comes; `kept` resolves when it counts as written. */
  next(): Promise<{ message: IncomingMessage; kept: Promise<void> }>;
  failNext(error: Error): void;
  onCommand: (command: Command) => Promise<void>;
  onPress: (press: ButtonPress) => Promise<void>;
}

export function handMadeInbox(overview: Partial<Overview> = {}): HandMadeInbox {
  const waiting: ((value: { message: IncomingMessage; kept: Promise<void> }) => void)[] = [];
  const early: { message: IncomingMessage; kept: Promise<void> }[] = [];
  let failure: Error | undefined;
  const inbox: HandMadeInbox = {
    taken: [],
    commands: [],
    presses: [],
    ours: new Set(),
    onCommand: async () => {},
    onPress: async () => {},
    next: () => {
      const ready = early.shift();
      return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
    },
    failNext(error) {
      failure = error;
    },
    async receive(message) {
      const refused = failure;
      failure = undefined;
      const kept = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        if (!refused) inbox.taken.push(message);
      });
      const told = { message, kept };
      const listener = waiting.shift();
      if (listener) listener(told);
      else early.push(told);
      await kept;
      if (refused) throw refused;
    },
    revise: async () => false,
    withdraw: async () => {},
    async command(command) {
      inbox.commands.push(command);
      await inbox.onCommand(command);
    },
    async press(press) {
      inbox.presses.push(press);
      await inbox.onPress(press);
    },
    knows: async ({ thread }) => inbox.ours.has(thread),
    mayBegin: async () => 'yes',
    recent: async () => [],
    brand: async () => undefined,
    versions: async () => [],
    account: async () => ({ text: 'about accounts' }),
    left: async () => {},
    overview: async () => ({
      language: 'en',
      greeting: 'Hello',
      examples: ['A film about tea', 'A film about rain'],
      help: '**Try saying**\n- A film about <tea>',
      credits: 'Credits: 60 available.',
      recent: [],
      ...overview,
    }),
  };
  return inbox;
}

export interface Bare {
  readonly slack: SlackDouble;
  readonly platform: SlackPlatform;
  readonly state: State;
  readonly botUrl: string;
  readonly logged: string[];
  close(): Promise<void>;
}

export interface BareOptions {
  readonly slack?: SlackDouble;
  readonly path?: string;
  readonly oauth?: boolean;
  readonly settings?: Partial<SlackSettings>;
  readonly scale?: number;
  readonly links?: OperatorLinks;
  /** Before the platform connects. */
  readonly prepare?: (slack: SlackDouble) => void;
}

export async function startPlatform(
  mode: 'socket' | 'http',
  inbox: Inbox,
  options: BareOptions = {},
): Promise<Bare> {
  const logged: string[] = [];
  const log = recorder(logged);
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    routes: [(req, res) => platform.handle(req, res)],
    log,
  });
  const botUrl = `http://127.0.0.1:${server.port}`;
  const eventsUrl = `${botUrl}/slack/events`;
  const slack =
    options.slack ?? (await startSlackDouble(mode === 'http' ? { http: { eventsUrl } } : {}));
  if (slack.http) slack.http.eventsUrl = eventsUrl;
  options.prepare?.(slack);
  const state = openSqliteState({
    path: options.path ?? ':memory:',
    encryptionKey: ENCRYPTION_KEY,
  });
  const platform = createSlackPlatform({
    settings: {
      mode,
      botToken: options.oauth ? undefined : BOT_TOKEN,
      appToken: mode === 'socket' ? APP_TOKEN : undefined,
      signingSecret: mode === 'http' ? SIGNING_SECRET : undefined,
      oauth: options.oauth
        ? { clientId: CLIENT.id, clientSecret: CLIENT.secret, stateSecret: CLIENT.state }
        : undefined,
      apiUrl: slack.apiUrl,
      allowedWorkspaces: [],
      commandPrefix: undefined,
      reactions: ['clapper'],
      ...options.settings,
    },
    state,
    clock: scaledClock(options.scale ?? 0.002),
    log,
    guardedFetch: createGuardedFetch({ allowOrigins: [slack.url], allowLoopback: false }),
    ...(options.links ? { links: options.links } : {}),
  });
  const close = async () => {
    await platform.stopListening();
    await platform.close();
    await state.close();
    await server.close();
    if (!options.slack) await slack.close();
  };
  try {
    await platform.start(inbox);
  } catch (error) {
    await close();
    throw error;
  }
  return { slack, platform, state, botUrl, logged, close };
}
