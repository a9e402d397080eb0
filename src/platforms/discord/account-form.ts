/** `/account`: shows whose NemoVideo account pays, and connects or disconnects one; a token comes in a form, which nobody else sees. */
import { ComponentType, TextInputStyle } from 'discord.js';
import { localeFor } from '../../locales/locales.ts';
import type { AccountOrder, Inbox } from '../chat.ts';
import { optionOf } from './command-options.ts';
import { customId } from './custom-ids.ts';
import { filledIn } from './forms.ts';
import { placeOf } from './interaction-place.ts';
import type { ReceivedInteraction } from './received-interaction.ts';

/** The values of the option; without it the account is shown. */
export const ACCOUNT_DEEDS = [
  'connect-person',
  'connect-workspace',
  'disconnect-person',
  'disconnect-workspace',
] as const;
type Deed = (typeof ACCOUNT_DEEDS)[number];

const TOKEN_LENGTH = 2000;

const whoseOf = (deed: string): AccountOrder['whose'] =>
  deed.endsWith('workspace') ? 'workspace' : 'person';

export async function askedAccount(inbox: Inbox, it: ReceivedInteraction): Promise<void> {
  const { interaction, person, answer } = it;
  const deed = ACCOUNT_DEEDS.find((known) => known === optionOf(interaction, 'do'));
  if (deed?.startsWith('connect')) {
    const modal = tokenModal(deed, interaction.locale);
    return void (await answer.acknowledge({ type: 'modal', modal }));
  }
  if (!(await answer.acknowledge({ type: 'later' }))) return;
  const order = {
    ...placeOf(interaction),
    person,
    does: deed ? 'disconnect' : 'show',
    whose: whoseOf(deed ?? ''),
  } as const;
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
    whose: whoseOf(whose ?? ''),
    token: filledIn(interaction).text,
  } as const;
  await answer.respond(await inbox.account(order), undefined);
}

function tokenModal(deed: Deed, locale: string | undefined): object {
  const { account } = localeFor(locale).discord;
  return {
    custom_id: customId({ action: 'send-account', thread: undefined, more: whoseOf(deed) }),
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
