/** A video that begins without a message of its person's: from a form, a command or a shortcut. */

import type { SlackWords } from '../../locales/en/slack.ts';
import { localeFor } from '../../locales/locales.ts';
import { toMessageId } from '../../runtime/ids.ts';
import {
  type Attachment,
  ChatError,
  type Inbox,
  type MayBegin,
  type Person,
  type Respond,
  type ThreadRef,
} from '../chat.ts';
import { showAddresses } from '../shared/show-addresses.ts';
import type { WebCalls } from './api-calls.ts';
import { linkTo } from './links.ts';
import { defuse, escapeText } from './render-message.ts';
import type { Workspaces } from './workspaces.ts';

export interface NewVideo {
  /** Unique per cause. */
  readonly key: string;
  readonly workspace: string;
  /** Where to begin the thread; undefined, or out of our reach: in the person's direct messages. */
  readonly channel: string | undefined;
  readonly person: Person;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** One video for every file. */
  readonly each?: boolean | undefined;
  /** A plan is shown before anything is made. */
  readonly planFirst?: boolean | undefined;
}

/** Its thread, or why there is none; nothing has been posted then. */
export type StartVideo = (
  order: NewVideo,
  texts: SlackWords,
) => Promise<ThreadRef | Exclude<MayBegin, 'yes'>>;

/** Begins the video and says where, or that Slack would not have it. */
export type StartHere = (order: NewVideo, answer: Respond) => Promise<void>;

export const createStartHere =
  (startVideo: StartVideo, workspaces: Workspaces): StartHere =>
  async (order, answer) => {
    const texts = localeFor(order.person.locale).slack;
    try {
      const begun = await startVideo(order, texts);
      if (begun === 'again') return;
      if ('refused' in begun) return await answer(begun.refused);
      await answer({ text: texts.begun(await linkTo(workspaces, begun)) });
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      await answer({ text: texts.failed });
    }
  };

/** So much of the script is shown in the first message; the whole of it goes to the agent. */
const SHOWN = 600;

export function createStartVideo(calls: WebCalls, inbox: Inbox): StartVideo {
  async function postRoot(order: NewVideo, texts: SlackWords): Promise<ThreadRef> {
    const { workspace, channel, person } = order;
    const root = rootMessage(order, texts);
    const postIn = async (place: string): Promise<ThreadRef> => {
      const answer = await calls(
        workspace,
        (client, token) => client.chat.postMessage({ token, channel: place, ...root }),
        { find: uncertain },
      );
      if (!answer.channel || !answer.ts)
        throw new ChatError('invalid', 'Slack gave no id for a message');
      return { platform: 'slack', workspace, channel: answer.channel, thread: answer.ts };
    };
    if (!channel) return postIn(person.id);
    try {
      return await postIn(channel);
    } catch (error) {
      if (!(error instanceof ChatError) || error.reason === 'unreachable') throw error;
      return postIn(person.id);
    }
  }

  return async (order, texts) => {
    const { key, workspace, channel, person } = order;
    const place = { platform: 'slack', workspace, channel } as const;
    const may = await inbox.mayBegin({ person, place, key });
    if (may !== 'yes') return may;
    const thread = await postRoot(order, texts);
    await inbox.receive({
      key,
      messageId: toMessageId(thread.thread),
      thread,
      author: person,
      text: order.text,
      attachments: order.attachments,
      ...(order.each ? { each: true } : {}),
      ...(order.planFirst ? { planFirst: true } : {}),
      sentAt: Date.now(),
    });
    return thread;
  };
}

/** A first message has no thread to be looked for in; its person is asked to try again instead. */
const uncertain = (): never => {
  throw new ChatError('unreachable', 'Slack did not say whether the message was posted');
};

function rootMessage({ person, text }: NewVideo, texts: SlackWords) {
  const title = texts.started(person.id);
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  const quote = showAddresses(shown).replaceAll(/^/gm, '> ');
  return {
    text: `${title}\n${escapeText(shown)}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: title } } as const,
      ...(shown ? [{ type: 'markdown', text: defuse(quote) } as const] : []),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}
