/** Interactions from the people's side: what they do, and what they get to see. */
import { checkForm, notified } from './posting.ts';
import { type Call, Refusal } from './rest.ts';
import { channelPayload, filePayload, messagePayload, userPayload, type View } from './wire.ts';
import type { DoubleChannel, DoubleFile, DoubleMessage, DoubleUser, Row } from './world.ts';

type AnswerFile = Call['files'][number];

/** What one person saw of an answer. */
interface Reply {
  readonly text: string;
  readonly components: Row[];
  readonly files: readonly AnswerFile[];
}

/** One use of a command, button or form, followed by the person who used it. */
export interface Used {
  readonly id: string;
  /** Type of the first answer (4 message, 5 later, 6 quiet, 8 choices, 9 form); undefined until there is one. */
  ack: number | undefined;
  modal: { custom_id: string; title: string } | undefined;
  choices: { name: string; value: string }[] | undefined;
  /** Texts only this person sees, as they stand. */
  readonly replies: Reply[];
}

export interface DoubleInteractions {
  callback(id: string, token: string, body: Record<string, unknown>): undefined;
  followUp(
    method: string,
    token: string,
    body: Record<string, unknown>,
    files: readonly AnswerFile[],
  ): object;
  slash(
    name: string,
    by: DoubleUser,
    where: DoubleChannel,
    options?: Record<string, OptionValue>,
  ): Used;
  complete(name: string, option: string, typed: string, by: DoubleUser, where: DoubleChannel): Used;
  onMessage(name: string, message: DoubleMessage, by: DoubleUser): Used;
  press(message: DoubleMessage, label: string, by: DoubleUser): Used;
  /** A press as a client could make it up: under a message that it sees, with any id. */
  pressId(customId: string, message: DoubleMessage, by: DoubleUser): Used;
  /** A form as a client could make it up. */
  submitId(customId: string, by: DoubleUser, where: DoubleChannel, text: string): Used;
  submit(
    form: Used,
    by: DoubleUser,
    where: DoubleChannel,
    text: string,
    files?: readonly DoubleFile[],
    /** Ids of the boxes that are ticked. */
    ticked?: readonly string[],
  ): Used;
  /** Sends the same event once more. */
  redeliver(used: Used): void;
  /** Tokens end now: nothing can be said through them any more. */
  expireTokens(): void;
}

export type OptionValue = string | number | boolean | DoubleFile;

interface Parts extends View {
  readonly dispatch: (payload: object) => void;
  readonly onEcho: (channel: DoubleChannel, text: string, notified: string[]) => void;
  /** Of person-only installations: the bot is no member of the server. */
  readonly personal: () => boolean;
}

interface Entry {
  readonly used: Used;
  readonly token: string;
  readonly channel: DoubleChannel;
  readonly payload: object;
  expired: boolean;
}

/** The permission bit of that name. */
const ADMINISTRATOR = String(1 << 3);

export function createInteractions(parts: Parts): DoubleInteractions {
  const { world } = parts;
  const entries = new Map<string, Entry>();

  function use(type: number, by: DoubleUser, channel: DoubleChannel, more: object): Used {
    const id = world.nextId();
    const token = `token-${id}`;
    const used: Used = { id, ack: undefined, modal: undefined, choices: undefined, replies: [] };
    const inGuild = channel.guild !== undefined;
    const payload = {
      id,
      application_id: world.bot.id,
      type,
      token,
      version: 1,
      entitlements: [],
      context: inGuild ? 0 : 1,
      channel_id: channel.id,
      channel: channelPayload(channel),
      ...(inGuild
        ? {
            guild_id: channel.guild,
            member: {
              user: userPayload(by),
              roles: [],
              permissions: world.admins.has(by.id) ? ADMINISTRATOR : '0',
            },
          }
        : { user: userPayload(by) }),
      locale: 'en-US',
      app_permissions: parts.personal() ? '0' : (world.granted & ~denied(channel)).toString(),
      authorizing_integration_owners: parts.personal() ? { 1: by.id } : { 0: channel.guild ?? '0' },
      ...more,
    };
    entries.set(token, { used, token, channel, payload, expired: false });
    parts.dispatch(payload);
    return used;
  }

  function denied(channel: DoubleChannel): bigint {
    const parent = channel.parent ? world.channels.get(channel.parent) : undefined;
    return channel.denied | (parent?.denied ?? 0n);
  }

  function seen(body: Record<string, unknown>, files: readonly AnswerFile[]): Reply {
    const text = String(body['content'] ?? '');
    checkForm(text, body, files.length);
    return { text, components: (body['components'] ?? []) as Row[], files };
  }

  return {
    callback(_id, token, body) {
      const entry = entries.get(token);
      if (!entry || entry.expired) throw new Refusal(404, 10_062, 'Unknown interaction');
      const { used } = entry;
      if (used.ack !== undefined)
        throw new Refusal(400, 40_060, 'Interaction has already been acknowledged');
      used.ack = Number(body['type']);
      const data = (body['data'] ?? {}) as Record<string, unknown>;
      if (used.ack === 9) used.modal = data as { custom_id: string; title: string };
      if (used.ack === 8) used.choices = data['choices'] as { name: string; value: string }[];
      if (used.ack === 4) {
        const text = String(data['content'] ?? '');
        checkForm(text, data, 0);
        parts.onEcho(entry.channel, text, notified(text, data));
      }
      world.changes.emit('change');
      return undefined;
    },
    followUp(method, token, body, files) {
      const entry = entries.get(token);
      if (!entry || entry.expired) throw new Refusal(401, 50_027, 'Invalid Webhook Token');
      if (entry.used.ack === undefined) throw new Refusal(404, 10_015, 'Unknown Webhook');
      entry.used.replies.push(seen(body, files));
      world.changes.emit('change');
      return { id: world.nextId(), method };
    },
    slash(name, by, where, options = {}) {
      const files = Object.values(options).filter((value) => typeof value === 'object');
      const list = Object.entries(options).map(([key, value]) => ({
        name: key,
        value: typeof value === 'object' ? value.id : value,
      }));
      return use(2, by, where, {
        data: {
          id: '1',
          name,
          type: 1,
          options: list,
          resolved: { attachments: resolved(where, files) },
        },
      });
    },
    complete: (name, option, typed, by, where) =>
      use(4, by, where, {
        data: { id: '1', name, type: 1, options: [{ name: option, value: typed, focused: true }] },
      }),
    onMessage(name, message, by) {
      const where = world.channels.get(message.channel);
      if (!where) throw new Error('the message has no channel');
      const messages = { [message.id]: messagePayload(parts, message, false) };
      return use(2, by, where, {
        data: { id: '1', name, type: 3, target_id: message.id, resolved: { messages } },
      });
    },
    press(message, label, by) {
      const where = world.channels.get(message.channel);
      const button = message.components
        .flatMap((row) => row.components)
        .find((it) => it.label === label);
      if (!where || !button?.custom_id) throw new Error(`there is no button "${label}"`);
      return use(3, by, where, {
        message: messagePayload(parts, message, false),
        data: { custom_id: button.custom_id, component_type: 2 },
      });
    },
    pressId(customId, message, by) {
      const where = world.channels.get(message.channel);
      if (!where) throw new Error('the message has no channel');
      return use(3, by, where, {
        message: messagePayload(parts, message, false),
        data: { custom_id: customId, component_type: 2 },
      });
    },
    submitId: (customId, by, where, text) => sent(customId, by, where, text, []),
    submit(form, by, where, text, files = [], ticked = []) {
      if (!form.modal) throw new Error('no form was shown');
      return sent(form.modal.custom_id, by, where, text, files, ticked);
    },
    redeliver(used) {
      for (const entry of entries.values()) if (entry.used === used) parts.dispatch(entry.payload);
    },
    expireTokens() {
      for (const entry of entries.values()) entry.expired = true;
    },
  };

  function sent(
    customId: string,
    by: DoubleUser,
    where: DoubleChannel,
    text: string,
    files: readonly DoubleFile[],
    ticked: readonly string[] = [],
  ): Used {
    return use(5, by, where, {
      data: {
        custom_id: customId,
        components: [
          { type: 18, component: { type: 4, custom_id: 'text', value: text } },
          {
            type: 18,
            component: { type: 19, custom_id: 'files', values: files.map(({ id }) => id) },
          },
          ...ticked.map((id) => ({
            type: 18,
            component: { type: 23, custom_id: id, value: true },
          })),
        ],
        resolved: { attachments: resolved(where, files) },
      },
    });
  }

  function resolved(channel: DoubleChannel, files: readonly DoubleFile[]): Record<string, object> {
    return Object.fromEntries(files.map((file) => [file.id, filePayload(parts, channel.id, file)]));
  }
}
