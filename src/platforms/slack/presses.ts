/** Clicks on the buttons of our messages. They work after a restart: all they need is in the click. */
import type { App, BlockAction, ButtonAction as SlackButton } from '@slack/bolt';
import type { Inbox, Person, ThreadRef } from '../chat.ts';
import { threadKey } from '../chat.ts';
import { ANY_BUTTON, actionOf, threadOfRow } from './blocks.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';
import type { StartHere } from './start-video.ts';

export interface PressDeps {
  readonly inbox: Inbox;
  readonly posting: Posting;
  readonly people: People;
  readonly startHere: StartHere;
}

export function listenToPresses(app: App, deps: PressDeps): void {
  app.action<BlockAction<SlackButton>>(ANY_BUTTON, async ({ ack, action, body, respond }) => {
    await ack();
    const does = actionOf(action.action_id);
    const thread = threadOfRow(action.block_id);
    if (!does || !thread) return;
    const { workspace, channel } = thread;
    const person = await deps.people.person(workspace, body.user.id);
    const id = `${action.action_ts}:${action.action_id}`;
    if (thread.thread !== '') return press(deps, id, does, action.value, person, thread);
    if (does !== 'prompt' || !action.value) return;
    // An example under an answer that belongs to no thread: it begins one.
    const key = `slack:press:${workspace}:${channel}:${person.id}:${id}`;
    const order = { key, workspace, channel, person, text: action.value, attachments: [] };
    await deps.startHere(order, async ({ text }) => {
      await respond({ response_type: 'ephemeral', replace_original: false, text });
    });
  });
}

export async function press(
  { inbox, posting }: Pick<PressDeps, 'inbox' | 'posting'>,
  id: string,
  action: NonNullable<ReturnType<typeof actionOf>>,
  value: string | undefined,
  person: Person,
  thread: ThreadRef,
): Promise<void> {
  await inbox.press({
    key: `slack:press:${threadKey(thread)}:${person.id}:${id}`,
    action,
    value,
    person,
    thread,
    respond: (message) => posting.postPrivately(thread, person.id, message),
  });
}
