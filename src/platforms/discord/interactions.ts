/**
 * Every interaction comes through here: one router without a memory of its own, so that a button
 * pressed a month and three restarts later still works. First the acknowledgement, then the deed.
 */

import { ApplicationCommandType, InteractionType } from 'discord.js';
import { shownName } from '../../conversation/language/shown-name.ts';
import type { Log } from '../../log.ts';
import type { ButtonAction, Inbox, Person, Respond, ThreadRef } from '../chat.ts';
import { type Answer, answerTo } from './answer.ts';
import type { Api } from './api.ts';
import { personOf } from './asker.ts';
import { boundedMap } from './bounded-map.ts';
import { commandNamed } from './commands.ts';
import type { Direct } from './direct.ts';
import { packThread, readCustomId, timeOfId, unpackThread } from './ids.ts';
import type { FileLimits } from './limits.ts';
import { changeModal, filledIn, PLAIN, scriptModal, unpackWishes } from './modals.ts';
import { optionOf, wishesOf } from './options.ts';
import type { StartVideo } from './start-video.ts';
import { textsFor } from './texts.ts';
import type { Values } from './values.ts';
import type { Interaction } from './wire.ts';
import { attachmentOf, materialOf } from './wording.ts';

export interface InteractionDeps {
  readonly api: Api;
  readonly inbox: Inbox;
  readonly values: Values;
  readonly direct: Direct;
  readonly limits: FileLimits;
  readonly startVideo: StartVideo;
  readonly botId: () => string;
  /** The project's thread that a channel is, if it is one. */
  readonly threadOf: (interaction: Interaction) => Promise<ThreadRef | undefined>;
  readonly log: Log;
}

/** One interaction with all that its handling needs; nothing in it has to be looked up. */
interface Case {
  readonly interaction: Interaction;
  readonly person: Person;
  readonly answer: Answer;
  readonly key: string;
}

/** Redelivered events come within minutes. */
const REMEMBERED = 2_000;
/** Choices must be there while the person types. */
const CHOICES_MS = 2_000;
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

export function createInteractions(
  deps: InteractionDeps,
): (interaction: Interaction) => Promise<void> {
  const { inbox, startVideo } = deps;
  const seen = boundedMap<true>(REMEMBERED);

  return async (interaction) => {
    if (seen.get(interaction.id)) return;
    seen.set(interaction.id, true);
    const person = personOf(interaction);
    if (!person) return;
    if (interaction.attachment_size_limit) {
      deps.limits.told(interaction.guild_id ?? 'dm', interaction.attachment_size_limit);
    }
    const it = caseOf(interaction, person);
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        return command(it);
      case InteractionType.ApplicationCommandAutocomplete:
        return complete(it);
      case InteractionType.MessageComponent:
      case InteractionType.ModalSubmit:
        return component(it);
    }
  };

  function caseOf(interaction: Interaction, person: Person): Case {
    const answer = answerTo(interaction, {
      api: deps.api,
      values: deps.values,
      otherwise: (message, thread) =>
        deps.direct(thread ?? elsewhere(interaction), person.id, message),
    });
    return { interaction, person, answer, key: `discord:i:${interaction.id}` };
  }

  async function command(it: Case): Promise<void> {
    const { interaction, person, answer, key } = it;
    const { name = '', type } = interaction.data ?? {};
    if (type === ApplicationCommandType.Message) return fromMessage(it);
    if (name === 'video') return video(it);
    const asked = commandNamed(name);
    if (!asked || !(await answer.acknowledge({ type: 'later' }))) return;
    const chosen = unpackThread(String(optionOf(interaction, 'project') ?? ''));
    const thread = chosen ?? (await deps.threadOf(interaction));
    const argument = optionOf(interaction, asked === 'profile' ? 'profile' : 'resolution');
    await inbox.command({
      key,
      name: asked,
      ...(argument === undefined ? {} : { argument: String(argument) }),
      person,
      platform: 'discord',
      workspace: interaction.guild_id ?? 'dm',
      // The parent of a channel that is no thread is a mere category.
      channel: thread?.channel ?? interaction.channel?.id ?? '',
      ...(thread ? { thread } : {}),
      respond: (message) => answer.respond(message, thread),
    });
  }

  /** With nothing to work on, a form asks for it: it takes a long script and ten files at once. */
  async function video(it: Case): Promise<void> {
    const { interaction, answer } = it;
    const files = Object.values(interaction.data?.resolved?.attachments ?? {});
    const material = {
      text: String(optionOf(interaction, 'script') ?? ''),
      attachments: files.map((file) => attachmentOf(file)),
    };
    const wishes = wishesOf(interaction);
    if (material.text.trim() === '' && files.length === 0) {
      const modal = scriptModal(wishes, textsFor(interaction.locale));
      return void (await answer.acknowledge({ type: 'modal', modal }));
    }
    if (!(await answer.acknowledge({ type: 'later' }))) return;
    await startVideo({ ...it, material, wishes, thread: await deps.threadOf(interaction) });
  }

  async function fromMessage(it: Case): Promise<void> {
    const { interaction, answer } = it;
    const { data } = interaction;
    if (!(await answer.acknowledge({ type: 'later' }))) return;
    const target = data?.target_id;
    const message = target ? data?.resolved?.messages?.[target] : undefined;
    if (!message) {
      return answer.respond({ text: textsFor(interaction.locale).nothingToUse }, undefined);
    }
    await startVideo({
      ...it,
      material: { text: '', attachments: [] },
      quoted: materialOf(message, deps.botId()),
      wishes: PLAIN,
      thread: await deps.threadOf(interaction),
      root: message.id,
    });
  }

  /** Presses and sent forms: the id tells what and about which thread. */
  async function component(it: Case): Promise<void> {
    const { interaction, answer } = it;
    const pressed = readCustomId(interaction.data?.custom_id ?? '');
    if (!pressed) return;
    const { action, thread, more } = pressed;
    if (action === 'send-script') {
      if (!(await answer.acknowledge({ type: 'later' }))) return;
      const order = { material: filledIn(interaction), wishes: unpackWishes(more) };
      return startVideo({ ...it, ...order, thread: await deps.threadOf(interaction) });
    }
    if (action === 'send-change') return thread && change(it, thread);
    if (action === 'change' && thread) {
      const modal = changeModal(thread, textsFor(interaction.locale));
      return void (await answer.acknowledge({ type: 'modal', modal }));
    }
    return thread ? press(it, thread, action, more) : pressAnywhere(it, more);
  }

  async function press(
    { person, answer, key }: Case,
    thread: ThreadRef,
    action: ButtonAction,
    more: string | undefined,
  ): Promise<void> {
    // Some begin what speaks for itself in the thread; the others have something to answer.
    const type = QUIET.has(action) ? 'quiet' : 'later';
    if (!(await answer.acknowledge({ type }))) return;
    const value = more ? await deps.values.of(more) : undefined;
    const respond: Respond = (message) => answer.respond(message, thread);
    await inbox.press({ key, action, value, person, thread, respond });
  }

  /** An example under an answer that belongs to no project: it begins one. */
  async function pressAnywhere(it: Case, more: string | undefined): Promise<void> {
    if (!(await it.answer.acknowledge({ type: 'later' }))) return;
    const text = (more && (await deps.values.of(more))) ?? '';
    const thread = await deps.threadOf(it.interaction);
    const material = { text, attachments: [] };
    await startVideo({ ...it, material, wishes: PLAIN, thread });
  }

  /** What is to change is said in the thread, for all who work there. */
  async function change(
    { interaction, person, answer, key }: Case,
    thread: ThreadRef,
  ): Promise<void> {
    const material = filledIn(interaction);
    const inThread = interaction.channel?.id === thread.thread;
    const text = textsFor(interaction.locale).changeAsked(person.id, shortened(material.text));
    const how = inThread ? ({ type: 'echo', text } as const) : ({ type: 'later' } as const);
    if (!(await answer.acknowledge(how))) return;
    const sentAt = timeOfId(interaction.id);
    await inbox.receive({ ...material, key, thread, author: person, sentAt });
    if (!inThread) await answer.respond({ text }, thread);
  }

  async function complete({ interaction, person, answer }: Case): Promise<void> {
    const typed = String(
      interaction.data?.options?.find((option) => option.focused)?.value ?? '',
    ).toLowerCase();
    const recent = await Promise.race([
      inbox.overview(interaction.guild_id ?? 'dm', person).then((overview) => overview.recent),
      new Promise<[]>((resolve) => setTimeout(() => resolve([]), CHOICES_MS).unref()),
    ]);
    const choices = recent
      .filter(
        ({ name, thread }) => thread.platform === 'discord' && name.toLowerCase().includes(typed),
      )
      .slice(0, MOST_CHOICES)
      .map(({ name, thread }) => ({
        name: shownName(name, LONGEST_CHOICE, LONGEST_CHOICE) || '…',
        value: packThread(thread),
      }));
    await answer.acknowledge({ type: 'choices', choices });
  }
}

const QUIET: ReadonlySet<ButtonAction> = new Set([
  'export',
  'retry',
  'prompt',
  'first-part',
  'gist',
]);

/** Where a private answer comes from when the interaction is outside every project. */
const elsewhere = ({ guild_id: guild, channel }: Interaction): ThreadRef => ({
  platform: 'discord',
  workspace: guild ?? 'dm',
  channel: channel?.id ?? '0',
  thread: channel?.id ?? '0',
});

const shortened = (text: string): string =>
  text.length > 1_500 ? `${text.slice(0, 1_500).toWellFormed()}…` : text;
