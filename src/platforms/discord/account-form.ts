/** `/account`: shows whose NemoVideo account pays, and connects or disconnects one; a token comes in a form, which nobody else sees. */
import { ComponentType, TextInputStyle } from 'discord.js';
import { localeFor } from '../../locales/locales.ts';
import type { AccountOrder, Inbox } from '../chat.ts';
import { ACCOUNT_DEEDS, deedOf, TOKEN_LENGTH } from '../shared/account-deeds.ts';
import { optionOf } from './command-options.ts';
import { customId } from './custom-ids.ts';
import { filledIn } from './forms.ts';
import { placeOf } from './interaction-place.ts';
import type { ReceivedInteraction } from './received-interaction.ts';

export async function askedAccount(inbox: Inbox, it: ReceivedInteraction): Promise<void> {
  const { interaction, person, answer } = it;
  const named = ACCOUNT_DEEDS.find((known) => known === optionOf(interaction, 'do'));
  // Without a choice it is shown.
  const deed = named ? deedOf(named) : ({ does: 'show', whose: 'person' } as const);
  if (deed.does === 'connect') {
    const modal = tokenModal(deed.whose, interaction.locale);
    return void (await answer.acknowledge({ type: 'modal', modal }));
  }
  if (!(await answer.acknowledge({ type: 'later' }))) return;
  const order = { ...placeOf(interaction), person, ...deed };
  await answer.respond(await inbox.account(order), undefined);
}

/** `whose` stands in the form's id, which anybody may make up. */
export async function sentAccount(
  inbox: Inbox,
  { interaction, person, answer }: ReceivedInteraction,
  whose: string | undefined,
): Promise<void> {
  if (!(await answer.acknowledge({ type: 'later' }))) return;
  const order = {
    ...placeOf(interaction),
    person,
    does: 'connect',
    whose: whose === 'workspace' ? whose : 'person',
    token: filledIn(interaction).text,
  } as const;
  await answer.respond(await inbox.account(order), undefined);
}

function tokenModal(whose: AccountOrder['whose'], locale: string | undefined): object {
  const { account } = localeFor(locale).discord;
  return {
    custom_id: customId({ action: 'send-account', thread: undefined, more: whose }),
    title: account.title,
    components: [
      {
        type: ComponentType.Label,
        label: account.token,
        description: account.tokenHint,
        component: {
          type: ComponentType.TextInput,
          custom_id: 'text',
          style: TextInputStyle.Short,
          max_length: TOKEN_LENGTH,
          required: true,
        },
      },
    ],
  };
}
