/** The form for a NemoVideo account of one's own, from `/nemo account` and the home page. What comes of it is told alone. */
import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import type { SlackWords } from '../../locales/en/slack.ts';
import { localeFor } from '../../locales/locales.ts';
import type { Inbox } from '../chat.ts';
import { ACCOUNT_DEEDS, deedOf, TOKEN_LENGTH } from '../shared/account-deeds.ts';
import type { WebCalls } from './api-calls.ts';
import { field, needed, plain } from './form-parts.ts';
import type { People } from './people.ts';
import { render } from './render-message.ts';

const ACCOUNT_FORM = 'own_account';
const MOST_SHOWN = 2900;

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
  return {
    type: 'modal',
    callback_id: ACCOUNT_FORM,
    private_metadata: channel ?? '',
    title: plain(account.title),
    submit: plain(account.submit),
    close: plain(cancel),
    blocks: [
      { type: 'section', text: plain(now.slice(0, MOST_SHOWN)) },
      needed('deed', account.what, {
        type: 'static_select',
        action_id: 'value',
        options: ACCOUNT_DEEDS.map((value) => ({ text: plain(account.deeds[value]), value })),
      }),
      field(
        'token',
        account.token,
        { type: 'plain_text_input', action_id: 'value', max_length: TOKEN_LENGTH },
        account.tokenHint,
      ),
    ],
  };
}

const values = z.object({
  deed: z.object({
    value: z.object({ selected_option: z.object({ value: z.enum(ACCOUNT_DEEDS) }) }),
  }),
  token: z.object({ value: z.object({ value: z.string().nullish() }) }),
});

export function listenToAccountForm(app: App, { inbox, people, calls }: AccountFormDeps): void {
  app.view(ACCOUNT_FORM, async ({ ack, body, view, context }) => {
    const workspace = context.teamId ?? body.user.team_id ?? '';
    const read = values.parse(view.state.values);
    const deed = deedOf(read.deed.value.selected_option.value);
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
