// Over 250 lines: one part of a whole service; its parts share one state.
/** What people in the workspace do, and how Slack tells the bot about it. */
import type { Delivered, Deliveries } from './deliveries.ts';
import { commandName } from './manifest-rules.ts';
import { fileObject } from './methods.ts';
import { richTextOf } from './rich-text.ts';
import {
  type BlockElement,
  BOT_USER,
  type FileRecord,
  type SeenMessage,
  TEAM,
  type World,
} from './world.ts';

export interface Written {
  readonly channel?: string;
  readonly by?: string;
  readonly thread?: string;
  readonly files?: readonly GivenFile[];
  /** Of a mention's two events, which come, in which order, and which of them bring the files. */
  readonly events?: readonly ('app_mention' | 'message')[];
  readonly filesIn?: readonly ('app_mention' | 'message')[];
  /** As the client sends them; by default the text as rich text, as Slack's own client does. */
  readonly blocks?: readonly object[];
  /** What is forwarded, or hangs on the message. */
  readonly attachments?: readonly object[];
  /** Shown in events, history and shortcuts alike: an app's `bot_id`, a `subtype`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** More, or other, fields of the events. */
  readonly extra?: Record<string, unknown>;
}

export interface GivenFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly mimetype?: string;
  readonly mode?: string;
  readonly as?: FileRecord['as'];
  readonly cutAt?: number[];
  readonly fields?: FileRecord['fields'];
  readonly parts?: FileRecord['parts'];
  readonly hiccups?: FileRecord['hiccups'];
  readonly unknownFor?: number;
}

export interface Answered {
  readonly delivered: Delivered;
  /** What came to the interaction's own address. */
  readonly responses: Record<string, unknown>[];
}

/** A message in a thread, or the answer to a command. */
export type Clickable = Pick<
  SeenMessage,
  'ts' | 'channel' | 'text' | 'blocks' | 'privateTo' | 'thread_ts'
>;

export interface PeopleDo {
  /** Writes and resolves, when every event about it was acknowledged, with the message's ts. `@bot` is a mention. */
  write(text: string, more?: Written): Promise<string>;
  /** An event of any kind, as it is. */
  event(
    event: Record<string, unknown>,
    envelope?: Record<string, unknown>,
    retry?: number,
  ): Promise<Delivered>;
  /** Puts an emoji on a message; taken off and put on again it comes once more. */
  react(ts: string, name: string, by?: string): Promise<Delivered>;
  /** The same message's event once more. */
  redeliver(ts: string, type?: 'app_mention' | 'message'): Promise<Delivered>;
  /** Its author writes it anew; `preview` instead: Slack shows what a link in it leads to. */
  edit(ts: string, text: string, how?: { readonly preview?: boolean }): Promise<Delivered>;
  /** Its author takes it away: one with answers leaves a stone in its place. */
  erase(ts: string): Promise<Delivered>;
  /** The last edit's or deletion's event once more. */
  tellAgain(): Promise<Delivered>;
  click(message: Clickable, label: RegExp, by?: string): Promise<Answered>;
  /** A press as a client could make it up, under a message that it does see. */
  press(
    message: Clickable,
    action: { action_id: string; block_id: string; value?: string },
    by?: string,
  ): Promise<Answered>;
  /** The same signed event once more, as somebody who has caught it may send it. */
  replay(): Promise<Delivered>;
  command(
    command: string,
    text?: string,
    more?: { by?: string; channel?: string },
  ): Promise<Answered>;
  shortcut(callback: string, more?: { message?: SeenMessage; by?: string }): Promise<Answered>;
  /** A file that is in Slack, but hangs on no message of the channel: what a forwarded message brings. */
  keep(file: GivenFile): Record<string, unknown>;
  submit(view: string, values: Record<string, unknown>, by?: string): Promise<Delivered>;
  openHome(tab: 'home' | 'messages', by?: string): Promise<Delivered>;
  stopSession(thread: string, by?: string): Promise<Delivered>;
}

export function createPeople(
  world: World,
  deliveries: Deliveries,
  responses: Map<string, Record<string, unknown>[]>,
): PeopleDo {
  const sent = new Map<string, Record<string, unknown>>();
  let last: Parameters<Deliveries['send']> | undefined;

  const send: Deliveries['send'] = (...event) => {
    last = event;
    return deliveries.send(...event);
  };

  const event: PeopleDo['event'] = (given, envelope = {}, retry = 0) =>
    deliveries.send(
      'events_api',
      {
        type: 'event_callback',
        team_id: TEAM,
        api_app_id: 'A0NEMO',
        event_id: world.nextId('Ev'),
        event_time: Math.floor(Date.now() / 1000),
        authorizations: [
          {
            team_id: TEAM,
            enterprise_id: null,
            user_id: BOT_USER,
            is_bot: true,
            is_enterprise_install: false,
          },
        ],
        ...envelope,
        event: given,
      },
      retry,
    );

  function responseUrl(by: string): { url: string; list: Record<string, unknown>[] } {
    const id = world.nextId('R');
    const list: Record<string, unknown>[] = [];
    responses.set(id, list);
    world.addresses.set(id, by);
    return { url: `${world.url}/respond/${id}`, list };
  }

  function keepFile(given: GivenFile): FileRecord {
    const { name, bytes, mimetype, mode, as, cutAt = [], fields, parts } = given;
    const file: FileRecord = {
      id: world.nextId('F'),
      name,
      bytes,
      ...(mimetype ? { mimetype } : {}),
      ...(mode ? { mode } : {}),
      ...(as ? { as } : {}),
      ...(fields ? { fields } : {}),
      ...(parts ? { parts } : {}),
      cutAt: [...cutAt],
      hiccups: [...(given.hiccups ?? [])],
      unknownFor: given.unknownFor ?? 0,
      shares: [],
      completed: true,
    };
    world.files.set(file.id, file);
    return file;
  }

  function triggerFor(by: string): string {
    const id = world.nextId('trigger');
    world.triggers.set(id, by);
    return id;
  }

  const interaction = (by: string) => ({
    team: { id: TEAM, domain: 'tea-house' },
    user: { id: by, name: world.users.get(by)?.name, team_id: TEAM },
    api_app_id: 'A0NEMO',
    trigger_id: triggerFor(by),
  });

  let lastChange: Record<string, unknown> | undefined;

  function mustSee(ts: string): SeenMessage {
    const message = world.messages.find((m) => m.ts === ts && !m.deleted);
    if (!message) throw new Error(`there is no message ${ts}`);
    return message;
  }

  const wireOf = (message: SeenMessage) => ({
    type: 'message',
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: TEAM,
    ...message.wire,
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    ...(message.files.length > 0
      ? { files: message.files.map((file) => fileObject(file, world.url)) }
      : {}),
  });

  function changed(message: SeenMessage, what: Record<string, unknown>): Promise<Delivered> {
    const { channel } = message;
    const ts = world.nextTs();
    lastChange = {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel,
      channel_type: channel.startsWith('D') ? 'im' : 'channel',
      ts,
      event_ts: ts,
      ...what,
    };
    return event(lastChange);
  }

  return {
    event,

    async write(
      text,
      {
        channel = 'C0TEA',
        by = 'U0ALICE',
        thread,
        files = [],
        events,
        filesIn,
        blocks,
        attachments,
        fields = {},
        extra = {},
      } = {},
    ) {
      const raw = text.replaceAll('@bot', `<@${BOT_USER}>`);
      const wire = {
        ...fields,
        blocks: blocks ?? (raw === '' ? [] : [richTextOf(raw)]),
        ...(attachments ? { attachments } : {}),
      };
      const message: SeenMessage = {
        wire,
        ts: world.nextTs(),
        channel,
        ...(thread ? { thread_ts: thread } : {}),
        user: by,
        bot: false,
        text: raw,
        blocks: [],
        versions: [raw],
        deleted: false,
        files: files.map(keepFile),
        reactions: new Set(),
      };
      world.messages.push(message);
      world.changed();
      const direct = channel.startsWith('D');
      const kinds =
        events ??
        (text.includes('@bot') && !direct
          ? (['app_mention', 'message'] as const)
          : (['message'] as const));
      for (const type of kinds) {
        const withFiles = message.files.length > 0 && (filesIn ?? kinds).includes(type);
        const given = {
          type,
          channel,
          ...(type === 'message' ? { channel_type: direct ? 'im' : 'channel' } : {}),
          ...(type === 'message' && withFiles ? { subtype: 'file_share' } : {}),
          user: by,
          text: raw,
          ts: message.ts,
          event_ts: message.ts,
          team: TEAM,
          ...wire,
          ...(thread ? { thread_ts: thread, parent_user_id: authorOf(thread) } : {}),
          ...(withFiles ? { files: message.files.map((file) => fileObject(file, world.url)) } : {}),
          ...extra,
        };
        sent.set(`${message.ts}:${type}`, given);
        await event(given);
      }
      return message.ts;

      function authorOf(ts: string): string | undefined {
        return world.messages.find((m) => m.ts === ts)?.user;
      }
    },

    react(ts, reaction, by = 'U0ALICE') {
      if (!world.scopes.includes('reactions:read')) throw new Error('nobody hears of reactions');
      const message = world.messages.find((m) => m.ts === ts);
      if (!message) throw new Error('there is no such message');
      return event({
        type: 'reaction_added',
        user: by,
        reaction,
        item_user: message.user,
        item: { type: 'message', channel: message.channel, ts },
        event_ts: world.nextTs(),
      });
    },

    redeliver(ts, type = 'message') {
      const given = sent.get(`${ts}:${type}`);
      if (!given) throw new Error(`there was no ${type} for ${ts}`);
      return event(given, {}, 1);
    },

    edit(ts, text, { preview = false } = {}) {
      const message = mustSee(ts);
      const before = wireOf(message);
      message.text = text.replaceAll('@bot', `<@${BOT_USER}>`);
      if (!preview) message.versions.push(message.text);
      message.wire = { ...message.wire, blocks: [richTextOf(message.text)] };
      const edited = { user: message.user, ts: world.nextTs() };
      return changed(message, {
        message: preview
          ? { ...before, attachments: [{ id: 1, from_url: 'https://a.example', title: 'A' }] }
          : { ...wireOf(message), edited },
        previous_message: before,
      });
    },

    erase(ts) {
      const message = mustSee(ts);
      const before = wireOf(message);
      message.deleted = true;
      world.changed();
      const hasAnswers = world.messages.some((m) => m.thread_ts === ts && m.ts !== ts);
      return changed(
        message,
        hasAnswers
          ? {
              message: {
                type: 'message',
                subtype: 'tombstone',
                text: 'This message was deleted.',
                user: 'USLACKBOT',
                hidden: true,
                ts,
                thread_ts: ts,
              },
              previous_message: before,
            }
          : { subtype: 'message_deleted', deleted_ts: ts, previous_message: before },
      );
    },

    tellAgain() {
      if (!lastChange) throw new Error('nothing was changed yet');
      return event(lastChange, {}, 1);
    },

    async click(message, label, by = 'U0ALICE') {
      const row = message.blocks.find((block) =>
        block.elements?.some((e) => label.test(e.text?.text ?? '')),
      );
      const element = row?.elements?.find((e) => label.test(e.text?.text ?? ''));
      if (!row || !element) throw new Error(`there is no button like ${label}`);
      return pressed(message, actionOf(element, row.block_id), by);
    },

    press: (message, action, by = 'U0ALICE') =>
      pressed(message, { type: 'button', ...action, action_ts: world.nextTs() }, by),

    replay() {
      if (!last) throw new Error('nothing has been sent');
      return deliveries.send(...last);
    },

    async command(command, text = '', { by = 'U0ALICE', channel = 'C0TEA' } = {}) {
      const refused = commandName.safeParse(command).error;
      if (refused) throw new Error(`no app can have ${command}: ${refused.issues[0]?.message}`);
      const { url, list } = responseUrl(by);
      const delivered = await send('slash_commands', {
        command,
        text,
        team_id: TEAM,
        team_domain: 'tea-house',
        channel_id: channel,
        channel_name: 'tea',
        user_id: by,
        user_name: 'somebody',
        api_app_id: 'A0NEMO',
        response_url: url,
        trigger_id: triggerFor(by),
      });
      return { delivered, responses: list };
    },

    async shortcut(callback_id, { message, by = 'U0ALICE' } = {}) {
      const { url, list } = responseUrl(by);
      const delivered = await send('interactive', {
        type: message ? 'message_action' : 'shortcut',
        callback_id,
        action_ts: world.nextTs(),
        ...interaction(by),
        ...(message
          ? {
              channel: { id: message.channel, name: 'tea' },
              message_ts: message.ts,
              message: {
                type: 'message',
                ts: message.ts,
                user: message.user,
                text: message.text,
                ...message.wire,
                ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
                ...(message.files.length > 0
                  ? { files: message.files.map((f) => fileObject(f, world.url)) }
                  : {}),
              },
              response_url: url,
            }
          : {}),
      });
      return { delivered, responses: list };
    },

    keep: (file) => fileObject(keepFile(file), world.url),

    submit: (id, values, by = 'U0ALICE') =>
      send('interactive', {
        type: 'view_submission',
        ...interaction(by),
        view: {
          id,
          type: 'modal',
          callback_id: world.views.find((v) => v.id === id)?.view['callback_id'],
          private_metadata: world.views.find((v) => v.id === id)?.view['private_metadata'] ?? '',
          state: { values },
        },
      }),

    openHome: (tab, by = 'U0ALICE') =>
      event({
        type: 'app_home_opened',
        user: by,
        channel: `D${by.slice(1)}`,
        tab,
        event_ts: world.nextTs(),
      }),

    stopSession: (thread, by = 'U0ALICE') =>
      event({
        type: 'agent_session_stopped',
        channel: 'C0TEA',
        user: by,
        thread_ts: thread,
        event_ts: world.nextTs(),
        streaming_message_ts: [],
      }),
  };

  async function pressed(message: Clickable, action: object, by: string): Promise<Answered> {
    const { url, list } = responseUrl(by);
    const alone = message.privateTo !== undefined;
    const thread = message.thread_ts ? { thread_ts: message.thread_ts } : {};
    const delivered = await send('interactive', {
      type: 'block_actions',
      ...interaction(by),
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: message.channel,
        is_ephemeral: alone,
      },
      channel: { id: message.channel, name: 'tea' },
      ...(alone
        ? {}
        : { message: { ts: message.ts, text: message.text, type: 'message', ...thread } }),
      response_url: url,
      actions: [action],
    });
    return { delivered, responses: list };
  }

  function actionOf({ action_id, value }: BlockElement, block_id: string | undefined) {
    return {
      type: 'button',
      action_id,
      block_id,
      ...(value === undefined ? {} : { value }),
      action_ts: world.nextTs(),
    };
  }
}
