/**
 * Whose account pays. A project stays with the account that its session was made with; for a new one it is the person's
 * own before the workspace's, and the operator's where neither is connected. Never another in its place: without its
 * account a project stands still, and its people are told.
 */
import { z } from 'zod';
import { type Account, connectedAccount, unusableAccount } from '../../nemo/account.ts';
import { AccessExpired, AccountUnusable, NemoError, SessionLost } from '../../nemo/errors.ts';
import type { Person, Place, ThreadRef } from '../../platforms/chat.ts';
import { withDeadline } from '../../runtime/deadline.ts';
import type { SessionId } from '../../runtime/ids.ts';
import type { Project } from '../project.ts';
import type { Deps } from '../turn-context.ts';
import type { OwnAccount, OwnAccounts, Owner, Workspace } from './own-accounts.ts';

/** With the project; a project without one is the operator's. */
export const projectAccountSchema = z.discriminatedUnion('whose', [
  z.object({ whose: z.literal('workspace'), id: z.string() }),
  z.object({ whose: z.literal('person'), person: z.string(), id: z.string() }),
]);
export type ProjectAccount = z.infer<typeof projectAccountSchema>;

export type Payer =
  | { readonly whose: 'operator' }
  | (Owner & { readonly account: OwnAccount })
  /** The project's account, which is not to be had, or not for that person. */
  | (Owner & { readonly id: string; readonly unusable: AccountUnusable['why'] });

/** Real milliseconds. */
const LOOK_MS = 10_000;

export const OPERATOR: Payer = { whose: 'operator' };

/** `spend`: something is asked for that may cost, or that hands the project over; `look`: what is there is shown. */
export type Use = 'look' | 'spend';

interface Knows {
  readonly accounts: Pick<OwnAccounts, 'of'>;
}

export async function payerOf(
  { accounts }: Knows,
  place: Workspace,
  person: Pick<Person, 'id'>,
  project: Pick<Project, 'sessionId' | 'account'> | undefined,
  use: Use,
): Promise<Payer> {
  if (!project?.sessionId) return payerOfNew({ accounts }, place, person);
  const { account: stored } = project;
  if (!stored) return OPERATOR;
  // Nobody spends of another person's credits.
  if (use === 'spend' && stored.whose === 'person' && stored.person !== person.id)
    return { ...stored, unusable: 'not-yours' };
  const account = await accounts.of(place, stored);
  return account?.id === stored.id
    ? { ...stored, account }
    : { ...stored, unusable: 'disconnected' };
}

async function payerOfNew(
  { accounts }: Knows,
  place: Workspace,
  { id }: Pick<Person, 'id'>,
): Promise<Payer> {
  const owners: Owner[] = [{ whose: 'person', person: id }, { whose: 'workspace' }];
  for (const owner of owners) {
    const account = await accounts.of(place, owner);
    if (account) return { ...owner, account };
  }
  return OPERATOR;
}

/**
 * A token that was replaced may be of the same account, which alone sees the project's session. Rejects where that cannot
 * be found out, as every call to the backend does.
 */
async function renewed(
  deps: Pick<Deps, 'accounts' | 'nemoOf'>,
  place: Workspace,
  payer: Payer,
  sessionId: SessionId | undefined,
  signal: AbortSignal,
): Promise<Payer> {
  if (payer.whose === 'operator' || 'account' in payer) return payer;
  if (payer.unusable !== 'disconnected' || !sessionId) return payer;
  const account = await deps.accounts.of(place, payer);
  if (!account) return payer;
  try {
    await deps.nemoOf(connectedAccount(account.token)).state(sessionId, signal);
    const { id: _, unusable: __, ...owner } = payer;
    return { ...owner, account };
  } catch (error) {
    if (error instanceof SessionLost || error instanceof AccessExpired) return payer;
    throw error;
  }
}

/** Undefined: the operator's. */
export function accountOf(payer: Payer): Account | undefined {
  if (payer.whose === 'operator') return undefined;
  if ('account' in payer) return connectedAccount(payer.account.token);
  return unusableAccount(payer.id, new AccountUnusable(payer.whose, payer.unusable));
}

/** For the project that a session is made for. */
export function projectAccount(payer: Payer): ProjectAccount | undefined {
  if (payer.whose === 'operator' || !('account' in payer)) return undefined;
  const { account, ...owner } = payer;
  return { ...owner, id: account.id };
}

export const paysPrivately = (payer: Payer): boolean => payer.whose === 'person';

/** The deps of a thread, with the account that pays there. */
export async function payingIn(
  deps: Deps,
  thread: ThreadRef,
  person: Person,
  use: Use,
): Promise<Deps> {
  const project = await deps.projects.of(thread);
  const payer = await payerOf(deps, thread, person, project, use);
  return deps.at(thread, await certain(deps, thread, payer, project));
}

/** Of a token that was replaced. Where that cannot be found out it is as if it were of another account. */
export async function certain(
  deps: Pick<Deps, 'accounts' | 'nemoOf' | 'timers'>,
  place: Workspace,
  payer: Payer,
  project: Pick<Project, 'sessionId'> | undefined,
): Promise<Payer> {
  if (payer.whose === 'operator' || 'account' in payer) return payer;
  try {
    return await withDeadline({ ms: LOOK_MS, timers: deps.timers }, (signal) =>
      renewed(deps, place, payer, project?.sessionId, signal),
    );
  } catch (error) {
    if (!(error instanceof NemoError) && !(error instanceof DOMException)) throw error;
    return payer;
  }
}

/** The same outside of all threads, for what would be begun. */
export const payingAt = async (deps: Deps, place: Place, person: Person): Promise<Deps> =>
  deps.at(place, await payerOf(deps, place, person, undefined, 'look'));
