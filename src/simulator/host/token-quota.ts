/** How many trial tokens the backend gives out: one a week for a client id, ten for an address. */
import { problems } from './problem.ts';
import type { Head } from './rules.ts';

const TOKENS_PER_ADDRESS = 10;
const MAX_CLIENT_ID = 64;

/** A token of the last seven days. */
export interface Issued {
  readonly clientId?: string | undefined;
  readonly address?: string | undefined;
  /** It can be used yet. */
  readonly good: boolean;
}

export function clientIdOf({ headers }: Head): string {
  const clientId = headers['x-client-id'];
  if (typeof clientId !== 'string' || clientId === '' || clientId.length > MAX_CLIENT_ID)
    throw problems.noClientId();
  return clientId;
}

/** Throws where no further token is given. One that has run out is renewed for its client. */
export function checkQuota(recent: readonly Issued[], clientId: string, address: string): void {
  const known = recent.find((issued) => issued.clientId === clientId);
  const others = recent.filter((issued) => issued.address === address);
  if (known ? known.good : others.length >= TOKENS_PER_ADDRESS) throw problems.tooMany();
}
