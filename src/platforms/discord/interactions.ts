/**
 * Every interaction comes through here: one router without a memory of its own, so that a button
 * pressed a month and three restarts later still works. First the acknowledgement, then the deed.
 */
import { ApplicationCommandType, InteractionType } from 'discord.js';
import type { Log } from '../../log.ts';
import type { ButtonAction, CommandName, Inbox, Person, ThreadRef } from '../chat.ts';
import { type Answer, answerTo } from './answer.ts';
import type { Api } from './api.ts';
import { personOf } from './asker.ts';
import { boundedMap } from './bounded-map.ts';
import type { Direct } from './direct.ts';
import { packThread, readCustomId, timeOfId, unpackThread } from './ids.ts';
import type { FileLimits } from './limits.ts';
import { changeModal, filledIn, scriptModal, unpackWishes, type Wishes } from './modals.ts';
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

/** One interaction with all that its handling needs. */
interface Case {
  readonly interaction: Interaction;
  readonly person: Person;
  readonly thread: ThreadRef | undefined;
  readonly answer: Answer;
  readonly key: string;
}

/** Redelivered events come within minutes. */
const REMEMBERED = 2_000;
/** Choices must be there while the person types. */
const CHOICES_MS = 2_000;
const MOST_CHOICES = 25;

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
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        return command(await caseOf(interaction, person));
      case InteractionType.ApplicationCommandAutocomplete:
        return complete(await caseOf(interaction, person));
      case InteractionType.MessageComponent:
      case InteractionType.ModalSubmit:
        return component(interaction, person);
    }
  };

  async function caseOf(
    interaction: Interaction,
    person: Person,
    about?: ThreadRef,
  ): Promise<Case> {
    const thread = about ?? (await deps.threadOf(interaction));
    const place = thread ?? elsewhere(interaction);
    const answer = answerTo(interaction, thread, {
      api: deps.api,
      values: deps.values,
      otherwise: (message) => deps.direct(place, person.id, message),
    });
    return { interaction, person, thread, answer, key: `discord:i:${interaction.id}` };
  }

  async function command(it: Case): Promise<void> {
    const { interaction, person, answer } = it;
    const { name = '', type } = interaction.data ?? {};
    if (type === ApplicationCommandType.Message) return fromMessage(it);
    if (name === 'video') return video(it);
    if (!isCommand(name) || !(await answer.acknowledge({ type: 'later' }))) return;
    const chosen = unpackThread(String(optionOf(interaction, 'project') ?? ''));
    const thread = chosen ?? it.thread;
    const argument = optionOf(interaction, 'resolution');
    await inbox.command({
      key: it.key,
      name,
      ...(argument === undefined ? {} : { argument: String(argument) }),
      person,
      platform: 'discord',
      workspace: interaction.guild_id ?? 'dm',
      channel: thread?.channel ?? interaction.channel?.parent_id ?? interaction.channel?.id ?? '',
      ...(thread ? { thread } : {}),
      respond: answer.respond,
    });
  }

  /** With nothing to work on, a form asks for it: it takes a long script and ten files at once. */
  async function video(it: Case): Promise<void> {
    const { interaction, answer } = it;
    const material = {
      text: String(optionOf(interaction, 'script') ?? ''),
      attachments: Object.values(interaction.data?.resolved?.attachments ?? {}).map((file) =>
        attachmentOf(file),
      ),
    };
    const wishes = wishesOf(interaction);
    if (material.text.trim() === '' && material.attachments.length === 0) {
      const modal = scriptModal(wishes, textsFor(interaction.locale));
      return void (await answer.acknowledge({ type: 'modal', modal }));
    }
    if (await answer.acknowledge({ type: 'later' })) await startVideo({ ...it, material, wishes });
  }

  async function fromMessage(it: Case): Promise<void> {
    const { data } = it.interaction;
    if (!(await it.answer.acknowledge({ type: 'later' }))) return;
    const target = data?.target_id;
    const message = target ? data?.resolved?.messages?.[target] : undefined;
    if (!message) return it.answer.respond({ text: textsFor(it.interaction.locale).nothingToUse });
    await startVideo({
      ...it,
      material: { text: '', attachments: [] },
      quoted: materialOf(message, deps.botId()),
      wishes: { isPrivate: false },
      root: message.id,
    });
  }

  /** Presses and sent forms: the id tells what and about which thread. */
  async function component(interaction: Interaction, person: Person): Promise<void> {
    const pressed = readCustomId(interaction.data?.custom_id ?? '');
    if (!pressed) return;
    const { action, more } = pressed;
    const it = await caseOf(interaction, person, pressed.thread);
    if (action === 'send-script') {
      if (!(await it.answer.acknowledge({ type: 'later' }))) return;
      return startVideo({
        ...it,
        thread: undefined,
        material: filledIn(interaction),
        wishes: unpackWishes(more),
      });
    }
    if (action === 'send-change') return change(it);
    if (action === 'change' && it.thread) {
      const modal = changeModal(it.thread, textsFor(interaction.locale));
      return void (await it.answer.acknowledge({ type: 'modal', modal }));
    }
    await press(it, action, more);
  }

  async function press(it: Case, action: ButtonAction, more: string | undefined): Promise<void> {
    const { thread, person, answer, key } = it;
    // These two begin something whose own messages are the answer, if there is a thread to show them.
    const quiet = thread !== undefined && QUIET.has(action);
    if (!(await answer.acknowledge({ type: quiet ? 'quiet' : 'later' }))) return;
    const value = more ? await deps.values.of(more) : undefined;
    if (thread) {
      return inbox.press({ key, action, value, person, thread, respond: answer.respond });
    }
    const material = { text: value ?? '', attachments: [] };
    await startVideo({ ...it, material, wishes: { isPrivate: false } });
  }

  /** What is to change is said in the thread, for all who work there. */
  async function change({ interaction, person, thread, answer, key }: Case): Promise<void> {
    if (!thread) return;
    const material = filledIn(interaction);
    const inThread = interaction.channel?.id === thread.thread;
    const words = textsFor(interaction.locale).changeAsked(person.id, shortened(material.text));
    const how = inThread ? ({ type: 'echo', text: words } as const) : ({ type: 'later' } as const);
    if (!(await answer.acknowledge(how))) return;
    await inbox.receive({
      ...material,
      key,
      thread,
      author: person,
      sentAt: timeOfId(interaction.id),
    });
    if (!inThread) await answer.respond({ text: words });
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
      .map(({ name, thread }) => ({ name: shortName(name), value: packThread(thread) }));
    await answer.acknowledge({ type: 'choices', choices });
  }
}

const QUIET: ReadonlySet<ButtonAction> = new Set(['export', 'retry', 'prompt']);

const COMMANDS: readonly string[] = [
  'credits',
  'status',
  'export',
  'help',
  'new',
  'stop',
] satisfies CommandName[];
const isCommand = (name: string): name is CommandName => COMMANDS.includes(name);

const optionOf = ({ data }: Interaction, name: string) =>
  data?.options?.find((option) => option.name === name)?.value;

function wishesOf(interaction: Interaction): Wishes {
  const ratio = optionOf(interaction, 'ratio');
  const seconds = optionOf(interaction, 'length');
  return {
    isPrivate: optionOf(interaction, 'private') === true,
    ...(ratio === undefined ? {} : { ratio: String(ratio) }),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
  };
}

/** Where a private answer comes from when the interaction is outside every project. */
const elsewhere = ({ guild_id: guild, channel }: Interaction): ThreadRef => ({
  platform: 'discord',
  workspace: guild ?? 'dm',
  channel: channel?.id ?? '0',
  thread: channel?.id ?? '0',
});

const shortened = (text: string): string =>
  text.length > 1_500 ? `${text.slice(0, 1_500).toWellFormed()}…` : text;
const shortName = (name: string): string => name.slice(0, 100).toWellFormed() || '…';
