/** "Make a video from this" on a message, and "New video" from anywhere. */

import type { App, GlobalShortcut, MessageShortcut } from '@slack/bolt';
import type { Words } from '../../locales/locale.ts';
import { localeFor } from '../../locales/locales.ts';
import { toMessageId } from '../../runtime/ids.ts';
import {
  type Attachment,
  ChatError,
  type Inbox,
  type Material,
  type Person,
  type ReadMessage,
  type ThreadRef,
  withForwarded,
} from '../chat.ts';
import { shortcutKey } from './event-keys.ts';
import { canBeHad, readLocator } from './file-locator.ts';
import type { OpenForm } from './forms.ts';
import { type SlackMessage, slackMessage } from './payloads.ts';
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
  readonly wholeMessage: (
    workspace: string,
    message: SlackMessage,
    signal: AbortSignal,
  ) => Promise<ReadMessage>;
}

/** Real milliseconds in which Slack has to tell of the message's files. */
const LOOK_MS = 60_000;

const whyNot =
  (words: Words) =>
  (file: Attachment): string => {
    const { name } = file;
    const locator = readLocator(file);
    switch (locator?.standing) {
      case 'external':
        return words.refusedExternal(name, locator.service);
      case 'hidden':
        return words.refusedHidden(name);
      default:
        return words.refusedGone(name);
    }
  };

/** Something that a video could be made of; files of which it is known that they cannot be had are none. */
const holdsMaterial = ({ text, attachments }: Material): boolean =>
  text.trim() !== '' || attachments.some(canBeHad);

/** Why there is nothing to make a video of, in words; undefined where there is. */
export function nothingIn(material: Material, person: Person): string | undefined {
  if (holdsMaterial(material)) return undefined;
  const { slack: texts, words } = localeFor(person.locale);
  const { attachments, unread = [] } = material;
  const why = attachments.map(whyNot(words));
  if (unread.length > 0) why.push(words.unread(unread));
  return [texts.nothingInIt, ...why].join('\n');
}

/** A message that somebody wants a video of, and who; `answer` is for that person alone. */
export interface FromMessage {
  readonly workspace: string;
  readonly channel: string;
  readonly message: SlackMessage;
  readonly person: Person;
  /** Unique per cause. */
  readonly key: string;
  readonly answer: (text: string) => Promise<unknown>;
}

type Looking = Pick<FromMessage, 'workspace' | 'message' | 'person'>;

/** What the video would be made of, or why there can be none, in words. */
async function lookAt(
  deps: Pick<ShortcutDeps, 'wholeMessage'>,
  { workspace, message, person }: Looking,
): Promise<Material | string> {
  const { slack: texts } = localeFor(person.locale);
  const signal = AbortSignal.timeout(LOOK_MS);
  const quoted = await deps
    .wholeMessage(workspace, message, signal)
    .then(withForwarded, (error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    });
  if (!quoted) return texts.failed;
  return nothingIn(quoted, person) ?? quoted;
}

/**
 * Whoever calls has asked `mayBegin`. True: it is on record. `again`: it may have been asked for with this key before,
 * and what is said to everybody may be there.
 */
export async function makeFromMessage(
  deps: Pick<ShortcutDeps, 'inbox' | 'posting' | 'wholeMessage'>,
  asked: FromMessage,
  { again }: { readonly again: boolean },
): Promise<boolean> {
  const { workspace, channel, message, person, key, answer } = asked;
  const { slack: texts } = localeFor(person.locale);
  const thread: ThreadRef = {
    platform: 'slack',
    workspace,
    channel,
    thread: message.thread_ts ?? message.ts,
  };
  const quoted = await lookAt(deps, asked);
  if (typeof quoted === 'string') {
    await answer(quoted);
    return false;
  }
  try {
    // Tells everybody who asked for it; and shows, before anything is promised, whether we may speak here.
    await deps.posting.post(
      thread,
      { text: texts.startedFrom, mention: [person.id] },
      { key, again },
    );
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    await answer(error.reason === 'unreachable' ? texts.failed : texts.notHere);
    return false;
  }
  await deps.inbox.receive({
    key,
    messageId: toMessageId(message.ts),
    thread,
    author: person,
    text: '',
    attachments: [],
    quoted,
    sentAt: Date.now(),
  });
  return true;
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
      const { inbox, people, workspaces } = deps;
      const { id: workspace } = await workspaces.of(context.teamId ?? shortcut.team?.id ?? '');
      const message = slackMessage.parse(shortcut.message);
      const person = await people.person(workspace, shortcut.user.id);
      const channel = shortcut.channel.id;
      const key = shortcutKey({ workspace, channel, ts: message.ts, actionTs: shortcut.action_ts });
      const answer = (text: string) =>
        respond({ response_type: 'ephemeral', replace_original: false, text });
      const place = { platform: 'slack', workspace, channel } as const;
      const may = await inbox.mayBegin({ person, place, key });
      if (may === 'again') return;
      if (may !== 'yes') return void (await answer(may.refused.text));
      const asked = { workspace, channel, message, person, key, answer };
      await makeFromMessage(deps, asked, { again: false });
    },
  );
}
