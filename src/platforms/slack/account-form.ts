/** The form for a NemoVideo account of one's own, from `/nemo account` and the home page. What comes of it is told alone. */
import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import type { SlackWords } from '../../locales/en/slack.ts';
import { localeFor } from '../../locales/locales.ts';
import type { AccountOrder, Inbox } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import type { People } from './people.ts';
import { render } from './render-message.ts';

const ACCOUNT_FORM = 'own_account';
/** Slack's own limit for a text field is higher. */
const TOKEN_LENGTH = 2000;
const MOST_SHOWN = 2900;

/** What can be chosen: what is done, and whose account it is. */
const DEEDS = {
  'connect-person': { does: 'connect', whose: 'person' },
  'connect-workspace': { does: 'connect', whose: 'workspace' },
  'disconnect-person': { does: 'disconnect', whose: 'person' },
  'disconnect-workspace': { does: 'disconnect', whose: 'workspace' },
} as const satisfies Record<string, Pick<AccountOrder, 'does' | 'whose'>>;
export type AccountDeed = keyof typeof DEEDS;
const ALL = [
  'connect-person',
  'connect-workspace',
  'disconnect-person',
  'disconnect-workspace',
] as const;

export type OpenAccountForm = (
  workspace: string,
  person: string,
  trigger: string,
  channel: string | undefined,
) => Promise<void>;

interface AccountFormDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly calls: WebCalls;
}

/** The form has to be there within three seconds: what it tells is filled in with it, as that is on our own record. */
export function createOpenAccountForm({ inbox, people, calls }: AccountFormDeps): OpenAccountForm {
  return async (workspace, id, trigger, channel) => {
    const person = await people.person(workspace, id);
    const order = { platform: 'slack', workspace, channel, person } as const;
    const { text } = await inbox.account({ ...order, does: 'show', whose: 'person' });
    const view = accountView(localeFor(person.locale).slack, text, channel);
    await calls(
      workspace,
      (client, token) => client.views.open({ token, trigger_id: trigger, view }),
      { attempts: 1 },
    );
  };
}

/** `channel` comes back with the form, where it is the client's word. */
function accountView(
  { account, cancel }: SlackWords,
  now: string,
  channel: string | undefined,
): types.ModalView {
  const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
  return {
    type: 'modal',
    callback_id: ACCOUNT_FORM,
    private_metadata: channel ?? '',
    title: plain(account.title),
    submit: plain(account.submit),
    close: plain(cancel),
    blocks: [
      { type: 'section', text: plain(now.slice(0, MOST_SHOWN)) },
      {
        type: 'input',
        block_id: 'deed',
        label: plain(account.what),
        element: {
          type: 'static_select',
          action_id: 'value',
          options: ALL.map((value) => ({ text: plain(account.deeds[value]), value })),
        },
      },
      {
        type: 'input',
        block_id: 'token',
        optional: true,
        label: plain(account.token),
        hint: plain(account.tokenHint),
        element: { type: 'plain_text_input', action_id: 'value', max_length: TOKEN_LENGTH },
      },
    ],
  };
}

const values = z.object({
  deed: z.object({ value: z.object({ selected_option: z.object({ value: z.enum(ALL) }) }) }),
  token: z.object({ value: z.object({ value: z.string().nullish() }) }),
});

export function listenToAccountForm(app: App, { inbox, people, calls }: AccountFormDeps): void {
  app.view(ACCOUNT_FORM, async ({ ack, body, view, context }) => {
    const workspace = context.teamId ?? body.user.team_id ?? '';
    const read = values.parse(view.state.values);
    const deed = DEEDS[read.deed.value.selected_option.value];
    const token = read.token.value.value?.trim();
    if (deed.does === 'connect' && !token) {
      const { locale } = await people.person(workspace, body.user.id);
      const errors = { token: localeFor(locale).slack.account.tokenMissing };
      return ack({ response_action: 'errors', errors });
    }
    await ack();
    const person = await people.person(workspace, body.user.id);
    const channel = view.private_metadata || undefined;
    const order = { platform: 'slack', workspace, channel, person, ...deed, token } as const;
    const told = await inbox.account(order);
    const place = { platform: 'slack', workspace, channel: person.id } as const;
    for (const { text, blocks } of render(told, place))
      await calls(workspace, (client, token) =>
        client.chat.postMessage({ token, channel: person.id, text, blocks }),
      );
  });
}
