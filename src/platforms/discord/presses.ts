/** Presses of buttons and sent forms. What their ids say is a claim: it is passed on as one, beside where we are. */

import { localeFor } from '../../locales/locales.ts';
import {
  type ButtonAction,
  type ButtonPress,
  type Inbox,
  type Material,
  type Respond,
  THREADLESS,
  type ThreadClaim,
  type ThreadRef,
} from '../chat.ts';
import { sentAccount } from './account-form.ts';
import type { Values } from './button-values.ts';
import { packThread, readCustomId } from './custom-ids.ts';
import { changeModal, filledIn, isTicked, keptWishes, PLAIN } from './forms.ts';
import { placeOf, threadIn } from './interaction-place.ts';
import type { InteractionPayload } from './payloads.ts';
import type { Reactions } from './reactions.ts';
import { type ReceivedInteraction, turnsAway } from './received-interaction.ts';
import type { StartVideo } from './start-video.ts';
import type { Places } from './thread-places.ts';

export interface PressDeps {
  readonly inbox: Inbox;
  readonly values: Values;
  readonly startVideo: StartVideo;
  readonly places: Pick<Places, 'repliedIn'>;
  readonly makeAsked: Reactions['pressed'];
}

const QUIET: ReadonlySet<ButtonAction> = new Set([
  'export',
  'captions',
  'retry',
  'prompt',
  'suggested',
  'shape',
  'first-part',
  'gist',
  'words-alone',
  'for-us',
  'make-plan',
  'cancel-plan',
]);

export function createPresses(deps: PressDeps): (it: ReceivedInteraction) => Promise<void> {
  const { inbox, startVideo } = deps;
  return component;

  /** Presses and sent forms: the id tells what, and what it claims to be about. */
  async function component(it: ReceivedInteraction): Promise<void> {
    const { interaction, answer } = it;
    const pressed = readCustomId(interaction.data?.custom_id ?? '');
    if (!pressed) return;
    const { action, claim, more } = pressed;
    if (action === 'send-script') {
      if (!(await answer.acknowledge({ type: 'later' }))) return;
      const chosen = await keptWishes(more, deps.values);
      const planFirst = isTicked(interaction, 'plan') ?? chosen.planFirst;
      const order = { material: filledIn(interaction), wishes: { ...chosen, planFirst } };
      return void (await startVideo({ ...it, ...order, thread: threadIn(interaction) }));
    }
    if (action === 'send-account') return sentAccount(inbox, it, more);
    if (action === 'make') return deps.makeAsked(it, claim, more);
    if (action === 'send-change') return claim && change(it, claim);
    if (action === 'send-plan-change') return claim && change(it, claim, more ?? '');
    if ((action === 'change' || action === 'change-plan') && claim) {
      if (await turnsAway(inbox, it)) return;
      const plan = action === 'change-plan' ? (more ?? '') : undefined;
      const modal = changeModal(claim, localeFor(interaction.locale).discord, plan);
      return void (await answer.acknowledge({ type: 'modal', modal }));
    }
    if (claim || THREADLESS.has(action)) return press(it, claim, action, more);
    if (action === 'desk') return pressDesk(it, more);
    return action === 'prompt' ? pressAnywhere(it, more) : undefined;
  }

  async function press(
    it: ReceivedInteraction,
    claim: ThreadClaim | undefined,
    action: ButtonAction,
    more: string | undefined,
  ): Promise<void> {
    // Some begin what speaks for itself in the thread; the others have something to answer.
    const type = QUIET.has(action) ? 'quiet' : 'later';
    if (!(await it.answer.acknowledge({ type }))) return;
    const value = more ? await deps.values.of(more) : undefined;
    await inbox.press({ ...(await pressing(it, claim)), action, value });
  }

  async function pressing(
    { interaction, person, answer, key }: ReceivedInteraction,
    claim: ThreadClaim | undefined,
  ): Promise<Omit<ButtonPress, 'action'>> {
    const place = placeOf(interaction);
    const thread = threadIn(interaction) ?? (await chainOf(interaction));
    return {
      key,
      person,
      ...place,
      thread,
      claim,
      respond: (message, about, file) => answer.respond(message, about ?? thread, file),
    };
  }

  /** Where no thread can be made, our own record says to which project a message of ours belongs. */
  async function chainOf(interaction: InteractionPayload): Promise<ThreadRef | undefined> {
    const root = interaction.message && (await deps.places.repliedIn(interaction.message.id));
    return root === undefined ? undefined : { ...placeOf(interaction), thread: root };
  }

  /** The desk is about no project. */
  async function pressDesk(it: ReceivedInteraction, more: string | undefined): Promise<void> {
    const { interaction, person, answer, key } = it;
    if (!(await answer.acknowledge({ type: 'later' }))) return;
    const value = more ? await deps.values.of(more) : undefined;
    const respond = answer.respond;
    await inbox.press({ key, person, ...placeOf(interaction), action: 'desk', value, respond });
  }

  /** An example under an answer that belongs to no project: it begins one. */
  async function pressAnywhere(it: ReceivedInteraction, more: string | undefined): Promise<void> {
    if (!(await it.answer.acknowledge({ type: 'later' }))) return;
    const text = (more && (await deps.values.of(more))) ?? '';
    const material = { text, attachments: [] };
    await startVideo({ ...it, material, wishes: PLAIN, thread: threadIn(it.interaction) });
  }

  /** What is to change is said in the thread, for all who work there. `plan` is the key of the one that it is about. */
  async function change(it: ReceivedInteraction, claim: ThreadClaim, plan?: string): Promise<void> {
    const { interaction, person, answer, key } = it;
    const material = filledIn(interaction);
    const here = threadIn(interaction);
    const inThread = here !== undefined && packThread(here) === packThread(claim.claimed);
    const text = localeFor(interaction.locale).discord.changeAsked(
      person.id,
      shortened(material.text),
    );
    if (!inThread) {
      if (!(await answer.acknowledge({ type: 'later' }))) return;
      return passOn(it, claim, { material, plan }, text);
    }
    const may = await inbox.mayBegin({ person, place: placeOf(interaction), key });
    if (may === 'again') return;
    const how = may === 'yes' ? ({ type: 'echo', text } as const) : ({ type: 'later' } as const);
    if (!(await answer.acknowledge(how))) return;
    if (may !== 'yes') return answer.respond(may.refused, undefined);
    await passOn(it, claim, { material, plan }, undefined);
  }

  /** `taken` is what its person is told where nothing else was said. */
  async function passOn(
    it: ReceivedInteraction,
    claim: ThreadClaim,
    { material, plan }: { readonly material: Material; readonly plan: string | undefined },
    taken: string | undefined,
  ): Promise<void> {
    const press = await pressing(it, claim);
    let told = false;
    const respond: Respond = (message, ...more) => {
      told = true;
      return press.respond(message, ...more);
    };
    const about =
      plan === undefined
        ? ({ action: 'change' } as const)
        : ({ action: 'change-plan', value: await deps.values.of(plan) } as const);
    await inbox.press({ ...press, ...about, material, respond });
    if (taken !== undefined && !told) await press.respond({ text: taken });
  }
}

const shortened = (text: string): string =>
  text.length > 1_500 ? `${text.slice(0, 1_500).toWellFormed()}…` : text;
