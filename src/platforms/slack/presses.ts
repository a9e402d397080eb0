/** Clicks on the buttons of our messages. They work after a restart: all they need is in the click. */
import type { App, BlockAction, ButtonAction as SlackButton } from '@slack/bolt';
import type { Inbox, Person, ThreadRef } from '../chat.ts';
import { threadKey } from '../chat.ts';
import { ANY_BUTTON, actionOf, threadOfRow } from './blocks.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';

export interface PressDeps {
  readonly inbox: Inbox;
  readonly posting: Posting;
  readonly people: People;
}

export function listenToPresses(app: App, deps: PressDeps): void {
  app.action<BlockAction<SlackButton>>(ANY_BUTTON, async ({ ack, action, body }) => {
    await ack();
    const does = actionOf(action.action_id);
    const thread = threadOfRow(action.block_id);
    if (!does || !thread) return;
    const person = await deps.people.person(thread.workspace, body.user.id);
    await press(
      deps,
      `${action.action_ts}:${action.action_id}`,
      does,
      action.value,
      person,
      thread,
    );
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
