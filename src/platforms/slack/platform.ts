/** Slack behind the chat port: everything of the platform is put together here. */
import type { App } from '@slack/bolt';
import type { GuardedFetch } from '../../net/guarded-fetch.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Log } from '../../runtime/log.ts';
import type { OnPlatformCall } from '../../runtime/metrics.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { State } from '../../state/state.ts';
import { openTurns } from '../../state/turn-taking.ts';
import type { Inbox } from '../chat.ts';
import type { OperatorLinks, ServedPlatform } from '../platform-module.ts';
import { createActivity } from './activity.ts';
import { clientOptions, createWebCalls, createWebClient } from './api-calls.ts';
import { createMissed } from './backfill.ts';
import { boltLog } from './bolt-log.ts';
import { createSight } from './can-see.ts';
import { commandNames } from './command-names.ts';
import { createFilesIn } from './files-in.ts';
import { createFilesOut } from './files-out.ts';
import { createEventHook, createInstallPages } from './http-events.ts';
import { createRequests } from './http-requests.ts';
import { createPages } from './install-pages.ts';
import { openInstallations } from './installations.ts';
import { createIsIn } from './is-in.ts';
import { createLinkedMessage, linkTo, linkToMessage } from './links.ts';
import { listenToPeople } from './listeners.ts';
import { createMessageLookup } from './message-lookup.ts';
import { createPeople } from './people.ts';
import { createPosting } from './posting.ts';
import { createReceiving, type Receiving } from './receive.ts';
import { RecordBeforeAckApp } from './record-before-ack.ts';
import { createSendPrivately } from './send-privately.ts';
import type { SlackSettings } from './settings.ts';
import { createSocket } from './socket.ts';
import { slackThread } from './thread.ts';
import { takeRemoval } from './uninstall.ts';
import { createWelcome } from './welcome.ts';
import { installedWorkspaces, oneWorkspace } from './workspaces.ts';

export interface SlackOptions {
  readonly settings: SlackSettings;
  readonly state: State;
  readonly clock: Clock;
  readonly log: Log;
  /** For the files that people send; the origin of `settings.apiUrl` has to be open in it. */
  readonly guardedFetch: GuardedFetch;
  readonly onCall?: OnPlatformCall | undefined;
  /** Pages of whoever runs the bot. */
  readonly links?: OperatorLinks;
}

export type SlackPlatform = ServedPlatform & Required<Pick<ServedPlatform, 'handle'>>;

/** While nothing can be written nobody says when it can be again. In product time. */
const LOOK_AGAIN_MS = 60_000;

/** As Slack gives ids to people; no channel, team or app has such a one. */
const PERSON = /^[UW][A-Z0-9]{2,}$/;

/** Longer without a connection than Slack keeps trying: what was written meanwhile is looked for. */
const OUTAGE_MS = 5 * 60_000;

export function createSlackPlatform({
  settings,
  state,
  clock,
  log,
  guardedFetch,
  onCall,
  links = {},
}: SlackOptions): SlackPlatform {
  const { apiUrl, botToken, appToken, mode, oauth, commandPrefix, reactions } = settings;
  const names = commandNames(commandPrefix);
  const client = createWebClient(apiUrl, boltLog(log), onCall);
  const installations = oauth ? openInstallations(state, openTurns(state)) : undefined;
  const workspaces = installations
    ? installedWorkspaces(installations, client)
    : oneWorkspace(botToken ?? '', client, log, reactions.length > 0);
  const calls = createWebCalls(client, workspaces);
  const people = createPeople(calls, log);
  const posting = createPosting(calls, log);
  const canSee = createSight(calls);
  const activity = createActivity(calls, clock, state, log);
  const filesIn = createFilesIn({ calls, workspaces, guardedFetch, apiUrl, clock, log });
  const filesOut = createFilesOut(calls, state);
  const messages = createMessageLookup({ calls, workspaces, people, filesIn, log });
  const missed = createMissed(calls, state, openTurns(state), log);
  const eventHook = createEventHook(settings, log);
  const pages = createPages(names, links);
  const welcome = createWelcome({ calls, people, state, names, links, log });
  const installPages = createInstallPages({ settings, installations, client, pages, welcome, log });
  const stopping = new AbortController();
  const socket =
    mode === 'socket' && appToken
      ? createSocket({
          appToken,
          apiUrl,
          log,
          onReconnect: (gapMs) => gapMs > OUTAGE_MS && void lookForMissed(),
        })
      : undefined;
  let receiving: Receiving | undefined;
  let looking: Promise<void> = Promise.resolve();
  const handle = createRequests({
    eventHook,
    installPages,
    listening: () => receiving !== undefined && !stopping.signal.aborted,
    signingSecret: settings.signingSecret ?? '',
    take: async (body) => (await receiving?.take(body)) ?? false,
    log,
  });

  function lookForMissed(): Promise<void> {
    const { signal } = stopping;
    const take = receiving?.takeMissed;
    if (!take) return looking;
    looking = looking
      .then(() => missed.lookThrough(take, signal))
      .catch((error: unknown) => {
        if (signal.aborted || isStoreOutage(error)) return;
        log.error('missed messages could not be looked for', { error });
      });
    return looking;
  }

  /** What Slack has given up meanwhile is found when it can be written, also where nobody writes anything else. */
  async function lookUntilBack(): Promise<void> {
    const { signal } = stopping;
    while (receiving?.isAway()) {
      await clock.sleep(LOOK_AGAIN_MS, signal);
      await lookForMissed();
    }
  }

  function createApp(inbox: Inbox): App {
    const receiver = socket?.receiver ?? eventHook;
    if (!receiver)
      throw new Error('Slack has neither an app token nor a signing secret to receive events with');
    const app = new RecordBeforeAckApp(
      {
        receiver,
        socketMode: socket !== undefined,
        authorize: async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
          if (isEnterpriseInstall && teamId && enterpriseId)
            await installations?.belongsTo(teamId, enterpriseId);
          const { id, token, botUser, botId } = await workspaces.of(teamId ?? enterpriseId ?? '');
          return { teamId: id, botToken: token, botUserId: botUser, ...(botId ? { botId } : {}) };
        },
        deferInitialization: true,
        convoStore: false,
        logger: boltLog(log),
        clientOptions: clientOptions(apiUrl, boltLog(log), onCall),
      },
      async (body) => {
        if (stopping.signal.aborted || !receiving) throw new Error('the bot is stopping');
        return (
          (await receiving.take(body)) ||
          takeRemoval(body, { installations, workspaces, inbox, log })
        );
      },
    );
    app.error(async (error) => log.error('an interaction failed', { error }));
    listenToPeople(app, {
      ...{ inbox, people, posting, calls, workspaces, canSee, messages, activity },
      ...{ names, welcome, reactions, stopping: stopping.signal },
    });
    return app;
  }

  return {
    name: 'slack',
    async start(inbox) {
      await workspaces.open();
      const { seen, failed } = missed;
      receiving = createReceiving({
        inbox,
        workspaces,
        people,
        seen,
        failed,
        onAway: () => {
          lookUntilBack().catch((error: unknown) => {
            if (!stopping.signal.aborted)
              log.error('missed messages are not looked for', { error });
          });
        },
        onBack: () => void lookForMissed(),
      });
      await createApp(inbox).init();
      await socket?.start();
      void lookForMissed();
    },
    async stopListening() {
      stopping.abort();
      await socket?.stop();
      await looking;
      await missed.close();
    },
    async close() {
      await activity.close();
      await filesOut.close();
    },
    trouble: () => (receiving ? socket?.trouble() : 'not started'),
    warning: () => socket?.warning(),
    thread: (ref) => slackThread(ref, { calls, posting, filesOut, activity }),
    mayBePerson: (id) => PERSON.test(id),
    linkTo: (ref) => linkTo(workspaces, ref),
    linkToMessage: (ref, message) => linkToMessage(workspaces, ref, message),
    canSee,
    readMessage: messages.read,
    linkedMessage: createLinkedMessage({ workspaces, canSee, readMessage: messages.read }),
    localeOf: async ({ workspace }, person) => (await people.person(workspace, person)).locale,
    sendPrivately: createSendPrivately(calls, filesOut),
    isIn: createIsIn(calls),
    nameOf: async (workspace, person) => (await people.person(workspace, person)).name,
    openFile: (ref, file, signal) => filesIn.open(ref.workspace, file, signal),
    handle,
  };
}
