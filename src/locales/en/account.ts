/** Credits and plan, who may do what, and the skill profile of a channel. */
import { nameInText } from '../../conversation/language/shown-name.ts';
import { bytes, creditsIn, number } from './numbers.ts';

interface Used {
  readonly credits: number;
  /** False: there was more, and nobody knows how much. */
  readonly complete: boolean;
}
export interface CreditsUsed {
  readonly thread: Used | undefined;
  readonly month: Used | undefined;
}

const atLeast = ({ credits, complete }: Used): string =>
  complete ? creditsIn(credits) : `at least ${creditsIn(credits)}`;

export const account = {
  credits: (c: { available: number; frozen: number; total: number }) =>
    `Credits: ${number(c.available)} available, ${number(c.frozen)} frozen, ${number(c.total)} total.`,
  creditsUsed: ({ thread, month }: CreditsUsed) =>
    `Used: ${[
      thread && `${atLeast(thread)} in this thread`,
      month && `${atLeast(month)} this month`,
    ]
      .filter(Boolean)
      .join(', ')}.`,
  creditsLow: (left: number) =>
    `⚠️ ${left === 0 ? 'No credits are' : left === 1 ? 'Only one credit is' : `Only ${number(left)} credits are`} left, and a video takes about 100. I go on all the same.`,
  creditsFrozen: 'Frozen credits are set aside for work in progress.',
  creditsOutOperator: 'The credits are used up. Top up credits in your account.',
  creditsOutAnonymous: 'Your free credits are used up. Register to continue.',
  creditsLink: (url: string, keeps: boolean) =>
    keeps
      ? `Register to continue with this project: ${url}`
      : `Register to continue: ${url}\nYour current project cannot be carried over.`,
  registerAsk:
    'Only an admin of this bot can register its account, because everybody’s projects are in it: please ask one.',
  linkIsPrivate: 'The link is in a message that only you can see.',
  topUpLink: (url: string) => `Top up credits in your account: ${url}`,
  creditsWhenOut: 'When they run out, top up credits in your account.',
  notHerePlace: 'I am not switched on in this channel. An admin can allow it.',
  notForYou: 'You are not on the list of people who may use me here. An admin can add you.',
  quotaTooSmall: (wanted: number, left: number, zone: string) =>
    `That is ${wanted} videos, and you have ${left === 1 ? 'one request' : `${left} requests`} left for today. Please send fewer files at once, or come back tomorrow: the count begins anew at midnight (${zone}).`,
  quotaUsed: (n: number, zone: string) =>
    `You have used ${n === 1 ? 'your one request' : `all ${n} of your requests`} for today. Please come back tomorrow: the count begins anew at midnight (${zone}).`,
  exportsUsed: (n: number, zone: string) =>
    `You have used ${n === 1 ? 'your one export' : `all ${n} of your exports`} for today. Please come back tomorrow: the count begins anew at midnight (${zone}).`,
  adminsOnly: 'Only an admin can change this.',
  profileNow: (name: string, kinds: string, limit: number, all: string) =>
    `This channel uses the skill profile **${name}**: ${kinds} and more, up to ${bytes(limit)} each. There are: ${all}.`,
  profileChosen: (name: string) => `This channel now uses the skill profile **${name}**.`,
  profileUnknown: (given: string, all: string) =>
    `There is no skill profile “${nameInText(given)}”. There are: ${all}.`,
};

export type AccountWords = typeof account;
