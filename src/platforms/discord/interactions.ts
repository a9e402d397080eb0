/**
 * Every interaction comes through here: one router without a memory of its own, so that a button
 * pressed a month and three restarts later still works. First the acknowledgement, then the deed.
 */

import { ApplicationCommandType, InteractionType } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { shownName } from '../../conversation/language/shown-name.ts';
import { localeFor } from '../../locales/locales.ts';
import { within } from '../../runtime/deadline.ts';
import type { Log } from '../../runtime/log.ts';
import {
  type CommandName,
  type Inbox,
  type Person,
  type ThreadRef,
  withForwarded,
} from '../chat.ts';
import { askedAccount } from './account-form.ts';
import type { Api } from './api-calls.ts';
import type { Values } from './button-values.ts';
import { brandOf, deskOrderOf, optionOf, wishesOf } from './command-options.ts';
import { commandNamed } from './commands.ts';
import { claimOf, packThread } from './custom-ids.ts';
import type { Direct } from './direct-messages.ts';
import { interactionKey } from './event-keys.ts';
import type { FileLimits } from './file-size-limit.ts';
import { PLAIN, scriptModal, valuesOf } from './forms.ts';
import { personOf } from './interaction-person.ts';
import { placeOf, threadIn } from './interaction-place.ts';
import { answerTo } from './interaction-reply.ts';
import { attachmentOf, materialOf } from './message-text.ts';
import type { KnownNames } from './message-tokens.ts';
import type { InteractionPayload } from './payloads.ts';
import { createPresses } from './presses.ts';
import type { Reactions } from './reactions.ts';
import { type ReceivedInteraction, turnsAway } from './received-interaction.ts';
import type { StartVideo } from './start-video.ts';
import type { Places } from './thread-places.ts';

export interface InteractionDeps {
  readonly api: Api;
  readonly inbox: Inbox;
  readonly values: Values;
  readonly direct: Direct;
  readonly limits: FileLimits;
  readonly startVideo: StartVideo;
  readonly names: (guild: string | undefined) => KnownNames;
  readonly places: Pick<Places, 'repliedIn'>;
  readonly makeAsked: Reactions['pressed'];
  /** Makes somebody's thread a place of ours. */
  readonly adopt: (thread: ThreadRef) => Promise<void>;
  readonly log: Log;
}

/** The option that says more, where it is another than that of an export. */
const ARGUMENTS: ReadonlyMap<CommandName, string> = new Map([
  ['profile', 'profile'],
  ['forget', 'what'],
]);

/** Redelivered events come within minutes. */
const REMEMBERED = 2_000;
/** Choices must be there while the person types. */
const CHOICES_MS = 2_000;
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

export function createInteractions(
  deps: InteractionDeps,
): (interaction: InteractionPayload) => Promise<void> {
  const { inbox, startVideo } = deps;
  const component = createPresses(deps);
  const seen = new LRUCache<string, true>({ max: REMEMBERED });

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

  function caseOf(interaction: InteractionPayload, person: Person): ReceivedInteraction {
    const answer = answerTo(interaction, {
      api: deps.api,
      values: deps.values,
      otherwise: (message, thread) =>
        deps.direct(thread ?? elsewhere(interaction), person.id, message),
    });
    return { interaction, person, answer, key: interactionKey(interaction.id) };
  }

  async function command(it: ReceivedInteraction): Promise<void> {
    const { interaction, person, answer, key } = it;
    const { name = '', type } = interaction.data ?? {};
    if (type === ApplicationCommandType.Message) return fromMessage(it);
    if (name === 'video') return video(it);
    if (name === 'account') return askedAccount(inbox, it);
    const asked = commandNamed(name);
    if (!asked || !(await answer.acknowledge({ type: 'later' })) || (await isRefused(it, asked)))
      return;
    const thread = threadIn(interaction);
    if (thread) await deps.adopt(thread);
    const project = optionOf(interaction, 'project');
    const argument =
      asked === 'admin'
        ? deskOrderOf(interaction)
        : optionOf(interaction, ARGUMENTS.get(asked) ?? 'resolution');
    await inbox.command({
      key,
      name: asked,
      ...(argument === undefined ? {} : { argument: String(argument) }),
      person,
      ...placeOf(interaction),
      thread,
      brand: asked === 'admin' ? brandOf(interaction) : undefined,
      claim: project === undefined ? undefined : claimOf(String(project)),
      respond: (message, about, file) => answer.respond(message, about ?? thread, file),
    });
  }

  /** Before anything is kept or shown for a person who may not use the bot here; they are told. */
  async function isRefused(
    { interaction, person, answer }: ReceivedInteraction,
    command: CommandName,
  ): Promise<boolean> {
    const may = await inbox.mayBegin({ person, place: placeOf(interaction), command });
    if (typeof may === 'string') return false;
    await answer.respond(may.refused, undefined);
    return true;
  }

  /** With nothing to work on, a form asks for it: it takes a long script and ten files at once. */
  async function video(it: ReceivedInteraction): Promise<void> {
    const { interaction, answer } = it;
    const files = Object.values(interaction.data?.resolved?.attachments ?? {});
    const material = {
      text: String(optionOf(interaction, 'script') ?? ''),
      attachments: files.map((file) => attachmentOf(file)),
    };
    const wishes = wishesOf(interaction);
    if (material.text.trim() === '' && files.length === 0) {
      if (await turnsAway(inbox, it)) return;
      await deps.values.keep(valuesOf(wishes));
      const modal = scriptModal(wishes, localeFor(interaction.locale).discord);
      return void (await answer.acknowledge({ type: 'modal', modal }));
    }
    if (!(await answer.acknowledge({ type: 'later' }))) return;
    await startVideo({ ...it, material, wishes, thread: threadIn(interaction) });
  }

  async function fromMessage(it: ReceivedInteraction): Promise<void> {
    const { interaction, answer } = it;
    const { data } = interaction;
    if (!(await answer.acknowledge({ type: 'later' }))) return;
    const target = data?.target_id;
    const message = target ? data?.resolved?.messages?.[target] : undefined;
    if (!message) {
      return answer.respond(
        { text: localeFor(interaction.locale).discord.nothingToUse },
        undefined,
      );
    }
    await startVideo({
      ...it,
      material: { text: '', attachments: [] },
      quoted: withForwarded(materialOf(message, deps.names(interaction.guild_id ?? undefined))),
      wishes: PLAIN,
      thread: threadIn(interaction),
      root: message.id,
    });
  }

  async function complete({ interaction, person, answer }: ReceivedInteraction): Promise<void> {
    const typed = String(
      interaction.data?.options?.find((option) => option.focused)?.value ?? '',
    ).toLowerCase();
    const recent = await within(CHOICES_MS, [], () => inbox.recent(placeOf(interaction), person));
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

/** Where a private answer comes from when the interaction is outside every project. */
const elsewhere = ({ guild_id: guild, channel }: InteractionPayload): ThreadRef => ({
  platform: 'discord',
  workspace: guild ?? 'dm',
  channel: channel?.id ?? '0',
  thread: channel?.id ?? '0',
});
