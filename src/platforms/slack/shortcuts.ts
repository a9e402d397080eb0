/** "Make a video from this" on a message, and "New video" from anywhere. */

import type { App, GlobalShortcut, MessageShortcut } from '@slack/bolt';
import { localeFor } from '../../locales/locales.ts';
import { toMessageId } from '../../runtime/ids.ts';
import { ChatError, type Inbox, type ThreadRef } from '../chat.ts';
import { shortcutKey } from './event-keys.ts';
import type { OpenForm } from './forms.ts';
import { mentionedPeople } from './message-text.ts';
import { materialOf, slackMessage } from './payloads.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';
import { MAKE_VIDEO, NEW_VIDEO } from './registered-names.ts';
import type { Workspaces } from './workspaces.ts';

export interface ShortcutDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly posting: Posting;
  readonly workspaces: Workspaces;
  readonly openForm: OpenForm;
}

export function listenToShortcuts(app: App, deps: ShortcutDeps): void {
  app.shortcut<GlobalShortcut>(
    { callback_id: NEW_VIDEO, type: 'shortcut' },
    async ({ ack, shortcut, context }) => {
      await ack();
      await deps.openForm(
        context.teamId ?? shortcut.team?.id ?? '',
        shortcut.user.id,
        shortcut.trigger_id,
        undefined,
      );
    },
  );

  app.shortcut<MessageShortcut>(
    { callback_id: MAKE_VIDEO, type: 'message_action' },
    async ({ ack, shortcut, respond, context }) => {
      await ack();
      const { inbox, people, posting, workspaces } = deps;
      const workspace = await workspaces.of(context.teamId ?? shortcut.team?.id ?? '');
      const message = slackMessage.parse(shortcut.message);
      const person = await people.person(workspace.id, shortcut.user.id);
      const texts = localeFor(person.locale).slack;
      const thread: ThreadRef = {
        platform: 'slack',
        workspace: workspace.id,
        channel: shortcut.channel.id,
        thread: message.thread_ts ?? message.ts,
      };
      const key = shortcutKey({
        workspace: workspace.id,
        channel: thread.channel,
        ts: message.ts,
        actionTs: shortcut.action_ts,
      });
      const answer = (text: string) =>
        respond({ response_type: 'ephemeral', replace_original: false, text });
      const may = await inbox.mayBegin({ person, place: thread, key });
      if (may === 'again') return;
      if (may !== 'yes') return void (await answer(may.refused.text));
      try {
        // Tells everybody who asked for it; and shows, before anything is promised, whether we may speak here.
        await posting.post(thread, { text: texts.startedFrom, mention: [person.id] }, { key });
      } catch (error) {
        if (!(error instanceof ChatError)) throw error;
        await answer(error.reason === 'unreachable' ? texts.failed : texts.notHere);
        return;
      }
      const names = await people.names(
        workspace.id,
        mentionedPeople(message.text ?? '', workspace.botUser),
      );
      await inbox.receive({
        key,
        messageId: toMessageId(message.ts),
        thread,
        author: person,
        text: '',
        attachments: [],
        quoted: materialOf(message, { bot: workspace.botUser, people: names }),
        sentAt: Date.now(),
      });
    },
  );
}
