/**
 * Discord writes people, places, times and emoji as tokens (`<@1>`, `<#2>`, `<t:3>`), which clients show as words.
 * Here they become words too. Pure.
 */
import { shownName } from '../../conversation/language/shown-name.ts';
import type { User } from './payloads.ts';

/** What tokens can stand for in one server, as far as it is known; nothing is asked for. */
export interface KnownNames {
  /** Our account; its mention is how a message calls us, and no part of what it says. */
  readonly us: string | undefined;
  /** The role that Discord gave our account when it was added: some clients offer it in place of the account. */
  readonly ourRole: string | undefined;
  channel(id: string): string | undefined;
  role(id: string): string | undefined;
}

export const NO_NAMES: KnownNames = {
  us: undefined,
  ourRole: undefined,
  channel: () => undefined,
  role: () => undefined,
};

/** Forms: https://discord.com/developers/docs/reference#message-formatting */
export function wordsOfTokens(
  text: string,
  people: readonly User[],
  { us, ourRole, channel, role }: KnownNames,
): string {
  const nameOf = (id: string): string => {
    const user = people.find((each) => each.id === id);
    return shownName(user?.global_name ?? user?.username ?? '');
  };
  return text
    .replace(/<@!?(\d{1,20})>/g, (whole, id: string) => {
      if (id === us) return '';
      const name = nameOf(id);
      return name ? `@${name}` : whole;
    })
    .replace(/<@&(\d{1,20})>/g, (_, id: string) =>
      id === ourRole ? '' : `@${shownName(role(id) ?? '') || 'role'}`,
    )
    .replace(/<#(\d{1,20})>/g, (_, id: string) => `#${shownName(channel(id) ?? '') || 'channel'}`)
    .replace(/<a?(:\w{1,32}:)\d{1,20}>/g, '$1')
    .replace(/<\/([^<>:\n]{1,100}):\d{1,20}>/g, '/$1')
    .replace(
      /<id:(customize|browse|guide|home|linked-roles)(?::\d{1,20})?>/g,
      (_, page: string) => `#${page}`,
    )
    .replace(/<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/g, (whole, seconds: string, style?: string) =>
      momentInWords(Number(seconds) * 1_000, style, whole),
    );
}

/**
 * Clients show it in their own zone and language; whoever reads this has neither. Figures are the same everywhere, and
 * UTC says which hour is meant. A time that is relative ("in two hours") is stated, as it will be read later.
 */
function momentInWords(ms: number, style: string | undefined, otherwise: string): string {
  const moment = new Date(ms);
  if (Number.isNaN(moment.getTime())) return otherwise;
  const [day = '', time = ''] = moment.toISOString().split('T');
  if (style === 'd' || style === 'D') return day;
  const hour = `${time.slice(0, style === 'T' || style === 'S' ? 8 : 5)} UTC`;
  return style === 't' || style === 'T' ? hour : `${day} ${hour}`;
}
