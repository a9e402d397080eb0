/** The "New video" form, from the home page, the shortcut and `/video`. */

import type { App } from '@slack/bolt';
import { z } from 'zod';
import { LOCALES, localeFor } from '../../locales/locales.ts';
import { ChatError, type Inbox, type Person } from '../chat.ts';
import { wishIn } from '../shared/wishes.ts';
import type { WebCalls } from './api-calls.ts';
import type { Sight } from './can-see.ts';
import { formKey } from './event-keys.ts';
import { FORM_ID, formView, noticeView } from './form-view.ts';
import { attachmentOf, slackFile } from './payloads.ts';
import type { People } from './people.ts';
import { escapeText } from './render-message.ts';
import type { StartVideo } from './start-video.ts';

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
