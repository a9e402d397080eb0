/** What the "New video" form looks like, and what whoever gets no form sees in its place. */
import type { types } from '@slack/bolt';
import type { SlackWords } from '../../locales/en/slack.ts';
import type { Locale } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';
import type { OutgoingMessage } from '../chat.ts';
import { LONGEST_WISH } from '../shared/wishes.ts';
import { field, plain } from './form-parts.ts';

export const FORM_ID = 'new_video';

/** For whom there is no form. */
export const noticeView = (texts: SlackWords, { text }: OutgoingMessage): types.ModalView => ({
  type: 'modal',
  title: plain(texts.newVideoTitle),
  close: plain(texts.cancel),
  blocks: [{ type: 'section', text: plain(text) }],
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
  const select = (id: string, label: string, options: Readonly<Record<string, string>>) =>
    field(id, label, {
      type: 'static_select',
      action_id: 'value',
      options: Object.entries(options).map(([value, name]) => ({ text: plain(name), value })),
    });
  const line = (id: string, label: string, hint: string) =>
    field(
      id,
      label,
      { type: 'plain_text_input', action_id: 'value', max_length: LONGEST_WISH },
      hint,
    );
  const tick = (id: string, label: string, box: string) =>
    field(id, label, {
      type: 'checkboxes',
      action_id: 'value',
      options: [{ text: plain(box), value: id }],
    });
  return {
    type: 'modal',
    callback_id: FORM_ID,
    title: plain(texts.newVideoTitle),
    submit: plain(texts.create),
    close: plain(texts.cancel),
    blocks: [
      field(
        'script',
        texts.script,
        {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: true,
          max_length: SCRIPT_LENGTH,
        },
        texts.scriptHint,
      ),
      // Any kind: Slack has no name for some that are taken, and a wrong one is refused in words.
      field('files', texts.files, { type: 'file_input', action_id: 'files', max_files: 10 }),
      tick('each', texts.several, texts.each),
      tick('plan', texts.before, texts.planFirst),
      select('ratio', texts.ratio, texts.ratios),
      select('length', texts.length, texts.lengths),
      select('language', texts.language, languagesIn(locale)),
      line('voice', texts.voice, texts.voiceHint),
      line('music', texts.music, texts.musicHint),
      line('style', texts.style, texts.styleHint),
      field('where', texts.where, {
        type: 'conversations_select',
        action_id: 'channel',
        filter: { include: ['public', 'private', 'im'], exclude_bot_users: true },
        ...(channel
          ? { default_conversation: channel }
          : { default_to_current_conversation: true }),
      }),
    ],
  };
}
