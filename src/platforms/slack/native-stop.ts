/** Slack's own Stop button, which every agent session has. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Inbox, ThreadRef } from '../chat.ts';
import type { Activity } from './activity.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';
import { press } from './presses.ts';

export interface StopDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly posting: Posting;
  readonly activity: Activity;
}

/** The SDK's event types do not list it yet. */
const sessionStopped = z.object({
  channel: z.string(),
  user: z.string(),
  thread_ts: z.string(),
  event_ts: z.string(),
});

export function listenToStop(app: App, deps: StopDeps): void {
  app.event(/^agent_session_stopped$/, async ({ payload, context }) => {
    const { channel, user, thread_ts, event_ts } = sessionStopped.parse(payload);
    const workspace = context.teamId;
    if (!workspace) return;
    const thread: ThreadRef = { platform: 'slack', workspace, channel, thread: thread_ts };
    const person = await deps.people.person(workspace, user);
    await press(deps, `native:${event_ts}`, { ...thread, action: 'stop', person, thread });
    // A session stays "processing" until it is told otherwise, also where nothing was running any more.
    deps.activity.settle(thread);
  });
}
