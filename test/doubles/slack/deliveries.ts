/** Brings events and interactions to the bot, by Socket Mode or by signed HTTP, and keeps what it said to them. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { acceptWebSocket, type Wire } from './frames.ts';
import { SIGNING_SECRET } from './world.ts';

export interface Delivered {
  readonly acked: boolean;
  /** What came with the acknowledgement: a view's errors, an answer to a command. */
  readonly answer: Record<string, unknown> | undefined;
}

export interface Deliveries {
  /** `kind` as Socket Mode names it. Waits for a connection, then for the acknowledgement. */
  send(
    kind: 'events_api' | 'interactive' | 'slash_commands',
    body: Record<string, unknown>,
    retry?: number,
  ): Promise<Delivered>;
  readonly sockets: Set<Wire>;
  /** Which of the connections is given the next one: each in turn, unless a test says otherwise. */
  choose(sockets: readonly Wire[]): Wire | undefined;
  /** How often an event that was not acknowledged comes again by itself, on whatever connection there is then. */
  retries: number;
  /** Connections of other copies of the app, which Slack counts too. */
  others: number;
  /** Events that the bot did not acknowledge; Slack would send them again. */
  readonly unacknowledged: Record<string, unknown>[];
  /** Resolves when so many connections have been greeted since the start. */
  connected(nth: number): Promise<void>;
  accept(request: IncomingMessage, socket: Duplex): void;
}

/** Where HTTP deliveries go; without it there is Socket Mode. */
export interface HttpTarget {
  eventsUrl: string;
}

export function createDeliveries(http: HttpTarget | undefined): Deliveries {
  const sockets = new Set<Wire>();
  const unacknowledged: Record<string, unknown>[] = [];
  const waitingForSocket: (() => void)[] = [];
  const open = new Map<string, (delivered: Delivered) => void>();
  let greeted = 0;
  const waitingForGreeting: { nth: number; resolve: () => void }[] = [];
  let count = 0;

  function accept(request: IncomingMessage, stream: Duplex): void {
    const mine = new Set<string>();
    const wire = acceptWebSocket(
      request,
      stream,
      (text) => {
        const { envelope_id, payload } = JSON.parse(text) as {
          envelope_id: string;
          payload?: Record<string, unknown>;
        };
        open.get(envelope_id)?.({ acked: true, answer: payload });
        open.delete(envelope_id);
        mine.delete(envelope_id);
      },
      () => {
        sockets.delete(wire);
        for (const id of mine) open.get(id)?.({ acked: false, answer: undefined });
      },
    );
    const send = wire.send;
    sockets.add(
      Object.assign(wire, {
        send(text: string) {
          mine.add((JSON.parse(text) as { envelope_id: string }).envelope_id);
          send(text);
        },
      }),
    );
    send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.size + deliveries.others,
        connection_info: { app_id: 'A0NEMO' },
      }),
    );
    greeted += 1;
    for (const { nth, resolve } of waitingForGreeting) if (nth <= greeted) resolve();
    for (const resolve of waitingForSocket.splice(0)) resolve();
  }

  async function bySocket(
    kind: string,
    body: Record<string, unknown>,
    retry: number,
  ): Promise<Delivered> {
    while (sockets.size === 0) await new Promise<void>((resolve) => waitingForSocket.push(resolve));
    const wire = deliveries.choose([...sockets]);
    count += 1;
    const envelope_id = `e${count}`;
    const delivered = await new Promise<Delivered>((resolve) => {
      open.set(envelope_id, resolve);
      wire?.send(
        JSON.stringify({
          type: kind,
          envelope_id,
          payload: body,
          accepts_response_payload: kind !== 'events_api',
          ...(retry > 0 ? { retry_attempt: retry, retry_reason: 'timeout' } : {}),
        }),
      );
    });
    const again = !delivered.acked && kind === 'events_api' && retry < deliveries.retries;
    return again ? bySocket(kind, body, retry + 1) : delivered;
  }

  async function byHttp(
    kind: string,
    body: Record<string, unknown>,
    retry: number,
    url: string,
  ): Promise<Delivered> {
    const json = kind === 'events_api';
    const text = json
      ? JSON.stringify(body)
      : kind === 'interactive'
        ? new URLSearchParams({ payload: JSON.stringify(body) }).toString()
        : new URLSearchParams(body as Record<string, string>).toString();
    const response = await fetch(url, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
        ...signed(text),
        ...(retry > 0
          ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }
          : {}),
      },
    });
    const answer = await response.text();
    if (response.status !== 200) unacknowledged.push(body);
    return { acked: response.status === 200, answer: answer ? JSON.parse(answer) : undefined };
  }

  const deliveries: Deliveries = {
    // One after the other, as any of an app's connections may get it.
    choose: (all) => all[count % all.length],
    retries: 0,
    others: 0,
    send: (kind, body, retry = 0) =>
      http ? byHttp(kind, body, retry, http.eventsUrl) : bySocket(kind, body, retry),
    sockets,
    unacknowledged,
    connected: (nth) =>
      nth <= greeted
        ? Promise.resolve()
        : new Promise((resolve) => void waitingForGreeting.push({ nth, resolve })),
    accept,
  };
  return deliveries;
}

export function signed(
  body: string,
  secret = SIGNING_SECRET,
  at = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-signature': `v0=${signature}`, 'x-slack-request-timestamp': String(at) };
}
