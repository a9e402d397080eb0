/**
 * What is said when a server has just taken the bot in: once for each server, in the channel that it has for such things,
 * where we may speak there. A server comes into view at every start and after every outage; only one that says it was
 * joined a moment ago has taken us in.
 */
import { localeFor } from '../../locales/locales.ts';
import type { Log } from '../../runtime/log.ts';
import type { State } from '../../state/state.ts';
import type { OperatorLinks } from '../platform-module.ts';
import { createGreetings, greetingShape } from '../shared/greet-once.ts';
import type { Gateway } from './gateway.ts';
import type { GuildArrival } from './payloads.ts';
import type { Send } from './posting.ts';
import { render } from './render-message.ts';
import type { Servers } from './servers.ts';

export interface FirstJoinDeps {
  readonly state: State;
  readonly gateway: Pick<Gateway, 'botId'>;
  readonly servers: Pick<Servers, 'missingPermissions'>;
  readonly send: Send;
  /** Servers that are served; empty: all. */
  readonly allowed: readonly string[];
  readonly links: OperatorLinks;
  readonly log: Log;
}

/** Real milliseconds: a bot that was being started anew meanwhile still says it. */
const RECENT_MS = 3_600_000;
/** Without these there is nothing to try. */
const TO_SPEAK: ReadonlySet<string> = new Set(['View Channel', 'Send Messages']);

/** Never rejects where Discord does not take it: a server without a greeting is a server. */
export function createFirstJoin(deps: FirstJoinDeps): (guild: GuildArrival) => Promise<void> {
  const { state, gateway, servers, send, allowed, links, log } = deps;
  const greetings = createGreetings(state.map('discord-joined', greetingShape));

  return async ({ id, unavailable, joined_at: joined, system_channel_id: channel, ...guild }) => {
    if (unavailable || !channel || !joined) return;
    if (Date.now() - Date.parse(joined) > RECENT_MS) return;
    if (allowed.length > 0 && !allowed.includes(id)) return;
    try {
      await greetings.say(id, async (again) => {
        const missing = await servers.missingPermissions(id, channel);
        if (missing.some((name) => TO_SPEAK.has(name))) return;
        const { discord, words } = localeFor(guild.preferred_locale ?? undefined);
        const lines = [discord.joined(gateway.botId()), words.about.links(links)];
        const { parts } = render({ text: lines.filter(Boolean).join('\n') }, undefined);
        const delivery = { key: `joined:${id}`, again };
        await send({ target: channel, body: parts[0], delivery });
      });
    } catch (error) {
      log.warn('a server that has just taken the bot in could not be greeted', { error });
    }
  };
}
