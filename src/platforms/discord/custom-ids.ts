/** Ids that say something: buttons that know their thread, nonces from delivery keys, times in snowflakes. */

import { hash } from 'node:crypto';
import { type MessageId, toMessageId } from '../../runtime/ids.ts';
import { BUTTON_ACTIONS, type ButtonAction, type ThreadClaim, type ThreadRef } from '../chat.ts';

/**
 * What a component carries in its custom id (100 characters at most): all that a press needs, so that a
 * button works after every restart and on every process. `more` is the key of a stored value.
 */
export interface Pressable {
  readonly action:
    | ButtonAction
    | 'send-change'
    | 'send-plan-change'
    | 'send-script'
    | 'send-account'
    | 'make';
  readonly thread: ThreadRef | undefined;
  readonly more?: string | undefined;
}

/** The same as it comes back: anybody can write such an id. */
export interface Pressed extends Pick<Pressable, 'action' | 'more'> {
  readonly claim: ThreadClaim | undefined;
}

/** `mark` tells messages apart that are being looked for after a restart; see `markOf`. */
export function customId({ action, thread, more = '' }: Pressable, mark = ''): string {
  return ['v1', action, thread ? packThread(thread) : '-', more, mark].join(':');
}

/** All that a custom id may ask for: buttons, and the forms that are sent. */
export const PRESSABLE_ACTIONS = [
  ...BUTTON_ACTIONS,
  'send-change',
  'send-plan-change',
  'send-script',
  /** A token; `more` is whose account it is. */
  'send-account',
  /** A video of the message that the thread below it is named after; `more` is whom it was offered to. */
  'make',
] as const satisfies Pressable['action'][];
const isAction = (text: string): text is Pressable['action'] =>
  PRESSABLE_ACTIONS.some((action) => action === text);

/** Undefined for ids of other makes. */
export function readCustomId(id: string): Pressed | undefined {
  const [version, action = '', thread = '', more = ''] = id.split(':');
  if (version !== 'v1' || !isAction(action)) return undefined;
  const claim = thread === '-' ? undefined : claimOf(thread);
  return { action, claim, ...(more ? { more } : {}) };
}

/** Snowflakes in base 36 are 13 characters instead of 19. */
export function packThread({ workspace, channel, thread }: ThreadRef): string {
  const guild = workspace === 'dm' ? '0' : pack(workspace);
  return `${guild}.${pack(channel)}.${pack(thread)}`;
}

/** What is no packed thread claims one that there cannot be: it must not pass for having named none. */
export const claimOf = (text: string): ThreadClaim => ({ claimed: unpackThread(text) ?? NOWHERE });

const NOWHERE: ThreadRef = { platform: 'discord', workspace: '', channel: '', thread: '' };

function unpackThread(text: string): ThreadRef | undefined {
  const match = /^([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.([0-9a-z]{1,13})$/.exec(text);
  const [, guild, channel, thread] = match ?? [];
  if (!guild || !channel || !thread) return undefined;
  return {
    platform: 'discord',
    workspace: guild === '0' ? 'dm' : unpack(guild),
    channel: unpack(channel),
    thread: unpack(thread),
  };
}

const pack = (snowflake: string): string => BigInt(snowflake).toString(36);
const unpack = (text: string): string =>
  [...text].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n).toString();

/**
 * Enforced by Discord for some minutes, 25 characters at most: the same key of one store (by its id) never posts twice. The dot
 * is in no nonce of an earlier version.
 */
export const nonceOf = (key: string, store: string): string =>
  `${store}.${digest(key).slice(0, 16)}`;

/** The id of the store in a nonce of ours. */
export const storeIn = (nonce: string): string | undefined =>
  /^([\w-]{8})\.[\w-]{16}$/.exec(nonce)?.[1];

/** Part of the buttons' ids, for finding a message of ours when the nonce has been forgotten. */
export const markOf = (key: string): string => digest(key).slice(0, 10);

/** Key under which a button's text is kept; equal texts share one. */
export const valueKey = (value: string): string => digest(value).slice(0, 16);

const digest = (text: string): string => hash('sha256', text, 'base64url');

const EPOCH_MS = 1_420_070_400_000;

/** Epoch milliseconds of the moment in which Discord gave the id out. */
export const timeOfId = (snowflake: string): number => Number(BigInt(snowflake) >> 22n) + EPOCH_MS;

/** The smallest id of that moment. */
export const idOfTime = (at: number): string =>
  (BigInt(Math.max(0, Math.floor(at) - EPOCH_MS)) << 22n).toString();

/** How this platform writes a message's place and id as one; a message is read by both. */
export const messageIdOf = (channel: string, message: string): MessageId =>
  toMessageId(`${channel}/${message}`);

export function readMessageId(id: MessageId): { channel: string; message: string } | undefined {
  const [, channel, message] = /^(\d+)\/(\d+)$/.exec(id) ?? [];
  return channel && message ? { channel, message } : undefined;
}
