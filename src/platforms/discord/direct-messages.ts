/** Messages for one person alone: Discord has them in direct messages, or as answers to an interaction. */
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { languageOf } from '../../conversation/language/language.ts';
import type { DiscordWords } from '../../locales/en/discord.ts';
import { localeFor } from '../../locales/locales.ts';
import type { OutgoingMessage, ThreadRef } from '../chat.ts';
import type { Api } from './api-calls.ts';
import type { Values } from './button-values.ts';
import { asChatError, Code, codeOf, isPassing } from './errors.ts';
import { idShape } from './payloads.ts';
import type { Send } from './posting.ts';
import { render } from './render-message.ts';
import type { Servers } from './servers.ts';
import type { Places } from './thread-places.ts';

/** `ref` is what the message is about. Rejects with `ChatError`. */
export type Direct = (ref: ThreadRef, person: string, message: OutgoingMessage) => Promise<void>;

export interface DirectDeps {
  readonly api: Api;
  readonly servers: Pick<Servers, 'missingPermissions'>;
  readonly places: Places;
  readonly values: Values;
  readonly send: Send;
}

/** Gives the channel of direct messages with a person; asking again gives the same. */
export async function directChannel(
  api: Api,
  person: string,
  signal?: AbortSignal,
): Promise<string> {
  const body = { recipient_id: person };
  const answer = await api('POST', '/users/@me/channels', { body, signal });
  return idShape.parse(answer).id;
}

export function createDirect({ api, servers, places, values, send }: DirectDeps): Direct {
  const explained = new LRUCache<string, true>({ max: 500 });

  return async (ref, person, message) => {
    const target = await directChannel(api, person);
    const missing =
      ref.workspace === 'dm' ? [] : await servers.missingPermissions(ref.workspace, ref.channel);
    const texts = localeFor(languageOf(message.text)).discord;
    const speechless = missing.length > 0 && !explained.get(ref.thread);
    const text = speechless
      ? `${message.text}\n\n${texts.missing(ref.channel, missing)}`
      : message.text;
    // A press here would come from direct messages, where a server's projects are out of reach.
    const buttons = message.buttons?.filter(({ does }) => ref.workspace === 'dm' || 'url' in does);
    // Who reads it knows that it is meant; others are named in it, and hear nothing of it.
    const others = message.mention?.filter((id) => id !== person) ?? [];
    const { parts, values: stored } = render({ ...message, text, buttons, mention: others }, ref);
    await values.keep(stored);
    try {
      for (const body of parts) await send({ target, body, delivery: { key: randomUUID() } });
    } catch (error) {
      if (codeOf(error) !== Code.noDirectMessages || isPassing(error)) throw error;
      await askToOpen(ref, person, texts, error);
    }
    if (speechless) explained.set(ref.thread, true);
  };

  /** Nothing private is said in the thread, but the person learns that there is something. */
  async function askToOpen(
    ref: ThreadRef,
    person: string,
    texts: DiscordWords,
    refusal: unknown,
  ): Promise<void> {
    if (ref.workspace === 'dm') throw asChatError(refusal, 'direct messages are closed');
    const { parts } = render({ text: texts.directClosed(person) }, undefined);
    const body = { ...parts[0], allowed_mentions: { parse: [], users: [person] } };
    try {
      const spot = await places.spot(ref);
      await send({ ...spot, body, delivery: { key: randomUUID() } });
    } catch (error) {
      if (isPassing(error)) throw error;
      throw asChatError(refusal, 'direct messages are closed');
    }
  }
}
