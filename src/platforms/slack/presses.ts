/** Clicks on the buttons of our messages. They work after a restart: all they need is in the click. */

import type { App, BlockAction, ButtonAction as SlackButton } from '@slack/bolt';
import { z } from 'zod';
import { type ButtonPress, IN_A_FORM, type Inbox, type Place, THREADLESS } from '../chat.ts';
import type { OpenChangeForm } from './change-form.ts';
import type { OpenDeskForm } from './desk-forms.ts';
import { examplePressKey, pressKey } from './event-keys.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';
import { ANY_BUTTON, actionOf, threadOfRow } from './render-message.ts';
import type { StartHere } from './start-video.ts';
import type { Workspaces } from './workspaces.ts';

export interface PressDeps {
  readonly inbox: Inbox;
  readonly posting: Posting;
  readonly people: People;
  readonly workspaces: Workspaces;
  readonly startHere: StartHere;
  readonly openChangeForm: OpenChangeForm;
  readonly openDeskForm: OpenDeskForm;
}

export function listenToPresses(app: App, deps: PressDeps): void {
  app.action<BlockAction<SlackButton>>(
    ANY_BUTTON,
    async ({ ack, action, body, respond, context }) => {
      await ack();
      const does = actionOf(action.action_id);
      const row = threadOfRow(action.block_id);
      const { channel, thread: ts } = whereOf(body);
      if (!does || !row || !channel) return;
      const { id: workspace } = await deps.workspaces.of(context.teamId ?? body.team?.id ?? '');
      const person = await deps.people.person(workspace, body.user.id);
      const id = `${action.action_ts}:${action.action_id}`;
      const place: Place = { platform: 'slack', workspace, channel };
      if (does === 'desk') {
        const { value } = action;
        if (await deps.openDeskForm(place, person, value, triggerOf(body))) return;
        return press(deps, id, { ...place, action: does, value, person });
      }
      if (row.thread !== undefined) {
        const thread = ts === undefined ? undefined : { ...place, thread: ts };
        const claim = { claimed: { ...row, thread: row.thread } };
        const { value } = action;
        if (does === 'change' && value === IN_A_FORM && 'trigger_id' in body) {
          const asked = { workspace, channel, person, trigger: body.trigger_id };
          return deps.openChangeForm({ ...asked, row: action.block_id });
        }
        return press(deps, id, { ...place, action: does, value, person, thread, claim });
      }
      if (THREADLESS.has(does)) {
        const { value } = action;
        return press(deps, id, { ...place, action: does, value, person });
      }
      if (does !== 'prompt' || !action.value) return;
      // An example under an answer that belongs to no thread: it begins one.
      const key = examplePressKey({ workspace, channel, person: person.id, id });
      const order = { key, workspace, channel, person, text: action.value, attachments: [] };
      await deps.startHere(order, async ({ text }) => {
        await respond({ response_type: 'ephemeral', replace_original: false, text });
      });
    },
  );
}

const triggered = z.object({ trigger_id: z.string() });
const triggerOf = (body: unknown): string | undefined => triggered.safeParse(body).data?.trigger_id;

const pressed = z.object({
  channel: z.object({ id: z.string() }).nullish(),
  container: z
    .object({
      channel_id: z.string().nullish(),
      thread_ts: z.string().nullish(),
      is_ephemeral: z.boolean().nullish(),
    })
    .nullish(),
  message: z.object({ ts: z.string(), thread_ts: z.string().nullish() }).nullish(),
});

/** The pressed message's own place, as Slack signs it. Of an ephemeral message the thread is not always told. */
function whereOf(body: unknown): { channel: string | undefined; thread: string | undefined } {
  const { channel, container, message } = pressed.parse(body);
  const own = container?.is_ephemeral ? undefined : (message?.thread_ts ?? message?.ts);
  return {
    channel: channel?.id ?? container?.channel_id ?? undefined,
    thread: own ?? container?.thread_ts ?? undefined,
  };
}

export async function press(
  { inbox, posting }: Pick<PressDeps, 'inbox' | 'posting'>,
  id: string,
  given: Omit<ButtonPress, 'key' | 'respond'>,
): Promise<void> {
  const { platform, workspace, channel, thread, person } = given;
  const outside: Place = { platform, workspace, channel };
  await inbox.press({
    ...given,
    key: pressKey({ workspace, channel, thread: thread?.thread, person: person.id, id }),
    respond: (message, about) => {
      // The answer comes where the person is.
      const here = thread ?? (about?.channel === channel ? about : outside);
      return posting.postPrivately(here, person.id, message, about);
    },
  });
}
