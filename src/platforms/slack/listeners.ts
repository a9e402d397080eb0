/** All that people do in Slack besides writing messages, each handed to the file that takes it. */
import type { App } from '@slack/bolt';
import type { Inbox } from '../chat.ts';
import { createOpenAccountForm, listenToAccountForm } from './account-form.ts';
import type { Activity } from './activity.ts';
import type { WebCalls } from './api-calls.ts';
import type { Sight } from './can-see.ts';
import { createOpenChangeForm, listenToChangeForm } from './change-form.ts';
import type { CommandNames } from './command-names.ts';
import { listenToCommands } from './commands.ts';
import { createOpenDeskForm, listenToDeskForms } from './desk-forms.ts';
import { createOpenForm, listenToForm } from './forms.ts';
import { listenToHome } from './home.ts';
import type { createMessageLookup } from './message-lookup.ts';
import { listenToStop } from './native-stop.ts';
import type { People } from './people.ts';
import type { Posting } from './posting.ts';
import { listenToPresses } from './presses.ts';
import { listenToReactions } from './reactions.ts';
import { listenToShortcuts } from './shortcuts.ts';
import { createStartHere, createStartVideo } from './start-video.ts';
import type { Welcome } from './welcome.ts';
import type { Workspaces } from './workspaces.ts';

export interface ListenerDeps {
  readonly inbox: Inbox;
  readonly people: People;
  readonly posting: Posting;
  readonly calls: WebCalls;
  readonly workspaces: Workspaces;
  readonly canSee: Sight;
  readonly messages: Pick<ReturnType<typeof createMessageLookup>, 'whole' | 'find'>;
  readonly activity: Activity;
  readonly names: CommandNames;
  readonly welcome: Welcome;
  readonly reactions: readonly string[];
  readonly stopping: AbortSignal;
}

export function listenToPeople(app: App, deps: ListenerDeps): void {
  const { inbox, people, posting, calls, workspaces, canSee, messages, activity } = deps;
  const { names, welcome, reactions, stopping } = deps;
  const startVideo = createStartVideo(calls, inbox);
  const openForm = createOpenForm(calls, people, inbox);
  const openAccountForm = createOpenAccountForm({ inbox, people, calls });
  listenToAccountForm(app, { inbox, people, calls });
  const startHere = createStartHere(startVideo, workspaces);
  const openChangeForm = createOpenChangeForm(calls, inbox);
  const openDeskForm = createOpenDeskForm(calls, inbox);
  const forms = { openChangeForm, openDeskForm };
  listenToPresses(app, { inbox, posting, people, workspaces, startHere, ...forms });
  listenToChangeForm(app, { inbox, people, posting, calls, canSee });
  listenToCommands(app, {
    inbox,
    people,
    calls,
    startHere,
    openForm,
    openAccountForm,
    openDeskForm,
    names,
  });
  listenToDeskForms(app, { inbox, posting, people });
  listenToForm(app, startVideo, people, calls, canSee);
  listenToShortcuts(app, {
    inbox,
    people,
    posting,
    workspaces,
    openForm,
    wholeMessage: messages.whole,
  });
  listenToReactions(app, {
    inbox,
    people,
    posting,
    workspaces,
    calls,
    reactions,
    wholeMessage: messages.whole,
    stopping,
    // A reply is shown under its own id, too.
    findMessage: (workspace, channel, ts, signal) =>
      messages.find({ platform: 'slack', workspace, channel, thread: ts }, ts, signal),
  });
  listenToHome(app, {
    inbox,
    people,
    calls,
    workspaces,
    openForm,
    openAccountForm,
    names,
    welcome,
  });
  listenToStop(app, { inbox, people, posting, activity });
}
