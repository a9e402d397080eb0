/** The "New video" form, from the home page, the shortcut and `/video`. */

import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import type { SlackWords } from '../../locales/en/slack.ts';
import type { Locale } from '../../locales/locale.ts';
import { LOCALES, localeFor } from '../../locales/locales.ts';
import { ChatError, type Inbox, type OutgoingMessage, type Person } from '../chat.ts';
import { LONGEST_WISH, wishIn } from '../shared/wishes.ts';
import type { WebCalls } from './api-calls.ts';
import type { Sight } from './can-see.ts';
import { formKey } from './event-keys.ts';
import { attachmentOf, slackFile } from './payloads.ts';
import type { People } from './people.ts';
import { escapeText } from './render-message.ts';
import type { StartVideo } from './start-video.ts';

const FORM_ID = 'new_video';

/** `channel`: where the person was when asking, the proposal for where to post. */
export type OpenForm = (
  workspace: string,
  person: string,
  trigger: string,
  channel: string | undefined,
) => Promise<void>;

export function createOpenForm(calls: WebCalls, people: People, inbox: Inbox): OpenForm {
  return async (workspace, id, trigger, channel) => {
    const person = await people.person(workspace, id);
    const locale = localeFor(person.locale);
    const place = { platform: 'slack', workspace, channel } as const;
    const may = await inbox.mayBegin({ person, place });
    await calls(
      workspace,
      (client, token) =>
        client.views.open({
          token,
          trigger_id: trigger,
          view:
            typeof may === 'string'
              ? formView(locale, channel)
              : noticeView(locale.slack, may.refused),
        }),
      { attempts: 1 },
    );
  };
}

export function listenToForm(
  app: App,
  startVideo: StartVideo,
  people: People,
  calls: WebCalls,
  canSee: Sight,
): void {
  app.view(FORM_ID, async ({ ack, body, view, context }) => {
    const workspace = context.teamId ?? body.user.team_id ?? '';
    const wish = readForm(view.state.values);
    if (!wish.script && wish.files.length === 0) {
      const { locale } = await people.person(workspace, body.user.id);
      return ack({
        response_action: 'errors',
        errors: { script: localeFor(locale).slack.nothingGiven },
      });
    }
    await ack();
    const person = await people.person(workspace, body.user.id);
    const texts = localeFor(person.locale).slack;
    const tell = (text: string) =>
      calls(workspace, (client, token) =>
        client.chat.postMessage({ token, channel: person.id, text }),
      );
    try {
      const begun = await startVideo(
        {
          key: formKey(view.id),
          workspace,
          channel: await channelFor(workspace, person, wish.channel),
          person,
          text: [wish.script, texts.wish(wish)].filter(Boolean).join('\n\n'),
          attachments: wish.files.map(attachmentOf),
          each: wish.each,
          planFirst: wish.planFirst,
        },
        texts,
      );
      if (begun !== 'again' && 'refused' in begun) await tell(escapeText(begun.refused.text));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      // The form is closed; the person's own messages are the one place left to say so.
      await tell(texts.failed);
    }
  });

  /** What was chosen is the client's word: we speak for a person only where that person may be. */
  async function channelFor(
    workspace: string,
    person: Person,
    chosen: string | undefined,
  ): Promise<string | undefined> {
    // Direct messages are begun with the person, not at an address.
    if (!chosen || chosen.startsWith('D')) return undefined;
    const place = { platform: 'slack', workspace, channel: chosen } as const;
    const sees = await canSee(place, person, undefined, AbortSignal.timeout(LOOK_MS));
    return sees ? chosen : undefined;
  }
}

/** Real milliseconds in which Slack has to say who is in a channel. */
const LOOK_MS = 10_000;

const chosen = z.object({ selected_option: z.object({ value: z.string() }).nullish() }).optional();
const written = z
  .object({ value: z.object({ value: z.string().nullish() }) })
  .optional()
  .transform((field) => wishIn(field?.value.value ?? undefined));
const ticked = z
  .object({ value: z.object({ selected_options: z.array(z.unknown()).nullish() }) })
  .optional();
const values = z.object({
  script: z.object({ text: z.object({ value: z.string().nullish() }) }),
  files: z.object({ files: z.object({ files: z.array(slackFile).nullish() }) }).optional(),
  each: ticked,
  plan: ticked,
  ratio: z.object({ value: chosen }).optional(),
  length: z.object({ value: chosen }).optional(),
  language: z.object({ value: chosen }).optional(),
  voice: written,
  music: written,
  style: written,
  where: z
    .object({ channel: z.object({ selected_conversation: z.string().nullish() }) })
    .optional(),
});

function readForm(state: unknown) {
  const read = values.parse(state);
  const language = read.language?.value?.selected_option?.value;
  return {
    script: read.script.text.value?.trim() ?? '',
    files: read.files?.files.files ?? [],
    each: (read.each?.value.selected_options ?? []).length > 0,
    planFirst: (read.plan?.value.selected_options ?? []).length > 0,
    ratio: read.ratio?.value?.selected_option?.value,
    length: read.length?.value?.selected_option?.value,
    // In its own words, which every agent understands.
    language: language && LOCALES.find(({ code }) => code === language)?.name,
    voice: read.voice,
    music: read.music,
    style: read.style,
    channel: read.where?.channel.selected_conversation ?? undefined,
  };
}

/** For whom there is no form. */
const noticeView = (texts: SlackWords, { text }: OutgoingMessage): types.ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: texts.newVideoTitle },
  close: { type: 'plain_text', text: texts.cancel },
  blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
});

/** Slack's own limit for a text field. */
const SCRIPT_LENGTH = 3000;

/** The languages that a video may be in, as the form's own language calls them. */
function languagesIn({ code }: Locale): Record<string, string> {
  const names = new Intl.DisplayNames(code, { type: 'language' });
  const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  return Object.fromEntries(
    LOCALES.map((it) => [it.code, capitalised(names.of(it.code) ?? it.name)]),
  );
}

export function formView(locale: Locale, channel: string | undefined): types.ModalView {
  const texts = locale.slack;
  const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
  const select = (
    id: string,
    label: string,
    options: Readonly<Record<string, string>>,
  ): types.InputBlock => ({
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: 'value',
      options: Object.entries(options).map(([value, name]) => ({ text: plain(name), value })),
    },
  });
  const line = (id: string, label: string, hint: string): types.InputBlock => ({
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label),
    hint: plain(hint),
    element: { type: 'plain_text_input', action_id: 'value', max_length: LONGEST_WISH },
  });
  const tick = (id: string, label: string, box: string): types.InputBlock => ({
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label),
    element: {
      type: 'checkboxes',
      action_id: 'value',
      options: [{ text: plain(box), value: id }],
    },
  });
  return {
    type: 'modal',
    callback_id: FORM_ID,
    title: plain(texts.newVideoTitle),
    submit: plain(texts.create),
    close: plain(texts.cancel),
    blocks: [
      {
        type: 'input',
        block_id: 'script',
        optional: true,
        label: plain(texts.script),
        hint: plain(texts.scriptHint),
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: true,
          max_length: SCRIPT_LENGTH,
        },
      },
      {
        type: 'input',
        block_id: 'files',
        optional: true,
        label: plain(texts.files),
        // Any kind: Slack has no name for some that are taken, and a wrong one is refused in words.
        element: { type: 'file_input', action_id: 'files', max_files: 10 },
      },
      tick('each', texts.several, texts.each),
      tick('plan', texts.before, texts.planFirst),
      select('ratio', texts.ratio, texts.ratios),
      select('length', texts.length, texts.lengths),
      select('language', texts.language, languagesIn(locale)),
      line('voice', texts.voice, texts.voiceHint),
      line('music', texts.music, texts.musicHint),
      line('style', texts.style, texts.styleHint),
      {
        type: 'input',
        block_id: 'where',
        optional: true,
        label: plain(texts.where),
        element: {
          type: 'conversations_select',
          action_id: 'channel',
          filter: { include: ['public', 'private', 'im'], exclude_bot_users: true },
          ...(channel
            ? { default_conversation: channel }
            : { default_to_current_conversation: true }),
        },
      },
    ],
  };
}
