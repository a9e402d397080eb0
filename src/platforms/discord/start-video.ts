/** A video asked for by a command, a form or a message's menu: finds its place and puts it on record. */
import { shownName } from '../../conversation/language/shown-name.ts';
import type { DiscordWords } from '../../locales/en/discord.ts';
import { localeFor } from '../../locales/locales.ts';
import { escapeMarkup } from '../../markdown/escape.ts';
import type { Inbox, Material, Person, ThreadRef } from '../chat.ts';
import { FREE_WISHES } from '../shared/wishes.ts';
import type { Api } from './api-calls.ts';
import { timeOfId } from './custom-ids.ts';
import { directChannel } from './direct-messages.ts';
import { asChatError, Code, codeOf, isPassing } from './errors.ts';
import { interactionKey } from './event-keys.ts';
import type { Wishes } from './forms.ts';
import { maySpeak } from './interaction-person.ts';
import { placeOf } from './interaction-place.ts';
import type { InteractionReply } from './interaction-reply.ts';
import type { InteractionPayload } from './payloads.ts';
import type { Send } from './posting.ts';
import type { Used } from './recent-channels.ts';
import { render } from './render-message.ts';
import type { Places } from './thread-places.ts';

export interface VideoOrder {
  readonly interaction: InteractionPayload;
  readonly person: Person;
  readonly material: Material;
  /** Somebody's message that the video is made from. */
  readonly quoted?: Material | undefined;
  readonly wishes: Wishes;
  /** The project's thread, where the interaction was used inside one. */
  readonly thread: ThreadRef | undefined;
  /** The message that the thread is to be started on; a message of ours is posted for it otherwise. */
  readonly root?: string | undefined;
  readonly answer: InteractionReply;
  /** Where several interactions may ask for the same: what they have in common. */
  readonly key?: string | undefined;
}

export interface StartVideoDeps {
  readonly api: Api;
  readonly inbox: Inbox;
  readonly places: Places;
  readonly send: Send;
  readonly used: Used;
  /** Makes somebody's thread a place of ours. */
  readonly adopt: (thread: ThreadRef) => Promise<void>;
}

/** The interaction has been acknowledged privately before. Gives the thread that the video is asked for in, if any. */
export type StartVideo = (order: VideoOrder) => Promise<ThreadRef | undefined>;

const NAME_LENGTH = 200;

export function createStartVideo(deps: StartVideoDeps): StartVideo {
  const { api, inbox, places, send, used, adopt } = deps;
  return async (order) => {
    const { interaction, person, material, quoted, wishes, answer } = order;
    const texts = localeFor(interaction.locale).discord;
    const refuse = async (text: string): Promise<undefined> => {
      await answer.respond({ text }, undefined);
    };
    const whole = { ...material, text: withWishes(material.text, wishes, texts) };
    if (!hasAnything(material) && !(quoted && hasAnything(quoted))) {
      return refuse(texts.nothingToUse);
    }
    const key = order.key ?? interactionKey(interaction.id);
    // Where several presses have one key nothing is posted before it is on record, and one that failed may come again.
    const begun = order.key === undefined ? { key } : {};
    const may = await inbox.mayBegin({ person, place: placeOf(interaction), ...begun });
    if (may === 'again') return undefined;
    if (may !== 'yes') return refuse(may.refused.text);
    if (order.thread) await adopt(order.thread);
    const thread = await threadFor(order, texts);
    if (!thread) return refuse(texts.directFailed);
    await inbox.receive({
      ...whole,
      key,
      thread,
      author: person,
      ...(quoted ? { quoted } : {}),
      ...(wishes.each ? { each: true } : {}),
      ...(wishes.planFirst ? { planFirst: true } : {}),
      sentAt: timeOfId(interaction.id),
    });
    await used.note(thread);
    const isDirect = thread.workspace === 'dm';
    const text = isDirect
      ? texts.goesOnDirectly
      : texts.goesOnIn((await places.spot(thread)).target);
    await answer.respond({ text }, thread);
    return thread;
  };

  async function threadFor(order: VideoOrder, texts: DiscordWords): Promise<ThreadRef | undefined> {
    const { interaction, wishes, thread } = order;
    const channel = interaction.channel?.id;
    const guild = interaction.guild_id;
    const allowed = maySpeak(interaction, thread !== undefined);
    if (!wishes.isPrivate && thread && allowed) return thread;
    if (wishes.isPrivate || !guild || !channel || !allowed) return directThread(order.person.id);
    const words = firstWords(order, texts);
    const root = order.root ?? (await postRoot(order, channel, words, texts));
    if (!root) return directThread(order.person.id);
    places.expect(root, words);
    return { platform: 'discord', workspace: guild, channel, thread: root };
  }

  /** Undefined where the channel does not take a message of ours after all. */
  async function postRoot(
    order: VideoOrder,
    channel: string,
    words: string,
    texts: DiscordWords,
  ): Promise<string | undefined> {
    const { parts } = render(
      { text: texts.startedBy(order.person.id, escapeMarkup(words)) },
      undefined,
    );
    try {
      return await send({
        target: channel,
        body: parts[0],
        delivery: { key: `root:${order.interaction.id}` },
      });
    } catch (error) {
      if (isPassing(error)) throw asChatError(error, 'the first message could not be posted');
      return undefined;
    }
  }

  async function directThread(person: string): Promise<ThreadRef | undefined> {
    try {
      const channel = await directChannel(api, person);
      return { platform: 'discord', workspace: 'dm', channel, thread: channel };
    } catch (error) {
      if (codeOf(error) === Code.noDirectMessages) return undefined;
      throw asChatError(error, 'direct messages could not be opened');
    }
  }
}

const hasAnything = ({ text, attachments }: Material): boolean =>
  text.trim() !== '' || attachments.length > 0;

function withWishes(
  text: string,
  { ratio, seconds, free = {} }: Wishes,
  texts: DiscordWords,
): string {
  const wishes = [
    ratio && texts.ratio(ratio),
    seconds && texts.length(seconds),
    ...FREE_WISHES.map((name) => free[name] && texts[name](free[name])),
  ];
  // Apart from the words, so that they belong to all points of a list.
  return [text, wishes.filter(Boolean).join('\n')].filter(Boolean).join('\n\n');
}

function firstWords({ material, quoted }: VideoOrder, texts: DiscordWords): string {
  const [line = ''] = (material.text || quoted?.text || '').trim().split('\n', 1);
  const file = material.attachments[0] ?? quoted?.attachments[0];
  return shownName(line, NAME_LENGTH) || shownName(file?.name ?? '') || texts.threadName;
}
