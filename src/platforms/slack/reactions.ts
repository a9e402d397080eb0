/**
 * 🎬 on a message: whoever reacted is asked, privately, whether a video is to be made of it. Nothing is sent before that
 * person has pressed. The message itself is read, not what the reaction or the button says about it.
 */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { z } from 'zod';
import { localeFor } from '../../locales/locales.ts';
import { createInOrder } from '../../runtime/in-order.ts';
import { plainEmoji } from '../../settings/fields.ts';
import { type Inbox, type Person, type Place, withForwarded } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { reactionKey } from './event-keys.ts';
import type { SlackMessage } from './payloads.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';
import { readMessage } from './read-message.ts';
import { MAKE_ASKED } from './registered-names.ts';
import { makeFromMessage, nothingIn, type ShortcutDeps } from './shortcuts.ts';
import type { Workspaces } from './workspaces.ts';

export interface ReactionDeps extends Pick<ShortcutDeps, 'wholeMessage'> {
  readonly inbox: Inbox;
  readonly people: People;
  readonly posting: Posting;
  readonly workspaces: Workspaces;
  readonly calls: WebCalls;
  /** Names of the emoji that ask. */
  readonly reactions: readonly string[];
  /** For what is asked of Slack meanwhile: the app is going down. */
  readonly stopping: AbortSignal;
  /** Undefined where it cannot be read, or is one of ours. */
  readonly findMessage: (
    workspace: string,
    channel: string,
    ts: string,
    signal: AbortSignal,
  ) => Promise<SlackMessage | undefined>;
}

/** Real milliseconds. */
const FIND_MS = 60_000;

const reaction = z.object({
  user: z.string(),
  reaction: z.string(),
  item_user: z.string().nullish(),
  item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
});

const press = z.object({
  user: z.object({ id: z.string() }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }),
});

/** Whom the question was put to, and about which message. */
const asked = z
  .string()
  .regex(/^\d+\.\d+:[A-Z0-9]+$/)
  .transform((value) => {
    const [ts = '', person = ''] = value.split(':');
    return { ts, person };
  });

export function listenToReactions(app: App, deps: ReactionDeps): void {
  const { inbox, people, workspaces, reactions } = deps;
  if (reactions.length === 0) return;
  const inOrder = createInOrder();
  const patience = () => AbortSignal.any([deps.stopping, AbortSignal.timeout(FIND_MS)]);

  app.event('reaction_added', async ({ event, context }) => {
    const { data } = reaction.safeParse(event);
    if (!data || !reactions.includes(plainEmoji(data.reaction))) return;
    const { id: workspace, botUser } = await workspaces.of(context.teamId ?? '');
    const { user, item } = data;
    if (user === botUser || data.item_user === botUser) return;
    if (await people.isBot(workspace, user)) return;
    const person = await people.person(workspace, user);
    await ask(workspace, item.channel, item.ts, person);
  });

  app.action<BlockAction<ButtonAction>>(
    MAKE_ASKED,
    async ({ ack, action, body, respond, context }) => {
      await ack();
      const at = press.parse(body);
      const { data: about } = asked.safeParse(action.value);
      if (!about || about.person !== at.user.id) return;
      const { id: workspace } = await workspaces.of(context.teamId ?? at.team?.id ?? '');
      const person = await people.person(workspace, at.user.id);
      const channel = at.channel.id;
      const { ts } = about;
      const answer = (text: string) =>
        respond({ response_type: 'ephemeral', replace_original: true, text });
      const message = await deps.findMessage(workspace, channel, ts, patience());
      if (!message) return void (await answer(localeFor(person.locale).words.reaction.gone));
      const key = reactionKey({ workspace, channel, ts, person: person.id, what: 'made' });
      const place: Place = { platform: 'slack', workspace, channel };
      // Without the key: several presses share it, and one that failed may come again. The record takes it once.
      const may = await inbox.mayBegin({ person, place });
      if (typeof may !== 'string') return void (await answer(may.refused.text));
      const later = (text: string) =>
        respond({ response_type: 'ephemeral', replace_original: false, text });
      const video = { workspace, channel, message, person, key, answer: later };
      // The second of two presses finds what the first has said to everybody.
      if (await inOrder(key, () => makeFromMessage(deps, video, { again: true })))
        await respond({ delete_original: true });
    },
  );

  /** A reaction is a passing gesture: where the bot is switched off, or the message cannot be read, nobody is lectured. */
  async function ask(
    workspace: string,
    channel: string,
    ts: string,
    person: Person,
  ): Promise<void> {
    const place: Place = { platform: 'slack', workspace, channel };
    if ((await inbox.mayBegin({ person, place })) !== 'yes') return;
    const message = await deps.findMessage(workspace, channel, ts, patience());
    if (!message) return;
    // As it stands: names, and all that Slack tells of its files, are asked for when the video is made.
    const { botUser } = await workspaces.of(workspace);
    const material = withForwarded(readMessage(message, botUser).material(new Map()));
    const nothing = nothingIn(material, person);
    const key = reactionKey({ workspace, channel, ts, person: person.id, what: 'asked' });
    const may = await inbox.mayBegin({ person, place, key });
    if (may === 'again') return;
    const thread = message.thread_ts;
    const told = may === 'yes' ? nothing && { text: nothing } : may.refused;
    if (told) return deps.posting.postPrivately({ ...place, thread }, person.id, told);
    await question(place, thread, ts, person);
  }

  async function question(
    { workspace, channel }: Place,
    thread: string | undefined,
    ts: string,
    person: Person,
  ): Promise<void> {
    const { ask: text, make } = localeFor(person.locale).words.reaction;
    const post = {
      channel,
      ...(thread ? { thread_ts: thread } : {}),
      text,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text } },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: MAKE_ASKED,
              style: 'primary',
              text: { type: 'plain_text', text: make, emoji: true },
              value: `${ts}:${person.id}`,
            },
          ],
        },
      ],
    } as const;
    await deps.calls(
      workspace,
      (client, token) =>
        channel.startsWith('D')
          ? client.chat.postMessage({ token, ...post, blocks: [...post.blocks] })
          : client.chat.postEphemeral({ token, ...post, user: person.id }),
      { signal: deps.stopping },
    );
  }
}
