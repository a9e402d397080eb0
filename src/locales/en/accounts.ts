/** NemoVideo accounts that people connect, and who pays. */
import { creditsIn } from './numbers.ts';

type Whose = 'workspace' | 'person';

export const accounts = {
  pays: (whose: Whose | 'operator'): string =>
    ({
      operator: 'The bot’s own NemoVideo account pays here.',
      workspace: 'The NemoVideo account of this workspace pays here.',
      person: 'Your own NemoVideo account pays for what you begin here.',
    })[whose],
  /** Of a project that there is. */
  paysHere: (whose: Whose | 'operator', isYours: boolean): string =>
    whose === 'person'
      ? isYours
        ? 'Your own NemoVideo account pays for this project.'
        : 'The NemoVideo account of the person who began it pays for this project.'
      : whose === 'workspace'
        ? 'The NemoVideo account of this workspace pays for this project.'
        : 'The bot’s own NemoVideo account pays for this project.',
  connected: (whose: Whose, token: string): string =>
    whose === 'person' ? `Connected for you: ${token}` : `Connected for this workspace: ${token}`,
  howTo:
    'You can connect an account of your own by its API token. An admin can connect one for the whole workspace. A project stays with the account that it was begun with.',
  noKey:
    'Accounts cannot be connected to this bot: whoever runs it has to set `ENCRYPTION_KEY` first, so that tokens are kept safely.',
  noToken: 'That does not look like an API token. Copy it once more, without spaces.',
  refused: 'NemoVideo does not accept this token, so it was not kept. Check it, and try again.',
  untested:
    'NemoVideo does not answer right now, so the token could not be tested and was not kept. Please try again later.',
  full: 'Too many people have connected an account here. An admin can connect one for the workspace.',
  done: (whose: Whose, last: string, available: number): string =>
    `✅ Connected: …${last}, ${creditsIn(available)} available. From now on it pays for new projects ${whose === 'person' ? 'that you begin here' : 'in this workspace'}.`,
  left: (whose: Whose): string =>
    `✅ Disconnected, and the token is deleted. Projects that were begun with ${whose === 'person' ? 'your' : 'this workspace’s'} account stand still until it is connected again.`,
  none: (whose: Whose): string =>
    whose === 'person'
      ? 'You have no account connected here.'
      : 'This workspace has no account connected.',
  adminsOnly: 'Only an admin can connect or disconnect the account of the whole workspace.',
  /** In place of an answer: the project's account is not to be had. */
  disconnected: (whose: Whose): string =>
    `This project was begun with ${whose === 'person' ? 'an account of a person’s own' : 'the account of this workspace'}, which is no longer connected, so nothing was done: no other account pays in its place. Connect the same account again, or write \`new\` to begin afresh with the one that pays now.`,
  notYours:
    'This project is on another person’s own NemoVideo account, and only they can have something made in it. Start a thread of your own, or ask them.',
  expired:
    'NemoVideo no longer accepts the token of the connected account. Whoever connected it has to do so again; no other account pays in its place.',
};

export type AccountTexts = typeof accounts;
