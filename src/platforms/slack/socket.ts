/**
 * Keeps the Socket Mode connection. The SDK's own reconnection waits five seconds even when Slack
 * merely asks for a fresh connection, and gives up for good, with an unhandled rejection, when its
 * first request meets a network failure; so that part is done here.
 */
import { SocketModeReceiver, webApi } from '@slack/bolt';
import { z } from 'zod';
import { machineTimers, sleepOn } from '../../runtime/clock.ts';
import { withDeadline, within } from '../../runtime/deadline.ts';
import type { Log } from '../../runtime/log.ts';
import { type RetryPolicy, retry } from '../../runtime/retry.ts';
import { clientOptions } from './api-calls.ts';
import { boltLog } from './bolt-log.ts';
import { retryFirstCalls } from './retry-policy.ts';

export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Rejects with a sentence for the operator. */
  start(): Promise<void>;
  stop(): Promise<void>;
  trouble(): string | undefined;
  /** What Slack says that an operator should look at, though all works. */
  warning(): string | undefined;
}

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly log: Log;
  /** Connected again after so many real milliseconds without a connection. */
  readonly onReconnect: (gapMs: number) => void;
}

/** Real milliseconds from the request for an address to Slack's hello. */
const CONNECT_MS = 30_000;
const CLOSE_MS = 2_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 20_000;

const FATAL = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'not_allowed_token_type',
  'missing_scope',
];

export function createSocket({ appToken, apiUrl, log, onReconnect }: SocketOptions): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLog(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl, boltLog(log)) },
    processEventErrorHandler: async ({ error }) => {
      log.error('an event was not taken; Slack will send it again', { error });
      return false;
    },
  });
  const { client } = receiver;
  const stopped = new AbortController();
  let connected = false;
  let connecting = false;
  /** Connections of the app that are not this one, as Slack last counted them. */
  let others = 0;
  let lostAt = Date.now();
  const clock = sleepOn(machineTimers);
  const untilStopped: RetryPolicy = {
    tries: Number.POSITIVE_INFINITY,
    pauses: (failed) => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failed - 1)),
    clock,
    signal: stopped.signal,
    again: () => true,
    onPause: (error) =>
      log.warn('Slack cannot be connected to; trying again', { error: error ?? 'closed' }),
  };

  // The client keeps Slack's greeting to itself; the frame that it came in does not.
  client.on('ws_message', (data: unknown) => {
    const connections = connectionsIn(data);
    if (connections === undefined) return;
    const before = others;
    others = connections - 1;
    if (others > 0 && before === 0) log.warn(anotherCopy(others));
    if (others === 0 && before > 0) log.info('Slack no longer has another connection of this app');
  });

  client.on('disconnected', () => {
    if (!connected) return;
    connected = false;
    lostAt = Date.now();
    if (!stopped.signal.aborted) keepTrying().catch(unlessStopped);
  });

  const unlessStopped = (error: unknown): void => {
    if (!stopped.signal.aborted) log.error('the connection to Slack is given up', { error });
  };

  /** One attempt; an opened socket without a hello counts as none. */
  async function connect(): Promise<void> {
    const late = new Error('Slack opened a connection but did not greet');
    const bound = { ms: CONNECT_MS, signal: stopped.signal, late: () => late };
    try {
      await withDeadline(bound, () => client.start());
      connected = true;
    } catch (error) {
      if (error === late) await leave();
      throw error;
    }
  }

  const leave = () => within(CLOSE_MS, undefined, () => client.disconnect());

  async function keepTrying(): Promise<void> {
    if (connecting) return;
    connecting = true;
    try {
      // The client is still busy with the end of the connection that it tells of.
      await clock.sleep(0, stopped.signal);
      await retry(untilStopped, connect);
      onReconnect(Date.now() - lostAt);
    } finally {
      connecting = false;
    }
  }

  return {
    receiver,
    async start() {
      try {
        await retryFirstCalls(connect, stopped.signal);
      } catch (error) {
        throw new Error(whyNot(error), { cause: error });
      }
    },
    async stop() {
      stopped.abort();
      connected = false;
      await leave();
    },
    trouble: () =>
      connected ? undefined : `not connected since ${new Date(lostAt).toISOString()}`,
    warning: () => (others > 0 ? anotherCopy(others) : undefined),
  };
}

const hello = z.object({ type: z.literal('hello'), num_connections: z.int().positive() });

function connectionsIn(data: unknown): number | undefined {
  if (typeof data !== 'string' || !data.includes('num_connections')) return undefined;
  try {
    return hello.safeParse(JSON.parse(data)).data?.num_connections;
  } catch {
    return undefined;
  }
}

const anotherCopy = (others: number): string =>
  `Slack has ${others === 1 ? 'another connection' : `${others} other connections`} open with this SLACK_APP_TOKEN. A second process on this same database is fine; a copy with a database of its own answers, and charges, on its own: stop one of them`;

function whyNot(error: unknown): string {
  const code = error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
  return code && FATAL.includes(code)
    ? `Slack does not accept SLACK_APP_TOKEN (${code}): it needs the scope connections:write ("Basic Information", "App-Level Tokens")`
    : `Slack's Socket Mode cannot be reached${code ? ` (${code}): is it switched on?` : ': check the network, and SLACK_API_URL if it is set'}`;
}
