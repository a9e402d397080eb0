/**
 * Keeps the Socket Mode connection. The SDK's own reconnection waits five seconds even when Slack
 * merely asks for a fresh connection, and gives up for good, with an unhandled rejection, when its
 * first request meets a network failure; so that part is done here.
 */
import { SocketModeReceiver, webApi } from '@slack/bolt';
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
  };
}

function whyNot(error: unknown): string {
  const code = error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
  return code && FATAL.includes(code)
    ? `Slack does not accept SLACK_APP_TOKEN (${code}): it needs the scope connections:write ("Basic Information", "App-Level Tokens")`
    : `Slack's Socket Mode cannot be reached${code ? ` (${code}): is it switched on?` : ': check the network, and SLACK_API_URL if it is set'}`;
}
