/** What can be chosen about a NemoVideo account of one's own: what is done, and whose it is. */
import type { AccountOrder } from '../chat.ts';

const DEEDS = {
  'connect-person': { does: 'connect', whose: 'person' },
  'connect-workspace': { does: 'connect', whose: 'workspace' },
  'disconnect-person': { does: 'disconnect', whose: 'person' },
  'disconnect-workspace': { does: 'disconnect', whose: 'workspace' },
} as const satisfies Record<string, Pick<AccountOrder, 'does' | 'whose'>>;

type AccountDeed = keyof typeof DEEDS;
export const ACCOUNT_DEEDS = [
  'connect-person',
  'connect-workspace',
  'disconnect-person',
  'disconnect-workspace',
] as const satisfies readonly AccountDeed[];

export const deedOf = (name: AccountDeed): Pick<AccountOrder, 'does' | 'whose'> => DEEDS[name];

/** In characters, of the field for a token. */
export const TOKEN_LENGTH = 2_000;
