/**
 * Keeps the Socket Mode connection. The SDK's own reconnection waits five seconds even when Slack
 * merely asks for a fresh connection, and gives up for good, with an unhandled rejection, when its
 * first request meets a network failure; so that part is done here.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { SocketModeReceiver, webApi } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { insist } from './backoff.ts';
import { boltLog } from './bolt-log.ts';
import { clientOptions } from './web-calls.ts';

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
    const late = new AbortController();
    const timeout = delay(CONNECT_MS, undefined, { signal: late.signal }).then(async () => {
      await client.disconnect();
      throw new Error('Slack opened a connection but did not greet');
    });
    try {
      await Promise.race([client.start(), timeout]);
      connected = true;
    } finally {
      late.abort();
      timeout.catch(() => {});
    }
  }

  async function keepTrying(): Promise<void> {
    if (connecting) return;
    connecting = true;
    try {
      for (let pause = 0; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2 || FIRST_PAUSE_MS)) {
        await delay(pause, undefined, { signal: stopped.signal });
        try {
          await connect();
          onReconnect(Date.now() - lostAt);
          return;
        } catch (error) {
          log.warn('Slack cannot be connected to; trying again', { error: error ?? 'closed' });
        }
      }
    } finally {
      connecting = false;
    }
  }

  return {
    receiver,
    async start() {
      try {
        await insist(connect);
      } catch (error) {
        throw new Error(whyNot(error), { cause: error });
      }
    },
    async stop() {
      stopped.abort();
      connected = false;
      const moment = new AbortController();
      const patience = delay(CLOSE_MS, undefined, { signal: moment.signal }).catch(() => {});
      await Promise.race([client.disconnect(), patience]);
      moment.abort();
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
