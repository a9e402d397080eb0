/** Discord behind the chat port: puts the parts of this folder together. */

import type { GuardedFetch } from '../../net/guarded-fetch.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { MessageId } from '../../runtime/ids.ts';
import type { Log } from '../../runtime/log.ts';
import type { OnPlatformCall } from '../../runtime/metrics.ts';
import type { State } from '../../state/state.ts';
import { openTurns } from '../../state/turn-taking.ts';
import type { ChatPlatform, Inbox, Material, ThreadRef } from '../chat.ts';
import type { OperatorLinks } from '../platform-module.ts';
import { openStoreId } from '../shared/store-id.ts';
import { openApi } from './api-calls.ts';
import { openValues } from './button-values.ts';
import { createSight } from './can-see.ts';
import { readMessageId } from './custom-ids.ts';
import { createDirect } from './direct-messages.ts';
import { Code, codeOf, isPassing } from './errors.ts';
import { createEvents, type Events } from './events.ts';
import { createFileLimits } from './file-size-limit.ts';
import { createOpenFile } from './files-in.ts';
import { createSendFile } from './files-out.ts';
import { createFirstJoin } from './first-join.ts';
import { openGateway } from './gateway.ts';
import type { IntakeBounds } from './intake.ts';
import { createLinkedMessage, linkTo, linkToMessage } from './links.ts';
import { materialOf } from './message-text.ts';
import { createOtherCopy, type OtherCopy } from './other-copy.ts';
import { messageShape } from './payloads.ts';
import { createSend } from './posting.ts';
import { openUsed } from './recent-channels.ts';
import { registerCommands } from './register-commands.ts';
import { createServers } from './servers.ts';
import type { DiscordSettings } from './settings.ts';
import { openThread, type ThreadDeps } from './thread.ts';
import { openPlaces } from './thread-places.ts';
import { openTransport } from './transport.ts';

export interface DiscordOptions {
  readonly settings: DiscordSettings;
  readonly state: State;
  readonly log: Log;
  readonly clock: Clock;
  /** For attachments. */
  readonly guardedFetch: GuardedFetch;
  readonly onCall?: OnPlatformCall | undefined;
  /** Pages of whoever runs the bot. */
  readonly links?: OperatorLinks;
  /** Real milliseconds without a heartbeat's answer after which the gateway is connected anew. */
  readonly silenceMs?: number;
  /** How much is kept in memory while it cannot be put on record. */
  readonly mostKept?: IntakeBounds | undefined;
}

/** Three and a half of the 41 seconds in which Discord wants a heartbeat. */
const SILENCE_MS = 150_000;

const SNOWFLAKE = /^\d{15,20}$/;

export function createDiscordPlatform(options: DiscordOptions): ChatPlatform {
  const { settings, state, log, clock } = options;
  let fatal: string | undefined;
  const transport = openTransport(options.onCall);
  const { call: api, close: closeApi } = openApi({
    transport,
    token: settings.token,
    url: settings.apiUrl,
    clock,
    onUnauthorized() {
      fatal ??= 'Discord no longer accepts DISCORD_TOKEN: set the new one and restart the bot';
      log.error(fatal);
    },
  });
  let events: Events | undefined;
  let otherCopy: OtherCopy | undefined;
  const gateway = openGateway({
    settings,
    transport,
    clock,
    log,
    silenceMs: options.silenceMs ?? SILENCE_MS,
    onEvent: (name, data) => events?.take(name, data),
  });
  const places = openPlaces(state, api, gateway.botId);
  const servers = createServers({ api, gateway, log });
  const values = openValues(state);
  const used = openUsed(state);
  const limits = createFileLimits(Date.now);
  let store: string | undefined;
  const storeId = (): string => {
    if (store === undefined) throw new Error('nothing is posted before the start');
    return store;
  };
  const send = createSend(api, gateway.botId, storeId);
  const direct = createDirect({ api, servers, places, values, send });
  const sendFile = createSendFile(send, limits);
  const openFile = createOpenFile({ guardedFetch: options.guardedFetch, api, clock });
  const threads: ThreadDeps = {
    api,
    gateway,
    servers,
    places,
    values,
    send,
    sendFile,
    direct,
    limits,
    clock,
  };

  const canSee = createSight({ api, servers });

  async function readMessage(
    { workspace }: ThreadRef,
    messageId: MessageId,
    signal: AbortSignal,
  ): Promise<Material | undefined> {
    const at = readMessageId(messageId);
    if (!at) return undefined;
    try {
      const answer = await api('GET', `/channels/${at.channel}/messages/${at.message}`, {
        signal,
      });
      return materialOf(messageShape.parse(answer), await servers.names(workspace));
    } catch (error) {
      if (signal.aborted || isPassing(error)) throw error;
      return undefined;
    }
  }

  return {
    name: 'discord',

    async start(inbox: Inbox) {
      const { shards } = settings;
      store = await openStoreId(state);
      otherCopy = createOtherCopy({ botId: gateway.botId, store, now: Date.now, log });
      events = createEvents({
        shards: shards === 'auto' ? shards : `${shards.ids.join()}/${shards.count}`,
        api,
        gateway,
        places,
        values,
        used,
        limits,
        send,
        direct,
        inbox,
        reactions: settings.reactions,
        otherCopy,
        joined: createFirstJoin({
          state,
          gateway,
          servers,
          send,
          allowed: settings.allowedWorkspaces ?? [],
          links: options.links ?? {},
          log,
        }),
        clock,
        log,
        most: options.mostKept,
      });
      await events.begin();
      await gateway.connect();
      await events.connected();
      try {
        const { guildId } = settings;
        await registerCommands({
          api,
          state,
          takeTurns: openTurns(state),
          applicationId: gateway.applicationId(),
          guildId,
        });
      } catch (error) {
        // Mentions and everything registered before go on; the next start tries again.
        log.error('the slash commands could not be registered', { error });
      }
    },

    async stopListening() {
      await events?.end();
      events = undefined;
    },

    async close() {
      await events?.end();
      events = undefined;
      await gateway.close();
      closeApi();
      await transport.close();
    },

    trouble: () => fatal ?? gateway.trouble(),
    warning: () => otherCopy?.warning(),
    thread: (ref) => openThread(threads, ref),
    mayBePerson: (id) => SNOWFLAKE.test(id),
    linkTo: (ref) => linkTo(places, ref),
    linkToMessage: (ref, message) => linkToMessage(places, ref, message),
    canSee,
    readMessage,
    linkedMessage: createLinkedMessage({ api, canSee, readMessage }),
    async isIn(guild) {
      if (guild === 'dm' || gateway.guild(guild)) return true;
      try {
        await api('GET', `/guilds/${guild}`, { kind: 'glance' });
        return true;
      } catch (error) {
        const code = codeOf(error);
        if (code === Code.unknownGuild || code === Code.missingAccess) return false;
        throw error;
      }
    },
    openFile: (_thread, file, signal) => openFile(file, signal),
  };
}
