/**
 * A form in which to say what should be different in a video, for whoever did not like it. What is written goes into the
 * thread, for all who work there. Of which thread the form is it says itself, which makes that a claim: it counts where its
 * sender sees the place.
 */
import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import type { SlackWords } from '../../locales/en/slack.ts';
import { localeFor } from '../../locales/locales.ts';
import { ChatError, type Inbox, type Person, type ThreadRef } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import type { Sight } from './can-see.ts';
import { formKey } from './event-keys.ts';
import { needed, plain } from './form-parts.ts';
import { noticeView } from './form-view.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';
import { threadOfRow } from './render-message.ts';

export type OpenChangeForm = (asked: {
  readonly workspace: string;
  readonly channel: string;
  readonly person: Person;
  readonly trigger: string;
  /** Id of the row that the pressed button is in. */
  readonly row: string;
}) => Promise<void>;

export interface ChangeFormDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly posting: Posting;
  readonly calls: WebCalls;
  readonly canSee: Sight;
}

const CHANGE_FORM = 'change_video';
const LONGEST_CHANGE = 3_000;
/** What is said again of it in the thread. */
const LONGEST_ECHO = 1_500;
/** Real milliseconds in which Slack has to say who is in a channel. */
const LOOK_MS = 10_000;

export function createOpenChangeForm(calls: WebCalls, inbox: Inbox): OpenChangeForm {
  return async ({ workspace, channel, person, trigger, row }) => {
    const texts = localeFor(person.locale).slack;
    const may = await inbox.mayBegin({ person, place: { platform: 'slack', workspace, channel } });
    const view = typeof may === 'string' ? changeView(texts, row) : noticeView(texts, may.refused);
    await calls(
      workspace,
      (client, token) => client.views.open({ token, trigger_id: trigger, view }),
      { attempts: 1 },
    );
  };
}

const changeView = ({ change, cancel }: SlackWords, row: string): types.ModalView => ({
  type: 'modal',
  callback_id: CHANGE_FORM,
  private_metadata: row,
  title: plain(change.title),
  submit: plain(change.send),
  close: plain(cancel),
  blocks: [
    needed('change', change.label, {
      type: 'plain_text_input',
      action_id: 'text',
      multiline: true,
      max_length: LONGEST_CHANGE,
    }),
  ],
});

const values = z.object({
  change: z.object({ text: z.object({ value: z.string().nullish() }) }),
});

export function listenToChangeForm(app: App, deps: ChangeFormDeps): void {
  const { inbox, people, posting, calls } = deps;

  app.view(CHANGE_FORM, async ({ ack, body, view, context }) => {
    await ack();
    const workspace = context.teamId ?? body.user.team_id ?? '';
    const person = await people.person(workspace, body.user.id);
    const texts = localeFor(person.locale).slack;
    const tell = async (text: string) => {
      await calls(workspace, (client, token) =>
        client.chat.postMessage({ token, channel: person.id, text }),
      );
    };
    const text = values.parse(view.state.values).change.text.value?.trim() ?? '';
    if (text === '') return tell(texts.nothingGiven);
    try {
      const thread = await threadOf(workspace, person, view.private_metadata);
      if (!thread) return tell(texts.failed);
      const key = formKey(view.id);
      const may = await inbox.mayBegin({ person, place: thread, key });
      if (may === 'again') return;
      if (may !== 'yes') return tell(may.refused.text);
      const said = { text: `✏️ ${shortened(text)}`, mention: [person.id] };
      await posting.post(thread, said, { key });
      await inbox.press({
        key: `${key}:change`,
        action: 'change',
        person,
        platform: 'slack',
        workspace,
        channel: thread.channel,
        claim: { claimed: thread },
        material: { text, attachments: [] },
        respond: (message) => posting.postPrivately(thread, person.id, message),
      });
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      // The form is closed; the person's own messages are the one place left to say so.
      await tell(texts.failed);
    }
  });

  /** One of our projects, in a place that the person sees. */
  async function threadOf(
    workspace: string,
    person: Person,
    row: string,
  ): Promise<ThreadRef | undefined> {
    const claimed = threadOfRow(row);
    if (claimed?.thread === undefined || claimed.workspace !== workspace) return undefined;
    const thread = { ...claimed, thread: claimed.thread };
    const sees = await deps.canSee(thread, person, undefined, AbortSignal.timeout(LOOK_MS));
    return sees && (await inbox.knows(thread)) ? thread : undefined;
  }
}

const shortened = (text: string): string =>
  text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO).toWellFormed()}…` : text;
