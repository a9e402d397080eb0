/** An account of one's own: shown, connected or disconnected by a private form. All of it is the client's word. */

import type { Words } from '../../locales/locale.ts';
import { localeFor } from '../../locales/locales.ts';
import { connectedAccount } from '../../nemo/account.ts';
import { AccessExpired, NemoError, PlanBlocked } from '../../nemo/errors.ts';
import type { AccountOrder, OutgoingMessage } from '../../platforms/chat.ts';
import { withDeadline } from '../../runtime/deadline.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import { admits, isAdmin, turnedAwayText } from '../access.ts';
import type { Deps } from '../turn-context.ts';
import type { OwnAccount, Owner } from './own-accounts.ts';
import { payerOf } from './payer.ts';

/** Real milliseconds in which the backend may say what it thinks of a token. */
const TEST_MS = 20_000;
/** What can stand in a header, and is neither a word nor a page. */
const TOKEN = /^[\w.~+/=-]{8,2000}$/;

export async function orderAccount(anywhere: Deps, order: AccountOrder): Promise<OutgoingMessage> {
  const { person, platform, workspace, channel = '', does } = order;
  const { words } = localeFor(person.locale);
  const visit = { author: person, platform, workspace, channel: order.channel };
  const refusal = await admits(anywhere, visit);
  if (refusal) return { text: turnedAwayText(words, refusal) };
  const deps = await anywhere.at({ platform, workspace, channel });
  try {
    if (does === 'show') return { text: await shown(deps, order, words) };
    if (order.whose === 'workspace' && !isAdmin(deps, person))
      return { text: words.accounts.adminsOnly };
    return {
      text:
        does === 'connect' ? await connect(deps, order, words) : await leave(deps, order, words),
    };
  } catch (error) {
    if (!isStoreOutage(error)) throw error;
    deps.log.error('an account could not be connected or disconnected', { error });
    return { text: words.cannotWriteNow };
  }
}

const ownerOf = ({ whose, person }: AccountOrder): Owner =>
  whose === 'person' ? { whose, person: person.id } : { whose };

/** Enough to tell one token from another, and to do nothing with. */
const masked = ({ token }: OwnAccount): string => `…${token.slice(-4)}`;

async function shown(deps: Deps, order: AccountOrder, words: Words): Promise<string> {
  const { accounts } = deps;
  const own = await accounts.of(order, { whose: 'person', person: order.person.id });
  const shared = await accounts.of(order, { whose: 'workspace' });
  const payer = await payerOf(deps, order, order.person, undefined, 'look');
  return [
    words.accounts.pays(payer.whose),
    own && words.accounts.connected('person', masked(own)),
    shared && words.accounts.connected('workspace', masked(shared)),
    accounts.canConnect ? words.accounts.howTo : words.accounts.noKey,
  ]
    .filter(Boolean)
    .join('\n');
}

/** The token is tried before it is kept: a first look at the balance, which costs nothing. */
async function connect(deps: Deps, order: AccountOrder, words: Words): Promise<string> {
  if (!deps.accounts.canConnect) return words.accounts.noKey;
  const token = order.token?.trim() ?? '';
  if (!TOKEN.test(token)) return words.accounts.noToken;
  const nemo = deps.nemoOf(connectedAccount(token));
  try {
    const bound = { ms: TEST_MS, timers: deps.timers };
    const { available } = await withDeadline(bound, (signal) => nemo.credits(signal));
    const owner = ownerOf(order);
    if (!(await deps.accounts.connect(order, owner, token))) return words.accounts.full;
    return words.accounts.done(owner.whose, token.slice(-4), available);
  } catch (error) {
    if (error instanceof AccessExpired || error instanceof PlanBlocked)
      return words.accounts.refused;
    if (!(error instanceof NemoError) && !(error instanceof DOMException)) throw error;
    deps.log.warn('a token could not be tested', { error });
    return words.accounts.untested;
  }
}

async function leave(deps: Deps, order: AccountOrder, words: Words): Promise<string> {
  const owner = ownerOf(order);
  const wasThere = await deps.accounts.disconnect(order, owner);
  return wasThere ? words.accounts.left(owner.whose) : words.accounts.none(owner.whose);
}
