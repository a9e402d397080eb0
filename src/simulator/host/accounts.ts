import { randomBytes } from 'node:crypto';
import type { Account } from '../world.ts';
import { sessionOf } from './backend.ts';
import { type Answer, type Call, readJson, signedIn } from './call.ts';
import { tokenContent } from './envelope.ts';
import { readClaim } from './rules.ts';
import { checkQuota, clientIdOf } from './token-quota.ts';

const WEEK_MS = 7 * 24 * 3600 * 1000;
const ANONYMOUS_CREDITS = 100;

export function newAccount(token: string, credits: number): Account {
  return {
    userId: `user_${randomBytes(8).toString('hex')}`,
    token,
    issuedAt: Date.now(),
    expired: false,
    available: credits,
    frozen: 0,
  };
}

/** One token a week for a client id, ten for an address. An expired one is renewed for its client. */
export async function anonymousToken({ backend, request }: Call): Promise<Answer> {
  const clientId = clientIdOf(request);
  const { accounts } = backend.world;
  const address = request.socket.remoteAddress ?? '';
  const recent = accounts.filter((account) => Date.now() - account.issuedAt < WEEK_MS);
  const issued = recent.map((account) => ({ ...account, good: !account.expired }));
  checkQuota(issued, clientId, address);
  const known = accounts.find((account) => account.clientId === clientId);
  const account = known ?? {
    ...newAccount('', ANONYMOUS_CREDITS),
    userId: `anon_${randomBytes(8).toString('hex')}`,
    clientId,
    address,
  };
  account.token = `nmv_usr_${randomBytes(32).toString('base64url')}`;
  account.issuedAt = Date.now();
  account.expired = false;
  if (!known) accounts.push(account);
  const fields = {
    token: account.token,
    user_id: account.userId,
    expires_at: new Date(account.issuedAt + WEEK_MS).toISOString(),
    credits: account.available,
  };
  return tokenContent(fields, backend.variants);
}

export async function credits(call: Call): Promise<Answer> {
  const { available, frozen } = signedIn(call);
  return { data: { available, frozen, total: available + frozen } };
}

export async function claimToken(call: Call): Promise<Answer> {
  const account = signedIn(call);
  const { json } = await readJson(call.request);
  sessionOf(call.backend, account, readClaim(json));
  return {
    data: { claim_token: `clm_${randomBytes(18).toString('base64url')}`, expires_in: 604_800 },
  };
}
