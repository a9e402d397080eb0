/** The gateway: identify, resume, heartbeats, and what can go wrong with them. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { acceptWebSocket, type Wire } from './websocket.ts';
import { guildPayload, userPayload } from './wire.ts';
import type { World } from './world.ts';

export const Intent = {
  guildReactions: 1 << 10,
  directReactions: 1 << 13,
  messageContent: 1 << 15,
} as const;

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  readonly log: { readonly t: string; readonly text: string }[];
  wire: Wire | undefined;
}

export interface DoubleGateway {
  accept(request: IncomingMessage, socket: Duplex): void;
  /**
   * To every session whose shard it is for, also those that are cut off for the moment: a resume brings it to them.
   * Undefined: those intents do not ask for it.
   */
  dispatch(event: string, payload: (intents: number) => object | undefined): void;
  /** The connections end; `forget`: their sessions are lost too, with what happens meanwhile. */
  drop(how?: { code?: number; forget?: boolean }): void;
  invalidate(): void;
  /** Events get lost, until a new session begins. */
  deaf: boolean;
  /** Heartbeats stay without an answer, until a new session begins. */
  mute: boolean;
  /** Who asks for a session gets no answer. */
  stalled: boolean;
  /** The portal's switch. */
  contentAllowed: boolean;
  refuseWith: number | undefined;
  readonly identifies: number[];
  readonly resumes: number[];
  connected(): number;
  close(): void;
}

const frame = z.object({ op: z.number(), d: z.unknown() });
const identify = z.object({
  token: z.string(),
  intents: z.number(),
  shard: z.tuple([z.number(), z.number()]).optional(),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number() });

export function createGateway(
  world: World,
  options: { token: string; url: () => string; heartbeatMs: number },
): DoubleGateway {
  const sessions = new Map<string, Session>();
  const wires = new Set<Wire>();
  const gateway: DoubleGateway = {
    deaf: false,
    mute: false,
    stalled: false,
    contentAllowed: true,
    refuseWith: undefined,
    identifies: [],
    resumes: [],
    connected: () => [...sessions.values()].filter((session) => session.wire).length,
    accept,
    dispatch(event, payload) {
      for (const session of sessions.values()) {
        const given = payload(session.intents);
        if (given && isFor(session, serverOf(event, given))) push(session, event, given);
      }
    },
    drop({ code = 1006, forget = false } = {}) {
      if (forget) sessions.clear();
      for (const wire of wires) {
        if (code === 1006) wire.cut();
        else wire.close(code);
      }
    },
    invalidate() {
      const open = [...sessions.values()].flatMap(({ wire }) => (wire ? [wire] : []));
      sessions.clear();
      for (const wire of open) wire.send(JSON.stringify({ op: 9, d: false }));
    },
    close() {
      for (const wire of wires) wire.cut();
    },
  };
  return gateway;

  function push(session: Session, t: string, d: object): void {
    if (gateway.deaf) return;
    const text = JSON.stringify({ op: 0, t, s: session.log.length + 1, d });
    session.log.push({ t, text });
    session.wire?.send(text);
  }

  function accept(request: IncomingMessage, socket: Duplex): void {
    let session: Session | undefined;
    const wire = acceptWebSocket(request, socket, {
      onText(text) {
        const { op, d } = frame.parse(JSON.parse(text));
        if (op === 1 && !gateway.mute) wire.send(JSON.stringify({ op: 11, d: null }));
        if (op === 2) session = begin(wire, identify.parse(d));
        if (op === 6) session = goOn(wire, resume.parse(d));
      },
      onEnd() {
        wires.delete(wire);
        if (session?.wire === wire) session.wire = undefined;
        world.changes.emit('change');
      },
    });
    wires.add(wire);
    wire.send(JSON.stringify({ op: 10, d: { heartbeat_interval: options.heartbeatMs } }));
  }

  function begin(
    wire: Wire,
    { token, intents, shard }: z.infer<typeof identify>,
  ): Session | undefined {
    gateway.identifies.push(intents);
    world.changes.emit('change');
    if (gateway.stalled) return undefined;
    const refusal =
      gateway.refuseWith ??
      (token === options.token ? undefined : 4004) ??
      (intents & Intent.messageContent && !gateway.contentAllowed ? 4014 : undefined);
    if (refusal) {
      wire.close(refusal);
      return undefined;
    }
    const session: Session = {
      id: `s${gateway.identifies.length}`,
      intents,
      shard: shard ?? [0, 1],
      log: [],
      wire,
    };
    sessions.set(session.id, session);
    gateway.deaf = false;
    gateway.mute = false;
    const { bot, guild } = world;
    push(session, 'READY', {
      v: 10,
      user: userPayload(bot),
      session_id: session.id,
      resume_gateway_url: options.url(),
      guilds: isFor(session, guild.id) ? [{ id: guild.id, unavailable: true }] : [],
      application: { id: bot.id, flags: 0 },
      shard: shard ?? [0, 1],
    });
    if (guild.available && isFor(session, guild.id))
      push(session, 'GUILD_CREATE', guildPayload(world));
    world.changes.emit('change');
    return session;
  }

  function goOn(wire: Wire, { session_id: id, seq }: z.infer<typeof resume>): Session | undefined {
    gateway.resumes.push(seq);
    const session = sessions.get(id);
    if (!session) {
      wire.send(JSON.stringify({ op: 9, d: false }));
      return undefined;
    }
    session.wire = wire;
    for (const { text } of session.log.slice(seq)) wire.send(text);
    push(session, 'RESUMED', {});
    world.changes.emit('change');
    return session;
  }
}

/** The shard that has a server; direct messages come to the first. */
export const shardOf = (guild: string | undefined, count: number): number =>
  guild === undefined ? 0 : Number((BigInt(guild) >> 22n) % BigInt(count));

const isFor = ({ shard: [id, count] }: Session, guild: string | undefined): boolean =>
  shardOf(guild, count) === id;

const place = z.object({ id: z.string().optional(), guild_id: z.string().optional() });

function serverOf(event: string, payload: object): string | undefined {
  const { id, guild_id } = place.parse(payload);
  return event === 'GUILD_CREATE' || event === 'GUILD_DELETE' ? id : guild_id;
}
