/**
 * 🎬 on a message: whoever reacted is asked whether a video is to be made of it, with a button that takes nobody else's
 * press. Nothing is sent before. Discord shows nothing to one person alone unless they have just used something, so it
 * is asked where the video would come: in a thread of the message, which takes no messages as ours before the press.
 */
import { languageOf } from '../../conversation/language/language.ts';
import { localeFor } from '../../locales/locales.ts';
import { plainEmoji } from '../../settings/fields.ts';
import {
  type Inbox,
  type Material,
  type Person,
  type ThreadClaim,
  type ThreadRef,
  withForwarded,
} from '../chat.ts';
import type { Api } from './api-calls.ts';
import type { Direct } from './direct-messages.ts';
import { Code, codeOf, isPassing } from './errors.ts';
import { reactionKey } from './event-keys.ts';
import { PLAIN } from './forms.ts';
import type { Gateway } from './gateway.ts';
import { placeOf, threadIn } from './interaction-place.ts';
import { materialOf } from './message-text.ts';
import { isThreadType, type Message, messageShape, type SentReaction } from './payloads.ts';
import type { Send } from './posting.ts';
import type { ReceivedInteraction } from './received-interaction.ts';
import { withMakeButton } from './render-message.ts';
import type { StartVideo } from './start-video.ts';
import type { Places, Spot } from './thread-places.ts';

export interface ReactionDeps {
  readonly api: Api;
  readonly gateway: Pick<Gateway, 'botId' | 'channelType' | 'names'>;
  readonly places: Places;
  readonly send: Send;
  readonly direct: Direct;
  readonly inbox: Inbox;
  readonly startVideo: StartVideo;
  /** Emoji that ask. */
  readonly reactions: readonly string[];
}

export interface Reactions {
  readonly reacted: (reaction: SentReaction) => Promise<void>;
  /** A press on the button; its id claims the message, by its channel, and names the person it was `offered` to. */
  readonly pressed: (
    it: ReceivedInteraction,
    claim: ThreadClaim | undefined,
    offered: string | undefined,
  ) => Promise<void>;
}

export function createReactions(deps: ReactionDeps): Reactions {
  const { api, gateway, places, inbox } = deps;

  /** A passing gesture: where the bot is switched off, or nothing can be used, nobody is lectured. */
  async function reacted(sent: SentReaction): Promise<void> {
    const { user_id: by, member, message_author_id: author, emoji } = sent;
    const us = gateway.botId();
    if (by === us || author === us || member?.user.bot) return;
    if (!deps.reactions.includes(plainEmoji(emoji.name ?? ''))) return;
    const name = member && (member.user.global_name ?? member.user.username);
    const person: Person = { id: by, ...(name ? { name } : {}) };
    const ref = await threadOf(sent);
    if ((await inbox.mayBegin({ person, place: ref })) !== 'yes') return;
    const message = await read(sent.channel_id, sent.message_id);
    if (!message || message.author.id === us) return;
    const material = usable(message, sent.guild_id);
    if (!material) return;
    const key = reactionKey(message.id, by, 'asked');
    const may = await inbox.mayBegin({ person, place: ref, key });
    if (may === 'again') return;
    if (may !== 'yes') return deps.direct(ref, by, may.refused);
    await ask(ref, message, material.text, by, key);
  }

  async function ask(
    ref: ThreadRef,
    message: Message,
    words: string,
    person: string,
    key: string,
  ): Promise<void> {
    const texts = localeFor(languageOf(words)).words.reaction;
    const about = { ...ref, channel: message.channel_id, thread: message.id };
    const body = withMakeButton({ text: texts.ask, mention: [person] }, texts.make, about, person);
    const spot = await spotFor(ref, message, words);
    await deps.send({ ...spot, body, delivery: { key } });
  }

  async function spotFor(
    ref: ThreadRef,
    { id, channel_id }: Message,
    words: string,
  ): Promise<Spot> {
    if (ref.workspace === 'dm' || ref.thread === channel_id)
      return { target: channel_id, replyTo: id };
    const isOurs = (await places.known(id)) !== undefined || (await inbox.knows(ref));
    if (!isOurs) places.expect(id, words);
    // What people write in it meanwhile is theirs.
    return places.spot(ref, { own: isOurs });
  }

  /** The thread that the message is in, or that it would begin. */
  async function threadOf(sent: SentReaction): Promise<ThreadRef> {
    const { guild_id: guild, channel_id: channel, message_id: message } = sent;
    const base = { platform: 'discord', workspace: guild ?? 'dm' } as const;
    if (!guild) return { ...base, channel, thread: channel };
    const type = gateway.channelType(channel);
    const around =
      type === undefined || isThreadType(type) ? await places.look(channel) : undefined;
    return around
      ? { ...base, channel: around.parent, thread: channel }
      : { ...base, channel, thread: message };
  }

  async function read(channel: string, id: string): Promise<Message | undefined> {
    try {
      return messageShape.parse(
        await api('GET', `/channels/${channel}/messages/${id}`, { kind: 'glance' }),
      );
    } catch (error) {
      if (isPassing(error)) throw error;
      return undefined;
    }
  }

  function usable(message: Message, guild: string | undefined): Material | undefined {
    const material = withForwarded(materialOf(message, gateway.names(guild)));
    const holds = material.text.trim() !== '' || material.attachments.length > 0;
    return holds ? material : undefined;
  }

  async function pressed(
    it: ReceivedInteraction,
    claim: ThreadClaim | undefined,
    offered: string | undefined,
  ): Promise<void> {
    const { interaction, person, answer } = it;
    const { words, discord: texts } = localeFor(interaction.locale);
    if (!(await answer.acknowledge({ type: 'later' }))) return;
    const say = (text: string) => answer.respond({ text }, undefined);
    const may = await inbox.mayBegin({ person, place: placeOf(interaction) });
    if (typeof may !== 'string') return answer.respond(may.refused, undefined);
    if (offered !== person.id) return say(words.reaction.notYours);
    const place = claim && seenHere(it, claim);
    const message = place && (await read(place.channel, place.message));
    if (!message) return say(words.reaction.gone);
    const guild = interaction.guild_id ?? undefined;
    const quoted = usable(message, guild);
    if (!quoted) return say(texts.nothingToUse);
    const thread = threadIn(interaction);
    const root = message.id;
    const material = { text: '', attachments: [] };
    const key = reactionKey(message.id, person.id, 'made');
    const begun = await deps.startVideo({
      ...it,
      material,
      quoted,
      wishes: PLAIN,
      thread,
      root,
      key,
    });
    if (begun) await settle(it, begun, message.id);
  }

  /** Whoever presses is in the message's own channel, or in the thread that hangs on it: they can read it. */
  function seenHere(
    { interaction }: ReceivedInteraction,
    { claimed: { workspace, channel, thread: message } }: ThreadClaim,
  ): { readonly channel: string; readonly message: string } | undefined {
    const here = interaction.channel;
    if (!here || (interaction.guild_id ?? 'dm') !== workspace) return undefined;
    const isHere = here.id === channel || (here.id === message && here.parent_id === channel);
    return isHere ? { channel, message } : undefined;
  }

  /** Begun: the thread that was made for it is the project's from now on, and the question goes. */
  async function settle(
    { interaction }: ReceivedInteraction,
    begun: ThreadRef,
    message: string,
  ): Promise<void> {
    const { thread } = begun;
    if (thread === message)
      await places.change(thread, (place) => (place.own ? undefined : { ...place, own: true }));
    const { message: question, channel } = interaction;
    if (!question || !channel) return;
    try {
      await api('DELETE', `/channels/${channel.id}/messages/${question.id}`);
    } catch (error) {
      if (codeOf(error) !== Code.unknownMessage) throw error;
    }
  }

  return { reacted, pressed };
}
