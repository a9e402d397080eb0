/**
 * One connection that hears what the server tells (LISTEN), whatever is told by how many. It is made anew when it is lost;
 * what was told meanwhile is lost with it, so that each listener is told when it hears again.
 */
import pg from 'pg';
import { z } from 'zod';
import type { Timers } from '../clock.ts';
import { query } from './database.ts';

export interface ListenerOptions {
  readonly url: string;
  readonly timers: Pick<Timers, 'after'>;
  /** Told when the connection is lost, and each time that it cannot be made. */
  readonly onLost: (error: unknown) => void;
}

export interface Subscription {
  close(): Promise<void>;
}

export interface Listener {
  /**
   * `onHearing` is called whenever the connection has been made: what was told before is to be looked for. Resolves after
   * the first try, also where that has failed: it is tried on.
   */
  listen(
    channel: string,
    onTold: (payload: string) => void,
    onHearing: () => void,
  ): Promise<Subscription>;
  close(): Promise<void>;
}

interface Ear {
  readonly channel: string;
  readonly onTold: (payload: string) => void;
  readonly onHearing: () => void;
}

/** Between two tries: there is one such connection per process, so that a server that comes back bears them. */
const AGAIN_MS = 500;
/** Between two looks whether it still hears: a network that carries nothing any more tells nobody. */
const CHECK_MS = 10_000;
const ANSWER_MS = 5_000;

const heardRow = z.object({ channels: z.coerce.number() });

/** Connects to nobody before somebody listens. */
export function createListener({ url, timers, onLost }: ListenerOptions): Listener {
  const ears = new Set<Ear>();
  let client: pg.Client | undefined;
  let connecting: Promise<void> | undefined;
  let callOff = (): void => {};
  let closed = false;

  /** Resolves when that was tried. */
  function connect(): Promise<void> {
    connecting ??= tryToConnect().finally(() => {
      connecting = undefined;
    });
    return connecting;
  }

  async function tryToConnect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'nemo-bot listener',
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    next.on('error', (error) => lose(next, error));
    next.on('end', () => lose(next, new Error('the connection has ended')));
    next.on('notification', ({ channel, payload }) => {
      for (const ear of ears) if (ear.channel === channel) ear.onTold(payload ?? '');
    });
    client = next;
    try {
      await next.connect();
      for (const channel of channels()) await hear(next, channel);
    } catch (error) {
      lose(next, error);
      return;
    }
    if (client !== next) return;
    checkLater(next);
    for (const ear of ears) ear.onHearing();
  }

  const channels = (): Set<string> => new Set([...ears].map(({ channel }) => channel));

  function lose(which: pg.Client, error: unknown): void {
    if (client !== which) return;
    client = undefined;
    void which.end().catch(onLost);
    if (closed) return;
    onLost(error);
    callOff();
    callOff = timers.after(AGAIN_MS, () => void connect());
  }

  function checkLater(which: pg.Client): void {
    callOff();
    callOff = timers.after(CHECK_MS, () => void check(which));
  }

  async function check(which: pg.Client): Promise<void> {
    try {
      const { rows } = await query(
        which,
        'SELECT count(*) AS channels FROM pg_listening_channels()',
      );
      if (heardRow.parse(rows[0]).channels < channels().size)
        throw new Error('a connection through a pooler hears nothing');
      if (client === which) checkLater(which);
    } catch (error) {
      lose(which, error);
    }
  }

  return {
    async listen(channel, onTold, onHearing) {
      const known = channels().has(channel);
      const ear: Ear = { channel, onTold, onHearing };
      ears.add(ear);
      await connecting;
      if (!client) await connect();
      else if (!known) {
        const which = client;
        try {
          await hear(which, channel);
          onHearing();
        } catch (error) {
          lose(which, error);
        }
      }
      return {
        close: async () => void ears.delete(ear),
      };
    },
    async close() {
      closed = true;
      callOff();
      const last = client;
      client = undefined;
      await last?.end();
    },
  };
}

async function hear(client: pg.Client, channel: string): Promise<void> {
  await query(client, `LISTEN ${pg.escapeIdentifier(channel)}`);
}
