import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../world.ts';
import { sessionOf } from './backend.ts';
import { type Answer, type Call, readJson, signedIn } from './call.ts';
import { problems } from './problem.ts';

const WEEK_MS = 7 * 24 * 3600 * 1000;
const ANONYMOUS_CREDITS = 100;
const TOKENS_PER_ADDRESS = 10;

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
  const clientId = request.headers['x-client-id'];
  if (typeof clientId !== 'string' || clientId === '' || clientId.length > 64) {
    throw problems.noClientId();
  }
  const { accounts } = backend.world;
  const address = request.socket.remoteAddress ?? '';
  const recent = accounts.filter((account) => Date.now() - account.issuedAt < WEEK_MS);
  const known = accounts.find((account) => account.clientId === clientId);
  if (known && !known.expired && recent.includes(known)) throw problems.tooMany();
  if (
    !known &&
    recent.filter((account) => account.address === address).length >= TOKENS_PER_ADDRESS
  ) {
    throw problems.tooMany();
  }
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
  return backend.variants.tokenPlace === 'top' ? { raw: { code: 0, ...fields } } : { data: fields };
}

export async function credits(call: Call): Promise<Answer> {
  const { available, frozen } = signedIn(call);
  return { data: { available, frozen, total: available + frozen } };
}

const claimSchema = z.object({ task_id: z.string(), session_id: z.string() });

export async function claimToken(call: Call): Promise<Answer> {
  const account = signedIn(call);
  const body = claimSchema.safeParse(await readJson(call.request));
  if (!body.success) throw problems.bad('task_id and session_id are required');
  sessionOf(call.backend, account, body.data.session_id);
  return {
    data: { claim_token: `clm_${randomBytes(18).toString('base64url')}`, expires_in: 604_800 },
  };
}
