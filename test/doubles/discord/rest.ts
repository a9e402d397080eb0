// Over 250 lines: one part of a whole service; its parts share one state.
/** REST as far as a bot like ours needs it, with Discord's own refusals. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PermissionFlagsBits as Bit } from 'discord.js';
import { z } from 'zod';
import { commandErrors } from './command-rules.ts';
import type { DoubleInteractions } from './interactions.ts';
import type { Posting } from './posting.ts';
import {
  applicationPayload,
  channelPayload,
  guildPayload,
  memberPayload,
  type messagePayload,
  threadPayload,
  userPayload,
  type View,
} from './wire.ts';
import { addChannel, type DoubleChannel, isThread, may } from './world.ts';

export interface Call {
  readonly method: string;
  /** Without version and query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly files: readonly { name: string; type: string; bytes: Buffer; alt: string }[];
  status: number;
}

/** Makes calls fail; see `failNext` of the double. */
export interface Fault {
  readonly pattern: RegExp;
  readonly status: number;
  readonly body?: object;
  readonly retryAfter?: number;
  /** The effect happens although the answer fails. */
  readonly apply?: boolean;
  /** Only slow: the answer is right in the end. */
  readonly until?: Promise<unknown>;
  /** The connection is cut in place of an answer. */
  readonly cut?: boolean;
  times: number;
}

/** So many calls in so many seconds, as Discord counts them for the reactions of a channel. */
export interface Bucket {
  readonly limit: number;
  readonly resetAfter: number;
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface RestParts extends View {
  readonly token: string;
  readonly calls: Call[];
  readonly faults: Fault[];
  readonly posting: Posting;
  readonly interactions: DoubleInteractions;
  readonly commands: Map<string, unknown>;
  readonly gatewayUrl: () => string;
  readonly shards: number;
  /** Without the intent the portal withholds content here too. */
  readonly blindTo: (message: Parameters<typeof messagePayload>[1]) => boolean;
  /** The portal's switch for the Message Content intent. */
  readonly contentAllowed: () => boolean;
  /** Undefined: not counted. */
  readonly reactionLimit: () => Bucket | undefined;
  readonly onThread: (thread: DoubleChannel) => void;
  readonly onFault: (error: Error) => void;
}

export function createRest(parts: RestParts) {
  const { world, calls, faults, posting } = parts;
  const counted = new Map<string, { until: number; left: number }>();

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://double');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call: Call = {
      method: request.method ?? 'GET',
      path: url.pathname.replace(/^\/api\/v10/, ''),
      query: url.searchParams,
      ...(await readBody(request, Buffer.concat(chunks))),
      status: 200,
    };
    calls.push(call);
    for (const { name, alt } of call.files)
      if (alt.trim() === '' || alt.length > 1_024)
        parts.onFault(new Error(`${name} has no alternative text that Discord takes`));
    world.changes.emit('change');
    const fault = faults.find(
      ({ pattern, times }) => times > 0 && pattern.test(`${call.method} ${call.path}`),
    );
    const given = fault
      ? await failing(fault, call, request)
      : (overLimit(call) ?? withCount(call, await answered(call, request)));
    call.status = given.status;
    world.changes.emit('change');
    if (fault?.cut) return void response.destroy();
    const type = given.status === 204 ? {} : { 'content-type': 'application/json' };
    response.writeHead(given.status, { ...type, ...given.headers });
    response.end(given.body === undefined ? undefined : JSON.stringify(given.body));
  };

  function bucketOf({ path }: Call): { until: number; left: number } | undefined {
    const bucket = parts.reactionLimit();
    const [, channel] = /^\/channels\/(\d+)\/messages\/\d+\/reactions\//.exec(path) ?? [];
    if (!bucket || channel === undefined) return undefined;
    const known = counted.get(channel);
    if (known && known.until > Date.now()) return known;
    const fresh = { until: Date.now() + bucket.resetAfter * 1000, left: bucket.limit };
    counted.set(channel, fresh);
    return fresh;
  }

  function overLimit(call: Call): Answer | undefined {
    const bucket = bucketOf(call);
    if (!bucket || bucket.left > 0) return undefined;
    const seconds = Math.max(0.001, (bucket.until - Date.now()) / 1000);
    return {
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
      headers: { 'retry-after': String(seconds), ...limitHeaders(bucket) },
    };
  }

  function withCount(call: Call, answer: Answer): Answer {
    const bucket = bucketOf(call);
    if (!bucket) return answer;
    bucket.left -= 1;
    return { ...answer, headers: { ...answer.headers, ...limitHeaders(bucket) } };
  }

  async function failing(fault: Fault, call: Call, request: IncomingMessage) {
    fault.times -= 1;
    if (fault.until !== undefined) {
      await fault.until;
      return answered(call, request);
    }
    if (fault.apply) await answered(call, request);
    const { status, retryAfter } = fault;
    const body =
      fault.body ??
      (retryAfter === undefined
        ? { message: 'fault', code: 0 }
        : { message: 'slow down', retry_after: retryAfter, global: false });
    return {
      status,
      body,
      headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    };
  }

  async function answered(call: Call, request: IncomingMessage): Promise<Answer> {
    try {
      const open = /^\/(?:interactions|webhooks)\//.test(call.path);
      if (!open && request.headers.authorization !== `Bot ${parts.token}`)
        throw new Refusal(401, 0, '401: Unauthorized');
      const body = await route(call);
      return body === undefined ? { status: 204 } : { status: 200, body };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { message: error.message, code: error.code } };
    }
  }

  async function route(call: Call): Promise<unknown> {
    const { method, path, query, body } = call;
    const [, kind = '', id = '', what = '', other = '', more = '', emoji = ''] = path.split('/');
    const spot = `${method} /${kind}${what ? `/${what}` : ''}${more ? `/${more}` : ''}`;
    switch (kind) {
      case 'gateway':
        return {
          url: parts.gatewayUrl(),
          shards: parts.shards,
          session_start_limit: {
            total: 1000,
            remaining: 1000,
            reset_after: 0,
            max_concurrency: 16,
          },
        };
      case 'applications':
        if (spot === 'GET /applications' && id === '@me')
          return applicationPayload(world, parts.contentAllowed());
        if (spot === 'PATCH /applications' && id === '@me') {
          Object.assign(world.app, appChanges(body));
          return applicationPayload(world, parts.contentAllowed());
        }
        if (method === 'GET') return commandsAt(parts.commands, path, query, world.bot.id);
        if (method !== 'PUT') throw new Refusal(405, 0, '405: Method Not Allowed');
        refuseUnless(commandErrors(body));
        world.changes.emit('change');
        parts.commands.set(path, body);
        return body;
      case 'interactions':
        return parts.interactions.callback(id, what, body);
      case 'webhooks':
        return parts.interactions.followUp(method, what, body, call.files);
      case 'users':
        if (method === 'GET' && id === '@me' && what === 'guilds')
          return [world.guild, ...world.others.values()]
            .slice(0, Number(query.get('limit') ?? 200))
            .map(({ id, name }) => ({ id, name, icon: null, owner: false, features: [] }));
        if (spot !== 'POST /users/channels')
          throw new Refusal(404, 0, `404: no such route ${method} ${path}`);
        return direct(String(body['recipient_id']));
      case 'guilds':
        if (world.removedFrom.has(id)) throw new Refusal(404, 10_004, 'Unknown Guild');
        if (method === 'GET' && what === 'members') return member(id, other);
        if (method === 'GET' && (what === '' || what === 'channels')) return server(id, what);
        throw new Refusal(404, 0, `404: no such route ${method} ${path}`);
      case 'channels':
        break;
      default:
        throw new Refusal(404, 0, `404: no such route ${method} ${path}`);
    }
    const channel = place(id);
    switch (spot) {
      case 'GET /channels':
        return isThread(channel) ? threadPayload(world, channel) : channelPayload(channel);
      case 'GET /channels/thread-members':
        if (!isThread(channel))
          throw new Refusal(400, 50_024, 'Cannot execute action on this channel type');
        if (!channel.added.has(other)) throw new Refusal(404, 10_007, 'Unknown Member');
        return {
          id: channel.id,
          user_id: other,
          join_timestamp: new Date(0).toISOString(),
          flags: 0,
        };
      case 'PATCH /channels':
        return change(channel, body);
      case 'POST /channels/typing':
        return undefined;
      case 'POST /channels/messages':
        return posting.post(channel, call);
      case 'GET /channels/messages':
        return other ? posting.read(channel, other) : posting.list(channel, query);
      case 'PATCH /channels/messages':
        return posting.edit(channel, other, body);
      case 'DELETE /channels/messages':
        return posting.remove(channel, other);
      case 'POST /channels/messages/threads':
        return startThread(channel, other, body);
      case 'PUT /channels/messages/reactions':
      case 'DELETE /channels/messages/reactions':
        return posting.react(channel, other, decodeURIComponent(emoji), method === 'PUT');
      default:
        throw new Refusal(404, 0, `404: no such route ${method} ${path}`);
    }
  }

  function member(guild: string, person: string): object {
    const user = world.users.get(person);
    const others = world.servers.get(guild);
    if (guild !== world.guild.id && !others) throw new Refusal(404, 10_004, 'Unknown Guild');
    if (!user) throw new Refusal(404, 10_013, 'Unknown User');
    const isIn = others ? others.has(person) || person === world.bot.id : !world.left.has(person);
    if (!isIn) throw new Refusal(404, 10_007, 'Unknown Member');
    return memberPayload(user);
  }

  /** As REST shows a server: its roles with it, its channels apart. */
  function server(id: string, what: string): unknown {
    const guild = id === world.guild.id ? world.guild : world.others.get(id);
    if (!guild) throw new Refusal(404, 10_004, 'Unknown Guild');
    const { channels, threads: _threads, members: _members, ...rest } = guildPayload(world, guild);
    return what === 'channels' ? channels : rest;
  }

  function place(id: string): DoubleChannel {
    const channel = world.channels.get(id);
    if (!channel) throw new Refusal(404, 10_003, 'Unknown Channel');
    if (!may(world, channel, Bit.ViewChannel)) throw new Refusal(403, 50_001, 'Missing Access');
    return channel;
  }

  function direct(person: string): object {
    const known = [...world.channels.values()].find((channel) => channel.recipient === person);
    const channel =
      known ?? addChannel(world, { name: 'dm', type: 1, guild: undefined, recipient: person });
    const user = world.users.get(person);
    return { ...channelPayload(channel), recipients: user ? [userPayload(user)] : [] };
  }

  function change(channel: DoubleChannel, body: Record<string, unknown>): object {
    if (typeof body['archived'] === 'boolean') {
      // Only who may manage threads wakes up a locked one.
      if (channel.locked) throw new Refusal(403, 50_013, 'Missing Permissions');
      channel.archived = body['archived'];
    }
    if (typeof body['name'] === 'string') {
      channel.name = body['name'];
      channel.names.push(channel.name);
    }
    return threadPayload(world, channel);
  }

  function startThread(
    channel: DoubleChannel,
    messageId: string,
    body: Record<string, unknown>,
  ): object {
    const message = world.messages.get(messageId);
    if (!message || message.deleted) throw new Refusal(404, 10_008, 'Unknown Message');
    if (channel.type !== 0)
      throw new Refusal(400, 50_024, 'Cannot execute action on this channel type');
    if (!may(world, channel, Bit.CreatePublicThreads))
      throw new Refusal(403, 50_013, 'Missing Permissions');
    if (world.channels.has(messageId))
      throw new Refusal(400, 160_004, 'A thread has already been created for this message');
    const name = String(body['name'] ?? '');
    if (name.length < 1 || name.length > 100)
      throw new Refusal(400, 50_035, 'Invalid Form Body: name');
    const thread = addChannel(world, {
      id: messageId,
      name,
      type: 11,
      parent: channel.id,
      owner: world.bot.id,
    });
    parts.onThread(thread);
    return threadPayload(world, thread);
  }
}

const installParams = z.strictObject({
  scopes: z.array(z.enum(['bot', 'applications.commands'])).min(1),
  permissions: z.string().regex(/^\d+$/),
});
const appChange = z.strictObject({
  description: z.string().min(1).max(400).optional(),
  tags: z.array(z.string().min(1).max(20)).max(5).optional(),
  integration_types_config: z.partialRecord(
    z.enum(['0', '1']),
    z.strictObject({ oauth2_install_params: installParams.optional() }),
  ),
});

/** The bot can be no part of what a person installs for themselves. */
function appChanges(body: Record<string, unknown>) {
  const { data } = appChange.safeParse(body);
  const { description, tags } = data ?? {};
  const config = data?.integration_types_config;
  const ofPeople = config?.['1']?.oauth2_install_params?.scopes ?? [];
  if (!config || ofPeople.includes('bot'))
    throw new Refusal(400, 50_035, 'Invalid Form Body: integration_types_config');
  return { installs: config, ...(description ? { description } : {}), ...(tags ? { tags } : {}) };
}

/** As Discord shows them: with what it adds, without what is the default, and without translations unless they are asked for. */
function commandsAt(
  commands: ReadonlyMap<string, unknown>,
  path: string,
  query: URLSearchParams,
  application: string,
): unknown[] {
  const stored = commands.get(path);
  const shown = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shown);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(
          ([name, each]) =>
            each !== false &&
            (query.get('with_localizations') === 'true' || !name.endsWith('_localizations')),
        )
        .map(([name, each]) => [name, shown(each)]),
    );
  };
  return (Array.isArray(stored) ? stored : []).map((command: object, index) => ({
    id: String(index + 1),
    application_id: application,
    version: '1',
    default_member_permissions: null,
    nsfw: false,
    ...(shown(command) as object),
  }));
}

function refuseUnless(breaches: readonly string[]): void {
  if (breaches.length > 0)
    throw new Refusal(400, 50_035, `Invalid Form Body: ${breaches.join('; ')}`);
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const limitHeaders = ({ until, left }: { until: number; left: number }) => ({
  'x-ratelimit-bucket': 'reactions',
  'x-ratelimit-limit': '1',
  'x-ratelimit-remaining': String(Math.max(0, left)),
  'x-ratelimit-reset-after': String(Math.max(0.001, (until - Date.now()) / 1000)),
});

async function readBody(
  request: IncomingMessage,
  bytes: Buffer,
): Promise<Pick<Call, 'body' | 'files'>> {
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: {}, files: [] };
  if (!type.startsWith('multipart/')) return { body: JSON.parse(bytes.toString()), files: [] };
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': type },
  }).formData();
  const body = JSON.parse(String(form.get('payload_json') ?? '{}'));
  const files = [];
  for (const [field, value] of form) {
    if (typeof value === 'string' || !field.startsWith('files[')) continue;
    const said = (body.attachments ?? []).find(
      ({ id }: { id: unknown }) => field === `files[${id}]`,
    );
    files.push({
      name: value.name,
      type: value.type,
      bytes: Buffer.from(await value.arrayBuffer()),
      alt: String(said?.description ?? ''),
    });
  }
  return { body, files };
}
