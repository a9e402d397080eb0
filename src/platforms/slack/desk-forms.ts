/**
 * The forms of the desk: a channel's brand, and whom and what to allow or deny. What is sent is put as the orders that
 * it stands for, so that everything is checked there, whoever has sent it.
 */
import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import { RULINGS } from '../../conversation/admin/rulings.ts';
import type { Words } from '../../locales/locale.ts';
import { localeFor } from '../../locales/locales.ts';
import {
  BRAND_FIELDS,
  type BrandFields,
  type Command,
  type Inbox,
  type OutgoingMessage,
  type Person,
  type Place,
} from '../chat.ts';
import { LONGEST_WISH } from '../shared/wishes.ts';
import type { WebCalls } from './api-calls.ts';
import { formKey } from './event-keys.ts';
import { field, needed, plain } from './form-parts.ts';
import { attachmentOf, slackFile } from './payloads.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';

const BRAND_FORM = 'desk_brand';
const RULES_FORM = 'desk_rules';
/** Chosen at once in one list. */
const MOST_CHOSEN = 10;
const LOGO_TYPES = ['png', 'jpg', 'jpeg', 'webp', 'gif'];

/** False: the order has no form, or this person is not to see it. */
export type OpenDeskForm = (
  place: Place,
  person: Person,
  order: string | undefined,
  trigger: string | undefined,
) => Promise<boolean>;

export function createOpenDeskForm(calls: WebCalls, inbox: Inbox): OpenDeskForm {
  return async (place, person, order, trigger) => {
    if ((order !== 'brand' && order !== 'rules') || trigger === undefined) return false;
    const brand = await inbox.brand(place, person);
    if (!brand) return false;
    const { words } = localeFor(person.locale);
    const view = order === 'brand' ? brandView(words, brand) : rulesView(words);
    await calls(
      place.workspace,
      (client, token) =>
        client.views.open({
          token,
          trigger_id: trigger,
          view: { ...view, private_metadata: place.channel },
        }),
      { attempts: 1 },
    );
    return true;
  };
}

function brandView({ brand: says }: Words, fields: BrandFields): types.ModalView {
  const lines = BRAND_FIELDS.map((name) => {
    const initial = fields[name];
    return field(
      name,
      says.fields[name],
      {
        type: 'plain_text_input',
        action_id: 'value',
        max_length: LONGEST_WISH,
        ...(initial ? { initial_value: initial } : {}),
      },
      name === 'colours' ? says.form.colours : undefined,
    );
  });
  return {
    type: 'modal',
    callback_id: BRAND_FORM,
    title: plain(says.form.title),
    submit: plain(says.form.submit),
    close: plain(says.form.cancel),
    blocks: [
      ...lines,
      field('logo', says.form.logo, {
        type: 'file_input',
        action_id: 'files',
        max_files: 1,
        filetypes: LOGO_TYPES,
      }),
      field('remove', says.form.remove, {
        type: 'checkboxes',
        action_id: 'value',
        options: [{ text: plain(says.form.remove), value: 'remove' }],
      }),
    ],
  };
}

function rulesView({ admin: { form } }: Words): types.ModalView {
  const options = RULINGS.map((value) => ({ text: plain(form.rulings[value]), value }));
  return {
    type: 'modal',
    callback_id: RULES_FORM,
    title: plain(form.title),
    submit: plain(form.submit),
    close: plain(form.cancel),
    blocks: [
      needed('ruling', form.ruling, { type: 'static_select', action_id: 'value', options }),
      field('channels', form.channels, {
        type: 'multi_conversations_select',
        action_id: 'value',
        max_selected_items: MOST_CHOSEN,
        filter: { include: ['public', 'private'] },
      }),
      field('people', form.people, {
        type: 'multi_users_select',
        action_id: 'value',
        max_selected_items: MOST_CHOSEN,
      }),
    ],
  };
}

const text = z.object({ value: z.object({ value: z.string().nullish() }) }).optional();
const brandValues = z.object({
  ...Object.fromEntries(BRAND_FIELDS.map((name) => [name, text])),
  logo: z.object({ files: z.object({ files: z.array(slackFile).nullish() }) }).optional(),
  remove: z
    .object({ value: z.object({ selected_options: z.array(z.unknown()).nullish() }) })
    .optional(),
});
const rulesValues = z.object({
  ruling: z.object({ value: z.object({ selected_option: z.object({ value: z.enum(RULINGS) }) }) }),
  channels: z
    .object({ value: z.object({ selected_conversations: z.array(z.string()).nullish() }) })
    .optional(),
  people: z
    .object({ value: z.object({ selected_users: z.array(z.string()).nullish() }) })
    .optional(),
});

type Given = Pick<Command, 'argument' | 'brand'>;

export interface DeskFormDeps {
  readonly inbox: Inbox;
  readonly posting: Posting;
  readonly people: People;
}

export function listenToDeskForms(app: App, deps: DeskFormDeps): void {
  app.view(BRAND_FORM, async ({ ack, body, view, context }) => {
    await ack();
    const sent = { view, body, team: context.teamId };
    await put(deps, sent, [brandIn(view.state.values)]);
  });
  app.view(RULES_FORM, async ({ ack, body, view, context }) => {
    const { ruling, channels, people } = rulesValues.parse(view.state.values);
    const chosen = [
      ...(channels?.value.selected_conversations ?? []).map((id) => `channel ${id}`),
      ...(people?.value.selected_users ?? []).map((id) => `person ${id}`),
    ];
    const workspace = context.teamId ?? body.user.team_id ?? '';
    if (chosen.length === 0) {
      const { locale } = await deps.people.person(workspace, body.user.id);
      const { nothing } = localeFor(locale).words.admin.form;
      return ack({ response_action: 'errors', errors: { channels: nothing } });
    }
    await ack();
    const word = ruling.value.selected_option.value;
    const orders = chosen.map((what) => ({ argument: `${word} ${what}` }));
    await put(deps, { view, body, team: context.teamId }, orders);
  });
}

function brandIn(values: unknown): Given {
  const read = brandValues.parse(values);
  const written = z.record(z.string(), z.unknown()).parse(read);
  const fields = Object.fromEntries(
    BRAND_FIELDS.map((name) => [name, text.parse(written[name])?.value.value ?? '']),
  );
  const [file] = read.logo?.files.files ?? [];
  const removes = (read.remove?.value.selected_options ?? []).length > 0 && !file;
  return {
    argument: removes ? 'brand remove logo' : 'brand',
    brand: { fields, ...(file ? { logo: attachmentOf(file) } : {}) },
  };
}

interface Sent {
  readonly view: { readonly id: string; readonly private_metadata: string };
  readonly body: { readonly user: { readonly id: string; readonly team_id?: string } };
  readonly team: string | undefined;
}

/** One after the other; told in one message, where the person was. */
async function put(deps: DeskFormDeps, { view, body, team }: Sent, orders: Given[]): Promise<void> {
  const workspace = team ?? body.user.team_id ?? '';
  const person = await deps.people.person(workspace, body.user.id);
  const place: Place = { platform: 'slack', workspace, channel: view.private_metadata };
  const answers: OutgoingMessage[] = [];
  for (const [index, order] of orders.entries())
    await deps.inbox.command({
      ...order,
      ...place,
      key: `${formKey(view.id)}:${index}`,
      name: 'admin',
      person,
      respond: async (message) => void answers.push(message),
    });
  const last = answers.at(-1);
  if (!last) return;
  const before = answers.slice(0, -1).map((it) => it.text.split('\n\n', 1)[0] ?? '');
  const message = { ...last, text: [...before, last.text].join('\n\n') };
  await deps.posting.postPrivately(place, person.id, message);
}
