// Over 250 lines: one part of a whole service; its parts share one state.
/** The Web API methods that the bot may call, with the checks that matter to it. */
import { breachesOf } from './block-rules.ts';
import { manifestErrors } from './manifest-rules.ts';
import { type Block, BOT_ID, BOT_TOKEN, BOT_USER, type SeenMessage, type World } from './world.ts';

export type Args = Record<string, unknown>;
export type Method = (
  world: World,
  args: Args,
  team: string,
  token: string,
) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** Becomes `{ok: false, error}`. */
export class Refusal extends Error {
  readonly needed: string | undefined;
  readonly errors: readonly object[] | undefined;
  constructor(code: string, needed?: string, errors?: readonly object[]) {
    super(code);
    this.needed = needed;
    this.errors = errors;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A channel the bot may speak in. `U…` stands for the direct messages with that person. */
function placeFor(world: World, id: unknown): string {
  const name = text(id);
  if (world.users.has(name)) return `D${name.slice(1)}`;
  if (name.startsWith('D')) return name;
  const channel = world.channels.get(name);
  if (!channel) throw new Refusal('channel_not_found');
  if (!channel.member) throw new Refusal('not_in_channel');
  if (channel.archived) throw new Refusal('is_archived');
  return name;
}

function need(world: World, scope: string): void {
  if (!world.scopes.includes(scope)) throw new Refusal('missing_scope', scope);
}

/** Slack tells about public channels, and about private ones that the app is in. */
function conversation(world: World, given: unknown) {
  const id = text(given);
  if (id.startsWith('D')) {
    need(world, 'im:read');
    const person = [...world.users.keys()].find((user) => `D${user.slice(1)}` === id);
    if (!person) throw new Refusal('channel_not_found');
    const people = new Set([person]);
    return { id, name: '', member: true, archived: false, private: true, people, direct: true };
  }
  const channel = world.channels.get(id);
  if (!channel || (channel.private && !channel.member)) throw new Refusal('channel_not_found');
  need(world, channel.private ? 'groups:read' : 'channels:read');
  return { ...channel, direct: false };
}

function find(world: World, channel: string, ts: unknown): SeenMessage {
  const message = world.messages.find((m) => m.channel === channel && m.ts === ts && !m.deleted);
  if (!message) throw new Refusal('message_not_found');
  return message;
}

function blocksOf(world: World, args: Args): Block[] {
  const blocks = Array.isArray(args['blocks']) ? (args['blocks'] as Block[]) : [];
  world.violations.push(...breachesOf(text(args['text']), blocks, 'message'));
  mustKnow(world, blocks);
  return blocks;
}

function mustKnow(world: World, blocks: readonly Block[]): void {
  if (blocks.some(({ type }) => world.unknownBlocks.has(type))) throw new Refusal('invalid_blocks');
}

function post(world: World, args: Args, privateTo?: string): SeenMessage {
  need(world, 'chat:write');
  const channel = placeFor(world, args['channel']);
  const thread = text(args['thread_ts']);
  if (thread && !world.messages.some((m) => m.channel === channel && m.ts === thread)) {
    world.violations.push(`posted under ${thread}, which is no message of ${channel}`);
  }
  const blocks = blocksOf(world, args);
  const metadata = args['metadata'] as SeenMessage['metadata'];
  const message: SeenMessage = {
    ts: world.nextTs(),
    channel,
    ...(thread ? { thread_ts: thread } : {}),
    user: BOT_USER,
    bot: true,
    text: text(args['text']),
    blocks,
    versions: [text(args['text'])],
    deleted: false,
    files: [],
    ...(metadata ? { metadata } : {}),
    reactions: new Set(),
    ...(privateTo ? { privateTo } : {}),
  };
  (privateTo ? world.ephemerals : world.messages).push(message);
  world.changed();
  return message;
}

function asHistory(message: SeenMessage, withMetadata: boolean): Record<string, unknown> {
  return {
    type: 'message',
    ts: message.ts,
    user: message.user,
    text: message.text,
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    ...(message.bot ? { bot_id: BOT_ID } : {}),
    ...message.wire,
    ...(message.files.length > 0 ? { files: message.files.map((f) => fileObject(f, '')) } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

export function fileObject(
  file: SeenMessage['files'][number],
  url: string,
): Record<string, unknown> {
  const { id, name } = file;
  if (file.as === 'tombstone') return { id, mode: 'tombstone' };
  if (file.as === 'stub') return { id, mode: 'file_access', file_access: 'check_file_info' };
  const host = file.as === 'foreign-host' ? 'https://files.example.com' : url;
  return {
    id,
    name,
    title: name,
    mimetype: file.mimetype ?? 'application/octet-stream',
    size: file.bytes.length,
    mode:
      file.as === 'hidden'
        ? 'hidden_by_limit'
        : file.as === 'external'
          ? 'external'
          : (file.mode ?? 'hosted'),
    is_external: file.as === 'external',
    url_private: `${host}/files/${id}/${encodeURIComponent(name)}`,
    url_private_download: `${host}/files/${id}/download/${encodeURIComponent(name)}`,
    ...file.fields?.(`${host}/files/${id}`),
  };
}

export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (world, _args, team) => ({
    url: 'https://tea-house.slack.com/',
    team: 'Tea house',
    team_id: team,
    user: 'nemo',
    user_id: BOT_USER,
    bot_id: BOT_ID,
    response_metadata: { scopes: world.scopes },
  }),
  'auth.revoke': (world, _args, _team, token) => ({ revoked: world.tokens.delete(token) }),
  'apps.manifest.validate': (_world, args) => {
    const errors = manifestErrors(args['manifest']);
    if (errors.length > 0) throw new Refusal('invalid_manifest', undefined, errors);
    return {};
  },
  'apps.manifest.create': (world, args) => {
    const errors = manifestErrors(args['manifest']);
    if (errors.length > 0) throw new Refusal('invalid_manifest', undefined, errors);
    world.app.made.push(args['manifest'] as Record<string, unknown>);
    world.changed();
    return {
      app_id: world.app.id,
      credentials: {
        client_id: '1.2',
        client_secret: 'of-the-new-app',
        verification_token: 'old',
        signing_secret: '0123456789abcdef0123456789abcdef',
      },
      oauth_authorize_url: `https://slack.com/oauth/v2/authorize?client_id=1.2`,
    };
  },
  'apps.manifest.export': (world, args) => {
    if (args['app_id'] !== world.app.id) throw new Refusal('app_not_found');
    if (!world.app.manifest) throw new Refusal('failed_export');
    return { manifest: { ...world.app.manifest, _metadata: { major_version: 2 } } };
  },
  'apps.manifest.update': (world, args) => {
    if (args['app_id'] !== world.app.id) throw new Refusal('app_not_found');
    const errors = manifestErrors(args['manifest']);
    if (errors.length > 0) throw new Refusal('invalid_manifest', undefined, errors);
    const scopesOf = (manifest: unknown) =>
      JSON.stringify(
        (manifest as Record<string, Record<string, unknown>>)['oauth_config']?.['scopes'],
      );
    const before = scopesOf(world.app.manifest ?? {});
    world.app.manifest = args['manifest'] as Record<string, unknown>;
    return { app_id: world.app.id, permissions_updated: scopesOf(world.app.manifest) !== before };
  },
  'apps.connections.open': (world) => {
    if (!world.app.socketMode) throw new Refusal('socket_mode_not_enabled');
    return { url: `${world.url.replace('http', 'ws')}/link?ticket=${world.nextId('W')}` };
  },
  'bots.info': (world, args) => {
    need(world, 'users:read');
    if (args['bot'] !== BOT_ID) throw new Refusal('bot_not_found');
    return { bot: { id: BOT_ID, app_id: world.app.id, user_id: BOT_USER, name: 'nemo' } };
  },
  'users.conversations': (world, args) => {
    need(world, 'channels:read');
    const types = text(args['types']).split(',');
    if (types.includes('private_channel')) need(world, 'groups:read');
    const found = [...world.channels.values()].filter(
      ({ member, archived, private: closed }) =>
        member &&
        !(archived && args['exclude_archived'] === 'true') &&
        types.includes(closed ? 'private_channel' : 'public_channel'),
    );
    return { channels: found.map(({ id, name }) => ({ id, name, is_channel: true })) };
  },

  'chat.postMessage': (world, args) => {
    const message = post(world, args);
    return { channel: message.channel, ts: message.ts };
  },
  'chat.postEphemeral': (world, args) => {
    const user = text(args['user']);
    const people = world.channels.get(text(args['channel']))?.people;
    if (!world.users.has(user) || people?.has(user) === false)
      throw new Refusal('user_not_in_channel');
    return { message_ts: post(world, args, user).ts };
  },
  'chat.update': (world, args) => {
    const { member, archived } = world.channels.get(text(args['channel'])) ?? { member: true };
    if (!member) throw new Refusal('channel_not_found');
    if (archived) throw new Refusal('is_inactive');
    const message = find(world, text(args['channel']), args['ts']);
    if (!message.bot) throw new Refusal('cant_update_message');
    if (args['blocks'] === undefined)
      world.violations.push('an edit without blocks keeps the old ones');
    message.blocks = blocksOf(world, args);
    message.text = text(args['text']);
    message.versions.push(message.text);
    world.changed();
    return { ts: message.ts };
  },
  'chat.delete': (world, args) => {
    find(world, text(args['channel']), args['ts']).deleted = true;
    world.changed();
    return {};
  },

  'reactions.add': (world, args) => {
    need(world, 'reactions:write');
    const { reactions } = find(world, text(args['channel']), args['timestamp']);
    if (reactions.has(text(args['name']))) throw new Refusal('already_reacted');
    reactions.add(text(args['name']));
    world.changed();
    return {};
  },
  'reactions.remove': (world, args) => {
    need(world, 'reactions:write');
    const { reactions } = find(world, text(args['channel']), args['timestamp']);
    if (!reactions.delete(text(args['name']))) throw new Refusal('no_reaction');
    world.changed();
    return {};
  },

  'conversations.replies': (world, args) => {
    const channel = placeFor(world, args['channel']);
    need(world, channel.startsWith('D') ? 'im:history' : 'channels:history');
    const root = text(args['ts']);
    const oldest = Number(args['oldest'] ?? 0);
    const latest = Number(args['latest'] ?? Number.POSITIVE_INFINITY);
    const limit = Number(args['limit'] ?? 200);
    const from = Number(args['cursor'] ?? 0);
    const thread = world.messages.filter(
      (m) => m.channel === channel && !m.deleted && (m.ts === root || m.thread_ts === root),
    );
    if (!thread.some((m) => m.ts === root)) throw new Refusal('thread_not_found');
    const inside = thread.filter(
      (m) => m.ts !== root && Number(m.ts) >= oldest && Number(m.ts) <= latest,
    );
    const page = inside.slice(from, from + limit);
    const metadata =
      args['include_all_metadata'] === 'true' || args['include_all_metadata'] === true;
    const more = from + limit < inside.length;
    const whole = [...thread.filter((m) => m.ts === root), ...page];
    return {
      messages: whole.map((m) => ({
        ...asHistory(m, metadata),
        ...(m.files.length > 0 ? { files: m.files.map((f) => fileObject(f, world.url)) } : {}),
      })),
      has_more: more,
      response_metadata: { next_cursor: more ? String(from + limit) : '' },
    };
  },

  'conversations.history': (world, args) => {
    const channel = placeFor(world, args['channel']);
    need(world, channel.startsWith('D') ? 'im:history' : 'channels:history');
    const metadata =
      args['include_all_metadata'] === 'true' || args['include_all_metadata'] === true;
    const top = world.messages.filter((m) => m.channel === channel && !m.deleted && !m.thread_ts);
    const newest = top.toReversed().slice(0, Number(args['limit'] ?? 100));
    return { messages: newest.map((m) => asHistory(m, metadata)), has_more: false };
  },

  'conversations.info': (world, args) => {
    const { id, people, ...channel } = conversation(world, args['channel']);
    return {
      channel: {
        id,
        name: channel.name,
        is_channel: !channel.direct,
        is_im: channel.direct,
        is_private: channel.private ?? false,
        is_archived: channel.archived,
        is_member: channel.member,
        ...(channel.direct ? { user: [...(people ?? [])][0] } : {}),
      },
    };
  },
  'conversations.members': (world, args) => {
    const { people } = conversation(world, args['channel']);
    const all = [...(people ?? world.users.keys()), BOT_USER];
    const from = Number(args['cursor'] || 0);
    const limit = Math.min(1000, Number(args['limit'] ?? 100));
    const more = from + limit < all.length;
    return {
      members: all.slice(from, from + limit),
      response_metadata: { next_cursor: more ? String(from + limit) : '' },
    };
  },

  'users.info': (world, args, team) => {
    need(world, 'users:read');
    const user = world.users.get(text(args['user']));
    if (!user) throw new Refusal('user_not_found');
    return {
      user: {
        id: user.id,
        name: user.name.toLowerCase(),
        real_name: user.name,
        locale: user.locale ?? 'en-US',
        team_id: user.team ?? team,
        is_admin: user.admin ?? false,
        is_restricted: user.guest ?? false,
        is_ultra_restricted: false,
        is_bot: user.isBot ?? false,
        deleted: false,
        profile: { display_name: user.name },
      },
    };
  },

  'files.info': (world, args) => {
    need(world, 'files:read');
    const file = world.files.get(text(args['file']));
    if (!file?.completed) throw new Refusal('file_not_found');
    if (file.unknownFor > 0) {
      file.unknownFor -= 1;
      throw new Refusal('file_not_found');
    }
    const known = file.as === 'stub' ? { ...file, as: undefined } : file;
    const shares: Record<string, object[]> = {};
    for (const { channel, ts, thread_ts } of file.shares) {
      shares[channel] = [...(shares[channel] ?? []), { ts, ...(thread_ts ? { thread_ts } : {}) }];
    }
    const { as, ...rest } = known;
    return {
      file: { ...fileObject(as ? { ...rest, as } : rest, world.url), shares: { public: shares } },
    };
  },
  'files.getUploadURLExternal': (world, args) => {
    need(world, 'files:write');
    const id = world.nextId('F');
    const alt = text(args['alt_txt']);
    if (alt.trim() === '' || alt.length > 1_000)
      world.violations.push(`${text(args['filename'])} has no alternative text that Slack takes`);
    world.files.set(id, {
      id,
      name: text(args['filename']),
      alt,
      bytes: Buffer.alloc(0),
      mimetype: 'video/mp4',
      cutAt: [],
      hiccups: [],
      unknownFor: 0,
      shares: [],
      completed: false,
    });
    return { upload_url: `${world.url}/upload/${id}?length=${text(args['length'])}`, file_id: id };
  },
  'files.completeUploadExternal': (world, args) => {
    need(world, 'files:write');
    const channel = placeFor(world, args['channel_id']);
    const [given] = args['files'] as { id: string; title?: string }[];
    const file = world.files.get(given?.id ?? '');
    if (!file || file.completed || file.bytes.length === 0) throw new Refusal('file_not_found');
    const blocks = Array.isArray(args['blocks']) ? (args['blocks'] as Block[]) : [];
    mustKnow(world, blocks);
    file.completed = true;
    world.violations.push(...breachesOf('(caption)', blocks, 'message'));
    setTimeout(() => {
      const ts = world.nextTs();
      const thread = text(args['thread_ts']);
      const caption = text(args['initial_comment']);
      world.messages.push({
        ts,
        channel,
        ...(thread ? { thread_ts: thread } : {}),
        user: BOT_USER,
        bot: true,
        text: caption,
        blocks,
        versions: [caption],
        deleted: false,
        files: [file],
        reactions: new Set(),
      });
      file.shares.push({ channel, ts, ...(thread ? { thread_ts: thread } : {}) });
      world.changed();
    }, world.shareDelayMs);
    return { files: [{ id: file.id }] };
  },

  'views.open': (world, args) => {
    const id = world.nextId('V');
    const trigger = text(args['trigger_id']);
    const by = world.triggers.get(trigger);
    if (!by) throw new Refusal(trigger ? 'expired_trigger_id' : 'invalid_trigger_id');
    world.triggers.delete(trigger);
    world.views.push({ id, by, view: args['view'] as Record<string, unknown> });
    world.changed();
    return { view: { id } };
  },
  'views.publish': (world, args) => {
    const view = args['view'] as Record<string, unknown>;
    world.violations.push(...breachesOf('', (view['blocks'] ?? []) as Block[], 'home'));
    world.homes.set(text(args['user_id']), view);
    world.changed();
    return {};
  },

  'assistant.threads.setStatus': (world, args) => {
    const line = {
      channel: text(args['channel_id']),
      thread_ts: text(args['thread_ts']),
      status: text(args['status']),
    };
    world.lines.push(line);
    world.changed();
    return {};
  },
  'assistant.threads.setSuggestedPrompts': (world, args) => {
    need(world, 'assistant:write');
    world.prompts.push(args);
    world.changed();
    return {};
  },
  'agents.sessions.setStatus': (world, args) => {
    if (!world.agentSessions) throw new Refusal('not_authorized');
    world.sessions.push({
      channel: text(args['channel_id']),
      thread_ts: text(args['thread_ts']),
      status: text(args['status']),
    });
    world.changed();
    return {};
  },

  'oauth.v2.access': (world, args) => {
    const code = text(args['code']) || text(args['refresh_token']);
    // A token for renewing is good once.
    const renews = args['grant_type'] === 'refresh_token';
    if (renews && !world.refreshTokens.delete(code)) throw new Refusal('invalid_refresh_token');
    const [team = '', kind = 'team'] = code.split('-');
    const token = `${BOT_TOKEN}-${team}-${world.nextId('K')}`;
    world.tokens.set(token, team);
    // One that is `ending` has its end at once by the client's clock, and soon by Slack's own.
    const seconds = renews ? 43_200 : kind === 'ending' ? 0 : 60;
    const rotates = renews || kind === 'rotating' || kind === 'ending';
    if (rotates) world.expiries.set(token, Date.now() + (seconds || 60) * 1_000);
    return {
      app_id: 'A0NEMO',
      access_token: token,
      token_type: 'bot',
      scope: world.scopes.join(','),
      bot_user_id: BOT_USER,
      team: kind === 'org' ? null : { id: team, name: team },
      enterprise: kind === 'org' ? { id: team, name: team } : null,
      is_enterprise_install: kind === 'org',
      authed_user: { id: 'U0ALICE' },
      ...(rotates
        ? {
            refresh_token: refreshToken(world, team),
            expires_in: seconds,
          }
        : {}),
    };
  },
};

function refreshToken(world: World, team: string): string {
  const token = `${team}-rotating-${world.nextId('R')}`;
  world.refreshTokens.add(token);
  return token;
}
